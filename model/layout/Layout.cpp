// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layout/Layout.h"

#include "layout/LayoutWork.h"

#include <algorithm>

namespace stagewright::layout {

namespace {

using namespace detail;

/// Lanes are cheap but not free: past this many the remaining long edges run around the graph.
constexpr std::size_t maximumLanes = 120000;

struct Columns
{
    std::vector<double> left;
    std::vector<double> right;
};

/// Links and lanes for the edges; tells for each edge the link that lands on its target (-1: runs around).
std::vector<int> buildLinks(const Input &input, const Ranks &ranks, Work &work)
{
    std::vector<int> last(input.edges.size(), -1);
    std::vector<std::vector<int>> lanes(input.nodes.size()); // per source: lane in the 1st, 2nd … column behind it
    std::vector<int> uses(input.nodes.size(), 0);
    std::size_t laneCount = 0;
    for (std::size_t e = 0; e < input.edges.size(); ++e) {
        if (ranks.forward[e])
            ++uses[input.edges[e].source];
    }
    const auto link = [&](Link piece) {
        const int index = static_cast<int>(work.links.size());
        work.vertices[piece.from].out.push_back(index);
        work.vertices[piece.to].in.push_back(index);
        work.links.push_back(piece);
        return index;
    };
    for (std::size_t e = 0; e < input.edges.size(); ++e) {
        const Edge &edge = input.edges[e];
        if (!ranks.forward[e])
            continue;
        const int source = static_cast<int>(edge.source);
        const int span = ranks.rank[edge.target] - ranks.rank[edge.source];
        if (span < 1)
            continue;
        std::vector<int> &own = lanes[edge.source];
        if (own.size() + 1 < static_cast<std::size_t>(span)) {
            if (laneCount + span > maximumLanes)
                continue;
            for (int step = static_cast<int>(own.size()) + 1; step < span; ++step) {
                Vertex lane;
                lane.order = static_cast<int>(input.nodes[edge.source].order);
                const int index = static_cast<int>(work.vertices.size());
                work.vertices.push_back(std::move(lane));
                work.columns[ranks.rank[source] + step].push_back(index);
                const bool first = own.empty();
                link({first ? source : own.back(), index, first ? input.nodes[edge.source].outPortY : 0, 0,
                      first ? 1.5 : 200.0, first ? 8.0 : 200.0});
                own.push_back(index);
                ++laneCount;
            }
        }
        // An image with one user follows it, but does not pull it out of line with its other sources
        const bool follower = input.nodes[edge.source].satellite && uses[edge.source] == 1;
        const bool satellite = input.nodes[edge.source].satellite;
        const double pullTo = edge.weight * (follower ? 0.4 : (edge.primary ? 3 : 1));
        const double pullFrom = edge.weight * (satellite ? (edge.primary ? 1.2 : 0.4) : (edge.primary ? 3 : 1));
        const bool direct = span == 1;
        last[e] = link({direct ? source : own[static_cast<std::size_t>(span) - 2], static_cast<int>(edge.target),
                        direct ? input.nodes[edge.source].outPortY : 0, edge.inPortY, pullFrom, pullTo});
    }
    return last;
}

Columns columnPositions(const Input &input, const Ranks &ranks)
{
    std::vector<double> width(static_cast<std::size_t>(ranks.count), 0);
    std::vector<double> gap(static_cast<std::size_t>(ranks.count), input.columnGap);
    std::vector<int> arriving(static_cast<std::size_t>(ranks.count), 0);
    for (std::size_t n = 0; n < input.nodes.size(); ++n)
        width[ranks.rank[n]] = std::max(width[ranks.rank[n]], input.nodes[n].width);
    for (std::size_t e = 0; e < input.edges.size(); ++e) {
        if (ranks.forward[e])
            ++arriving[ranks.rank[input.edges[e].target]];
        if (ranks.forward[e] && input.edges[e].labelWidth > 0)
            gap[ranks.rank[input.edges[e].target]]
                = std::max(gap[ranks.rank[input.edges[e].target]], input.edges[e].labelWidth + 92);
    }
    Columns columns;
    double x = 0;
    for (std::size_t c = 0; c < width.size(); ++c) {
        // Where much arrives, curves need room to be told apart
        x += c > 0 ? gap[c] + std::min(2.0 * std::max(0, arriving[c] - 6), 80.0) : 0;
        columns.left.push_back(x);
        x += width[c];
        columns.right.push_back(x);
    }
    return columns;
}

/// Over the lanes, or straight to the end of the source's column when the source is narrower than it.
std::vector<Point> laneRoute(const Work &work, const Ranks &ranks, const Columns &columns, int lastLink, int source)
{
    std::vector<Point> route;
    int vertex = work.links[lastLink].from;
    std::vector<int> lanes;
    while (work.vertices[vertex].node < 0) {
        lanes.push_back(vertex);
        vertex = work.links[work.vertices[vertex].in.front()].from;
    }
    int column = ranks.rank[source];
    for (auto it = lanes.rbegin(); it != lanes.rend(); ++it) {
        ++column;
        route.push_back({columns.left[column], work.vertices[*it].y});
        route.push_back({columns.right[column], work.vertices[*it].y});
    }
    return route;
}

/// For edges that run backwards (a cycle) or have no lanes: down, along below all nodes, and up again.
std::vector<Point> routeAround(const Input &input, const Edge &edge, const Ranks &ranks, const Columns &columns,
                               const Output &output, int number, double bottom)
{
    const double shift = (number % 5) * 6;
    const double x1 = columns.right[ranks.rank[edge.source]] + 24 + shift;
    const double x2 = columns.left[ranks.rank[edge.target]] - 24 - shift;
    const double y1 = output.positions[edge.source].y + input.nodes[edge.source].outPortY;
    const double y2 = output.positions[edge.target].y + edge.inPortY;
    const double y = bottom + 30 + number * 10;
    return {{x1, y1}, {x1, y}, {x2, y}, {x2, y2}};
}

} // namespace

Output arrange(const Input &input)
{
    Output output;
    output.positions.resize(input.nodes.size());
    output.routes.resize(input.edges.size());
    if (input.nodes.empty())
        return output;
    const Ranks ranks = rankNodes(input);

    Work work;
    work.columns.resize(static_cast<std::size_t>(ranks.count));
    for (std::size_t n = 0; n < input.nodes.size(); ++n) {
        const Node &node = input.nodes[n];
        Vertex vertex;
        vertex.node = static_cast<int>(n);
        vertex.order = static_cast<int>(node.order);
        vertex.height = node.height;
        vertex.above = node.topMargin;
        work.vertices.push_back(std::move(vertex));
        work.columns[ranks.rank[n]].push_back(static_cast<int>(n));
    }
    const std::vector<int> lastLinks = buildLinks(input, ranks, work);
    orderColumns(work);
    placeRows(work, input.rowGap);

    double top = work.vertices.front().y;
    for (const Vertex &vertex : work.vertices)
        top = std::min(top, vertex.y - vertex.above);
    for (Vertex &vertex : work.vertices) {
        vertex.y -= top;
        output.height = std::max(output.height, vertex.y + vertex.height);
    }
    const Columns columns = columnPositions(input, ranks);
    output.width = columns.right.back();
    for (std::size_t n = 0; n < input.nodes.size(); ++n) {
        const int column = ranks.rank[n];
        // Sources stand at the right of their column, beside what they feed; stages at the left, below each other
        const double x = input.nodes[n].satellite ? columns.right[column] - input.nodes[n].width : columns.left[column];
        output.positions[n] = {x, work.vertices[n].y};
    }
    int around = 0;
    const double bottom = output.height;
    for (std::size_t e = 0; e < input.edges.size(); ++e) {
        const Edge &edge = input.edges[e];
        if (edge.source >= input.nodes.size() || edge.target >= input.nodes.size())
            continue;
        if (lastLinks[e] < 0) {
            output.routes[e] = routeAround(input, edge, ranks, columns, output, around, bottom);
            ++around;
            output.height = std::max(output.height, output.routes[e][1].y + 10);
            continue;
        }
        const int source = static_cast<int>(edge.source);
        output.routes[e] = laneRoute(work, ranks, columns, lastLinks[e], source);
        const double right = output.positions[edge.source].x + input.nodes[edge.source].width;
        if (right < columns.right[ranks.rank[source]])
            output.routes[e].insert(output.routes[e].begin(),
                                    {columns.right[ranks.rank[source]],
                                     output.positions[edge.source].y + input.nodes[edge.source].outPortY});
        if (output.positions[edge.target].x > columns.left[ranks.rank[edge.target]])
            output.routes[e].push_back(
                {columns.left[ranks.rank[edge.target]], output.positions[edge.target].y + edge.inPortY});
    }
    return output;
}

} // namespace stagewright::layout
