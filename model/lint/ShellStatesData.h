// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/CommandCache.h"
#include "lint/FileEffects.h"
#include "lint/ShellStates.h"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

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
    std::vector<StageId> parents;                 ///< Per stage: what it is built FROM; None: an image.
    std::vector<StageId> changedBelow;            ///< Per stage: the next one in its chain that has effects.
    std::vector<std::size_t> inherited;           ///< Per stage: the effects of the stages that it is built on.
    std::vector<std::shared_ptr<lint::Variables>> variables; ///< Per stage, at its end (good enough for paths).
    std::vector<StageId> stageOf;                            ///< Per instruction.
    std::deque<EffectiveShell> shells;                       ///< Stable addresses.
    std::deque<std::string> workdirs;
    std::deque<UserState> users;
    std::deque<EnvValue> env;
    InstructionState nothing;
    StageState nowhere;
    // Made at the first question.
    mutable std::map<std::string, ImageFactsPtr, std::less<>> facts;
    mutable std::map<std::string, ImageTraits, std::less<>> traits;
    mutable std::vector<std::shared_ptr<const lint::ProductReader>> products;       ///< Per stage.
    mutable std::vector<std::shared_ptr<const std::vector<CopiedBinary>>> binaries; ///< Per stage.
    mutable std::size_t binariesRead = 0;                                        ///< Stages whose binaries are known.
    mutable std::vector<std::unique_ptr<const std::vector<CopiedFiles>>> copies; ///< Per stage.
    mutable std::unordered_map<const FileEffect *, CopiedFiles> copied;
    mutable lint::CommandCache commands;
    mutable std::vector<StageId> startedBy; ///< Per instruction.
    mutable std::map<std::pair<StageId, std::string>, Known> loaders;

    /// What effects have made of an answer so far: questions come in the order of the instructions.
    struct Progress
    {
        bool started = false;
        std::size_t effects = 0; ///< Of the stage itself; those of the stages below it are in.
        Known known = Known::Unknown;
        const FileEffect *replaced = nullptr; ///< The last that puts a whole list of accounts into place.
        StageId replacedIn = StageId::None;
    };
    using ProgramKey = std::tuple<StageId, const EnvValue *, std::string>; ///< With the PATH in force.
    mutable std::map<ProgramKey, Progress, std::less<>> programs;
    using AccountKey = std::tuple<StageId, bool, std::string>; ///< Whether it is a group.
    mutable std::map<AccountKey, Progress, std::less<>> accounts;

    /// overlayfs stacks 500 layers; the file of a stage with more is generated and cannot be built. Questions about
    /// what is behind that many are answered with "not known" rather than slowly.
    static constexpr std::size_t MostEffects = 500;

    /// How many of the stage's own effects are in front of @p end (None: all).
    [[nodiscard]] std::size_t ownEffects(StageId stage, InstructionId end) const
    {
        const auto &own = effects[indexOf(stage)];
        if (end == InstructionId::None)
            return own.size();
        return static_cast<std::size_t>(std::ranges::lower_bound(own, end, {}, &FileEffect::at) - own.begin());
    }
    [[nodiscard]] bool hasTooManyEffects(StageId stage, InstructionId end) const
    {
        return inherited[indexOf(stage)] + ownEffects(stage, end) > MostEffects;
    }
    [[nodiscard]] const lint::Variables &variablesOf(StageId stage) const { return *variables[indexOf(stage)]; }

    /// The stages with effects that @p stage is built on, from the image on.
    [[nodiscard]] std::vector<StageId> changedBefore(StageId stage) const
    {
        std::vector<StageId> parts;
        for (StageId at = changedBelow[indexOf(stage)]; at != StageId::None; at = changedBelow[indexOf(at)])
            parts.push_back(at);
        std::ranges::reverse(parts);
        return parts;
    }

    /// The chain of a stage from its base on: what changed files before @p end of @p stage (None: all of it). @p each
    /// gets an effect and the stage that it stands in, and returns false to stop.
    template <typename Each> void eachEffect(StageId stage, InstructionId end, Each each) const
    {
        std::vector<StageId> parts = changedBefore(stage);
        parts.push_back(stage);
        for (const StageId part : parts) {
            for (const FileEffect &effect : effects[indexOf(part)]) {
                if (part == stage && end != InstructionId::None && effect.at >= end)
                    break;
                if (!each(effect, part))
                    return;
            }
        }
    }

    /// An answer after all effects in front of @p end, from @p first on with @p one for each; kept in @p progress.
    template <typename One>
    Known follow(Progress &progress, StageId stage, InstructionId end, Known first, One one) const
    {
        const auto &own = effects[indexOf(stage)];
        const std::size_t wanted = ownEffects(stage, end);
        if (!progress.started || progress.effects > wanted) {
            progress = {true, 0, first, nullptr, StageId::None};
            for (const StageId part : changedBefore(stage)) {
                for (const FileEffect &effect : effects[indexOf(part)])
                    progress.known = one(progress.known, effect, part);
            }
        }
        for (; progress.effects < wanted; ++progress.effects)
            progress.known = one(progress.known, own[progress.effects], stage);
        return progress.known;
    }

    [[nodiscard]] const ImageFactsPtr &factsOf(std::string_view reference) const
    {
        const auto known = facts.find(reference);
        return known != facts.end() ? known->second : facts.emplace(reference, catalog.lookup(reference)).first->second;
    }
    /// Whether the chain up to (not including) @p end in @p stage put @p program into the image.
    [[nodiscard]] Known has(StageId stage, InstructionId end, std::string_view program) const;
    /// The same for a name in /etc/passwd or /etc/group.
    [[nodiscard]] Known hasAccount(StageId stage, InstructionId end, std::string_view name, bool group,
                                   int depth = 0) const;
    /// Whether the list of accounts that a COPY puts into place has @p name. @p depth: stages that were asked before.
    [[nodiscard]] Known copiedAccount(const FileEffect &effect, StageId in, std::string_view name, bool group,
                                      int depth) const;
    /// What one effect adds to an answer that was @p before.
    [[nodiscard]] Known after(Known before, const FileEffect &effect, StageId stage,
                              const std::vector<std::string> &paths) const;
    /// @p effect is of the list above, which is complete.
    [[nodiscard]] const CopiedFiles &copyOf(const FileEffect &effect, StageId stage) const;
    [[nodiscard]] CopiedFiles readCopy(const FileEffect &effect, StageId stage) const;
    [[nodiscard]] const lint::ProductReader &productsOf(StageId stage, const ShellStates &owner) const;
    /// Those of the parent are read already.
    [[nodiscard]] std::shared_ptr<const lint::ProductReader> readProducts(StageId stage,
                                                                          const ShellStates &owner) const;
    [[nodiscard]] StageId stageAt(InstructionId instruction) const
    {
        return instruction == InstructionId::None || indexOf(instruction) >= stageOf.size()
            ? StageId::None
            : stageOf[indexOf(instruction)];
    }
};

/// The newest value of @p name; null when it is not in the list, or so far back that nobody writes such a file.
[[nodiscard]] inline const EnvValue *findEnv(const EnvValue *newest, std::string_view name)
{
    constexpr std::size_t farthest = 2000;
    for (std::size_t steps = 0; newest && newest->name != name; ++steps)
        newest = steps < farthest ? newest->previous : nullptr;
    return newest;
}

} // namespace stagewright
