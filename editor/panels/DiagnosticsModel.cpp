// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/DiagnosticsModel.h"

#include "session/DocumentSession.h"
#include "session/StageRole.h"

#include <algorithm>

namespace stagewright {

namespace {

QString text(std::string_view words)
{
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return DiagnosticsModel::tr("Error");
    case Severity::Warning:
        return DiagnosticsModel::tr("Warning");
    case Severity::Info:
        break;
    }
    return DiagnosticsModel::tr("Note");
}

} // namespace

void DiagnosticsModel::setSession(DocumentSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    if (session)
        connect(session, &DocumentSession::diagnosticsChanged, this, &DiagnosticsModel::refresh);
    refresh();
}

void DiagnosticsModel::refresh()
{
    beginResetModel();
    m_rows = m_session ? m_session->diagnostics() : std::vector<Diagnostic>();
    m_counts = {};
    for (const Diagnostic &diagnostic : m_rows)
        ++m_counts[static_cast<std::size_t>(diagnostic.severity)];
    endResetModel();
}

int DiagnosticsModel::rowOf(const Diagnostic &diagnostic) const
{
    const auto same = [&diagnostic](const Diagnostic &row) {
        return row.ruleId == diagnostic.ruleId && row.instruction == diagnostic.instruction && row.title == diagnostic.title;
    };
    const auto found = std::ranges::find_if(m_rows, same);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int DiagnosticsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DiagnosticsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DiagnosticsModel::display(const Diagnostic &diagnostic, int column) const
{
    switch (column) {
    case RuleColumn:
        return diagnostic.ruleName == diagnostic.ruleId ? text(diagnostic.ruleId)
                                                        : text(diagnostic.ruleId) + u' ' + text(diagnostic.ruleName);
    case MessageColumn:
        // BuildKit's own words are what people know and search for.
        return text(diagnostic.source == DiagnosticSource::Stagewright ? diagnostic.title : diagnostic.message);
    case StageColumn: {
        const auto stages = m_session->snapshot()->graph().stages();
        if (diagnostic.stage == StageId::None || indexOf(diagnostic.stage) >= stages.size())
            return QString();
        return text(stages[indexOf(diagnostic.stage)].displayName);
    }
    case LineColumn:
        return diagnostic.line;
    case FixColumn:
        return diagnostic.fixable ? tr("Fix") : QString();
    default:
        return {};
    }
}

QVariant DiagnosticsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid) || !m_session)
        return {};
    const Diagnostic &diagnostic = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return display(diagnostic, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == SeverityColumn ? QVariant(severityWord(diagnostic.severity)) : display(diagnostic, index.column());
    case Qt::ToolTipRole:
        if (index.column() == SeverityColumn)
            return severityWord(diagnostic.severity);
        return index.column() == MessageColumn ? text(diagnostic.message) : QString();
    case SeverityRole:
        return static_cast<int>(diagnostic.severity);
    case FixableRole:
        return diagnostic.fixable;
    case StageRoleRole: {
        const auto stages = m_session->snapshot()->graph().stages();
        if (diagnostic.stage == StageId::None || indexOf(diagnostic.stage) >= stages.size())
            return -1;
        return static_cast<int>(roleOf(stages[indexOf(diagnostic.stage)]));
    }
    case SortRole:
        if (index.column() == SeverityColumn)
            return static_cast<int>(diagnostic.severity);
        if (index.column() == FixColumn)
            return diagnostic.fixable ? 0 : 1;
        return display(diagnostic, index.column());
    default:
        return {};
    }
}

QVariant DiagnosticsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RuleColumn:
        return tr("Rule");
    case MessageColumn:
        return tr("Message");
    case StageColumn:
        return tr("Stage");
    case LineColumn:
        return tr("Line");
    default:
        return {};
    }
}

} // namespace stagewright
