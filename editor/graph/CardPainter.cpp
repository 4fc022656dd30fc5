// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/CardPainter.h"

#include "graph/CardPainterTools.h"
#include "graph/PaintTools.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace stagewright {

using namespace metrics;

namespace {

QPainterPath roundedTop(QRectF rect, double r)
{
    QPainterPath path;
    path.moveTo(rect.bottomLeft());
    path.lineTo(rect.left(), rect.top() + r);
    path.quadTo(rect.topLeft(), {rect.left() + r, rect.top()});
    path.lineTo(rect.right() - r, rect.top());
    path.quadTo(rect.topRight(), {rect.right(), rect.top() + r});
    path.lineTo(rect.bottomRight());
    path.closeSubpath();
    return path;
}

QPainterPath roundedBottom(QRectF rect, double r)
{
    QPainterPath path;
    path.moveTo(rect.topLeft());
    path.lineTo(rect.left(), rect.bottom() - r);
    path.quadTo(rect.bottomLeft(), {rect.left() + r, rect.bottom()});
    path.lineTo(rect.right() - r, rect.bottom());
    path.quadTo(rect.bottomRight(), {rect.right(), rect.bottom() - r});
    path.lineTo(rect.topRight());
    path.closeSubpath();
    return path;
}

void drawWave(QPainter &painter, double x, double y, double width, const QColor &colour)
{
    QPainterPath path({x, y});
    bool down = true;
    for (double step = 2; step <= width; step += 2) {
        path.lineTo(x + step, y + (down ? 2 : 0));
        down = !down;
    }
    painter.setPen(QPen(colour, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

/// Broken at a blank; what a second line does not hold is elided.
QStringList twoLines(const QString &words, const QFontMetricsF &metrics, double width)
{
    if (metrics.horizontalAdvance(words) <= width)
        return {words};
    qsizetype end = 0;
    for (qsizetype blank = words.indexOf(u' '); blank >= 0; blank = words.indexOf(u' ', blank + 1)) {
        if (metrics.horizontalAdvance(words.left(blank)) > width)
            break;
        end = blank;
    }
    if (end == 0)
        return {metrics.elidedText(words, Qt::ElideRight, width)};
    return {words.left(end), metrics.elidedText(words.mid(end + 1), Qt::ElideRight, width)};
}

struct SeverityColours
{
    QColor plain, tint, line;
    QString icon;
};

SeverityColours severityColours(const Tokens &t, Severity severity)
{
    switch (severity) {
    case Severity::Error: return {t.error, t.errorTint, t.errorLine, QStringLiteral("circle-x")};
    case Severity::Warning: return {t.warn, t.warnTint, t.warnLine, QStringLiteral("triangle-alert")};
    case Severity::Info: break;
    }
    return {t.accent, t.accentTint, t.accent, QStringLiteral("info")};
}

} // namespace

CardPainter::CardPainter(const PaintTools &tools)
    : m_tools(tools)
    , m_fonts(tools.theme())
{
}

QRectF CardPainter::boundingRect(const CardLayout &layout)
{
    return layout.rect().adjusted(-34, -captionLane - 4, 28, 30);
}

QRectF CardPainter::lightbulbRect(const CardLayout &layout, int row)
{
    return {-32, layout.rows[static_cast<std::size_t>(row)].center().y() - 12, 24, 24};
}

void CardPainter::paint(QPainter &painter, const NodeView &node, const CardLayout &layout, const CardState &state,
                        double lod) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    if (lod < 0.1 && !state.selected) { // a few pixels: no corners, no lines, no words
        const Tokens &t = m_tools.theme().tokens();
        const bool error = node.severity == Severity::Error && !node.dimmed;
        painter.fillRect(layout.rect(), error ? t.errorLine : (node.dimmed ? t.border : roleColours(t, node).line));
        return;
    }
    if (node.isStage())
        paintStage(painter, node, layout, state, lod);
    else
        paintSource(painter, node, layout, state, lod);
}

void CardPainter::paintFrame(QPainter &painter, const NodeView &node, const CardLayout &layout,
                             const CardState &state) const
{
    const Tokens &t = m_tools.theme().tokens();
    QColor colour = state.hovered ? t.extLine : t.border2;
    double width = 1;
    if (node.severity == Severity::Error && !node.dimmed) {
        colour = t.errorLine;
        width = 1.3;
    }
    // The sign in the header is too small to be seen from far away
    if (state.build.state == engine::RowState::Failed) {
        colour = t.error;
        width = 2;
    }
    if (state.dropCard) {
        colour = t.accent;
        width = 1.5;
    }
    if (state.selected) {
        QColor halo = t.accent;
        halo.setAlphaF(0.18f);
        painter.setPen(QPen(halo, 4));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(layout.rect().adjusted(-3, -3, 3, 3), radius + 3, radius + 3);
        colour = t.accent;
        width = 2;
    }
    painter.setPen(QPen(colour, width));
    painter.setBrush(Qt::NoBrush);
    const double half = state.selected ? 0 : 0.5;
    painter.drawRoundedRect(layout.rect().adjusted(half, half, -half, -half), radius, radius);
}

void CardPainter::paintStage(QPainter &painter, const NodeView &node, const CardLayout &layout, const CardState &state,
                             double lod) const
{
    const Tokens &t = m_tools.theme().tokens();
    const QRectF rect = layout.rect();
    if (!node.dimmed && lod > 0.25)
        m_tools.shadow(painter, rect, state.hovered || state.lifted);
    painter.setPen(Qt::NoPen);
    painter.setBrush(node.dimmed ? t.canvas : t.card);
    painter.drawRoundedRect(rect, radius, radius);
    if (!node.dimmed) {
        painter.setBrush(roleColours(t, node).tint);
        painter.drawPath(roundedTop(lod < titleBelow ? rect.adjusted(0, 0, 0, -radius) : layout.header, radius));
    }
    if (lod < titleBelow) {
        if (!node.dimmed)
            painter.drawPath(roundedBottom(QRectF(0, rect.height() - radius * 2, rect.width(), radius * 2), radius));
        paintBigTitle(painter, node, layout, lod);
        paintFrame(painter, node, layout, state);
        return;
    }
    if (!node.dimmed) {
        painter.setBrush(t.cardAlt);
        painter.drawRect(layout.rows.front());
        if (!layout.footer.isEmpty())
            painter.drawPath(roundedBottom(layout.footer, radius));
    }
    for (std::size_t row = 0; row < layout.rows.size() && lod >= barsBelow; ++row)
        paintRow(painter, node, layout, row, state, lod);
    if (lod < barsBelow)
        paintRowBars(painter, node, layout, state);
    painter.setPen(QPen(t.border, 1));
    const auto rule = [&](double y) { painter.drawLine(QPointF(1, y + 0.5), QPointF(layout.width - 1, y + 0.5)); };
    rule(layout.header.bottom() - 1);
    rule((layout.bubbleRow == 0 ? layout.bubble.bottom() : layout.rows.front().bottom()) - 1);
    if (!layout.footer.isEmpty())
        rule(layout.footer.top());
    if (lod >= barsBelow) {
        if (layout.rows.size() == 1) {
            const QRectF lane(0, layout.insertionY(1), layout.width, rowHeight - rowPadding);
            text(painter, m_fonts.small, t.text3, {rowTextX, baseline(m_fonts.small, lane)},
                 QCoreApplication::translate("stagewright::GraphView", "No instructions"));
        }
        paintBubble(painter, node, layout, lod);
        if (!layout.footer.isEmpty())
            paintFooter(painter, node, layout, state, lod);
    }
    paintHeader(painter, node, layout, state, lod);
    paintFrame(painter, node, layout, state);
    paintCaption(painter, node, layout, lod);
    if (state.insertion >= 0) {
        const double y = layout.insertionY(state.insertion);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.accent);
        painter.drawRoundedRect(QRectF(8, y - 1.5, layout.width - 16, 3), 1.5, 1.5);
        painter.drawEllipse(QPointF(8, y), 3.5, 3.5);
    }
}

void CardPainter::paintHeader(QPainter &painter, const NodeView &node, const CardLayout &layout, const CardState &state,
                              double lod) const
{
    const Tokens &t = m_tools.theme().tokens();
    const RoleColours role = roleColours(t, node);
    if (lod < barsBelow) { // the name alone, big enough to be read
        QFont font = m_fonts.title;
        font.setPixelSize(std::min(static_cast<int>(13 / std::max(lod, 0.01) * 0.9), 24));
        const QFontMetricsF metrics(font);
        const QString title = metrics.elidedText(node.title, Qt::ElideRight, layout.width - 20);
        text(painter, font, node.dimmed ? t.text3 : t.text, {10, baseline(font, layout.header)}, title);
        return;
    }
    const QRectF badge(10, 9, 24, 24);
    painter.setPen(node.dimmed ? QPen(role.line, 1) : QPen(Qt::NoPen));
    painter.setBrush(node.dimmed ? t.canvas : role.plain);
    painter.drawRoundedRect(node.dimmed ? badge.adjusted(0.5, 0.5, -0.5, -0.5) : badge, 6, 6);
    const char *icon
        = node.role == StageRole::Final ? "flag" : (node.role == StageRole::Test ? "flask-conical" : "hammer");
    m_tools.icon(painter, QString::fromLatin1(icon), node.dimmed ? role.line : t.onRole, badge.adjusted(5, 5, -5, -5),
                 lod);
    double right = layout.width - 14;
    const bool ring = state.build.state != engine::RowState::None && !node.dimmed;
    if (ring)
        right = paintRing(painter, state.build, right, lod);
    const QString title
        = ring ? QFontMetricsF(m_fonts.title).elidedText(node.title, Qt::ElideRight, right - 22 - 44) : node.title;
    text(painter, m_fonts.title, node.dimmed ? t.text3 : t.text, {44, 19}, title);
    const bool marked = !ring || state.build.state != engine::RowState::Failed; // one red sign is enough
    const bool sign = node.severity && *node.severity != Severity::Info && !node.dimmed && marked;
    const QString subtitle = node.dimmed
        ? node.subtitle
        : QFontMetricsF(m_fonts.small).elidedText(node.subtitle, Qt::ElideRight, right - (sign ? 22 : 0) - 44);
    text(painter, m_fonts.small, node.dimmed ? t.text3 : role.plain, {44, 34}, subtitle);
    if (node.dimmed) {
        const QString words = QCoreApplication::translate("stagewright::GraphView", "not in target");
        const double width = QFontMetricsF(m_fonts.small).horizontalAdvance(words) + 18;
        const QRectF chip(right - width, 11, width, 20);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.extTint);
        painter.drawRoundedRect(chip, 10, 10);
        text(painter, m_fonts.small, t.text2, {chip.left() + 9, baseline(m_fonts.small, chip)}, words);
        right = chip.left() - 6;
    } else if (sign) {
        const SeverityColours colours = severityColours(t, *node.severity);
        m_tools.icon(painter, colours.icon, colours.plain, {right - 16, 13, 16, 16}, lod);
    }
}

