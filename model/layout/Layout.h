// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstdint>
#include <map>
#include <vector>

/// Layered layout from left to right. Pure data: sizes in, positions out; the unit is the scene's (1 = 1 px at 100 %).
namespace stagewright::layout {

struct Point
{
    double x = 0;
    double y = 0;
    friend bool operator==(const Point &, const Point &) = default;
};

struct Node
{
    double width = 0;
    double height = 0;
    double topMargin = 0;    ///< Room kept free above (caption lane).
    double outPortY = 0;     ///< Of the out port, from the node's top.
    std::uint32_t order = 0; ///< File order, breaks ties.
    bool satellite = false;  ///< A source (image, context, cache) that may stand right before its only user.
    friend bool operator==(const Node &, const Node &) = default;
};

struct Edge
{
    std::uint32_t source = 0; ///< Index into nodes.
    std::uint32_t target = 0;
    double inPortY = 0;    ///< Of the in port, from the target's top: rows decide the vertical order.
    bool primary = false;  ///< FROM: pulls harder towards a straight line.
    double weight = 1;     ///< How much it matters that this one is short and straight.
    double labelWidth = 0; ///< Of the label in front of the target; the gap between the columns makes room for it.
    friend bool operator==(const Edge &, const Edge &) = default;
};

struct Input
{
    std::vector<Node> nodes;
    std::vector<Edge> edges;
    double columnGap = 90;
    double rowGap = 36;
    double aspect = 1.7; ///< Width to height to aim for: a column that is far too tall is split.
    friend bool operator==(const Input &, const Input &) = default;
};

/// A route holds the points between out port and in port. From one point to the next the edge runs to the right
/// as a curve that is horizontal at both ends, or, where the next point is not further right, as a straight line;
/// drawn so it passes behind no node. Edges with the same source share their way as long as they can.
struct Output
{
    std::vector<Point> positions;           ///< Top left corner per node; no two nodes overlap.
    std::vector<std::vector<Point>> routes; ///< Per edge: see below; empty when a curve from port to port does.
    double width = 0;
    double height = 0;
};

/// Deterministic; tolerates cycles and edges to itself. O((n + e) log n) but for the crossing sweeps (fixed count).
[[nodiscard]] Output arrange(const Input &input);

} // namespace stagewright::layout
