// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "session/DocumentSizes.h"

#include <QAbstractTableModel>

#include <vector>

namespace stagewright {

/// What each instruction adds, as a table: for every measured stage a row for what it starts with and one for each of
/// its instructions.
class LayersModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int {
        InstructionColumn,
        StageColumn,
        SizeColumn,
        ShareColumn,
        TimeColumn,
        CacheColumn,
        OriginColumn,
        ColumnCount
    };
    enum Role : int {
        SortRole = Qt::UserRole + 1,
        BytesRole,     ///< quint64
        ShareRole,     ///< Of its stage's image, 0 to 1.
        StageRoleRole, ///< StageRole as int.
        BaseRole,      ///< bool: what the stage starts with.
        ChangedRole,   ///< bool: the instruction is another one now, or gone.
        OrderRole,     ///< int: place in the build.
    };

    explicit LayersModel(QObject *parent = nullptr);
    void setSizes(const DocumentSizes &sizes);
    /// None for what is gone.
    [[nodiscard]] InstructionId instructionAt(int row) const;
    /// -1 when it is not there.
    [[nodiscard]] int rowOf(InstructionId instruction) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        std::size_t stage = 0;
        std::ptrdiff_t own = -1; ///< Index into StageWeight::own; -1: the row of the base.
    };
    [[nodiscard]] std::uint64_t bytesOf(const Row &row) const;
    [[nodiscard]] QString display(const Row &row, int column) const;
    [[nodiscard]] QVariant sortKey(int row, int column) const;
    [[nodiscard]] const InstructionWeight *instructionOf(const Row &row) const;

    std::vector<StageWeight> m_stages;
    std::vector<Row> m_rows;
};

/// "206 MB", "0.3 s", "35 %": the words that table, bars and tips share.
[[nodiscard]] QString secondsText(double seconds);
[[nodiscard]] QString shareText(std::uint64_t part, std::uint64_t whole);
/// "FROM node:22-alpine"
[[nodiscard]] QString baseLine(const StageWeight &stage);

} // namespace stagewright
