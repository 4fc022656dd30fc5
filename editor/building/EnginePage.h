// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QScrollArea>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace stagewright {

class BuildController;
class EngineList;
class Theme;

/// What stands in the build panel before the first build: the engines to choose from and the command that would be
/// run, or, without an engine, what to install.
class EnginePage : public QScrollArea
{
    Q_OBJECT
public:
    EnginePage(const Theme &theme, EngineList &engines, QWidget *parent = nullptr);
    void setBuild(const BuildController *builds);

Q_SIGNALS:
    void buildRequested();
    void optionsRequested();

private:
    void refresh();
    void showAdvice();
    void showReady();
    QLabel *makeText(const QString &text, const QFont &font, bool quiet);
    QWidget *makeCommand(const QString &command);
    QWidget *makeProblem(const QString &text, const QString &command);
    QWidget *makeInstallation();

    const Theme &m_theme;
    EngineList &m_engines;
    const BuildController *m_builds = nullptr;
    QLabel *m_title;
    QLabel *m_text;
    QComboBox *m_choice;
    QLabel *m_details;
    QLabel *m_command;
    QWidget *m_problems; ///< What keeps the engines from building that are there.
    QVBoxLayout *m_problemRows;
    QWidget *m_advice; ///< How to install one.
    QVBoxLayout *m_adviceRows;
    QPushButton *m_build;
    QPushButton *m_options;
    QPushButton *m_copy;
    QPushButton *m_again;
};

} // namespace stagewright
