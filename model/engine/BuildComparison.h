// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildHistory.h"

#include <optional>
#include <string>
#include <vector>

namespace stagewright::engine {

/// What became of an instruction between two builds.
enum class ChangeKind : std::uint8_t {
    Added,
    Removed,
    Edited,  ///< Another text at the same place.
    Resized, ///< Same text, other size.
    Base,    ///< The base image weighs another amount.
};

/// What one change did to the size of a stage.
struct SizeChange
{
    ChangeKind kind = ChangeKind::Added;
    std::uint32_t stage = 0; ///< Index; of the older build for Removed.
    std::string stageName;   ///< As a person calls it: "build", "stage-2".
    std::uint32_t line = 0;  ///< In the newer build; in the older for Removed. 0 for Base.
    std::string text;
    std::optional<std::uint64_t> before;
    std::optional<std::uint64_t> after;

    [[nodiscard]] std::int64_t difference() const; ///< Bytes; unknown counts as 0.
};

/// For every instruction of @p after the index of the one of @p before with the same text, in order; npos for none.
[[nodiscard]] std::vector<std::size_t> matchInstructions(const StageRecord &before,
                                                         const std::vector<std::uint64_t> &after);
/// The stage of an older build that a stage of that name ("" for none) and index is: by name, then by index.
[[nodiscard]] const StageRecord *matchStage(const BuildRecord &before, std::string_view name, std::uint32_t index);

/// Biggest difference first. Stages are matched by name, then by index; their instructions by text, in order.
/// Changes that are known to make no difference are left out but for added, removed and edited instructions.
[[nodiscard]] std::vector<SizeChange> compareSizes(const BuildRecord &before, const BuildRecord &after);

/// Why a step was run and not taken from the cache.
enum class MissReason : std::uint8_t {
    Unknown,
    FirstBuild,  ///< No earlier build of this file is recorded.
    NoCache,     ///< It was asked for.
    OwnText,     ///< The instruction itself was changed or is new.
    EarlierStep, ///< A step that it depends on ran; that one's reason counts.
    ContextFile, ///< A file that it copies changed.
    BaseImage,   ///< The base image is another one.
    Arguments,   ///< A build argument has another value.
};

struct CacheMiss
{
    InstructionId instruction = InstructionId::None;
    MissReason reason = MissReason::Unknown;
    InstructionId cause = InstructionId::None; ///< EarlierStep: the first that missed.
    std::vector<std::string> files;            ///< ContextFile: what changed, at most ten.
    std::string text;                          ///< A sentence.
};

/// One for every step of @p report that was not cached, in the file's order. @p before: the build before it, or null;
/// @p now: what makeRecord() made of @p report.
[[nodiscard]] std::vector<CacheMiss> explainMisses(const Snapshot &snapshot, const BuildReport &report,
                                                   const BuildRecord *before, const BuildRecord &now);

} // namespace stagewright::engine
