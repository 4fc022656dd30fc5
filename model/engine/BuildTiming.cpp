// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/BuildTiming.h"

#include "engine/BuildComparison.h"

#include <algorithm>

namespace stagewright::engine {

namespace {

std::chrono::nanoseconds durationOf(const BuildStep &step, Time now)
{
    if (!step.started || (!step.completed && step.state != StepState::Running))
        return {};
    return std::max(std::chrono::nanoseconds(0), step.completed.value_or(now) - *step.started);
}

} // namespace

BuildTiming timingOf(const BuildProgress &progress, const StepMap &steps, Time now)
{
    BuildTiming timing;
    std::vector<StageTiming> stages(steps.snapshot().graph().stages().size());
    for (std::size_t i = 0; i < progress.size(); ++i) {
        const BuildStep &step = progress.step(i);
        if (step.started)
            timing.begin = timing.begin ? std::min(*timing.begin, *step.started) : step.started;
        if (const auto end = step.completed ? step.completed : step.started ? std::optional(now) : std::nullopt)
            timing.end = timing.end ? std::max(*timing.end, *end) : end;
        const StageId stage = steps.placeOf(i).stage;
        if (stage == StageId::None)
            continue;
        const auto took = durationOf(step, now);
        StageTiming &sum = stages[indexOf(stage)];
        sum.stage = stage;
        sum.work += took;
        ++sum.steps;
        ++timing.steps;
        timing.over += step.isOver() ? 1 : 0;
        if (step.state == StepState::Cached) {
            ++sum.cached;
            ++timing.cached;
        }
        if (took.count() > 0 && (!timing.longest || took > durationOf(progress.step(*timing.longest), now)))
            timing.longest = i;
    }
    std::erase_if(stages, [](const StageTiming &one) { return one.steps == 0; });
    timing.stages = std::move(stages);
    for (const InstructionId instruction : criticalPath(progress, steps)) {
        if (const auto step = steps.stepOf(instruction)) {
            timing.criticalPath.push_back(*step);
            timing.criticalTime += durationOf(progress.step(*step), now);
        }
    }
    return timing;
}

} // namespace stagewright::engine
