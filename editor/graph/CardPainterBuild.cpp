// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// What a build does, on the cards: states of rows, rings in headers.
#include "graph/CardPainter.h"
#include "graph/CardPainterTools.h"
#include "graph/PaintTools.h"

#include "building/BuildText.h"

#include <QCoreApplication>

#include <algorithm>

namespace stagewright {

using namespace metrics;
using engine::RowState;

namespace {

constexpr double iconSize = 13;
constexpr double iconGap = 6;
constexpr double ringSize = 22;
constexpr double logWidth = 74; ///< Of the link to the log, its icon included.

/// A part of a circle, from the top clockwise; 0 … 1.
void drawArc(QPainter &painter, QRectF rect, double from, double length, const QColor &colour, double width)
{
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::FlatCap));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(rect, static_cast<int>((0.25 - from) * 360 * 16), -static_cast<int>(length * 360 * 16));
}

} // namespace

QColor buildColour(RowState state, const Tokens &tokens)
{
    return stateColour(state, tokens);
}

/// Behind the row's words. @p marked: a finding or the selection has filled it already.
void CardPainter::paintBuildFill(QPainter &painter, const RowBuild &build, QRectF rect, bool marked) const
{
    const Tokens &t = m_tools.theme().tokens();
    const QRectF inner = rect.adjusted(1, 0, -1, 0);
    painter.setPen(Qt::NoPen);
    if (build.state == RowState::Failed) {
        painter.setBrush(t.errorTint);
        painter.drawRect(inner);
        painter.setBrush(t.error);
        painter.drawRect(QRectF(1, rect.top(), 3, rect.height()));
    } else if (build.state == RowState::Running) {
        if (!marked) {
            painter.setBrush(t.accentTint);
            painter.drawRect(inner);
        }
        if (build.fraction >= 0) {
            painter.setBrush(t.accent);
            painter.drawRect(QRectF(1, rect.bottom() - 2, inner.width() * build.fraction, 2));
        }
    } else if (build.critical && !marked) {
        painter.setBrush(t.accent);
        painter.drawRect(QRectF(1, rect.top() + 4, 3, rect.height() - 8));
    }
}

/// Icon and words at the right end. Answers where they begin.
double CardPainter::paintBuildState(QPainter &painter, const RowBuild &build, QRectF rect, double lod) const
{
    const Tokens &t = m_tools.theme().tokens();
    const QColor colour = stateColour(build.state, t);
    const QRectF icon(rect.right() - rowEnd - iconSize, rect.center().y() - iconSize / 2, iconSize, iconSize);
    if (build.state == RowState::Running) {
        const QRectF circle = icon.adjusted(1.5, 1.5, -1.5, -1.5);
        drawArc(painter, circle, m_phase, 0.75, colour, 1.6);
    } else {
        m_tools.icon(painter, stateIcon(build.state), colour, icon, lod);
    }
    const bool strong = build.state == RowState::Failed || build.critical;
    const QFont &font = strong ? m_fonts.smallBold : m_fonts.small;
    const double left = icon.left() - iconGap - QFontMetricsF(font).horizontalAdvance(build.text);
    const QColor words = build.warning                                        ? t.error
        : build.state == RowState::Running || build.state == RowState::Failed ? colour
        : build.critical                                                      ? t.text
        : build.state == RowState::Waiting                                    ? t.text3
                                                                              : t.text2;
    text(painter, font, words, {left, baseline(font, rect)}, build.text);
    return left;
}

QRectF CardPainter::logRect(const CardLayout &layout, const CardState &state)
{
    if (state.build.state != RowState::Failed)
        return {};
    if (layout.footer.isEmpty())
        return {layout.width - 14 - ringSize, (headerHeight - ringSize) / 2, ringSize + 4, ringSize};
    const double height = layout.footer.height();
    return {layout.width - rowEnd - logWidth, layout.footer.top(), logWidth, height};
}

void CardPainter::paintLog(QPainter &painter, QRectF link, bool hot, double lod) const
{
    const Tokens &t = m_tools.theme().tokens();
    const QString words = QCoreApplication::translate("stagewright::GraphView", "Open log");
    QFont font = m_fonts.small;
    font.setUnderline(hot);
    const double width = QFontMetricsF(font).horizontalAdvance(words);
    const double left = link.right() - width;
    m_tools.icon(painter, QStringLiteral("square-terminal"), t.accent,
                 {left - 5 - iconSize, link.center().y() - iconSize / 2, iconSize, iconSize}, lod);
    text(painter, font, t.accent, {left, baseline(font, link)}, words);
}

/// How far a stage is. Answers what is free at its left.
double CardPainter::paintRing(QPainter &painter, const StageBuild &build, double right, double lod) const
{
    const Tokens &t = m_tools.theme().tokens();
    const QRectF ring(right - ringSize + 2, (headerHeight - ringSize) / 2, ringSize, ringSize);
    const QRectF line = ring.adjusted(1.5, 1.5, -1.5, -1.5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.card);
    painter.drawEllipse(ring);
    const QColor colour = build.state == RowState::Cached ? t.ok : stateColour(build.state, t);
    const bool over = build.state == RowState::Done || build.state == RowState::Cached
        || build.state == RowState::Failed || build.state == RowState::Cancelled;
    drawArc(painter, line, 0, 1, over ? colour : t.border2, over ? 2 : 3);
    if (over) {
        m_tools.icon(painter, stateIcon(build.state == RowState::Cached ? RowState::Cached : build.state), colour,
                     {ring.center().x() - 6, ring.center().y() - 6, 12, 12}, lod);
    } else if (build.fraction > 0) {
        drawArc(painter, line, 0, build.fraction, t.accent, 3);
    }
    double left = ring.left() - 6;
    if (!build.text.isEmpty()) {
        left -= QFontMetricsF(m_fonts.smallBold).horizontalAdvance(build.text);
        text(painter, m_fonts.smallBold, t.accent, {left, baseline(m_fonts.smallBold, ring)}, build.text);
        left -= 6;
    }
    return left;
}

} // namespace stagewright
