// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/CardPainter.h"
#include "graph/CardPainterTools.h"
#include "graph/PaintTools.h"

#include <algorithm>

namespace stagewright {

using namespace metrics;

RoleColours roleColours(const Tokens &t, const NodeView &node)
{
    if (!node.isStage())
        return {t.ext, t.extLine, t.extTint};
    switch (node.role) {
    case StageRole::Test: return {t.test, t.testLine, t.testTint};
    case StageRole::Final: return {t.final_, t.finalLine, t.finalTint};
    case StageRole::Builder: break;
    }
    return {t.builder, t.builderLine, t.builderTint};
}

void paintPort(QPainter &painter, const Tokens &tokens, PortShape shape, QPointF at, const QColor &colour, bool filled,
               double scale)
{
    const double r = portRadius * scale;
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.card);
    const auto draw = [&](double radius) {
        if (shape == PortShape::Circle)
            painter.drawEllipse(at, radius, radius);
        else if (shape == PortShape::Square)
            painter.drawRect(QRectF(at.x() - radius * 0.8, at.y() - radius * 0.8, radius * 1.6, radius * 1.6));
        else
            painter.drawPolygon(QPolygonF({{at.x() - radius, at.y()},
                                           {at.x(), at.y() - radius},
                                           {at.x() + radius, at.y()},
                                           {at.x(), at.y() + radius}}));
    };
    draw(r + 1.6);
    painter.setBrush(colour);
    draw(r);
    if (!filled) {
        painter.setBrush(tokens.card);
        draw(r - 1.6);
    }
}

void CardPainter::paintBigTitle(QPainter &painter, const NodeView &node, const CardLayout &layout, double lod) const
{
    const Tokens &t = m_tools.theme().tokens();
    if (lod < 0.06)
        return; // no name is readable there
    QFont font = node.isStage() ? m_fonts.title : m_fonts.mono;
    const double wanted = std::min(11 / lod, std::min(layout.height * 0.6, 64.0));
    font.setPixelSize(static_cast<int>(wanted));
    QFontMetricsF metrics(font);
    if (const double width = metrics.horizontalAdvance(node.title); width > layout.width - 16) {
        font.setPixelSize(std::max(12, static_cast<int>(wanted * (layout.width - 16) / width)));
        metrics = QFontMetricsF(font);
    }
    if (font.pixelSize() * lod < 5) { // specks, not words
        const double side = std::min(layout.height * 0.6, 14 / lod);
        if (!node.isStage())
            m_tools.icon(painter, iconOf(node.ref.kind), node.dimmed ? t.text3 : t.ext,
                         QRectF(layout.rect().center() - QPointF(side / 2, side / 2), QSizeF(side, side)), lod);
        return;
    }
    const QRectF rect = layout.rect().adjusted(8, 0, -8, 0);
    painter.setFont(font);
    painter.setPen(node.dimmed ? t.text3 : roleColours(t, node).plain);
    painter.drawText(rect, Qt::AlignCenter, metrics.elidedText(node.title, Qt::ElideRight, rect.width()));
    if (node.severity == Severity::Error && !node.dimmed) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.error);
        const double r = std::min(5 / lod, 24.0);
        painter.drawEllipse(QPointF(layout.width - r * 1.4, r * 1.4), r, r);
    }
}

