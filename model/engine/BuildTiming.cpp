// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/BuildTiming.h"

#include <algorithm>

namespace stagewright::engine {

namespace {

/// The chains of a build's steps, as the critical path method has them.
class Chains
{
public:
    Chains(const BuildProgress &progress, Time now)
        : m_progress(progress)
        , m_now(now)
        , m_chains(progress.size())
    {
    }
    /// The longest chain that ends with @p step, its work included.
    std::chrono::nanoseconds until(std::size_t step);
    /// That chain, first to last. After until().
    [[nodiscard]] std::vector<std::size_t> chainTo(std::size_t step) const;
    [[nodiscard]] std::optional<Time> endOf(std::size_t step) const;

private:
    enum class Visit : std::uint8_t { New, Open, Done };
    struct Chain
    {
        Visit visit = Visit::New;
        std::chrono::nanoseconds length{};
        std::optional<std::size_t> previous;
    };
    void close(std::size_t step);

    const BuildProgress &m_progress;
    Time m_now;
    std::vector<Chain> m_chains;
};

/// When a step was through with its work; nullopt when it did none.
std::optional<Time> Chains::endOf(std::size_t index) const
{
    const BuildStep &step = m_progress.step(index);
    if (!step.started || step.state == StepState::Cached || (!step.completed && step.state != StepState::Running))
        return std::nullopt;
    return step.completed.value_or(m_now);
}

/// All inputs are done.
void Chains::close(std::size_t index)
{
    const BuildStep &step = m_progress.step(index);
    Chain &chain = m_chains[index];
    chain.visit = Visit::Done;
    std::optional<Time> ready;
    for (const std::string &id : step.inputs) {
        const auto input = m_progress.find(id);
        if (!input || m_chains[*input].visit != Visit::Done || *input == index)
            continue;
        if (!chain.previous || m_chains[*input].length > chain.length) {
            chain.length = m_chains[*input].length;
            chain.previous = input;
        }
        if (const auto end = endOf(*input))
            ready = ready ? std::max(*ready, *end) : *end;
    }
    const auto end = endOf(index);
    if (!end)
        return;
    // A step can be started before its inputs are there; it works behind them.
    auto work = step.worked(m_now);
    if (ready)
        work = std::clamp(*end - *ready, std::chrono::nanoseconds(0), work);
    chain.length += work;
}

std::chrono::nanoseconds Chains::until(std::size_t step)
{
    std::vector<std::size_t> open{step};
    while (!open.empty()) {
        const std::size_t index = open.back();
        if (m_chains[index].visit != Visit::New) {
            open.pop_back();
            if (m_chains[index].visit == Visit::Open)
                close(index);
            continue;
        }
        m_chains[index].visit = Visit::Open;
        for (const std::string &id : m_progress.step(index).inputs) {
            if (const auto input = m_progress.find(id); input && m_chains[*input].visit == Visit::New)
                open.push_back(*input);
        }
    }
    return m_chains[step].length;
}

std::vector<std::size_t> Chains::chainTo(std::size_t step) const
{
    std::vector<std::size_t> result;
    for (std::optional<std::size_t> at = step; at; at = m_chains[*at].previous) {
        const std::optional<std::size_t> &previous = m_chains[*at].previous;
        if (m_chains[*at].length > (previous ? m_chains[*previous].length : std::chrono::nanoseconds(0)))
            result.push_back(*at);
    }
    std::ranges::reverse(result);
    return result;
}

} // namespace

CriticalPath criticalPath(const BuildProgress &progress, const StepMap &steps, Time now)
{
    CriticalPath path;
    Chains chains(progress, now);
    std::optional<std::size_t> last;
    bool linked = false;
    for (std::size_t i = 0; i < progress.size(); ++i) {
        linked = linked || !progress.step(i).inputs.empty();
        const auto end = chains.endOf(i);
        if (!end || steps.placeOf(i).instruction == InstructionId::None
            || progress.step(i).state == StepState::Cancelled)
            continue;
        const auto latest = last ? chains.endOf(*last) : std::nullopt;
        if (!latest || *end > *latest || (*end == *latest && chains.until(i) > chains.until(*last)))
            last = i;
    }
    if (linked && last) {
        path.time = chains.until(*last);
        path.steps = chains.chainTo(*last);
    } else if (!linked) {
        for (std::size_t i = 0; i < progress.size(); ++i) {
            const auto work = chains.endOf(i) ? progress.step(i).worked(now) : std::chrono::nanoseconds(0);
            if (work.count() > 0)
                path.steps.push_back(i);
            path.time += work;
        }
    }
    return path;
}

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
        const auto took = step.worked(now);
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
        if (took.count() > 0 && (!timing.longest || took > progress.step(*timing.longest).worked(now)))
            timing.longest = i;
    }
    std::erase_if(stages, [](const StageTiming &one) { return one.steps == 0; });
    timing.stages = std::move(stages);
    const CriticalPath path = criticalPath(progress, steps, now);
    timing.criticalTime = path.time;
    for (const std::size_t step : path.steps) {
        // Triggers of a base have steps of their own and stand in the FROM's row.
        const auto shown = steps.stepOf(steps.placeOf(step).instruction);
        if (shown && (timing.criticalPath.empty() || timing.criticalPath.back() != *shown))
            timing.criticalPath.push_back(*shown);
    }
    return timing;
}

} // namespace stagewright::engine
