// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "layout/Layout.h"

#include <vector>

/// The steps of arrange(); not for other folders.
namespace stagewright::layout::detail {

/// What stands in a column: a node, or a lane on which an edge passes the column.
struct Vertex
{
    int node = -1; ///< Index into Input::nodes; -1 for a lane.
    int order = 0; ///< File order of the node (lanes: of their source).
    double height = 0;
    double above = 0;     ///< Room to keep free above.
    double y = 0;         ///< Top of a node, height of a lane.
    int position = 0;     ///< In its column.
    std::vector<int> in;  ///< Links that end here.
    std::vector<int> out; ///< Links that start here.
};

/// A piece of one or several edges between two neighbouring columns.
struct Link
{
    int from = 0;
    int to = 0;
    double outY = 0;     ///< Where it leaves, from the top of its vertex.
    double inY = 0;      ///< Where it lands, from the top of its vertex.
    double pullFrom = 1; ///< How hard it pulls its left end in line with the right one.
    double pullTo = 1;
};

struct Work
{
    std::vector<Vertex> vertices; ///< The nodes come first, in the order of the input.
    std::vector<Link> links;
    std::vector<std::vector<int>> columns; ///< Vertices from top to bottom.
};

struct Ranks
{
    std::vector<int> rank;     ///< Column per node.
    std::vector<char> forward; ///< Per edge: runs from a column to a later one.
    int count = 0;
};

/// Columns for the nodes. Edges that close a cycle are left aside.
[[nodiscard]] Ranks rankNodes(const Input &input);

/// Changes the order in the columns so that few links cross.
void orderColumns(Work &work);

/// How many pairs of links cross, over all columns.
[[nodiscard]] std::size_t countCrossings(const Work &work);

/// Gives every vertex its y; keeps the order and the distances.
void placeRows(Work &work, double rowGap);

} // namespace stagewright::layout::detail
