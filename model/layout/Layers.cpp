// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layout/LayoutWork.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace stagewright::layout::detail {

namespace {

struct Adjacency
{
    std::vector<std::vector<int>> next; ///< Targets per node.
    std::vector<std::vector<int>> previous;
};

/// Marks the edges that close no cycle and answers the nodes so that every marked edge points forward.
std::vector<int> breakCycles(const Input &input, std::vector<char> &forward)
{
    const int count = static_cast<int>(input.nodes.size());
    std::vector<std::vector<int>> outgoing(input.nodes.size());
    for (std::size_t e = 0; e < input.edges.size(); ++e) {
        const Edge &edge = input.edges[e];
        if (edge.source < input.nodes.size() && edge.target < input.nodes.size() && edge.source != edge.target)
            outgoing[edge.source].push_back(static_cast<int>(e));
    }
    std::vector<int> byOrder(input.nodes.size());
    std::iota(byOrder.begin(), byOrder.end(), 0);
    std::stable_sort(byOrder.begin(), byOrder.end(),
                     [&](int a, int b) { return input.nodes[a].order < input.nodes[b].order; });

    enum State : char { New, Open, Done };
    std::vector<char> state(input.nodes.size(), New);
    std::vector<int> finished;
    finished.reserve(input.nodes.size());
    std::vector<std::pair<int, std::size_t>> stack; // no recursion: a file may have thousands of stages in a row
    for (int root : byOrder) {
        if (state[root] != New)
            continue;
        state[root] = Open;
        stack.emplace_back(root, 0);
        while (!stack.empty()) {
            auto &[node, at] = stack.back();
            if (at == outgoing[node].size()) {
                state[node] = Done;
                finished.push_back(node);
                stack.pop_back();
                continue;
            }
            const int e = outgoing[node][at++];
            const int target = static_cast<int>(input.edges[e].target);
            forward[e] = state[target] != Open;
            if (state[target] == New) {
                state[target] = Open;
                stack.emplace_back(target, 0);
            }
        }
    }
    std::reverse(finished.begin(), finished.end());
    return finished.size() == static_cast<std::size_t>(count) ? finished : byOrder;
}

/// Longest path to a node without successors, over stages only.
std::vector<int> heightsAbove(const std::vector<int> &topological, const Adjacency &stages)
{
    std::vector<int> height(topological.size(), 0);
    for (auto it = topological.rbegin(); it != topological.rend(); ++it) {
        for (int target : stages.next[*it])
            height[*it] = std::max(height[*it], height[target] + 1);
    }
    return height;
}

/// The column height above which a column is split, from the area that all nodes take.
double columnLimit(const Input &input)
{
    double area = 0;
    double tallest = 0;
    for (const Node &node : input.nodes) {
        const double height = node.height + node.topMargin + input.rowGap;
        area += height * (node.width + input.columnGap * 1.6);
        tallest = std::max(tallest, height);
    }
    return std::max({1500.0, tallest, 1.25 * std::sqrt(area / std::max(0.2, input.aspect))});
}

/// Longest-path layering that opens a further column where one gets too tall (Coffman and Graham's idea, with
/// heights in place of counts).
std::vector<int> layer(const Input &input, const std::vector<int> &topological, const Adjacency &stages,
                       const std::vector<char> &isSatellite, std::vector<double> &fill, double limit)
{
    std::vector<int> rank(input.nodes.size(), 0);
    const std::vector<int> remaining = heightsAbove(topological, stages);
    std::vector<int> waiting(input.nodes.size(), 0);
    std::vector<int> ready;
    for (int node : topological) {
        if (isSatellite[node])
            continue;
        waiting[node] = static_cast<int>(stages.previous[node].size());
        if (waiting[node] == 0)
            ready.push_back(node);
    }
    for (int column = 0; !ready.empty(); ++column) {
        std::stable_sort(ready.begin(), ready.end(), [&](int a, int b) {
            if (remaining[a] != remaining[b])
                return remaining[a] > remaining[b];
            return input.nodes[a].order < input.nodes[b].order;
        });
        double height = 0;
        std::vector<int> later;
        std::vector<int> taken;
        for (int node : ready) {
            const double h = input.nodes[node].height + input.nodes[node].topMargin + input.rowGap;
            if (!taken.empty() && height + h > limit) {
                later.push_back(node);
                continue;
            }
            height += h;
            rank[node] = column;
            taken.push_back(node);
        }
        fill.push_back(height);
        for (int node : taken) {
            for (int target : stages.next[node]) {
                if (--waiting[target] == 0)
                    later.push_back(target);
            }
        }
        ready = std::move(later);
    }
    return rank;
}

/// Moves stages with more users than sources next to their users, where there is room.
void tighten(const Input &input, const std::vector<int> &topological, const Adjacency &stages, std::vector<int> &rank,
             std::vector<double> &fill, double limit)
{
    for (auto it = topological.rbegin(); it != topological.rend(); ++it) {
        const int node = *it;
        if (stages.next[node].empty() || stages.next[node].size() <= stages.previous[node].size())
            continue;
        int last = rank[stages.next[node].front()];
        for (int target : stages.next[node])
            last = std::min(last, rank[target]);
        const double h = input.nodes[node].height + input.nodes[node].topMargin + input.rowGap;
        for (int column = last - 1; column > rank[node]; --column) {
            if (fill[column] + h > limit && fill[column] > 0)
                continue;
            fill[rank[node]] -= h;
            fill[column] += h;
            rank[node] = column;
            break;
        }
    }
}

} // namespace

Ranks rankNodes(const Input &input)
{
    Ranks result;
    result.forward.assign(input.edges.size(), 0);
    const std::vector<int> topological = breakCycles(input, result.forward);

    std::vector<char> isSatellite(input.nodes.size(), 0);
    for (std::size_t n = 0; n < input.nodes.size(); ++n)
        isSatellite[n] = input.nodes[n].satellite;
    for (std::size_t e = 0; e < input.edges.size(); ++e) {
        if (result.forward[e])
            isSatellite[input.edges[e].target] = 0; // what has a source is none itself
    }
    Adjacency stages{std::vector<std::vector<int>>(input.nodes.size()),
                     std::vector<std::vector<int>>(input.nodes.size())};
    std::vector<std::vector<int>> users(input.nodes.size());
    for (std::size_t e = 0; e < input.edges.size(); ++e) {
        if (!result.forward[e])
            continue;
        const int source = static_cast<int>(input.edges[e].source);
        const int target = static_cast<int>(input.edges[e].target);
        if (isSatellite[source]) {
            users[source].push_back(target);
        } else if (std::find(stages.next[source].begin(), stages.next[source].end(), target)
                   == stages.next[source].end()) {
            stages.next[source].push_back(target);
            stages.previous[target].push_back(source);
        }
    }

    const double limit = columnLimit(input);
    std::vector<double> fill;
    result.rank = layer(input, topological, stages, isSatellite, fill, limit);
    tighten(input, topological, stages, result.rank, fill, limit);
    for (std::size_t n = 0; n < input.nodes.size(); ++n) {
        if (!isSatellite[n] || users[n].empty())
            continue;
        int first = result.rank[users[n].front()];
        for (int user : users[n])
            first = std::min(first, result.rank[user]);
        result.rank[n] = first - 1;
    }

    // Columns count from 0 without holes
    std::vector<int> used = result.rank;
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    for (int &rank : result.rank)
        rank = static_cast<int>(std::lower_bound(used.begin(), used.end(), rank) - used.begin());
    result.count = static_cast<int>(used.size());
    return result;
}

} // namespace stagewright::layout::detail
