// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/LintConfig.h"

#include <QAbstractTableModel>
#include <QString>

#include <optional>

namespace stagewright {

class Preferences;
struct Rule;

/// Every rule that can be set, with the level that the person wants. Rows stay; levels change.
class RulesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { RuleColumn, SummaryColumn, LevelColumn, ColumnCount };
    enum Role {
        NameRole = Qt::UserRole + 1, ///< "shell-form-run-without-shell"; "" where the id is the name.
        LevelRole,                   ///< int of the RuleLevel in force; what the project says when it does.
        ChosenRole,                  ///< The person's level as an int; -1: the rule's own.
        DefaultRole,                 ///< The rule's own level as an int.
        ByProjectRole,               ///< The project file decides.
        SearchRole,                  ///< Id, name and summary.
    };

    explicit RulesModel(Preferences &preferences, QObject *parent = nullptr);

    /// What the project of the active document decides, and the file's name for tips.
    void setProject(RuleLevelMap levels, const QString &file);
    [[nodiscard]] const Rule &rule(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// ChosenRole of the level's column.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

private:
    [[nodiscard]] std::optional<RuleLevel> projectLevel(const Rule &rule) const;
    [[nodiscard]] std::optional<RuleLevel> chosenLevel(const Rule &rule) const;

    Preferences &m_preferences;
    RuleLevelMap m_project;
    QString m_projectFile;
};

/// "Off", "Note", "Warning", "Error".
[[nodiscard]] QString levelWord(RuleLevel level);

} // namespace stagewright
