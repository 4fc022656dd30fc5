// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layout/LayoutWork.h"

#include <algorithm>
#include <cmath>

namespace stagewright::layout::detail {

namespace {

constexpr double laneGap = 14;     ///< Between two lanes.
constexpr double laneNodeGap = 20; ///< Between a lane and a node.

struct Wish
{
    double value = 0;
    double weight = 1;
    friend bool operator<(const Wish &a, const Wish &b) { return a.value < b.value; }
};

/// Neighbours in a column that are pushed against each other and move as one.
struct Block
{
    std::size_t first = 0;
    std::vector<Wish> wishes; ///< Sorted.
    double place = 0;

    void settle()
    {
        double total = 0;
        for (const Wish &wish : wishes)
            total += wish.weight;
        double sum = 0;
        for (const Wish &wish : wishes) {
            sum += wish.weight;
            place = wish.value;
            if (sum * 2 >= total)
                break;
        }
    }
};

double distance(const Vertex &upper, const Vertex &lower, double rowGap)
{
    if (upper.node < 0 && lower.node < 0)
        return laneGap;
    if (upper.node < 0 || lower.node < 0)
        return upper.height + laneNodeGap + lower.above;
    return upper.height + rowGap + lower.above;
}

/// Where a vertex would like to be. A median, not a mean, decides between the wishes, so that some edge gets
/// exactly straight rather than all of them slightly bent.
void collectWishes(const Work &work, const Vertex &vertex, bool fromLeft, bool fromRight, std::vector<Wish> &wishes)
{
    if (fromLeft) {
        for (int l : vertex.in) {
            const Link &link = work.links[l];
            wishes.push_back({work.vertices[link.from].y + link.outY - link.inY, link.pullTo});
        }
    }
    if (fromRight) {
        for (int l : vertex.out) {
            const Link &link = work.links[l];
            wishes.push_back({work.vertices[link.to].y + link.inY - link.outY, link.pullFrom});
        }
    }
    if (wishes.empty())
        wishes.push_back({vertex.y, 0.05});
}

/// The best heights for one column with its order and distances kept: isotonic regression by pooling neighbours.
void placeColumn(Work &work, const std::vector<int> &column, double rowGap, bool fromLeft, bool fromRight)
{
    std::vector<double> offset(column.size(), 0);
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < column.size(); ++i) {
        const Vertex &vertex = work.vertices[column[i]];
        if (i > 0)
            offset[i] = offset[i - 1] + distance(work.vertices[column[i - 1]], vertex, rowGap);
        Block block;
        block.first = i;
        collectWishes(work, vertex, fromLeft, fromRight, block.wishes);
        for (Wish &wish : block.wishes)
            wish.value -= offset[i];
        std::sort(block.wishes.begin(), block.wishes.end());
        block.settle();
        blocks.push_back(std::move(block));
        while (blocks.size() > 1 && blocks[blocks.size() - 2].place >= blocks.back().place) {
            Block &upper = blocks[blocks.size() - 2];
            const auto middle = static_cast<std::ptrdiff_t>(upper.wishes.size());
            upper.wishes.insert(upper.wishes.end(), blocks.back().wishes.begin(), blocks.back().wishes.end());
            std::inplace_merge(upper.wishes.begin(), upper.wishes.begin() + middle, upper.wishes.end());
            upper.settle();
            blocks.pop_back();
        }
    }
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        const std::size_t end = b + 1 < blocks.size() ? blocks[b + 1].first : column.size();
        for (std::size_t i = blocks[b].first; i < end; ++i)
            work.vertices[column[i]].y = blocks[b].place + offset[i];
    }
}

} // namespace

void placeRows(Work &work, double rowGap)
{
    for (const std::vector<int> &column : work.columns) {
        double y = 0;
        for (std::size_t i = 0; i < column.size(); ++i) {
            Vertex &vertex = work.vertices[column[i]];
            if (i > 0)
                y += distance(work.vertices[column[i - 1]], vertex, rowGap);
            vertex.y = y;
        }
    }
    const std::size_t count = work.columns.size();
    const int rounds = work.vertices.size() > 4000 ? 2 : 5;
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t c = count; c-- > 0;)
            placeColumn(work, work.columns[c], rowGap, round > 1, true);
        for (std::size_t c = 0; c < count; ++c)
            placeColumn(work, work.columns[c], rowGap, true, round > 0);
    }
    // Whole pixels keep one-pixel lines sharp
    for (Vertex &vertex : work.vertices)
        vertex.y = std::round(vertex.y);
}

} // namespace stagewright::layout::detail