void CardPainter::paintRow(QPainter &painter, const NodeView &node, const CardLayout &layout, std::size_t index,
                           const CardState &state, double lod) const
{
    const Tokens &t = m_tools.theme().tokens();
    const RowView &row = node.rows[index];
    const QRectF rect = layout.rows[index];
    const int number = static_cast<int>(index);
    const bool marked = row.severity && *row.severity != Severity::Info && !node.dimmed;
    const bool selected = std::binary_search(state.selectedRows.begin(), state.selectedRows.end(), number);
    const bool hasBubble = layout.bubbleRow == number;
    QRectF fill = rect.adjusted(1, 0, -1, 0);
    if (hasBubble)
        fill.setBottom(layout.bubble.bottom());
    painter.setPen(Qt::NoPen);
    if (marked) {
        const SeverityColours colours = severityColours(t, *row.severity);
        if (*row.severity == Severity::Error || hasBubble) {
            painter.setBrush(colours.tint);
            painter.drawRect(fill);
        }
    }
    if (number == state.dropRow || (selected && !(marked && *row.severity == Severity::Error))) {
        painter.setBrush(t.accentTint);
        painter.drawRect(rect.adjusted(1, 0, -1, 0));
    } else if (state.hoverRow == number && !marked && !selected) {
        painter.setBrush(t.hover);
        painter.drawRect(rect.adjusted(1, 0, -1, 0));
    }
    if (index < state.buildRows.size())
        paintBuildFill(painter, state.buildRows[index], rect, marked || selected);
    if (marked) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(*row.severity == Severity::Error ? t.error : t.warnLine);
        painter.drawRect(QRectF(1, fill.top(), 3, fill.height()));
    }
    if ((selected && marked && *row.severity == Severity::Error) || state.focusRow == number
        || number == state.dropRow) {
        painter.setPen(QPen(t.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect.adjusted(1.75, 0.75, -1.75, -0.75));
    }
    const QColor quiet = node.dimmed ? t.text3 : t.text2;
    m_tools.icon(painter, row.icon, node.dimmed ? t.edgeDim : quiet, {rowIconX, rect.center().y() - 7, 14, 14}, lod);
    const double y = baseline(m_fonts.mono, rect);
    if (number == state.dropRow && !state.dropText.isEmpty()) {
        const qsizetype space = state.dropText.indexOf(u' ');
        text(painter, m_fonts.keyword, t.text, {rowTextX, y}, state.dropText.left(space));
        const double x
            = rowTextX + QFontMetricsF(m_fonts.keyword).horizontalAdvance(state.dropText.left(space)) + keywordGap;
        text(painter, m_fonts.mono, t.text2, {x, y},
             QFontMetricsF(m_fonts.mono)
                 .elidedText(state.dropText.mid(space + 1), Qt::ElideRight, layout.width - x - rowEnd));
        return;
    }
    paintRowTexts(painter, node, layout, index, state, lod);
}

