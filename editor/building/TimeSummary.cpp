// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/TimeSummary.h"

#include "building/BuildController.h"
#include "building/BuildMemory.h"
#include "building/BuildText.h"
#include "building/StepsModel.h"
#include "panels/PanelPaint.h"
#include "session/StageRole.h"
#include "theme/Theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace stagewright {

namespace {

constexpr int margin = 16;
constexpr int titleHeight = 30;
constexpr int lineHeight = 26;
constexpr int timeWidth = 64;
constexpr int barHeight = 8;
constexpr std::chrono::nanoseconds worthTelling = std::chrono::milliseconds(100);

} // namespace

TimeSummary::TimeSummary(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(tr("Time per stage"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TimeSummary::setBuild(const BuildController *builds)
{
    if (m_builds)
        m_builds->disconnect(this);
    m_builds = builds;
    if (builds) {
        connect(builds, &BuildController::started, this, &TimeSummary::refresh);
        connect(builds, &BuildController::progressed, this, &TimeSummary::refresh);
        connect(builds, &BuildController::finished, this, &TimeSummary::refresh);
        connect(builds, &BuildController::mappingChanged, this, &TimeSummary::refresh);
    }
    refresh();
}

void TimeSummary::refresh()
{
    m_timing = {};
    if (m_builds && m_builds->steps())
        m_timing = engine::timingOf(
            m_builds->progress(), *m_builds->steps(),
            std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now()));
    m_sentence = makeSentence();
    setAccessibleDescription(m_sentence);
    // So that the last line can be scrolled to.
    setMinimumHeight(margin + titleHeight + int(m_timing.stages.size()) * lineHeight + 10 + textHeight(width()) + 10);
    update();
}

QString TimeSummary::makeSentence() const
{
    if (!m_builds || !m_builds->steps())
        return {};
    QStringList parts;
    if (m_builds->isOutdated() && !m_builds->isBusy())
        parts << tr("These are the results of an older text or of other options.");
    if (m_timing.steps == 0) {
        if (!m_builds->isBusy() && !m_builds->error().isEmpty())
            parts << m_builds->error().section(QLatin1Char('\n'), -1);
        else if (m_builds->isBusy())
            parts << tr("The engine has not announced its steps yet.");
        return parts.join(QLatin1Char(' '));
    }
    parts << (m_timing.cached == 0 ? tr("Nothing came from the cache.")
                  : m_timing.cached == m_timing.steps
                  ? tr("All %1 steps came from the cache.").arg(m_timing.steps)
                  : tr("%1 of %2 steps came from the cache.").arg(m_timing.cached).arg(m_timing.steps));
    const auto time = m_timing.longest
        ? stepTime(m_builds->progress().step(*m_timing.longest),
                   std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now()))
        : std::nullopt;
    if (time && *time >= worthTelling && m_timing.cached < m_timing.steps) {
        const engine::BuildStep &step = m_builds->progress().step(*m_timing.longest);
        QString name = stepText(step.name);
        if (name.size() > 48)
            name = name.left(46) + QStringLiteral(" …");
        parts << tr("The longest step is %1, %2.").arg(name, durationText(*time));
    }
    if (!m_builds->isBusy() && m_timing.criticalPath.size() > 1 && m_timing.criticalTime > worthTelling) {
        parts << tr("The critical path, marked blue, takes %1: only faster steps on it make the build faster.")
                     .arg(durationText(m_timing.criticalTime));
    }
    const engine::BuildRecord *before = m_builds->memory().before();
    const engine::BuildRecord *last = m_builds->memory().last();
    // A build that failed, or of another target, is not faster or slower: it is another one.
    const bool alike = before && last && before->result == last->result && before->target == last->target;
    if (!m_builds->isBusy() && alike && m_builds->result() == last->result) {
        const double difference = last->seconds - before->seconds;
        const QString change
            = durationText(std::chrono::nanoseconds(static_cast<std::int64_t>(std::abs(difference) * 1e9)));
        if (std::abs(difference) < 0.05)
            parts << tr("As fast as the build before.");
        else
            parts << (difference < 0 ? tr("%1 faster than the build before.") : tr("%1 slower than the build before."))
                         .arg(change);
    }
    return parts.join(QLatin1Char(' '));
}

int TimeSummary::textHeight(int width) const
{
    return QFontMetrics(m_theme.uiFont(12.5))
        .boundingRect(QRect(0, 0, std::max(width - 2 * margin, 40), 4000), Qt::TextWordWrap, m_sentence)
        .height();
}

void TimeSummary::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    setMinimumHeight(margin + titleHeight + int(m_timing.stages.size()) * lineHeight + 10 + textHeight(width()) + 10);
}

void TimeSummary::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), t.dock);
    const int right = width() - margin;
    int y = 8;
    painter.setFont(m_theme.uiFont(12.5, QFont::DemiBold));
    painter.setPen(t.text);
    painter.drawText(QRect(margin, y, right - margin, titleHeight), Qt::AlignVCenter | Qt::AlignLeft,
                     tr("Time per stage"));
    y += titleHeight;
    painter.setFont(m_theme.uiFont(12.5));
    const QFontMetrics metrics = painter.fontMetrics();
    const int nameWidth = std::clamp(width() / 4, 52, 110);
    std::chrono::nanoseconds most = worthTelling; // a few milliseconds make no long bar
    for (const engine::StageTiming &stage : m_timing.stages)
        most = std::max(most, stage.work);
    for (const engine::StageTiming &stage : m_timing.stages) {
        const Stage &one = m_builds->snapshot()->graph().stage(stage.stage);
        const QRect line(margin, y, right - margin, lineHeight);
        painter.setPen(t.text);
        painter.drawText(QRect(line.left(), y, nameWidth - 8, lineHeight), Qt::AlignVCenter | Qt::AlignLeft,
                         metrics.elidedText(QString::fromStdString(one.displayName), Qt::ElideRight, nameWidth - 8));
        const QRectF room(line.left() + nameWidth, y + (lineHeight - barHeight) / 2.0,
                          std::max(20, line.width() - nameWidth - timeWidth), barHeight);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.border);
        painter.drawRoundedRect(room, 2, 2);
        const double part = double(stage.work.count()) / double(most.count());
        if (part > 0) {
            painter.setBrush(roleLine(roleOf(one), t));
            painter.drawRoundedRect(QRectF(room.left(), room.top(), std::max(3.0, room.width() * part), barHeight), 2,
                                    2);
        }
        painter.setPen(t.text2);
        painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, durationText(stage.work));
        y += lineHeight;
    }
    painter.setPen(t.text2);
    painter.drawText(QRect(margin, y + 8, right - margin, std::max(0, height() - y - 8)),
                     Qt::TextWordWrap | Qt::AlignTop | Qt::AlignLeft, m_sentence);
}

} // namespace stagewright
