// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "RulesModel.h"

#include "Preferences.h"
#include "lint/Rule.h"
#include "lint/RuleTable.h"

#include <vector>

namespace stagewright {

namespace {

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// All but what BuildKit refuses, which nobody can choose.
const std::vector<const Rule *> &settableRules()
{
    static const std::vector<const Rule *> rules = [] {
        std::vector<const Rule *> result;
        for (const Rule *rule : ruleTable()) {
            if (rule->source != DiagnosticSource::BuildError)
                result.push_back(rule);
        }
        return result;
    }();
    return rules;
}

} // namespace

QString levelWord(RuleLevel level)
{
    switch (level) {
    case RuleLevel::Error: return RulesModel::tr("Error");
    case RuleLevel::Warning: return RulesModel::tr("Warning");
    case RuleLevel::Info: return RulesModel::tr("Note");
    case RuleLevel::Off: break;
    }
    return RulesModel::tr("Off");
}

RulesModel::RulesModel(Preferences &preferences, QObject *parent)
    : QAbstractTableModel(parent)
    , m_preferences(preferences)
{
    connect(&preferences, &Preferences::changed, this,
            [this] { Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1)); });
}

void RulesModel::setProject(RuleLevelMap levels, const QString &file)
{
    m_project = std::move(levels);
    m_projectFile = file;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const Rule &RulesModel::rule(int row) const
{
    return *settableRules()[static_cast<std::size_t>(row)];
}

std::optional<RuleLevel> RulesModel::projectLevel(const Rule &rule) const
{
    const auto found = m_project.find(rule.id);
    return found == m_project.end() ? std::nullopt : std::optional(found->second);
}

std::optional<RuleLevel> RulesModel::chosenLevel(const Rule &rule) const
{
    const auto found = m_preferences.levels().find(rule.id);
    return found == m_preferences.levels().end() ? std::nullopt : std::optional(found->second);
}

int RulesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(settableRules().size());
}

int RulesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RulesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Rule &at = rule(index.row());
    const auto byProject = projectLevel(at);
    const auto chosen = chosenLevel(at);
    const RuleLevel level = byProject.value_or(chosen.value_or(ruleLevelOf(at.severity)));
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (index.column() == RuleColumn)
            return fromUtf8(at.id);
        if (index.column() == SummaryColumn)
            return fromUtf8(at.summary);
        if (byProject)
            return tr("%1 (project)").arg(levelWord(level));
        return chosen || role == Qt::DisplayRole ? levelWord(level) : tr("%1 (default)").arg(levelWord(level));
    case Qt::ToolTipRole:
        if (index.column() != LevelColumn)
            return index.column() == SummaryColumn || at.name == at.id ? fromUtf8(at.summary) : fromUtf8(at.name);
        return byProject ? tr("%1 decides this rule").arg(m_projectFile)
            : chosen     ? tr("The default is %1").arg(levelWord(ruleLevelOf(at.severity)))
                         : tr("As the rule is made");
    case NameRole: return at.name == at.id ? QString() : fromUtf8(at.name);
    case LevelRole: return static_cast<int>(level);
    case ChosenRole: return chosen ? static_cast<int>(*chosen) : -1;
    case DefaultRole: return static_cast<int>(ruleLevelOf(at.severity));
    case ByProjectRole: return byProject.has_value();
    case SearchRole: return fromUtf8(at.id) + u' ' + fromUtf8(at.name) + u' ' + fromUtf8(at.summary);
    default: return {};
    }
}

QVariant RulesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RuleColumn: return tr("Rule");
    case SummaryColumn: return tr("What is wrong");
    case LevelColumn: return tr("Severity");
    default: return {};
    }
}

Qt::ItemFlags RulesModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && index.column() == LevelColumn && !projectLevel(rule(index.row())))
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool RulesModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const int level = value.toInt();
    if (!index.isValid() || index.column() != LevelColumn || role != ChosenRole || level < -1
        || level > static_cast<int>(RuleLevel::Error))
        return false;
    m_preferences.setLevel(rule(index.row()).id,
                           level < 0 ? std::nullopt : std::optional(static_cast<RuleLevel>(level)));
    return true;
}

} // namespace stagewright
