// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <span>
#include <vector>

namespace stagewright::layout {

/// A rectangle; the unit is the caller's (pixels, mostly).
struct Rect
{
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    [[nodiscard]] double area() const { return width * height; }
    friend bool operator==(const Rect &, const Rect &) = default;
};

/// Divides @p bounds into one rectangle per weight, in the order of the weights, each with its share of the area and
/// as close to a square as a greedy choice gets ("Squarified Treemaps", Bruls, Huizing and van Wijk, 2000). Together
/// they cover the bounds and none overlaps another. A weight that is not above 0 gets an empty rectangle. The same
/// weights give the same rectangles whatever their order is; equal ones keep theirs. O(n log n).
[[nodiscard]] std::vector<Rect> squarify(std::span<const double> weights, const Rect &bounds);

} // namespace stagewright::layout
