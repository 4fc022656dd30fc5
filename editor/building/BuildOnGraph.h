// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "graph/GraphBuild.h"

namespace stagewright {

class BuildController;

/// What the graph shows of a build: in terms of the current text, as far as it still is what was built.
/// @p criticalPath: mark what the build waited for, once it has ended.
[[nodiscard]] GraphBuild buildOnGraph(const BuildController &builds, bool criticalPath);

} // namespace stagewright
