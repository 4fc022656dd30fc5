// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/BuildGraph.h"
#include "syntax/SyntaxTree.h"
#include "text/SourceText.h"

#include <cstdint>
#include <memory>

namespace stagewright {

/// One revision of a document with everything derived from its text. Immutable, safe to read from any thread.
class Snapshot
{
public:
    [[nodiscard]] static std::shared_ptr<const Snapshot> make(SourceText text, AnalysisOptions options = {},
                                                              std::uint64_t revision = 0);

    [[nodiscard]] const SourceText &text() const { return m_tree.text(); }
    [[nodiscard]] const SyntaxTree &tree() const { return m_tree; }
    [[nodiscard]] const BuildGraph &graph() const { return m_graph; }
    [[nodiscard]] const AnalysisOptions &options() const { return m_options; }
    [[nodiscard]] std::uint64_t revision() const { return m_revision; }
    /// The instructions of a stage, without its FROM.
    [[nodiscard]] std::span<const Instruction> instructionsOf(StageId stage) const;

private:
    Snapshot() = default;
    SyntaxTree m_tree;
    BuildGraph m_graph;
    AnalysisOptions m_options;
    std::uint64_t m_revision = 0;
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

} // namespace stagewright
