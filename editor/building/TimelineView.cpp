// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/TimelineView.h"

#include "building/BuildController.h"
#include "building/BuildText.h"
#include "building/StepsModel.h"
#include "panels/PanelPaint.h"
#include "theme/Theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace stagewright {

using engine::RowState;

namespace {

constexpr int axisHeight = 25;
constexpr int lane = 24;
constexpr int barHeight = 14;
constexpr int endRoom = 76; ///< For the time behind the last bar.

engine::Time clockNow()
{
    return std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now());
}

/// 1, 2 or 5 times a power of ten, so that at most @p most lines fit into @p seconds.
double niceStep(double seconds, double most)
{
    const double raw = std::max(seconds / std::max(most, 1.0), 0.01);
    const double power = std::pow(10, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (power * factor >= raw)
            return power * factor;
    }
    return power * 10;
}

} // namespace

TimelineView::TimelineView(const Theme &theme, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timeline of the build"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void TimelineView::setBuild(const BuildController *builds)
{
    if (m_builds)
        m_builds->disconnect(this);
    m_builds = builds;
    if (builds) {
        connect(builds, &BuildController::started, this, [this] { m_current = -1; });
        connect(builds, &BuildController::progressed, this, &TimelineView::refresh);
        connect(builds, &BuildController::finished, this, &TimelineView::refresh);
    }
    m_current = -1;
    refresh();
}

void TimelineView::refresh()
{
    m_bars.clear();
    m_critical.clear();
    m_timing = {};
    if (m_builds && m_builds->steps()) {
        const engine::BuildProgress &progress = m_builds->progress();
        m_timing = engine::timingOf(progress, *m_builds->steps(), clockNow());
        for (std::size_t i = 0; i < progress.size(); ++i) {
            if (progress.step(i).started && !progress.step(i).name.empty())
                m_bars.push_back(i);
        }
        std::ranges::stable_sort(m_bars, {}, [&](std::size_t i) { return *progress.step(i).started; });
        for (const std::size_t step : m_bars)
            m_critical.push_back(!m_builds->isBusy() && std::ranges::contains(m_timing.criticalPath, step));
    }
    updateScroll();
    viewport()->update();
}

void TimelineView::updateScroll()
{
    const int content = axisHeight + int(m_bars.size()) * lane + 6;
    const bool atEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    verticalScrollBar()->setRange(0, std::max(0, content - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(lane);
    if (atEnd && m_builds && m_builds->isBusy())
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

int TimelineView::labelWidth() const
{
    return std::clamp(viewport()->width() * 38 / 100, 150, 420);
}

double TimelineView::xOf(engine::Time time) const
{
    const double whole = std::max(1.0, double((*m_timing.end - *m_timing.begin).count()));
    const double room = std::max(40, viewport()->width() - labelWidth() - endRoom);
    return labelWidth() + double((time - *m_timing.begin).count()) / whole * room;
}

void TimelineView::paintAxis(QPainter &painter, const QRect &area) const
{
    const Tokens &t = m_theme.tokens();
    painter.fillRect(QRect(0, 0, area.width(), axisHeight), t.alt);
    painter.fillRect(QRect(0, axisHeight - 1, area.width(), 1), t.border);
    const double seconds = double((*m_timing.end - *m_timing.begin).count()) / 1e9;
    const double step = niceStep(seconds, (area.width() - labelWidth() - endRoom) / 80.0);
    painter.setFont(m_theme.uiFont(11));
    for (double at = 0; at <= seconds + 1e-9; at += step) {
        const auto offset = std::chrono::nanoseconds(static_cast<std::int64_t>(at * 1e9));
        const int x = int(xOf(*m_timing.begin + offset));
        painter.fillRect(QRect(x, axisHeight, 1, area.height()), t.border);
        painter.setPen(t.text3);
        painter.drawText(QRect(x + 4, 0, 76, axisHeight - 1), Qt::AlignVCenter | Qt::AlignLeft,
                         step < 0.1 ? tr("%1 ms").arg(std::lround(at * 1000)) : durationText(offset));
    }
}

void TimelineView::paintBar(QPainter &painter, std::size_t bar, int y) const
{
    const Tokens &t = m_theme.tokens();
    const std::size_t index = m_bars[bar];
    const engine::BuildStep &step = m_builds->progress().step(index);
    const RowState state = rowStateOf(step.state);
    const bool chosen = int(index) == m_current;
    const int width = viewport()->width();
    if (chosen)
        painter.fillRect(QRect(0, y, width, lane), t.accentSel);
    const engine::StepPlace place = m_builds->steps()->placeOf(index);
    QColor colour = t.extLine;
    int x = 16;
    if (place.stage != StageId::None) {
        const StageRole role = roleOf(m_builds->snapshot()->graph().stage(place.stage));
        colour = role == StageRole::Final ? t.finalLine : role == StageRole::Test ? t.testLine : t.builderLine;
        painter.setPen(Qt::NoPen);
        painter.setBrush(roleColour(role, t));
        painter.drawRoundedRect(QRectF(x, y + lane / 2.0 - 4.5, 9, 9), 2.5, 2.5);
    }
    x += 16;
    painter.setFont(place.stage != StageId::None ? m_theme.monoFont(11.5) : m_theme.uiFont(12));
    painter.setPen(place.stage != StageId::None || chosen ? t.text : t.text3);
    painter.drawText(QRect(x, y, labelWidth() - x - 12, lane), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(stepText(step.name), Qt::ElideRight, labelWidth() - x - 12));
    const engine::Time end
        = step.completed.value_or(step.state == engine::StepState::Running ? clockNow() : *step.started);
    const double left = xOf(*step.started);
    const QRectF box(left, y + (lane - barHeight) / 2.0, std::max(3.0, xOf(std::max(end, *step.started)) - left),
                     barHeight);
    painter.setPen(m_critical[bar] ? QPen(t.accent, 2) : QPen(Qt::NoPen));
    if (state == RowState::Failed)
        colour = t.errorLine;
    else if (state == RowState::Running)
        colour = t.accent;
    else if (state == RowState::Cached || state == RowState::Cancelled)
        colour = t.edgeDim;
    painter.setBrush(colour);
    painter.drawRoundedRect(box, 3, 3);
    const auto time = stepTime(step, clockNow());
    const QString words = state == RowState::Failed ? failureWord(step)
        : state == RowState::Cached                 ? stateText(state)
        : time                                      ? fineDurationText(*time)
                                                    : stateText(state);
    painter.setFont(m_theme.uiFont(11, m_critical[bar] ? QFont::DemiBold : QFont::Normal));
    painter.setPen(state == RowState::Failed ? t.error : t.text2);
    painter.drawText(QRectF(box.right() + 6, y, endRoom, lane), Qt::AlignVCenter | Qt::AlignLeft, words);
}

void TimelineView::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect area = viewport()->rect();
    painter.fillRect(area, t.dock);
    if (m_bars.empty() || !m_timing.begin || !m_timing.end) {
        painter.setFont(m_theme.uiFont(12.5));
        painter.setPen(t.text2);
        painter.drawText(area, Qt::AlignCenter, tr("No step has started yet."));
        return;
    }
    paintAxis(painter, area);
    painter.setClipRect(area.adjusted(0, axisHeight, 0, 0));
    const int top = axisHeight - verticalScrollBar()->value();
    for (std::size_t bar = 0; bar < m_bars.size(); ++bar) {
        const int y = top + int(bar) * lane;
        if (y + lane > axisHeight && y < area.height())
            paintBar(painter, bar, y);
    }
    painter.setClipping(false);
    if (hasFocus()) {
        painter.setPen(t.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScroll();
}

int TimelineView::barAt(QPoint position) const
{
    if (position.y() < axisHeight)
        return -1;
    const int bar = (position.y() - axisHeight + verticalScrollBar()->value()) / lane;
    return bar < int(m_bars.size()) ? bar : -1;
}

void TimelineView::choose(int bar)
{
    m_current = bar < 0 ? -1 : int(m_bars[std::size_t(bar)]);
    if (bar >= 0) {
        const int y = bar * lane;
        QScrollBar *scroll = verticalScrollBar();
        if (y < scroll->value())
            scroll->setValue(y);
        else if (y + lane > scroll->value() + viewport()->height() - axisHeight)
            scroll->setValue(y + lane - viewport()->height() + axisHeight);
    }
    viewport()->update();
    Q_EMIT stepChosen(m_current);
}

void TimelineView::chooseStep(int step)
{
    m_current = step;
    viewport()->update();
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        choose(barAt(event->position().toPoint()));
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    const auto found = std::ranges::find(m_bars, std::size_t(std::max(m_current, 0)));
    const int bar = m_current < 0 || found == m_bars.end() ? -1 : int(found - m_bars.begin());
    const int last = int(m_bars.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Down: choose(std::min(bar + 1, last)); return;
    case Qt::Key_Up: choose(std::min(std::max(bar - 1, 0), last)); return;
    case Qt::Key_Home: choose(std::min(0, last)); return;
    case Qt::Key_End: choose(last); return;
    case Qt::Key_Escape: choose(-1); return;
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

QString TimelineView::describe(std::size_t index) const
{
    const engine::BuildStep &step = m_builds->progress().step(index);
    QString text = stepText(step.name) + QLatin1Char('\n') + stateText(rowStateOf(step.state));
    if (const auto time = stepTime(step, clockNow()))
        text += QStringLiteral(", ") + fineDurationText(*time);
    text += QLatin1Char('\n') + tr("began after %1").arg(fineDurationText(*step.started - *m_timing.begin));
    if (std::ranges::contains(m_timing.criticalPath, index) && !m_builds->isBusy())
        text += QLatin1Char('\n') + tr("on the critical path: the build waited for it");
    return text;
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int bar = barAt(help->pos());
        QToolTip::showText(help->globalPos(), bar < 0 ? QString() : describe(m_bars[std::size_t(bar)]), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace stagewright
