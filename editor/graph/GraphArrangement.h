// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "graph/CardLayout.h"
#include "graph/GraphModel.h"
#include "layout/Layout.h"

#include <QPointF>
#include <QString>

#include <map>
#include <span>
#include <vector>

namespace stagewright {

/// Where everything is.
struct Arrangement
{
    std::vector<QPointF> positions;           ///< Per node of the model.
    std::vector<std::vector<QPointF>> routes; ///< Per edge of the model; see layout::Output.
};

/// The last automatic layout: most changes of a text change no size and no edge.
struct LayoutCache
{
    layout::Input input;
    layout::Output output;
};

/// Automatic layout, with the nodes that a person moved at their places (@p pinned, by key): what would lie under
/// them makes room, and edges whose way is not free any more run directly.
[[nodiscard]] Arrangement arrangeGraph(const GraphModel &model, std::span<const CardLayout> layouts,
                                       const std::map<QString, QPointF> &pinned, LayoutCache *cache = nullptr);

} // namespace stagewright
