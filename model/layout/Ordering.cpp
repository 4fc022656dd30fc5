// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layout/LayoutWork.h"

#include <algorithm>
#include <utility>

namespace stagewright::layout::detail {

namespace {

void numberColumn(Work &work, const std::vector<int> &column)
{
    for (std::size_t i = 0; i < column.size(); ++i)
        work.vertices[column[i]].position = static_cast<int>(i);
}

/// The links from a column to the next, as they land: vertex first, then row.
double landing(const Work &work, const Link &link)
{
    const Vertex &to = work.vertices[link.to];
    return to.position + std::clamp(link.inY / (to.height + 1), 0.0, 0.999);
}

std::size_t crossingsAfter(const Work &work, const std::vector<int> &column)
{
    std::vector<std::pair<int, double>> links; // leaving position, landing
    for (int v : column) {
        for (int l : work.vertices[v].out)
            links.emplace_back(work.vertices[v].position, landing(work, work.links[l]));
    }
    std::sort(links.begin(), links.end());
    std::vector<double> places;
    places.reserve(links.size());
    for (const auto &link : links)
        places.push_back(link.second);
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    // inversions with a Fenwick tree
    std::vector<std::size_t> tree(places.size() + 1, 0);
    std::size_t crossings = 0;
    std::size_t seen = 0;
    for (const auto &link : links) {
        const auto place
            = static_cast<std::size_t>(std::lower_bound(places.begin(), places.end(), link.second) - places.begin());
        std::size_t notAfter = 0;
        for (std::size_t i = place + 1; i > 0; i -= i & (~i + 1))
            notAfter += tree[i];
        crossings += seen - notAfter;
        for (std::size_t i = place + 1; i < tree.size(); i += i & (~i + 1))
            ++tree[i];
        ++seen;
    }
    return crossings;
}

/// Sorts a column by the mean place of its neighbours on one side; what has none stays about where it is.
void sortByNeighbours(Work &work, std::vector<int> &column, std::size_t neighbourCount, bool leftSide)
{
    const double scale
        = static_cast<double>(column.size()) / static_cast<double>(std::max<std::size_t>(1, neighbourCount));
    std::vector<std::pair<double, int>> keyed;
    keyed.reserve(column.size());
    for (int v : column) {
        const Vertex &vertex = work.vertices[v];
        const std::vector<int> &links = leftSide ? vertex.in : vertex.out;
        double sum = 0;
        for (int l : links)
            sum += leftSide ? work.vertices[work.links[l].from].position + 0.5 : landing(work, work.links[l]);
        const double key = links.empty() ? vertex.position + 0.5 : sum / static_cast<double>(links.size()) * scale;
        keyed.emplace_back(key, v);
    }
    std::stable_sort(keyed.begin(), keyed.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (std::size_t i = 0; i < column.size(); ++i)
        column[i] = keyed[i].second;
    numberColumn(work, column);
}

/// Crossings between the links of two neighbours in a column: as they stand minus when swapped.
long gainOfSwap(const Work &work, int upper, int lower)
{
    long gain = 0;
    const auto compare = [&](double a, double b) { gain += a > b ? 1 : (a < b ? -1 : 0); };
    for (int lu : work.vertices[upper].in) {
        for (int ll : work.vertices[lower].in)
            compare(work.vertices[work.links[lu].from].position, work.vertices[work.links[ll].from].position);
    }
    for (int lu : work.vertices[upper].out) {
        for (int ll : work.vertices[lower].out)
            compare(landing(work, work.links[lu]), landing(work, work.links[ll]));
    }
    return gain;
}

void swapNeighbours(Work &work)
{
    for (int round = 0; round < 6; ++round) {
        bool changed = false;
        for (std::vector<int> &column : work.columns) {
            for (std::size_t i = 0; i + 1 < column.size(); ++i) {
                if (gainOfSwap(work, column[i], column[i + 1]) <= 0)
                    continue;
                std::swap(column[i], column[i + 1]);
                std::swap(work.vertices[column[i]].position, work.vertices[column[i + 1]].position);
                changed = true;
            }
        }
        if (!changed)
            return;
    }
}

} // namespace

std::size_t countCrossings(const Work &work)
{
    std::size_t crossings = 0;
    for (const std::vector<int> &column : work.columns)
        crossings += crossingsAfter(work, column);
    return crossings;
}

namespace {

void numberColumns(Work &work)
{
    for (const std::vector<int> &column : work.columns)
        numberColumn(work, column);
}

/// Sweeps over the columns in both directions from the order that is there; keeps the best that was seen.
std::size_t improve(Work &work, int rounds, bool large)
{
    std::vector<std::vector<int>> best = work.columns;
    std::size_t fewest = countCrossings(work);
    const auto keepIfBetter = [&] {
        const std::size_t crossings = countCrossings(work);
        if (crossings < fewest) {
            fewest = crossings;
            best = work.columns;
        }
    };
    for (int round = 0; round < rounds && fewest > 0; ++round) {
        if (round % 2 == 0) {
            for (std::size_t c = work.columns.size(); c-- > 1;)
                sortByNeighbours(work, work.columns[c - 1], work.columns[c].size(), false);
        } else {
            for (std::size_t c = 1; c < work.columns.size(); ++c)
                sortByNeighbours(work, work.columns[c], work.columns[c - 1].size(), true);
        }
        keepIfBetter();
        if (!large && round >= 2) {
            swapNeighbours(work);
            keepIfBetter();
        }
    }
    work.columns = std::move(best);
    numberColumns(work);
    return fewest;
}

} // namespace

void orderColumns(Work &work)
{
    for (std::vector<int> &column : work.columns) {
        std::stable_sort(column.begin(), column.end(),
                         [&](int a, int b) { return work.vertices[a].order < work.vertices[b].order; });
    }
    numberColumns(work);
    const std::vector<std::vector<int>> fileOrder = work.columns;
    const bool large = work.vertices.size() > 4000;
    std::size_t fewest = improve(work, large ? 4 : 16, large);
    if (large || fewest == 0)
        return;
    // Sweeps end where no single column can get better. Other starting orders end elsewhere; the first wins a tie,
    // because file order is the easiest to find one's way in.
    std::vector<std::vector<int>> best = work.columns;
    for (int start = 1; start < 4 && fewest > 0; ++start) {
        work.columns = fileOrder;
        for (std::size_t c = 0; c < work.columns.size(); ++c) {
            if (start == 1 || (start == 2) == (c % 2 == 0))
                std::reverse(work.columns[c].begin(), work.columns[c].end());
        }
        numberColumns(work);
        if (const std::size_t crossings = improve(work, 12, large); crossings < fewest) {
            fewest = crossings;
            best = work.columns;
        }
    }
    work.columns = std::move(best);
    numberColumns(work);
}

} // namespace stagewright::layout::detail
