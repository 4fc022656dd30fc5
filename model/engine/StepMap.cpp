// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/StepMap.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>

namespace stagewright::engine {

namespace {

/// BuildKit numbers what makes a layer or pulls an image; everything else only changes settings.
bool isCounted(InstructionKind kind)
{
    return kind == InstructionKind::Run || kind == InstructionKind::Copy || kind == InstructionKind::Add
        || kind == InstructionKind::Workdir;
}

/// "2/4"; nullopt for anything else.
std::optional<std::pair<std::uint32_t, std::uint32_t>> count(std::string_view text)
{
    std::uint32_t k = 0;
    std::uint32_t n = 0;
    const char *end = text.data() + text.size();
    const auto [slash, first] = std::from_chars(text.data(), end, k);
    if (first != std::errc() || slash == end || *slash != '/')
        return std::nullopt;
    const auto [rest, second] = std::from_chars(slash + 1, end, n);
    if (second != std::errc() || rest != end)
        return std::nullopt;
    return std::pair(k, n);
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

RowState rowState(StepState state)
{
    switch (state) {
    case StepState::Waiting: return RowState::Waiting;
    case StepState::Running: return RowState::Running;
    case StepState::Cached: return RowState::Cached;
    case StepState::Done: return RowState::Done;
    case StepState::Failed: return RowState::Failed;
    case StepState::Cancelled: return RowState::Cancelled;
    }
    return RowState::None;
}

} // namespace

StepMap::StepMap(SnapshotPtr snapshot)
    : m_snapshot(std::move(snapshot))
{
    for (const Stage &stage : m_snapshot->graph().stages()) {
        std::vector<InstructionId> &counted = m_counted.emplace_back();
        std::vector<InstructionId> &all = m_all.emplace_back();
        if (stage.base.kind == BaseKind::Image || stage.base.kind == BaseKind::NamedContext)
            counted.push_back(stage.from);
        all.push_back(stage.from);
        for (const Instruction &instruction : m_snapshot->instructionsOf(stage.id)) {
            if (isCounted(instruction.kind))
                counted.push_back(instruction.id);
            all.push_back(instruction.id);
        }
    }
    m_steps.assign(m_snapshot->tree().instructions().size(), -1);
}

StageId StepMap::stageNamed(std::string_view name, std::uint32_t n) const
{
    const auto stages = m_snapshot->graph().stages();
    StageId best = StageId::None;
    for (const Stage &stage : stages) {
        const bool same
            = stage.name.empty() ? name == "stage-" + std::to_string(indexOf(stage.id)) : lowered(stage.name) == name;
        // Of several stages with one name the one that has as many steps is meant.
        if (same && (best == StageId::None || m_counted[indexOf(stage.id)].size() == n))
            best = stage.id;
    }
    return best;
}

std::optional<StepMap::Numbers> StepMap::numbersOf(std::string_view name, std::string_view id) const
{
    if (!name.starts_with('['))
        return std::nullopt;
    const std::size_t close = name.find(']');
    if (close == std::string_view::npos)
        return std::nullopt;
    std::vector<std::string_view> words;
    std::string_view inside = name.substr(1, close - 1);
    while (!inside.empty()) {
        const std::size_t blank = inside.find(' ');
        if (blank != 0)
            words.push_back(inside.substr(0, blank));
        inside.remove_prefix(blank == std::string_view::npos ? inside.size() : blank + 1);
    }
    if (words.empty())
        return std::nullopt;
    const auto own = count(words.back());
    if (!own)
        return std::nullopt;
    // podman: "[2/4:3/6]" as id says the stage by number, among those that are built.
    if (const std::size_t colon = id.find(':'); colon != std::string_view::npos && !id.starts_with("sha256:")) {
        const auto stage = count(id.substr(0, colon));
        std::uint32_t position = 0;
        for (const Stage &candidate : m_snapshot->graph().stages()) {
            // buildah numbers every stage of the file up to the target, needed or not.
            if (stage && ++position == stage->first)
                return Numbers{candidate.id, own->first, own->second};
        }
        return stage ? std::nullopt : std::optional(Numbers{StageId::None, own->first, own->second});
    }
    if (words.size() < 2)
        return m_snapshot->graph().stages().size() == 1 ? std::optional(Numbers{StageId(0), own->first, own->second})
                                                        : std::nullopt;
    const StageId stage = stageNamed(words[words.size() - 2], own->second);
    return stage == StageId::None ? std::nullopt : std::optional(Numbers{stage, own->first, own->second});
}

void StepMap::update(const BuildProgress &progress)
{
    if (m_generation == progress.generation())
        return;
    m_generation = progress.generation();
    m_places.assign(progress.size(), {});
    std::ranges::fill(m_steps, -1);
    std::vector<std::optional<Numbers>> numbers;
    std::map<StageId, std::uint32_t> highest;
    for (const BuildStep &step : progress.steps()) {
        numbers.push_back(numbersOf(step.name, step.id));
        if (const auto &one = numbers.back(); one && one->stage != StageId::None)
            highest[one->stage] = std::max(highest[one->stage], one->k);
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!numbers[i])
            continue;
        const auto &[stage, k, n] = *numbers[i];
        const bool everything = !progress.step(i).id.starts_with("sha256:");
        StepPlace &place = m_places[i];
        if (stage == StageId::None) {
            // The classic builder counts through the whole file, the ARGs in front of the first FROM too.
            const auto global = static_cast<std::uint32_t>(
                m_all.empty() || m_all.front().empty() ? 0 : indexOf(m_all.front().front()));
            std::uint32_t position = k > global ? k - global : 0;
            for (const auto &all : m_all) {
                if (position >= 1 && position <= all.size() && place.instruction == InstructionId::None)
                    place = {m_snapshot->graph().stageOf(all[position - 1]), all[position - 1]};
                position = position > all.size() ? position - std::uint32_t(all.size()) : 0;
            }
        } else {
            const std::vector<InstructionId> &rows = everything ? m_all[indexOf(stage)] : m_counted[indexOf(stage)];
            // Triggers of the base run behind the FROM and have numbers, but n does not count them.
            // podman counts them in n, once it knows them: "STEP 1/3: FROM", then "STEP 2/4".
            const auto known = static_cast<std::uint32_t>(rows.size());
            const std::uint32_t triggers = everything ? (k > 1 && n > known ? n - known : 0)
                : highest[stage] > n                  ? highest[stage] - n
                                                      : 0;
            const bool hasFrom = everything || (!rows.empty() && rows.front() == m_snapshot->graph().stage(stage).from);
            const std::uint32_t first = hasFrom ? 1 : 0;
            place.stage = stage;
            if (triggers > 0 && k > first && k <= first + triggers)
                place.instruction = m_snapshot->graph().stage(stage).from;
            else if (const std::uint32_t row = k > first ? k - triggers : k; row >= 1 && row <= rows.size())
                place.instruction = rows[row - 1];
        }
        if (place.instruction != InstructionId::None && m_steps[indexOf(place.instruction)] < 0)
            m_steps[indexOf(place.instruction)] = std::int32_t(i);
    }
    // Stages that start from the same image share one step, which has the name of one of them.
    std::map<std::string, std::int32_t, std::less<>> images;
    for (const Stage &stage : m_snapshot->graph().stages()) {
        if (stage.base.kind == BaseKind::Image && m_steps[indexOf(stage.from)] >= 0)
            images.emplace(stage.base.reference, m_steps[indexOf(stage.from)]);
    }
    for (const Stage &stage : m_snapshot->graph().stages()) {
        const auto shared = images.find(stage.base.reference);
        if (stage.base.kind == BaseKind::Image && m_steps[indexOf(stage.from)] < 0 && stage.reachable
            && shared != images.end())
            m_steps[indexOf(stage.from)] = shared->second;
    }
}

StepPlace StepMap::placeOf(std::size_t step) const
{
    return step < m_places.size() ? m_places[step] : StepPlace();
}

std::optional<std::size_t> StepMap::stepOf(InstructionId instruction) const
{
    if (instruction == InstructionId::None || indexOf(instruction) >= m_steps.size()
        || m_steps[indexOf(instruction)] < 0)
        return std::nullopt;
    return std::size_t(m_steps[indexOf(instruction)]);
}

RowState StepMap::stateOf(InstructionId instruction, const BuildProgress &progress) const
{
    const StageId stage = m_snapshot->graph().stageOf(instruction);
    if (stage != StageId::None && !m_snapshot->graph().stage(stage).reachable)
        return RowState::Skipped;
    if (const auto step = stepOf(instruction))
        return rowState(progress.step(*step).state);
    const bool counted = stage != StageId::None
        && std::ranges::find(m_counted[indexOf(stage)], instruction) != m_counted[indexOf(stage)].end();
    return counted ? RowState::Waiting : RowState::None;
}

} // namespace stagewright::engine
