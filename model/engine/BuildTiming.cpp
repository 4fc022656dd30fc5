// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/BuildTiming.h"

#include <algorithm>

namespace stagewright::engine {

namespace {

constexpr std::size_t none = ~std::size_t(0);

std::chrono::nanoseconds durationOf(const BuildStep &step, Time now)
{
    if (!step.started || (!step.completed && step.state != StepState::Running))
        return {};
    return std::max(std::chrono::nanoseconds(0), step.completed.value_or(now) - *step.started);
}

/// The longest chain of inputs. Each step is looked at once; inputs always exist before what needs them, a circle (of a
/// broken or hostile stream) is cut where it closes.
class LongestChain
{
public:
    LongestChain(const BuildProgress &progress, Time now)
        : m_progress(progress)
        , m_now(now)
        , m_total(progress.size())
        , m_before(progress.size(), none)
        , m_state(progress.size(), State::New)
    {
    }

    std::vector<std::size_t> find(std::chrono::nanoseconds &time)
    {
        std::size_t last = none;
        for (std::size_t i = 0; i < m_total.size(); ++i) {
            visit(i);
            if (m_total[i].count() > 0 && (last == none || m_total[i] > m_total[last]))
                last = i;
        }
        std::vector<std::size_t> path;
        if (last == none)
            return path;
        time = m_total[last];
        for (std::size_t at = last; at != none; at = m_before[at])
            path.push_back(at);
        std::ranges::reverse(path);
        return path;
    }

private:
    enum class State : std::uint8_t { New, Open, Done };
    struct Frame
    {
        std::size_t step;
        std::size_t nextInput;
    };

    /// Without recursion: chains are as long as a file.
    void visit(std::size_t root)
    {
        if (m_state[root] != State::New)
            return;
        std::vector<Frame> stack{{root, 0}};
        m_state[root] = State::Open;
        while (!stack.empty()) {
            auto &[step, next] = stack.back();
            const auto &inputs = m_progress.step(step).inputs;
            if (next == inputs.size()) {
                m_total[step] += durationOf(m_progress.step(step), m_now);
                m_state[step] = State::Done;
                stack.pop_back();
                continue;
            }
            const auto input = m_progress.find(inputs[next]);
            if (!input || m_state[*input] == State::Open) {
                ++next;
            } else if (m_state[*input] == State::New) {
                m_state[*input] = State::Open;
                stack.push_back({*input, 0}); // looked at again when it is done
            } else {
                ++next;
                if (m_total[*input] > m_total[step]) {
                    m_total[step] = m_total[*input];
                    m_before[step] = *input;
                }
            }
        }
    }

    const BuildProgress &m_progress;
    Time m_now;
    std::vector<std::chrono::nanoseconds> m_total; ///< Of the longest chain that ends here.
    std::vector<std::size_t> m_before;
    std::vector<State> m_state;
};

/// Of an engine that works through the file line by line: everything waits for everything.
std::vector<std::size_t> everything(const BuildProgress &progress, Time now, std::chrono::nanoseconds &time)
{
    std::vector<std::size_t> path;
    for (std::size_t i = 0; i < progress.size(); ++i) {
        const auto took = durationOf(progress.step(i), now);
        if (took.count() > 0)
            path.push_back(i);
        time += took;
    }
    return path;
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
    const bool chained
        = std::ranges::any_of(progress.steps(), [](const BuildStep &step) { return !step.inputs.empty(); });
    timing.criticalPath = chained ? LongestChain(progress, now).find(timing.criticalTime)
                                  : everything(progress, now, timing.criticalTime);
    return timing;
}

} // namespace stagewright::engine