void CardPainter::paintSource(QPainter &painter, const NodeView &node, const CardLayout &layout, const CardState &state,
                              double lod) const
{
    const Tokens &t = m_tools.theme().tokens();
    const QRectF rect = layout.rect();
    const bool dashed = node.ref.kind != NodeKind::BuildContext && node.ref.kind != NodeKind::NamedContext;
    if (state.selected) {
        QColor halo = t.accent;
        halo.setAlphaF(0.18f);
        painter.setPen(QPen(halo, 4));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), radius + 3, radius + 3);
    }
    if (state.hovered && !node.dimmed && lod > 0.25)
        m_tools.shadow(painter, rect, false);
    QPen pen(state.selected ? t.accent : (dashed && !node.dimmed ? t.extLine : t.border2),
             state.selected ? 2 : (dashed ? 1.3 : 1));
    if (state.hovered && !state.selected)
        pen.setColor(t.ext);
    if (dashed && !state.selected && lod >= titleBelow)
        pen.setDashPattern({3.2, 2.4});
    painter.setPen(pen);
    painter.setBrush(node.dimmed ? t.canvas : t.card);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    if (lod < titleBelow) {
        paintBigTitle(painter, node, layout, lod);
        return;
    }
    const QColor first = node.dimmed ? t.text3 : t.text;
    QFont font = node.ref.kind == NodeKind::BuildContext ? m_fonts.title : m_fonts.mono;
    if (lod < barsBelow) { // the name alone, as big as it fits
        const double side = 18;
        m_tools.icon(painter, iconOf(node.ref.kind), node.dimmed ? t.text3 : t.ext,
                     {10, (layout.height - side) / 2, side, side}, lod);
        const double width = QFontMetricsF(font).horizontalAdvance(node.title);
        const double most = std::min(11 / lod, 22.0);
        if (width > 0)
            font.setPixelSize(std::clamp(static_cast<int>(font.pixelSize() * (layout.width - 46) / width),
                                         font.pixelSize(), std::max(font.pixelSize(), static_cast<int>(most))));
        text(painter, font, first, {36, baseline(font, layout.rect())}, node.title);
        return;
    }
    const double top = layout.height > 60 ? 12 : layout.height / 2 - 15;
    m_tools.icon(painter, iconOf(node.ref.kind), node.dimmed ? t.text3 : t.ext, {12, top + 1, 14, 14}, lod);
    text(painter, font, first, {33, top + 12}, node.title);
    text(painter, m_fonts.small, t.text3, {33, top + 28}, state.sent.isEmpty() ? node.subtitle : state.sent);
    if (!node.chips.empty())
        paintChips(painter, node, {12, layout.height - 20}, layout.width, lod);
}

void CardPainter::paintPorts(QPainter &painter, const NodeView &node, const CardLayout &layout, const CardState &state,
                             double lod) const
{
    if (lod < titleBelow)
        return;
    const Tokens &t = m_tools.theme().tokens();
    const QColor in = node.dimmed ? t.edgeDim : t.edge;
    for (std::size_t i = 0; i < node.rows.size(); ++i) {
        const RowView &row = node.rows[i];
        const bool drop = static_cast<int>(i) == state.dropRow;
        if (drop) {
            QColor halo = t.accent;
            halo.setAlphaF(0.25f);
            painter.setPen(Qt::NoPen);
            painter.setBrush(halo);
            painter.drawEllipse(layout.inPort(static_cast<int>(i)), 11, 11);
            paintPort(painter, t, row.port == PortShape::None ? PortShape::Diamond : row.port,
                      layout.inPort(static_cast<int>(i)), t.accent, true, 1.2);
        } else if (row.connected || i == 0) {
            paintPort(painter, t, row.port, layout.inPort(static_cast<int>(i)), in, row.connected);
        } else if (row.port != PortShape::None && state.hovered) {
            paintPort(painter, t, row.port, layout.inPort(static_cast<int>(i)), t.border2, false, 0.8);
        }
    }
    PortShape shape = PortShape::Circle;
    if (node.ref.kind == NodeKind::BuildContext || node.ref.kind == NodeKind::NamedContext
        || node.ref.kind == NodeKind::Remote)
        shape = PortShape::Diamond;
    else if (node.ref.kind == NodeKind::CacheMount)
        shape = PortShape::Square;
    QColor out = node.dimmed ? t.edgeDim : (node.isStage() ? roleColours(t, node).line : t.edge);
    if (state.outPortHot || state.selected)
        out = t.accent;
    paintPort(painter, t, shape, layout.outPort, out, node.outConnected || state.outPortHot,
              state.outPortHot ? 1.25 : 1);
    if (state.lightbulbRow >= 0 && lod >= barsBelow) {
        const QRectF box = lightbulbRect(layout, state.lightbulbRow);
        painter.setPen(QPen(t.warnLine, 1));
        painter.setBrush(t.warnTint);
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        m_tools.icon(painter, QStringLiteral("lightbulb"), t.warn, box.adjusted(5, 5, -5, -5), lod);
    }
}

} // namespace stagewright
