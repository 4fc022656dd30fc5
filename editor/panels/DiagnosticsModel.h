// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "session/DocumentSession.h"

#include <QAbstractTableModel>
#include <QPointer>
#include <QSortFilterProxyModel>

#include <array>
#include <optional>
#include <vector>

namespace stagewright {

/// A session's findings as a table. A change of the text touches only the rows that changed, so that the selection
/// and the scroll position of a view stay.
class DiagnosticsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { SeverityColumn, RuleColumn, MessageColumn, StageColumn, LineColumn, FixColumn, ColumnCount };
    enum Role : int {
        SortRole = Qt::UserRole + 1,
        SeverityRole,  ///< Severity as int.
        RuleNameRole,  ///< The readable name behind the id; "" when it is the same.
        StageRoleRole, ///< StageRole as int; -1 without a stage.
        FixCountRole,  ///< Worked out when first asked for.
    };

    explicit DiagnosticsModel(QObject *parent = nullptr);
    void setSession(DocumentSession *session);
    [[nodiscard]] const Diagnostic *finding(int row) const;
    [[nodiscard]] int count(Severity severity) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// Rows are about to come and go because the findings changed; ends with countsChanged().
    void aboutToRefresh();
    void countsChanged();

private:
    void refresh();
    [[nodiscard]] QVariant display(const Diagnostic &finding, int column) const;
    [[nodiscard]] QVariant sortKey(const Diagnostic &finding, int column) const;
    [[nodiscard]] int fixCount(int row) const;

    QPointer<DocumentSession> m_session;
    std::vector<Diagnostic> m_findings;
    mutable std::vector<std::optional<int>> m_fixCounts;
};

/// Sorts and leaves severities out.
class DiagnosticsFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit DiagnosticsFilter(QObject *parent = nullptr);
    [[nodiscard]] bool isShown(Severity severity) const { return m_shown[static_cast<std::size_t>(severity)]; }
    void setShown(Severity severity, bool shown);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    std::array<bool, 3> m_shown{true, true, true};
};

} // namespace stagewright
