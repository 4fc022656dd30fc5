// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphArrangement.h"

#include <algorithm>
#include <numeric>

namespace stagewright {

namespace {

constexpr double columnGap = 96;
constexpr double rowGap = 40;
constexpr double satelliteCaption = 0;

layout::Input layoutInput(const GraphModel &model, std::span<const CardLayout> layouts)
{
    layout::Input input;
    input.columnGap = columnGap;
    input.rowGap = rowGap;
    for (std::size_t n = 0; n < model.nodes.size(); ++n) {
        const NodeView &node = model.nodes[n];
        layout::Node box;
        box.width = layouts[n].width;
        box.height = layouts[n].height;
        box.topMargin
            = node.isStage() && (node.target || !node.comment.isEmpty()) ? metrics::captionLane : satelliteCaption;
        box.outPortY = layouts[n].outPort.y();
        box.order = node.order;
        box.satellite = !node.isStage();
        input.nodes.push_back(box);
    }
    for (const EdgeView &edge : model.edges) {
        layout::Edge link;
        link.source = static_cast<std::uint32_t>(edge.source);
        link.target = static_cast<std::uint32_t>(edge.target);
        link.inPortY = layouts[static_cast<std::size_t>(edge.target)].inPort(edge.row).y();
        link.primary = edge.kind == EdgeKind::From;
        link.weight = edge.dimmed ? 0.3 : 1; // what the build needs goes first
        link.labelWidth = edge.labelWidth;
        input.edges.push_back(link);
    }
    return input;
}

QRectF boxOf(const CardLayout &layout, QPointF position)
{
    return layout.rect().translated(position).adjusted(0, -metrics::captionLane, 0, 0);
}

/// Moves automatic nodes down until none lies under a pinned one or under another that moved.
void makeRoom(std::span<const CardLayout> layouts, const std::vector<char> &isPinned, std::vector<QPointF> &positions)
{
    std::vector<std::size_t> free;
    std::vector<QRectF> taken;
    for (std::size_t n = 0; n < positions.size(); ++n) {
        if (isPinned[n])
            taken.push_back(boxOf(layouts[n], positions[n]));
        else
            free.push_back(n);
    }
    std::stable_sort(free.begin(), free.end(),
                     [&](std::size_t a, std::size_t b) { return positions[a].y() < positions[b].y(); });
    for (std::size_t n : free) {
        QRectF box = boxOf(layouts[n], positions[n]);
        for (bool moved = true; moved;) {
            moved = false;
            for (const QRectF &other : taken) {
                if (!box.intersects(other))
                    continue;
                box.moveTop(other.bottom() + rowGap / 2);
                moved = true;
            }
        }
        positions[n].setY(box.top() + metrics::captionLane);
        taken.push_back(box);
    }
}

bool isBlocked(const std::vector<QPointF> &route, const QRectF &box)
{
    for (std::size_t i = 0; i + 1 < route.size(); ++i) {
        const QRectF stretch = QRectF(route[i], route[i + 1]).normalized().adjusted(0, -1, 0, 1);
        if (stretch.intersects(box))
            return true;
    }
    return false;
}

} // namespace

Arrangement arrangeGraph(const GraphModel &model, std::span<const CardLayout> layouts,
                         const std::map<QString, QPointF> &pinned, LayoutCache *cache)
{
    LayoutCache own;
    LayoutCache &last = cache ? *cache : own;
    if (layout::Input input = layoutInput(model, layouts); input != last.input) {
        last.output = layout::arrange(input);
        last.input = std::move(input);
    }
    const layout::Output &output = last.output;
    Arrangement result;
    for (const layout::Point &point : output.positions)
        result.positions.emplace_back(point.x, point.y);
    result.routes.resize(model.edges.size());
    for (std::size_t e = 0; e < model.edges.size(); ++e) {
        for (const layout::Point &point : output.routes[e])
            result.routes[e].emplace_back(point.x, point.y);
    }
    if (pinned.empty())
        return result;

    const std::vector<QPointF> automatic = result.positions;
    std::vector<char> isPinned(model.nodes.size(), 0);
    for (std::size_t n = 0; n < model.nodes.size(); ++n) {
        if (const auto it = pinned.find(model.nodes[n].key); it != pinned.end()) {
            result.positions[n] = it->second;
            isPinned[n] = 1;
        }
    }
    makeRoom(layouts, isPinned, result.positions);
    for (std::size_t e = 0; e < model.edges.size(); ++e) {
        const auto source = static_cast<std::size_t>(model.edges[e].source);
        const auto target = static_cast<std::size_t>(model.edges[e].target);
        bool direct = result.positions[source] != automatic[source] || result.positions[target] != automatic[target];
        for (std::size_t n = 0; n < model.nodes.size() && !direct && !result.routes[e].empty(); ++n) {
            if (result.positions[n] != automatic[n])
                direct = isBlocked(result.routes[e], layouts[n].rect().translated(result.positions[n]));
        }
        if (direct)
            result.routes[e].clear();
    }
    return result;
}

} // namespace stagewright
