// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layout/Treemap.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace stagewright::layout {

namespace {

/// The worst ratio of sides in a row of areas that lies along a side of @p length.
double worstRatio(double sum, double smallest, double biggest, double length)
{
    const double along = length * length;
    const double square = sum * sum;
    return std::max(along * biggest / square, square / (along * smallest));
}

/// Cuts a strip with the area of @p row off the shorter side of @p free and divides it.
void placeRow(std::span<const std::size_t> row, std::span<const double> areas, bool last, Rect &free,
              std::vector<Rect> &result)
{
    double sum = 0;
    for (const std::size_t i : row)
        sum += areas[i];
    const bool column = free.width >= free.height;
    const double length = column ? free.height : free.width;
    // The last strip takes what is left, so that rounding leaves no gap at the far edge.
    const double depth = last ? (column ? free.width : free.height) : sum / length;
    double at = 0;
    for (std::size_t n = 0; n < row.size(); ++n) {
        const double end = n + 1 == row.size() ? length : at + areas[row[n]] / sum * length;
        result[row[n]]
            = column ? Rect{free.x, free.y + at, depth, end - at} : Rect{free.x + at, free.y, end - at, depth};
        at = end;
    }
    if (column) {
        free.x += depth;
        free.width = std::max(0.0, free.width - depth);
    } else {
        free.y += depth;
        free.height = std::max(0.0, free.height - depth);
    }
}

} // namespace

std::vector<Rect> squarify(std::span<const double> weights, const Rect &bounds)
{
    std::vector<Rect> result(weights.size(), Rect{bounds.x, bounds.y, 0, 0});
    std::vector<std::size_t> order;
    double total = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] > 0 && std::isfinite(weights[i])) {
            order.push_back(i);
            total += weights[i];
        }
    }
    if (order.empty() || bounds.width <= 0 || bounds.height <= 0)
        return result;
    std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t i) { return weights[i]; });
    std::vector<double> areas(weights.size(), 0);
    for (const std::size_t i : order)
        areas[i] = weights[i] / total * bounds.area();

    Rect free = bounds;
    for (std::size_t first = 0; first < order.size();) {
        const double length = std::min(free.width, free.height);
        double sum = 0;
        double best = std::numeric_limits<double>::infinity();
        std::size_t end = first;
        for (; end < order.size(); ++end) {
            const double area = areas[order[end]];
            // Sorted: the first of a row is its biggest, the new one its smallest.
            const double ratio = worstRatio(sum + area, area, areas[order[first]], length);
            if (end > first && ratio > best)
                break;
            best = ratio;
            sum += area;
        }
        placeRow(std::span(order).subspan(first, end - first), areas, end == order.size(), free, result);
        first = end;
    }
    return result;
}

} // namespace stagewright::layout
