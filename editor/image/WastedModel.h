// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/ImageContents.h"

#include <QAbstractTableModel>

#include <vector>

namespace stagewright {

/// Bytes that are in an image and that nobody sees: files that later layers replace or remove.
class WastedModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { PathColumn, CopiesColumn, BytesColumn, ColumnCount };
    enum Role : int { SortRole = Qt::UserRole + 1 };

    explicit WastedModel(QObject *parent = nullptr);
    void setPaths(std::vector<engine::WastedPath> paths);
    [[nodiscard]] QString pathAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<engine::WastedPath> m_paths;
};

} // namespace stagewright
