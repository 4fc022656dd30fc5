// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/BuildProgress.h"

#include <algorithm>

namespace stagewright::engine {

void StepLog::append(std::string_view text)
{
    const std::size_t room = HeadLimit - m_head.size();
    m_head.append(text.substr(0, room));
    if (text.size() <= room)
        return;
    m_tail.append(text.substr(room));
    // Cut in big steps, so that a flood of small lines costs no more than one copy a byte.
    if (m_tail.size() <= 2 * TailLimit)
        return;
    std::size_t cut = m_tail.size() - TailLimit;
    if (const std::size_t line = m_tail.find('\n', cut); line != std::string::npos && line - cut < TailLimit / 2)
        cut = line + 1;
    m_tail.erase(0, cut);
    m_dropped += cut;
}

std::string StepLog::text() const
{
    if (m_dropped == 0)
        return m_head + m_tail;
    return m_head + "\n… " + std::to_string(m_dropped) + " bytes are left out here …\n" + m_tail;
}

std::string StepLog::tail(std::size_t bytes) const
{
    std::string whole = m_tail.size() >= bytes ? m_tail : m_head + m_tail;
    if (whole.size() > bytes)
        whole.erase(0, whole.size() - bytes);
    return whole;
}

std::optional<std::chrono::nanoseconds> BuildStep::duration() const
{
    if (!started || !completed)
        return std::nullopt;
    return worked(*completed);
}

std::chrono::nanoseconds BuildStep::worked(Time now) const
{
    if (!started || (!completed && state != StepState::Running))
        return {};
    return before + std::max(std::chrono::nanoseconds(0), completed.value_or(now) - resumed.value_or(*started));
}

void BuildStep::addRun(Time start, std::optional<Time> end)
{
    if (!started) {
        started = start;
    } else if (const Time last = resumed.value_or(*started); start > last && completed && *completed <= start) {
        // Runs that overlap are one; this one is another.
        before += std::max(std::chrono::nanoseconds(0), *completed - last);
        resumed = start;
        completed.reset();
    }
    if (end && (!completed || *completed < *end))
        completed = end;
}

std::optional<std::size_t> BuildProgress::find(std::string_view id) const
{
    const auto found = m_index.find(id);
    return found == m_index.end() ? std::nullopt : std::optional(found->second);
}

BuildStep &BuildProgress::touch(std::string_view id)
{
    if (const auto found = find(id))
        return m_steps[*found];
    m_index.emplace(std::string(id), m_steps.size());
    BuildStep &step = m_steps.emplace_back();
    step.id = id;
    return step;
}

void BuildProgress::addWarning(BuildWarning warning)
{
    if (m_warnings.size() < MaximumWarnings)
        m_warnings.push_back(std::move(warning));
}

void BuildProgress::rename(BuildStep &step, std::string name)
{
    if (step.name == name)
        return;
    step.name = std::move(name);
    ++m_renamed;
}

void BuildProgress::finish()
{
    for (BuildStep &step : m_steps) {
        if (step.state == StepState::Running)
            step.state = StepState::Cancelled;
    }
}

} // namespace stagewright::engine
