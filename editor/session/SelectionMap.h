// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/Snapshot.h"
#include "session/Selection.h"
#include "text/EditTransaction.h"

#include <optional>
#include <vector>

namespace stagewright {

/// Which instruction, stage and node of one snapshot is which of the next one.
///
/// Stages are found by name, then by where their FROM went. Instructions that an edit left alone are found by their
/// shifted range; one that was taken out and put in elsewhere (a move) by its text among what the edit inserted; one
/// that was rewritten by its ordinal in the stage.
class SnapshotMap
{
public:
    SnapshotMap(const Snapshot &before, const Snapshot &after, const EditTransaction &edits);

    [[nodiscard]] InstructionId instruction(InstructionId id) const;
    [[nodiscard]] StageId stage(StageId id) const;
    [[nodiscard]] std::optional<NodeRef> node(NodeRef node) const;
    /// Per old stage.
    [[nodiscard]] const std::vector<StageId> &stages() const { return m_stages; }
    [[nodiscard]] Selection selection(const Selection &selection) const;

private:
    void mapSurvivors();
    void mapMoved();
    void mapStages();
    void mapByOrdinal();
    [[nodiscard]] std::optional<std::size_t> edge(std::size_t index) const;

    const Snapshot &m_before;
    const Snapshot &m_after;
    const EditTransaction &m_edits;
    std::vector<InstructionId> m_instructions;
    std::vector<StageId> m_stages;
    std::vector<bool> m_taken; ///< Per new instruction: something maps to it.
};

} // namespace stagewright
