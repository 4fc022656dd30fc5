// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/CardLayout.h"

#include <algorithm>

namespace stagewright {

using namespace metrics;

CardLayout layoutCard(const NodeView &node, int bubbleRow)
{
    CardLayout layout;
    layout.width = node.width;
    if (!node.isStage()) {
        const bool context = node.ref.kind == NodeKind::BuildContext || node.ref.kind == NodeKind::CacheMount;
        layout.height = !node.chips.empty() ? 78 : (context ? 52 : 54);
        layout.header = layout.rect();
        layout.outPort = {layout.width, layout.height / 2};
        return layout;
    }
    layout.header = {0, 0, layout.width, headerHeight};
    layout.outPort = {layout.width, headerHeight / 2};
    double y = headerHeight;
    for (std::size_t i = 0; i < node.rows.size(); ++i) {
        if (i == 1)
            y += rowPadding;
        layout.rows.emplace_back(0, y, layout.width, rowHeight);
        y += rowHeight;
        if (static_cast<int>(i) == bubbleRow) {
            layout.bubbleRow = bubbleRow;
            const bool wraps = node.rows[i].findingWidth > layout.width - bubbleSides;
            layout.bubble = {0, y, layout.width, bubbleHeight + (wraps ? bubbleLine : 0)};
            y += layout.bubble.height();
        }
    }
    y += node.rows.size() > 1 ? rowPadding : rowHeight; // an empty stage has a line to drop something on
    if ((!node.chips.empty() || !node.size.isEmpty()) && !node.dimmed) {
        layout.footer = {0, y, layout.width, footerHeight};
        y += footerHeight;
    }
    layout.height = y;
    return layout;
}

int CardLayout::rowAt(double y) const
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool inBubble = static_cast<int>(i) == bubbleRow && bubble.top() <= y && y < bubble.bottom();
        if ((rows[i].top() <= y && y < rows[i].bottom()) || inBubble)
            return static_cast<int>(i);
    }
    return -1;
}

int CardLayout::insertionAt(double y) const
{
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (y < rows[i].center().y())
            return static_cast<int>(i);
    }
    return static_cast<int>(rows.size());
}

double CardLayout::insertionY(int index) const
{
    if (index < static_cast<int>(rows.size()))
        return rows[static_cast<std::size_t>(std::max(index, 1))].top();
    if (rows.empty())
        return height;
    const bool lastHasBubble = bubbleRow == static_cast<int>(rows.size()) - 1;
    return (lastHasBubble ? bubble.bottom() : rows.back().bottom()) + (rows.size() == 1 ? rowPadding : 0);
}

} // namespace stagewright
