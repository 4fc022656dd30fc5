// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildHistory.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace stagewright {

/// The builds of one file, newest first.
class HistoryModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { WhenColumn, ResultColumn, SizeColumn, DifferenceColumn, DurationColumn, ColumnCount };
    enum Role : int {
        ResultRole = Qt::UserRole + 1, ///< engine::BuildResult as int.
        DifferenceRole,                ///< qint64 bytes; invalid when it is not known.
    };

    explicit HistoryModel(QObject *parent = nullptr);
    /// @p records: oldest first, as they are kept.
    void setRecords(std::span<const engine::BuildRecord> records);
    /// Null for a row that is not there.
    [[nodiscard]] const engine::BuildRecord *record(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /// Against the build of the same target before it that has a size.
    [[nodiscard]] std::optional<std::int64_t> difference(int row) const;
    [[nodiscard]] QString display(int row, int column) const;

    std::vector<engine::BuildRecord> m_records;
};

/// "+12 MB", "−4.2 kB", "same".
[[nodiscard]] QString differenceText(std::int64_t bytes);
/// "built", "failed", "cancelled", "not started".
[[nodiscard]] QString resultWord(engine::BuildResult result);

} // namespace stagewright
