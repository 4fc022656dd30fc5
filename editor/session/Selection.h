// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/BuildGraph.h"

#include <vector>

namespace stagewright {

/// What is selected in a document; the same in every view. Ids are those of the current snapshot: the session
/// maps them when the text changes.
struct Selection
{
    std::vector<NodeRef> nodes;              ///< Stages, images, contexts …
    std::vector<InstructionId> instructions; ///< Rows, the FROM of a stage included.
    std::vector<std::size_t> edges;          ///< Indexes into BuildGraph::edges().
    [[nodiscard]] bool isEmpty() const { return nodes.empty() && instructions.empty() && edges.empty(); }
    friend bool operator==(const Selection &, const Selection &) = default;
};

} // namespace stagewright
