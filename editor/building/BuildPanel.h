// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/BuildGraph.h"

#include <QPointer>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QSplitter;
class QStackedWidget;
QT_END_NAMESPACE

namespace stagewright {

class BuildController;
class ChoiceChips;
class EngineList;
class EnginePage;
class StepDetails;
class StepsView;
class Theme;
class TimelineView;

/// A build: its steps as a table or in time, and beside them what the chosen one printed. Before the first build: the
/// engine, and the command that it would be.
class BuildPanel : public QWidget
{
    Q_OBJECT
public:
    BuildPanel(const Theme &theme, EngineList &engines, QWidget *parent = nullptr);

    /// Null: nothing is open.
    void setBuild(BuildController *builds);
    /// "Steps" and "Timeline"; whoever puts it elsewhere owns it then.
    [[nodiscard]] ChoiceChips *viewSwitch() const { return m_switch; }
    /// Shows the step that failed.
    void showFailure();
    void showTimeline(bool timeline);
    /// Where the engine is chosen, or what to install stands.
    void showEngines();

    [[nodiscard]] StepsView &steps() const { return *m_steps; }
    [[nodiscard]] TimelineView &timeline() const { return *m_timeline; }
    [[nodiscard]] StepDetails &details() const { return *m_details; }
    [[nodiscard]] EnginePage &enginePage() const { return *m_engines; }

Q_SIGNALS:
    void buildRequested();
    void optionsRequested();
    /// "7 / 12" while a build runs, for the tab.
    void badgeChanged(const QString &badge);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();
    void refreshBadge();
    void choose(int step);
    void followSelection(QObject *source);

    const Theme &m_theme;
    EngineList &m_list;
    QPointer<BuildController> m_builds;
    QStackedWidget *m_pages;
    EnginePage *m_engines;
    QSplitter *m_splitter;
    QStackedWidget *m_views;
    StepsView *m_steps;
    TimelineView *m_timeline;
    StepDetails *m_details;
    ChoiceChips *m_switch;
    bool m_wantsEngines = false; ///< Somebody asked for the engines although there are steps to show.
};

} // namespace stagewright
