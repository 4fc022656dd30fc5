// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/StepMap.h"

#include <QAbstractTableModel>
#include <QPointer>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace stagewright {

class BuildController;

/// The steps of a build as a table; sorted by StepColumn, as the file reads. While a build runs, rows are only
/// added and changed, so that the selection and the scroll position of a view stay.
class StepsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { StateColumn, StageColumn, StepColumn, ProgressColumn, TimeColumn, ColumnCount };
    enum Role : int {
        SortRole = Qt::UserRole + 1,
        RowStateRole,  ///< engine::RowState as int.
        StageRoleRole, ///< StageRole as int; -1 for a step that is in no stage.
        CriticalRole,  ///< The build waited for it.
    };

    explicit StepsModel(QObject *parent = nullptr);
    /// Null: nothing is open.
    void setBuild(const BuildController *builds);
    [[nodiscard]] const BuildController *builds() const { return m_builds; }
    /// The step of BuildProgress in a row. Rows and steps are the same, but for steps without a name.
    [[nodiscard]] std::size_t stepAt(int row) const { return m_rows[static_cast<std::size_t>(row)].step; }
    /// -1: it has none.
    [[nodiscard]] int rowOf(std::size_t step) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /// What is shown of a step; compared to find out what changed.
    struct Row
    {
        std::size_t step = 0;
        engine::RowState state = engine::RowState::None;
        QString stage;
        int role = -1;
        QString text;
        QString progress;
        QString time;
        double seconds = -1;
        int order = 0; ///< Among the others, when the table is as the file reads.
        bool critical = false;
        friend bool operator==(const Row &, const Row &) = default;
    };
    void reset();
    void refresh();
    [[nodiscard]] Row rowFor(std::size_t step) const;

    QPointer<const BuildController> m_builds;
    std::vector<Row> m_rows;
    std::vector<bool> m_critical;
};

/// A step's words without BuildKit's "[build 2/4] ".
[[nodiscard]] QString stepText(const std::string &name);

} // namespace stagewright
