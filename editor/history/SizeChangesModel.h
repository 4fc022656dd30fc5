// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildComparison.h"

#include <QAbstractTableModel>

#include <vector>

namespace stagewright {

/// What changed between two builds of a file, instruction by instruction, biggest difference first.
class SizeChangesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int {
        KindColumn,
        InstructionColumn,
        StageColumn,
        BeforeColumn,
        AfterColumn,
        DifferenceColumn,
        ColumnCount
    };
    enum Role : int {
        KindRole = Qt::UserRole + 1, ///< engine::ChangeKind as int.
        DifferenceRole,              ///< qint64 bytes.
    };

    explicit SizeChangesModel(QObject *parent = nullptr);
    void setChanges(std::vector<engine::SizeChange> changes);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString display(const engine::SizeChange &change, int column) const;
    std::vector<engine::SizeChange> m_changes;
};

} // namespace stagewright
