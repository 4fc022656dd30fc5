// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/LintConfig.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTextBrowser;
class QTreeView;
QT_END_NAMESPACE

namespace stagewright {

class Preferences;
class RulesModel;
class Theme;

/// The preferences' page of rules: a list to search, a level for each, and the page of the chosen one.
class RulesPage : public QWidget
{
    Q_OBJECT
public:
    RulesPage(Preferences &preferences, const Theme &theme, QWidget *parent = nullptr);

    /// What the project of the active document decides; @p file "" without one.
    void setProject(const RuleLevelMap &levels, const QString &file);
    /// Selects a rule and shows its page.
    void showRule(std::string_view id);

private:
    class Delegate;
    void applyTheme();
    void showPage();
    void refresh();

    Preferences &m_preferences;
    const Theme &m_theme;
    RulesModel *m_model;
    QSortFilterProxyModel *m_filter;
    QLineEdit *m_search;
    QTreeView *m_view;
    QTextBrowser *m_page;
    QLabel *m_project;
    QPushButton *m_reset;
};

} // namespace stagewright