void CardPainter::paintRowTexts(QPainter &painter, const NodeView &node, const CardLayout &layout, std::size_t index,
                                const CardState &state, double lod) const
{
    const Tokens &t = m_tools.theme().tokens();
    const RowView &row = node.rows[index];
    const QRectF rect = layout.rows[index];
    const QColor quiet = node.dimmed ? t.text3 : t.text2;
    const double y = baseline(m_fonts.mono, rect);
    const double left = rowTextX + row.keywordWidth + keywordGap;
    double argumentsWidth = row.argumentsWidth;
    text(painter, m_fonts.keyword, node.dimmed ? t.text3 : t.text, {rowTextX, y}, row.keyword);
    const bool built = index < state.buildRows.size() && state.buildRows[index].state != engine::RowState::None;
    if (built) {
        const double room = paintBuildState(painter, state.buildRows[index], rect, lod) - left - 8;
        QString arguments = row.arguments;
        if (room < argumentsWidth) {
            const QFontMetricsF metrics(m_fonts.mono);
            arguments = metrics.elidedText(arguments, Qt::ElideRight, std::max(0.0, room));
            argumentsWidth = metrics.horizontalAdvance(arguments);
        }
        text(painter, m_fonts.mono, quiet, {left, y}, arguments);
    } else {
        text(painter, m_fonts.mono, quiet, {left, y}, row.arguments);
    }
    if (!row.aside.isEmpty() && !built) {
        const double width = QFontMetricsF(m_fonts.small).horizontalAdvance(row.aside);
        text(painter, m_fonts.small, row.weighed ? quiet : t.text3,
             {layout.width - rowEnd - width, baseline(m_fonts.small, rect)}, row.aside);
    }
    if (row.severity && *row.severity != Severity::Info && !node.dimmed && row.waveLength > 0) {
        const double end = std::min(rowTextX + row.waveFrom + row.waveLength, left + argumentsWidth);
        drawWave(painter, rowTextX + row.waveFrom, y + 3, end - rowTextX - row.waveFrom,
                 *row.severity == Severity::Error ? t.error : t.warnLine);
    }
}

