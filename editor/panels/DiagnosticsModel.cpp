// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/DiagnosticsModel.h"

#include "session/StageRole.h"

#include <algorithm>

namespace stagewright {

namespace {

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The same finding, perhaps in another place.
bool isSame(const Diagnostic &a, const Diagnostic &b)
{
    return a.ruleId == b.ruleId && a.severity == b.severity && a.title == b.title;
}

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Error: return DiagnosticsModel::tr("Error");
    case Severity::Warning: return DiagnosticsModel::tr("Warning");
    case Severity::Info: break;
    }
    return DiagnosticsModel::tr("Note");
}

} // namespace

DiagnosticsModel::DiagnosticsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void DiagnosticsModel::setSession(DocumentSession *session)
{
    if (session && m_session == session)
        return;
    if (m_session)
        m_session->disconnect(this);
    beginResetModel();
    m_session = session;
    m_findings = session ? session->diagnostics() : std::vector<Diagnostic>();
    m_fixCounts.assign(m_findings.size(), std::nullopt);
    endResetModel();
    if (session) {
        connect(session, &DocumentSession::diagnosticsChanged, this, &DiagnosticsModel::refresh);
        connect(session, &QObject::destroyed, this, [this] { setSession(nullptr); });
    }
    Q_EMIT countsChanged();
}

void DiagnosticsModel::refresh()
{
    Q_EMIT aboutToRefresh();
    const std::vector<Diagnostic> &now = m_session->diagnostics();
    const std::size_t common = std::min(now.size(), m_findings.size());
    std::size_t front = 0;
    while (front < common && isSame(now[front], m_findings[front]))
        ++front;
    std::size_t back = 0;
    while (back < common - front && isSame(now[now.size() - 1 - back], m_findings[m_findings.size() - 1 - back]))
        ++back;
    const auto row = [](std::size_t index) { return static_cast<int>(index); };
    if (m_findings.size() > front + back) {
        beginRemoveRows({}, row(front), row(m_findings.size() - back) - 1);
        m_findings.erase(m_findings.begin() + row(front), m_findings.end() - row(back));
        m_fixCounts.assign(m_findings.size(), std::nullopt);
        endRemoveRows();
    }
    if (now.size() > front + back) {
        beginInsertRows({}, row(front), row(now.size() - back) - 1);
        m_findings.insert(m_findings.begin() + row(front), now.begin() + row(front), now.end() - row(back));
        m_fixCounts.assign(m_findings.size(), std::nullopt);
        endInsertRows();
    }
    m_findings = now;
    m_fixCounts.assign(m_findings.size(), std::nullopt);
    if (!m_findings.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT countsChanged();
}

const Diagnostic *DiagnosticsModel::finding(int row) const
{
    return row >= 0 && row < rowCount() ? &m_findings[static_cast<std::size_t>(row)] : nullptr;
}

int DiagnosticsModel::count(Severity severity) const
{
    return static_cast<int>(std::ranges::count(m_findings, severity, &Diagnostic::severity));
}

int DiagnosticsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int DiagnosticsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

int DiagnosticsModel::fixCount(int row) const
{
    const Diagnostic &found = m_findings[static_cast<std::size_t>(row)];
    if (!found.fixable || !m_session)
        return 0;
    std::optional<int> &count = m_fixCounts[static_cast<std::size_t>(row)];
    if (!count)
        count = static_cast<int>(m_session->fixesFor(found).size());
    return *count;
}

QVariant DiagnosticsModel::display(const Diagnostic &finding, int column) const
{
    switch (column) {
    case RuleColumn: return fromUtf8(finding.ruleId);
    case MessageColumn: return fromUtf8(finding.title.empty() ? finding.message : finding.title);
    case StageColumn:
        if (m_session && finding.stage != StageId::None
            && indexOf(finding.stage) < m_session->snapshot()->graph().stages().size())
            return fromUtf8(m_session->snapshot()->graph().stage(finding.stage).displayName);
        return {};
    case LineColumn: return finding.line == 0 ? QVariant() : QVariant(finding.line);
    default: return {};
    }
}

QVariant DiagnosticsModel::sortKey(const Diagnostic &finding, int column) const
{
    switch (column) {
    case SeverityColumn: return static_cast<int>(finding.severity);
    case LineColumn: return finding.line;
    case StageColumn: return static_cast<int>(finding.stage);
    case FixColumn: return finding.fixable ? 0 : 1;
    default: return display(finding, column);
    }
}

QVariant DiagnosticsModel::data(const QModelIndex &index, int role) const
{
    const Diagnostic *found = index.isValid() ? finding(index.row()) : nullptr;
    if (!found)
        return {};
    switch (role) {
    case Qt::DisplayRole: return display(*found, index.column());
    case Qt::ToolTipRole: return fromUtf8(found->message);
    case Qt::AccessibleTextRole:
        if (index.column() == SeverityColumn)
            return severityWord(found->severity);
        if (index.column() == FixColumn && fixCount(index.row()) > 0)
            return fixCount(index.row()) == 1 ? tr("1 fix") : tr("%1 fixes").arg(fixCount(index.row()));
        if (index.column() == FixColumn)
            return tr("Explain");
        return display(*found, index.column());
    case SortRole: return sortKey(*found, index.column());
    case SeverityRole: return static_cast<int>(found->severity);
    case RuleNameRole: return found->ruleName == found->ruleId ? QString() : fromUtf8(found->ruleName);
    case StageRoleRole:
        if (m_session && found->stage != StageId::None
            && indexOf(found->stage) < m_session->snapshot()->graph().stages().size())
            return static_cast<int>(roleOf(m_session->snapshot()->graph().stage(found->stage)));
        return -1;
    case FixCountRole: return fixCount(index.row());
    default: return {};
    }
}

QVariant DiagnosticsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RuleColumn: return tr("Rule");
    case MessageColumn: return tr("Message");
    case StageColumn: return tr("Stage");
    case LineColumn: return tr("Line");
    default: return QString();
    }
}

DiagnosticsFilter::DiagnosticsFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(DiagnosticsModel::SortRole);
    setDynamicSortFilter(true);
    sort(DiagnosticsModel::SeverityColumn);
}

void DiagnosticsFilter::setShown(Severity severity, bool shown)
{
    m_shown[static_cast<std::size_t>(severity)] = shown;
    invalidateFilter();
}

bool DiagnosticsFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    return m_shown[static_cast<std::size_t>(index.data(DiagnosticsModel::SeverityRole).toInt())];
}

bool DiagnosticsFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant a = left.data(sortRole());
    const QVariant b = right.data(sortRole());
    const QPartialOrdering order = QVariant::compare(a, b);
    if (order != QPartialOrdering::Equivalent)
        return order == QPartialOrdering::Less;
    return left.row() < right.row(); // As the linter sorts: by line.
}

} // namespace stagewright
