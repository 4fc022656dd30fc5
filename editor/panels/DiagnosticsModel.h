// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"

#include <QAbstractTableModel>

#include <array>
#include <vector>

namespace stagewright {

class DocumentSession;

/// The findings of a session, a row each, in the order of the text.
class DiagnosticsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { SeverityColumn, RuleColumn, MessageColumn, StageColumn, LineColumn, FixColumn, ColumnCount };
    enum Role : int {
        SeverityRole = Qt::UserRole, ///< int of Severity
        SortRole,
        StageRoleRole,               ///< int of StageRole, -1 without a stage
        FixableRole,
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null: no rows.
    void setSession(DocumentSession *session);
    [[nodiscard]] const Diagnostic &diagnostic(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// How many findings of a severity there are.
    [[nodiscard]] int count(Severity severity) const { return m_counts[static_cast<std::size_t>(severity)]; }
    /// The row of the same finding as before a change: same rule at the same instruction, else -1.
    [[nodiscard]] int rowOf(const Diagnostic &diagnostic) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void refresh();
    [[nodiscard]] QVariant display(const Diagnostic &diagnostic, int column) const;

    DocumentSession *m_session = nullptr;
    std::vector<Diagnostic> m_rows;
    std::array<int, 3> m_counts{};
};

} // namespace stagewright