void CardPainter::paintRowBars(QPainter &painter, const NodeView &node, const CardLayout &layout,
                               const CardState &state) const
{
    const Tokens &t = m_tools.theme().tokens();
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < layout.rows.size(); ++i) {
        const RowView &row = node.rows[i];
        const QRectF rect = layout.rows[i];
        const bool error = row.severity == Severity::Error && !node.dimmed;
        if (error) {
            painter.setBrush(t.errorTint);
            painter.drawRect(rect.adjusted(1, 0, -1, 0));
        }
        if (i < state.buildRows.size() && state.buildRows[i].state != engine::RowState::None) {
            const engine::RowState build = state.buildRows[i].state;
            paintBuildFill(painter, state.buildRows[i], rect, error);
            painter.setPen(Qt::NoPen);
            painter.setBrush(buildColour(build, t));
            painter.drawRoundedRect(QRectF(layout.width - rowEnd - 8, rect.center().y() - 4, 8, 8), 4, 4);
        }
        painter.setBrush(error ? t.errorLine : (node.dimmed ? t.border2 : t.edgeDim));
        const double y = rect.center().y() - 4;
        painter.drawRoundedRect(QRectF(rowIconX, y, row.keywordWidth, 8), 4, 4);
        painter.setBrush(error ? t.errorLine : (node.dimmed ? t.border : t.border2));
        painter.drawRoundedRect(
            QRectF(rowIconX + row.keywordWidth + 7, y,
                   std::min(row.argumentsWidth,
                            layout.width - 2 * rowIconX - row.keywordWidth - 7 - (state.buildRows.empty() ? 0 : 12)),
                   8),
            4, 4);
    }
    if (layout.bubbleRow >= 0) {
        painter.setBrush(t.errorTint);
        painter.drawRect(layout.bubble.adjusted(1, 0, -1, 0));
    }
}

