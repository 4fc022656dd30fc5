// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "graph/GraphModel.h"
#include "session/DocumentSizes.h"

#include <cstdint>
#include <optional>

namespace stagewright {

// What the graph says about weights. @p sizes may be null: nothing is known.

/// What an instruction adds, in place of the row's aside. Settings that weigh nothing stay without.
void addSize(RowView &row, const DocumentSizes *sizes);
/// What the image of a stage weighs, or is guessed to weigh.
void addSize(NodeView &node, StageId stage, const DocumentSizes *sizes);
/// What came along an edge; "" for those that copy nothing and where nothing is known.
[[nodiscard]] QString copiedText(const Edge &edge, const DocumentSizes *sizes);
/// What an external image weighs, when a stage on it was measured.
[[nodiscard]] std::optional<std::uint64_t> measuredBase(const BuildGraph &graph, ImageId image,
                                                        const DocumentSizes *sizes);

/// A sentence on what the image of a stage weighs and how that is known, for a tip; "" when nothing is.
[[nodiscard]] QString sizeTip(const DocumentSizes &sizes, StageId stage);

} // namespace stagewright
