// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/FileEffects.h"
#include "lint/ShellStates.h"

#include <deque>

namespace stagewright {

/// One instruction that changes files; kept in order per stage.
struct FileEffect
{
    const Instruction *instruction = nullptr;
    InstructionId at = InstructionId::None; ///< Where it takes effect (a trigger: the child's FROM).
    const std::string *workdir = nullptr;
    bool run = false;
};

struct ShellStates::Data
{
    Data(const Snapshot &document, const Catalog &images)
        : snapshot(document)
        , catalog(images)
    {
    }

    const Snapshot &snapshot;
    const Catalog catalog; ///< Shares its data.
    std::vector<StageState> stages;
    std::vector<InstructionState> states;
    std::vector<std::vector<FileEffect>> effects; ///< Per stage.
    std::vector<lint::Variables> variables;       ///< Per stage, at its end (good enough for paths).
    std::vector<StageId> stageOf;                 ///< Per instruction.
    std::deque<EffectiveShell> shells;            ///< Stable addresses.
    std::deque<std::string> workdirs;
    std::deque<UserState> users;
    std::deque<EnvValue> env;
    InstructionState nothing;
    // Made at the first question.
    mutable std::map<std::string, ImageTraits, std::less<>> traits;
    mutable std::vector<std::optional<lint::ProductReader>> products;       ///< Per stage.
    mutable std::vector<std::optional<std::vector<CopiedBinary>>> binaries; ///< Per stage.

    /// The chain of a stage from its base on: what changed files before @p end of @p stage (None: all of it). @p each
    /// gets an effect and the stage that it stands in, and returns false to stop.
    template <typename Each> void eachEffect(StageId stage, InstructionId end, Each each) const
    {
        const StageState &state = stages[indexOf(stage)];
        for (auto it = state.chain.rbegin(); it != state.chain.rend(); ++it) {
            for (const FileEffect &effect : effects[indexOf(*it)]) {
                if (*it == stage && end != InstructionId::None && effect.at >= end)
                    break;
                if (!each(effect, *it))
                    return;
            }
        }
    }

    /// Whether the chain up to (not including) @p end in @p stage put @p program into the image.
    [[nodiscard]] Known has(StageId stage, InstructionId end, std::string_view program) const;
    /// The same for a name in /etc/passwd or /etc/group.
    [[nodiscard]] Known hasAccount(StageId stage, InstructionId end, std::string_view name, bool group,
                                   int depth = 0) const;
    /// Whether the list of accounts that a COPY puts into place has @p name. @p depth: stages that were asked before.
    [[nodiscard]] Known copiedAccount(const FileEffect &effect, StageId in, std::string_view name, bool group,
                                      int depth) const;
    [[nodiscard]] CopiedFiles copied(const FileEffect &effect, StageId stage) const;
    [[nodiscard]] StageId stageAt(InstructionId instruction) const
    {
        return instruction == InstructionId::None || indexOf(instruction) >= stageOf.size()
            ? StageId::None
            : stageOf[indexOf(instruction)];
    }
};

/// The newest value of @p name; null when it is not in the list.
[[nodiscard]] inline const EnvValue *findEnv(const EnvValue *newest, std::string_view name)
{
    while (newest && newest->name != name)
        newest = newest->previous;
    return newest;
}

/// What one effect adds to an answer that was @p before.
[[nodiscard]] Known after(Known before, const FileEffect &effect, const std::vector<std::string> &paths,
                          const lint::Variables &variables);

} // namespace stagewright
