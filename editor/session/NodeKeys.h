// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/BuildGraph.h"

#include <QPointF>
#include <QString>

#include <map>
#include <vector>

namespace stagewright {

/// The key under which a node's position is kept; stable across edits and restarts:
/// "stage:<name>" for the first stage of a name, "stage:#<index>" for unnamed ones and repeated names,
/// "image:<normalised reference>", "context", "named-context:<name>", "cache:<name>", "remote:<url>".
[[nodiscard]] QString nodeKey(const BuildGraph &graph, NodeRef node);

/// The positions with the keys of stages that were renamed or got another index changed to their new keys.
/// Keys of nodes that are gone stay, so that an image that comes back finds its place.
[[nodiscard]] std::map<QString, QPointF> followStages(const std::map<QString, QPointF> &positions,
                                                      const BuildGraph &before, const BuildGraph &after,
                                                      const std::vector<StageId> &stageMap);

} // namespace stagewright