void CardPainter::paintBubble(QPainter &painter, const NodeView &node, const CardLayout &layout, double lod) const
{
    if (layout.bubbleRow < 0)
        return;
    const Tokens &t = m_tools.theme().tokens();
    const RowView &row = node.rows[static_cast<std::size_t>(layout.bubbleRow)];
    const SeverityColours colours = severityColours(t, row.severity.value_or(Severity::Info));
    const QRectF box(rowIconX, layout.bubble.top() + 2, layout.width - rowIconX - rowEnd, layout.bubble.height() - 8);
    QPainterPath path;
    path.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    QPainterPath caret;
    const double x = rowTextX + 10;
    caret.addPolygon(QPolygonF({{x - 5, box.top() + 1}, {x, box.top() - 4}, {x + 5, box.top() + 1}}));
    painter.setPen(QPen(colours.line, 1));
    painter.setBrush(t.card);
    painter.drawPath(path.united(caret));
    m_tools.icon(painter, colours.icon, colours.plain, {box.left() + 9, box.top() + 7, 14, 14}, lod);
    const double left = box.left() + bubbleIcon;
    const QStringList lines = twoLines(row.finding, QFontMetricsF(m_fonts.bubble), box.right() - left - 8);
    QRectF lane(left, box.top(), 0, 28);
    for (const QString &words : lines) {
        text(painter, m_fonts.bubble, colours.plain, {left, baseline(m_fonts.bubble, lane)}, words);
        lane.translate(0, bubbleLine);
    }
}

void CardPainter::paintFooter(QPainter &painter, const NodeView &node, const CardLayout &layout, const CardState &state,
                              double lod) const
{
    const QRectF log = logRect(layout, state);
    paintChips(painter, node, {10, layout.footer.center().y()}, log.isEmpty() ? layout.width : log.left(), lod);
    if (!log.isEmpty()) {
        paintLog(painter, log, state.logHot, lod);
        return;
    }
    const Tokens &t = m_tools.theme().tokens();
    const double width = QFontMetricsF(m_fonts.small).horizontalAdvance(node.size);
    text(painter, m_fonts.small, node.sizeFirm ? t.text2 : t.text3,
         {layout.width - rowEnd - width, baseline(m_fonts.small, layout.footer)}, node.size);
}

void CardPainter::paintChips(QPainter &painter, const NodeView &node, QPointF at, double right, double lod) const
{
    const Tokens &t = m_tools.theme().tokens();
    double x = at.x();
    for (const ChipView &chip : node.chips) {
        if (x + chip.width > right)
            break;
        QColor fill = t.extTint;
        QColor colour = t.ext;
        if (node.dimmed) {
            fill = t.canvas;
            colour = t.text3;
        } else if (chip.tone == ChipView::Tone::Bad) {
            fill = t.errorTint;
            colour = t.error;
        } else if (chip.tone == ChipView::Tone::Good) {
            fill = t.okTint;
            colour = t.ok;
        }
        const QRectF rect(x, at.y() - 9, chip.width, 18);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawRoundedRect(rect, 9, 9);
        m_tools.icon(painter, chip.icon, colour, {x + 7, at.y() - 6.5, 13, 13}, lod);
        text(painter, m_fonts.small, colour, {x + 24, baseline(m_fonts.small, rect)}, chip.text);
        x += chip.width + 6;
    }
}

void CardPainter::paintCaption(QPainter &painter, const NodeView &node, const CardLayout &layout, double lod) const
{
    const Tokens &t = m_tools.theme().tokens();
    if (lod < barsBelow && !node.target)
        return;
    if (!node.comment.isEmpty() && lod >= barsBelow)
        text(painter, m_fonts.comment, node.dimmed ? t.text3 : t.text2, {2, -8}, node.comment);
    if (!node.target)
        return;
    const QString words = QCoreApplication::translate("stagewright::GraphView", "Final target");
    const double width = 9 + 13 + 5 + QFontMetricsF(m_fonts.smallBold).horizontalAdvance(words) + 10;
    const QRectF tab(layout.width - 14 - width, -21, width, 21);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.final_);
    painter.drawPath(roundedTop(tab, 6));
    if (lod < barsBelow)
        return;
    m_tools.icon(painter, QStringLiteral("flag"), t.onRole, {tab.left() + 9, tab.top() + 4, 13, 13}, lod);
    text(painter, m_fonts.smallBold, t.onRole, {tab.left() + 27, baseline(m_fonts.smallBold, tab)}, words);
}

} // namespace stagewright
