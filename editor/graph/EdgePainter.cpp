// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/EdgePainter.h"

#include "graph/CardPainter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace stagewright {

namespace {

/// @p on and @p off in scene units, whatever the pen's width.
void setDash(QPen &pen, double on, double off)
{
    pen.setDashPattern({on / pen.widthF(), off / pen.widthF()});
}

void drawArrow(QPainter &painter, QPointF end, const QColor &colour, double scale)
{
    const double tip = end.x() - 5;
    const double length = 7 * scale;
    const double half = 4.2 * scale;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(QPolygonF({{tip, end.y()}, {tip - length, end.y() - half}, {tip - length, end.y() + half}}));
}

} // namespace

EdgePainter::EdgePainter(const Theme &theme)
    : m_theme(theme)
    , m_fonts(theme)
{
}

QColor EdgePainter::colourOf(const EdgeView &edge, const NodeView &source, const EdgeState &state) const
{
    const Tokens &t = m_theme.tokens();
    if (state.cut)
        return t.error;
    if (state.selected || state.build.copying)
        return t.accent;
    if (edge.error)
        return t.error;
    if (state.build.critical)
        return t.accent;
    const bool strong = state.hovered || state.related;
    if (edge.dimmed && !strong)
        return t.edgeDim;
    if (edge.kind == EdgeKind::CopyFrom) {
        const RoleColours role = roleColours(t, source);
        return strong ? role.plain : role.line;
    }
    return strong ? t.text2 : t.edge;
}

void EdgePainter::paint(QPainter &painter, const EdgeView &edge, const EdgeShape &shape, const NodeView &source,
                        const EdgeState &state, double lod) const
{
    painter.setRenderHint(QPainter::Antialiasing, lod > 0.12); // thousands of edges in a small picture
    const bool strong = state.selected || state.hovered || state.related || state.build.copying || state.build.critical;
    const QColor colour = colourOf(edge, source, state);
    painter.setBrush(Qt::NoBrush);
    if (state.selected || state.build.copying) {
        QColor halo = colour;
        halo.setAlphaF(0.18f);
        painter.setPen(QPen(halo, 7, Qt::SolidLine, Qt::RoundCap));
        painter.drawPath(shape.path);
    }
    double width = edge.kind == EdgeKind::CopyContext || edge.kind == EdgeKind::AddRemote ? 1.6 : 2;
    if (edge.kind == EdgeKind::Mount || strong)
        width = 2.6;
    if (lod < 0.4) { // at least a pixel, and no dashes finer than one
        QPen pen(colour, std::max(width * lod, strong ? 2.0 : 1.0));
        pen.setCosmetic(true);
        painter.setPen(pen);
        painter.drawPath(shape.path);
        return;
    }
    QPen pen(colour, width);
    pen.setCapStyle(Qt::FlatCap);
    switch (edge.kind) {
    case EdgeKind::From: break;
    case EdgeKind::CopyFrom: setDash(pen, 7, 4); break;
    case EdgeKind::CopyContext:
    case EdgeKind::AddRemote: setDash(pen, 5, 4); break;
    case EdgeKind::Mount:
        pen.setCapStyle(Qt::RoundCap);
        setDash(pen, 0.01, 5);
        break;
    }
    if (state.build.copying && edge.kind != EdgeKind::From)
        pen.setDashOffset(-m_phase / pen.widthF());
    painter.setPen(pen);
    painter.drawPath(shape.path);
    drawArrow(painter, shape.end, colour, strong ? 1.15 : 1);
}

void EdgePainter::paintLabel(QPainter &painter, const EdgeView &edge, const EdgeShape &shape, const NodeView &source,
                             const EdgeState &state, double lod) const
{
    if (shape.label.isEmpty() || lod < 0.5)
        return;
    const Tokens &t = m_theme.tokens();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colourOf(edge, source, state), state.selected ? 1.5 : 1));
    painter.setBrush(edge.dimmed ? t.canvas : t.card);
    painter.drawRoundedRect(shape.label.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setFont(m_fonts.label);
    painter.setPen(edge.dimmed ? t.text3 : t.text);
    painter.drawText(shape.label, Qt::AlignCenter, edge.label);
}

double EdgePainter::labelWidth(const QString &words) const
{
    return std::ceil(QFontMetricsF(m_fonts.label).horizontalAdvance(words)) + 14;
}

void EdgePainter::paintDrag(QPainter &painter, const QPainterPath &path, bool valid, bool solid) const
{
    const Tokens &t = m_theme.tokens();
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(valid ? t.accent : t.error, 2.2);
    if (!solid)
        setDash(pen, 7, 4);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

} // namespace stagewright
