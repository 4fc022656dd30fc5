// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/BuildGraph.h"

#include "semantics/GraphBuilder.h"

#include <algorithm>

namespace stagewright {

BuildGraph BuildGraph::build(const SyntaxTree &tree, const AnalysisOptions &options)
{
    return GraphBuilder(tree, options).build();
}

StageId BuildGraph::stageOf(InstructionId instruction) const
{
    const auto behind = std::ranges::upper_bound(m_stages, instruction, {}, &Stage::from);
    return behind == m_stages.begin() ? StageId::None : std::prev(behind)->id;
}

} // namespace stagewright
