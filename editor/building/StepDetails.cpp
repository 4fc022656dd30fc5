// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/StepDetails.h"

#include "building/BuildController.h"
#include "building/BuildMemory.h"
#include "building/BuildText.h"
#include "building/ConsoleView.h"
#include "building/FailureNote.h"
#include "building/StepsModel.h"
#include "building/TimeSummary.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>

namespace stagewright {

StepDetails::StepDetails(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_pages(new QStackedWidget)
    , m_summary(new TimeSummary(theme))
    , m_title(new QLabel)
    , m_state(new QLabel)
    , m_close(new QPushButton)
    , m_miss(new QLabel)
    , m_failure(new FailureNote(theme))
    , m_log(new ConsoleView(theme))
{
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_summary);
    m_pages->addWidget(scroll);

    auto *page = new QWidget;
    m_title->setFont(theme.monoFont(12, QFont::DemiBold));
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_title->setTextFormat(Qt::PlainText);
    m_state->setFont(theme.uiFont(12));
    m_close->setFlat(true);
    m_close->setProperty("small", true);
    m_close->setAutoDefault(false);
    m_close->setIcon(theme.icon(QStringLiteral("x")));
    m_close->setFixedSize(24, 22);
    m_close->setToolTip(tr("Back to the time per stage"));
    m_close->setAccessibleName(m_close->toolTip());
    auto *head = new QHBoxLayout;
    head->setContentsMargins(14, 6, 8, 4);
    head->setSpacing(10);
    head->addWidget(m_title, 1);
    head->addWidget(m_state);
    head->addWidget(m_close);
    m_miss->setObjectName(QStringLiteral("cacheMiss"));
    m_miss->setWordWrap(true);
    m_miss->setContentsMargins(14, 0, 10, 6);
    m_miss->setForegroundRole(QPalette::PlaceholderText);
    m_miss->hide();
    m_log->setAccessibleName(tr("Output of the step"));
    m_log->setObjectName(QStringLiteral("stepLog"));
    m_log->setEmptyText(tr("This step printed nothing."));
    auto *box = new QVBoxLayout(page);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(0);
    box->addLayout(head);
    box->addWidget(m_miss);
    box->addWidget(m_failure);
    m_log->setMinimumHeight(56);
    box->addWidget(m_log, 1);
    // Where there is little room, the explanation of a failure and what was printed are scrolled together.
    auto *whole = new QScrollArea;
    whole->setWidgetResizable(true);
    whole->setFrameShape(QFrame::NoFrame);
    whole->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    whole->setWidget(page);
    m_pages->addWidget(whole);

    auto *around = new QHBoxLayout(this);
    around->setContentsMargins(0, 0, 0, 0);
    around->addWidget(m_pages);
    connect(m_close, &QPushButton::clicked, this, &StepDetails::closed);
}

void StepDetails::setBuild(const BuildController *builds)
{
    if (m_builds)
        m_builds->disconnect(this);
    m_builds = builds;
    m_summary->setBuild(builds);
    m_log->setLog(builds ? &builds->log() : nullptr);
    if (builds) {
        connect(builds, &BuildController::started, this, [this] { showStep(-1); });
        connect(builds, &BuildController::progressed, this, &StepDetails::refreshTitle);
        connect(builds, &BuildController::finished, this, &StepDetails::refresh);
        connect(&builds->session(), &DocumentSession::diagnosticsChanged, this, [this] {
            if (m_step >= 0)
                refresh();
        });
    }
    showStep(-1);
}

void StepDetails::showStep(int step)
{
    m_step = step;
    m_pages->setCurrentIndex(step < 0 ? 0 : 1);
    if (step < 0)
        return;
    m_log->setFilter([step](int source) { return source == step; }, false);
    refresh();
}

void StepDetails::refreshTitle()
{
    if (m_step < 0 || !m_builds || std::size_t(m_step) >= m_builds->progress().size())
        return;
    const engine::BuildStep &step = m_builds->progress().step(std::size_t(m_step));
    const QString name = stepText(step.name);
    m_title->setText(m_title->fontMetrics().elidedText(name, Qt::ElideRight, std::max(80, m_title->width())));
    m_title->setToolTip(name);
    const auto time
        = stepTime(step, std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now()));
    QString state = step.state == engine::StepState::Failed ? failureWord(step) : stateText(rowStateOf(step.state));
    if (time && step.state != engine::StepState::Cached)
        state += QStringLiteral(" · ") + durationText(*time);
    m_state->setText(state);
}

void StepDetails::refresh()
{
    refreshTitle();
    m_failure->hide();
    m_miss->hide();
    if (m_step >= 0 && m_builds && m_builds->steps() && !m_builds->isBusy()) {
        const QString reason = m_builds->memory().missOf(m_builds->steps()->placeOf(std::size_t(m_step)).instruction);
        m_miss->setText(tr("Not from the cache. %1").arg(reason));
        m_miss->setVisible(!reason.isEmpty());
    }
    if (m_step < 0 || !m_builds || m_builds->isBusy() || m_builds->failedStep() != std::size_t(m_step))
        return;
    m_failure->show(*m_builds, m_builds->failure());
}

} // namespace stagewright
