// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "graph/GraphModel.h"

#include <QPointF>
#include <QRectF>

#include <vector>

namespace stagewright {

/// Where the parts of a node are, in its own coordinates (0, 0 is its top left corner).
struct CardLayout
{
    double width = 0;
    double height = 0;
    QRectF header;
    std::vector<QRectF> rows;
    int bubbleRow = -1;
    QRectF bubble; ///< The lane under the row; empty for none.
    QRectF footer; ///< Empty for none.
    QPointF outPort;

    [[nodiscard]] QRectF rect() const { return {0, 0, width, height}; }
    [[nodiscard]] QPointF inPort(int row) const { return {0, rows[static_cast<std::size_t>(row)].center().y()}; }
    /// The row at @p y, or -1. With @p nearest the one to insert in front of (1 … row count).
    [[nodiscard]] int rowAt(double y) const;
    [[nodiscard]] int insertionAt(double y) const;
    /// Where a new row would appear: the height of the line in front of row @p index.
    [[nodiscard]] double insertionY(int index) const;
};

/// @p bubbleRow: the row whose finding is spelled out under it; -1 for none.
[[nodiscard]] CardLayout layoutCard(const NodeView &node, int bubbleRow);

/// Measures that more than one file needs (scene units, 1 = 1 px at 100 %).
namespace metrics {
constexpr double radius = 9;
constexpr double headerHeight = 42;
constexpr double rowHeight = 28;
constexpr double rowPadding = 4;
constexpr double bubbleHeight = 36;
constexpr double bubbleLine = 16; ///< A second line makes a bubble higher by this.
constexpr double bubbleIcon = 29; ///< From the left end of a bubble to its words.
constexpr double footerHeight = 28;
constexpr double captionLane = 24; ///< Above a card.
constexpr double rowIconX = 13;
constexpr double rowTextX = 35;
constexpr double rowEnd = 10; ///< Free at the right of a row.
constexpr double keywordGap = 7;
constexpr double bubbleSides = rowIconX + bubbleIcon + 8 + rowEnd; ///< What a bubble's words cannot have of a card.
constexpr double portRadius = 5;
constexpr double portReach = 10; ///< Half of the hit area.
constexpr double snap = 10;
constexpr double grid = 20;
} // namespace metrics

} // namespace stagewright
