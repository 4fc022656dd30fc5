// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/EdgeShape.h"

#include "graph/CardLayout.h"

#include <algorithm>
#include <cmath>

namespace stagewright {

namespace {

constexpr double arrowRoom = 11; ///< The line ends here, the arrowhead covers the rest.
constexpr double labelHeight = 20;
constexpr double labelEnd = 27; ///< From the label's right end to the port.
constexpr double corner = 12;

void curveTo(QPainterPath &path, QPointF to)
{
    const QPointF from = path.currentPosition();
    if (qFuzzyCompare(from.y() + 1, to.y() + 1)) {
        path.lineTo(to);
        return;
    }
    const double dx = to.x() - from.x();
    const double handle
        = dx > 0 ? std::min(std::clamp(dx / 2, 30.0, 140.0), std::max(dx, 30.0)) : std::clamp(-dx / 2, 60.0, 140.0);
    path.cubicTo(from + QPointF(handle, 0), to - QPointF(handle, 0), to);
}

/// A line around the graph (see layout::Output): straight, with round corners.
void polyline(QPainterPath &path, std::span<const QPointF> points)
{
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const QPointF before = path.currentPosition();
        const QPointF in = points[i] - before;
        const QPointF out = points[i + 1] - points[i];
        const double inLength = std::hypot(in.x(), in.y());
        const double outLength = std::hypot(out.x(), out.y());
        const double r = std::min({corner, inLength / 2, outLength / 2});
        if (r < 0.5) {
            path.lineTo(points[i]);
            continue;
        }
        path.lineTo(points[i] - in / inLength * r);
        path.quadTo(points[i], points[i] + out / outLength * r);
    }
    path.lineTo(points.back());
}

} // namespace

QPainterPath curve(QPointF start, QPointF end)
{
    QPainterPath path(start);
    curveTo(path, end);
    return path;
}

EdgeShape shapeEdge(const EdgeView &edge, QPointF start, QPointF end, std::span<const QPointF> route)
{
    EdgeShape shape;
    shape.start = start;
    shape.end = end;
    const QPointF first = start + QPointF(metrics::portRadius, 0);
    const QPointF last = end - QPointF(arrowRoom, 0);
    shape.path.moveTo(first);
    const bool around = route.size() == 4 && route[1].x() == route[0].x() && route[3].x() == route[2].x();
    if (around) {
        std::vector<QPointF> points(route.begin(), route.end());
        points.push_back(last);
        polyline(shape.path, points);
    } else {
        for (const QPointF &point : route) {
            if (point.x() > shape.path.currentPosition().x())
                curveTo(shape.path, point);
        }
        const double room = last.x() - shape.path.currentPosition().x();
        if (edge.labelWidth > 0 && room > edge.labelWidth + labelEnd + 8) {
            const double right = end.x() - labelEnd;
            shape.label = QRectF(right - edge.labelWidth, end.y() - labelHeight / 2, edge.labelWidth, labelHeight);
            curveTo(shape.path, {shape.label.left() - 4, end.y()});
            shape.path.lineTo(last);
        } else {
            curveTo(shape.path, last);
        }
    }
    if (edge.labelWidth > 0 && shape.label.isEmpty()
        && std::hypot(end.x() - start.x(), end.y() - start.y()) > edge.labelWidth + 40) {
        const QPointF middle = shape.path.pointAtPercent(0.5);
        shape.label
            = QRectF(middle.x() - edge.labelWidth / 2, middle.y() - labelHeight / 2, edge.labelWidth, labelHeight);
    }
    return shape;
}

} // namespace stagewright
