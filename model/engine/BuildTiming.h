// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildProgress.h"
#include "engine/StepMap.h"

#include <chrono>
#include <optional>
#include <vector>

namespace stagewright::engine {

/// What the steps of one stage took together.
struct StageTiming
{
    StageId stage = StageId::None;
    std::chrono::nanoseconds work{}; ///< The sum; steps that ran side by side count each.
    std::size_t steps = 0;
    std::size_t cached = 0;
};

/// Where the time of a build went.
struct BuildTiming
{
    std::vector<StageTiming> stages; ///< Those with steps, in the file's order.
    /// Of engine::criticalPath(): the steps that stand in the document, and what the whole path took.
    std::vector<std::size_t> criticalPath;
    std::chrono::nanoseconds criticalTime{};
    std::optional<std::size_t> longest; ///< The step that took longest, of those that stand in the document.
    std::size_t steps = 0;              ///< That stand in the document.
    std::size_t over = 0;               ///< Of them, those that have ended, cached ones included.
    std::size_t cached = 0;
    std::optional<Time> begin; ///< Of all steps.
    std::optional<Time> end;
};

/// The steps that made a build as long as it was.
struct CriticalPath
{
    std::vector<std::size_t> steps; ///< First to last; those of the engine's own are among them (a context on its way).
    std::chrono::nanoseconds time{}; ///< What they worked, one after the other.
};

/// The longest chain of steps, each the input of the next, that leads to the step of the document that ended last. Only
/// work counts: not what came from the cache, nor the time in which a step waited for its inputs or for its turn. For
/// engines that tell no inputs because they build one step after the other: all steps that worked.
[[nodiscard]] CriticalPath criticalPath(const BuildProgress &progress, const StepMap &steps, Time now);

/// @p now: until when a step that still runs is counted. Linear in steps and their inputs.
[[nodiscard]] BuildTiming timingOf(const BuildProgress &progress, const StepMap &steps, Time now);

} // namespace stagewright::engine
