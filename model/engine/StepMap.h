// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildProgress.h"
#include "semantics/Snapshot.h"

#include <optional>
#include <vector>

namespace stagewright::engine {

/// What an instruction's row shows while a build runs.
enum class RowState : std::uint8_t {
    None, ///< Nothing happens for it (ENV, LABEL … only change the image's settings).
    Waiting,
    Running,
    Cached,
    Done,
    Failed,
    Cancelled,
    Skipped, ///< The target does not need its stage.
};

/// What a row shows for the state of its step.
[[nodiscard]] RowState rowStateOf(StepState state);

/// Where a step stands in the document.
struct StepPlace
{
    StageId stage = StageId::None;
    InstructionId instruction = InstructionId::None; ///< A trigger of the base: the FROM.
};

/// Which step belongs to which instruction. Engines name a stage and count in it; the texts of their steps have their
/// variables replaced, so nothing is ever matched by text. A target that textWithTarget() had to name is known by that
/// name too.
class StepMap
{
public:
    explicit StepMap(SnapshotPtr snapshot);

    /// Takes new steps of @p progress into account; cheap when there are none.
    void update(const BuildProgress &progress);

    [[nodiscard]] StepPlace placeOf(std::size_t step) const;
    /// The step of an instruction; nullopt when it has none (yet).
    [[nodiscard]] std::optional<std::size_t> stepOf(InstructionId instruction) const;
    [[nodiscard]] RowState stateOf(InstructionId instruction, const BuildProgress &progress) const;
    [[nodiscard]] const Snapshot &snapshot() const { return *m_snapshot; }

private:
    /// The numbers in a step's name.
    struct Numbers
    {
        StageId stage = StageId::None;
        std::uint32_t k = 0;
        std::uint32_t n = 0;
    };
    void readNames(const BuildProgress &progress);
    [[nodiscard]] StepPlace placeInFile(const Numbers &numbers) const;
    [[nodiscard]] StepPlace placeInStage(const Numbers &numbers, std::uint32_t highest, bool everything) const;
    void shareImages();
    [[nodiscard]] std::optional<Numbers> numbersOf(std::string_view name, std::string_view id) const;
    [[nodiscard]] StageId stageNamed(std::string_view name, std::uint32_t n) const;

    SnapshotPtr m_snapshot;
    std::vector<std::vector<InstructionId>> m_counted; ///< Per stage: what BuildKit gives a number, from 1 on.
    std::vector<std::vector<InstructionId>> m_all;     ///< Per stage: FROM and every instruction, as podman counts.
    std::string m_targetName; ///< What the target is called in the text that is built, where that is a name of ours.
    std::vector<std::string> m_names;              ///< Per step: the name that its numbers come from.
    std::vector<std::optional<Numbers>> m_numbers; ///< Per step.
    std::vector<StepPlace> m_places;               ///< Per step.
    std::vector<std::int32_t> m_steps;             ///< Per instruction; -1: none.
    std::size_t m_generation = 0;                  ///< Of the progress that was looked at last.
};

} // namespace stagewright::engine
