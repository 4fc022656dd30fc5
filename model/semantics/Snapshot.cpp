// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/Snapshot.h"

#include <utility>

namespace stagewright {

std::shared_ptr<const Snapshot> Snapshot::make(SourceText text, AnalysisOptions options, std::uint64_t revision)
{
    struct Access : Snapshot
    {
    }; // the constructor is private
    const auto snapshot = std::make_shared<Access>();
    snapshot->m_tree = SyntaxTree::parse(std::move(text));
    snapshot->m_options = std::move(options);
    snapshot->m_graph = BuildGraph::build(snapshot->m_tree, snapshot->m_options);
    snapshot->m_revision = revision;
    return snapshot;
}

std::span<const Instruction> Snapshot::instructionsOf(StageId stage) const
{
    const Stage &found = m_graph.stage(stage);
    const auto first = static_cast<std::size_t>(found.firstInstruction);
    return m_tree.instructions().subspan(first, static_cast<std::size_t>(found.endInstruction) - first);
}

} // namespace stagewright
