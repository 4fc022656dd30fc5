// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "graph/GraphModel.h"

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

#include <span>

namespace stagewright {

/// The line of one edge, in scene coordinates.
struct EdgeShape
{
    QPainterPath path;
    QPointF start; ///< Out port.
    QPointF end;   ///< In port; the arrowhead stands in front of it.
    QRectF label;  ///< Empty for none.
};

/// From out port to in port over the points of a route. The label stands on the last, horizontal piece.
[[nodiscard]] EdgeShape shapeEdge(const EdgeView &edge, QPointF start, QPointF end, std::span<const QPointF> route);
/// One curve with horizontal ends, as while a connection is dragged.
[[nodiscard]] QPainterPath curve(QPointF start, QPointF end);

} // namespace stagewright
