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
    /// The steps of engine::criticalPath(): those that the build had to wait for one after the other.
    std::vector<std::size_t> criticalPath;
    std::chrono::nanoseconds criticalTime{};
    std::optional<std::size_t> longest; ///< The step that took longest, of those that stand in the document.
    std::size_t steps = 0;              ///< That stand in the document.
    std::size_t over = 0;               ///< Of them, those that have ended, cached ones included.
    std::size_t cached = 0;
    std::optional<Time> begin; ///< Of all steps.
    std::optional<Time> end;
};

/// @p now: until when a step that still runs is counted. Linear in steps and their inputs.
[[nodiscard]] BuildTiming timingOf(const BuildProgress &progress, const StepMap &steps, Time now);

} // namespace stagewright::engine
