// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/BuildPanel.h"

#include "building/BuildController.h"
#include "building/EngineList.h"
#include "building/EnginePage.h"
#include "building/StepDetails.h"
#include "building/StepsModel.h"
#include "building/StepsView.h"
#include "building/TimelineView.h"
#include "engine/BuildTiming.h"
#include "panels/ChoiceChips.h"
#include "session/DocumentSession.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>

namespace stagewright {

BuildPanel::BuildPanel(const Theme &theme, EngineList &engines, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_list(engines)
    , m_pages(new QStackedWidget)
    , m_engines(new EnginePage(theme, engines))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_views(new QStackedWidget)
    , m_steps(new StepsView(theme))
    , m_timeline(new TimelineView(theme))
    , m_details(new StepDetails(theme))
    , m_switch(new ChoiceChips(theme, this))
{
    setObjectName(QStringLiteral("buildPanel"));
    m_views->addWidget(m_steps);
    m_views->addWidget(m_timeline);
    m_splitter->addWidget(m_views);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_pages->addWidget(m_engines);
    m_pages->addWidget(m_splitter);
    auto *box = new QHBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->addWidget(m_pages);
    m_switch->add(tr("Steps"), tr("The steps as a table"));
    m_switch->add(tr("Timeline"), tr("When each step ran, and what the build waited for"));
    connect(m_switch, &ChoiceChips::currentChanged, m_views, &QStackedWidget::setCurrentIndex);
    connect(m_steps, &StepsView::stepChosen, this, &BuildPanel::choose);
    connect(m_timeline, &TimelineView::stepChosen, this, &BuildPanel::choose);
    connect(m_details, &StepDetails::closed, this, [this] { choose(-1); });
    connect(m_engines, &EnginePage::buildRequested, this, &BuildPanel::buildRequested);
    connect(m_engines, &EnginePage::optionsRequested, this, &BuildPanel::optionsRequested);
    refresh();
}

void BuildPanel::setBuild(BuildController *builds)
{
    if (m_builds) {
        m_builds->disconnect(this);
        m_builds->session().disconnect(this);
    }
    m_builds = builds;
    m_steps->setBuild(builds);
    m_timeline->setBuild(builds);
    m_details->setBuild(builds);
    m_engines->setBuild(builds);
    if (builds) {
        connect(builds, &BuildController::started, this, [this] { m_wantsEngines = false; });
        connect(builds, &BuildController::phaseChanged, this, &BuildPanel::refresh);
        connect(builds, &BuildController::progressed, this, &BuildPanel::refreshBadge);
        connect(&builds->session(), &DocumentSession::selectionChanged, this,
                [this](const Selection &, QObject *source) { followSelection(source); });
    }
    m_wantsEngines = false;
    refresh();
}

void BuildPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    // A person looks at the build: now it is time to know what could do one.
    if (m_builds && m_list.state() == EngineList::State::NotAsked)
        m_list.ask();
}

void BuildPanel::refresh()
{
    const bool steps = m_builds && m_builds->steps() && !m_wantsEngines
        && !(m_builds->result() == engine::BuildResult::NotStarted && m_list.engines().empty());
    m_pages->setCurrentIndex(steps ? 1 : 0);
    m_switch->setEnabled(steps);
    refreshBadge();
}

void BuildPanel::refreshBadge()
{
    QString badge;
    if (m_builds && m_builds->isBusy() && m_builds->steps()) {
        const engine::BuildTiming timing = engine::timingOf(
            m_builds->progress(), *m_builds->steps(),
            std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now()));
        if (timing.steps > 0)
            badge = tr("%1 / %2").arg(timing.over).arg(timing.steps);
    }
    Q_EMIT badgeChanged(badge);
}

void BuildPanel::showTimeline(bool timeline)
{
    m_switch->setCurrent(timeline ? 1 : 0);
}

void BuildPanel::showEngines()
{
    m_wantsEngines = true;
    refresh();
}

void BuildPanel::choose(int step)
{
    m_steps->chooseStep(step);
    m_timeline->chooseStep(step);
    m_details->showStep(step);
    if (step < 0 || !m_builds)
        return;
    const InstructionId here = m_builds->now(m_builds->steps()->placeOf(std::size_t(step)).instruction);
    DocumentSession &session = m_builds->session();
    if (here == InstructionId::None || session.isPublishing())
        return;
    session.reveal(session.snapshot()->tree().instruction(here).range, this);
}

void BuildPanel::followSelection(QObject *source)
{
    if (source == this || !m_builds || !m_builds->steps())
        return;
    const auto &selected = m_builds->session().selection().instructions;
    if (selected.size() != 1)
        return;
    const auto step = m_builds->steps()->stepOf(m_builds->then(selected.front()));
    const int chosen = step ? int(*step) : -1;
    // Triggers of the base have steps of their own behind the same FROM: that one stays.
    if (m_details->step() >= 0 && step
        && m_builds->steps()->placeOf(std::size_t(m_details->step())).instruction
            == m_builds->steps()->placeOf(*step).instruction)
        return;
    m_steps->chooseStep(chosen);
    m_timeline->chooseStep(chosen);
    m_details->showStep(chosen);
}

void BuildPanel::showFailure()
{
    if (const auto failed = m_builds ? m_builds->failedStep() : std::nullopt)
        choose(int(*failed));
}

} // namespace stagewright
