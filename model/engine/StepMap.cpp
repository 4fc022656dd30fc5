// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/StepMap.h"

#include "engine/PrivateDockerfile.h"

#include <algorithm>
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

using Rows = std::vector<std::vector<InstructionId>>;

/// Two stages that begin alike are one chain of steps to BuildKit, with the names of one of them. From a step that is
/// known, the one below is its first input, and what it copies from another stage its last.
class SharedSteps
{
public:
    /// @p counted: per stage what has a number; @p places: per step; @p steps, per instruction, is completed.
    SharedSteps(const Snapshot &snapshot, const Rows &counted, const std::vector<StepPlace> &places,
                std::vector<std::int32_t> &steps)
        : m_snapshot(snapshot)
        , m_counted(counted)
        , m_places(places)
        , m_steps(steps)
    {
    }
    void find(const BuildProgress &progress);

private:
    [[nodiscard]] InstructionId lastCounted(StageId stage) const;
    [[nodiscard]] InstructionId countedBefore(InstructionId instruction) const;
    void assign(InstructionId instruction, std::optional<std::size_t> step);

    const Snapshot &m_snapshot;
    const Rows &m_counted;
    const std::vector<StepPlace> &m_places;
    std::vector<std::int32_t> &m_steps;
    std::vector<InstructionId> m_open; ///< Known, and not followed yet.
};

/// The last instruction with a number of a stage, or of those that it starts from; None on an image without one.
InstructionId SharedSteps::lastCounted(StageId id) const
{
    const BuildGraph &graph = m_snapshot.graph();
    for (const Stage *stage = &graph.stage(id);; stage = &graph.stage(stage->base.stage)) {
        if (!m_counted[indexOf(stage->id)].empty())
            return m_counted[indexOf(stage->id)].back();
        if (stage->base.kind != BaseKind::Stage || stage->base.stage >= stage->id)
            return InstructionId::None;
    }
}

/// What an instruction with a number builds upon.
InstructionId SharedSteps::countedBefore(InstructionId instruction) const
{
    const Stage &stage = m_snapshot.graph().stage(m_snapshot.graph().stageOf(instruction));
    const std::vector<InstructionId> &rows = m_counted[indexOf(stage.id)];
    const auto row = std::ranges::find(rows, instruction);
    if (row == rows.end())
        return InstructionId::None;
    if (row != rows.begin())
        return *(row - 1);
    return stage.base.kind == BaseKind::Stage && stage.base.stage < stage.id ? lastCounted(stage.base.stage)
                                                                             : InstructionId::None;
}

void SharedSteps::assign(InstructionId instruction, std::optional<std::size_t> step)
{
    if (!step || instruction == InstructionId::None || m_steps[indexOf(instruction)] >= 0)
        return;
    const InstructionId named = m_places[*step].instruction;
    const auto kindOf = [this](InstructionId one) { return m_snapshot.tree().instruction(one).kind; };
    if (named == InstructionId::None || kindOf(named) != kindOf(instruction))
        return;
    m_steps[indexOf(instruction)] = std::int32_t(*step);
    m_open.push_back(instruction);
}

void SharedSteps::find(const BuildProgress &progress)
{
    const BuildGraph &graph = m_snapshot.graph();
    for (const Instruction &instruction : m_snapshot.tree().instructions()) {
        if (m_steps[indexOf(instruction.id)] >= 0 && graph.stageOf(instruction.id) != StageId::None)
            m_open.push_back(instruction.id);
    }
    std::vector<StageId> copied(m_steps.size(), StageId::None); // per instruction: what it copies from
    for (const Edge &edge : graph.edges()) {
        if (edge.kind == EdgeKind::CopyFrom && edge.source.kind == NodeKind::Stage
            && edge.instruction != InstructionId::None)
            copied[indexOf(edge.instruction)] = StageId(edge.source.index);
    }
    while (!m_open.empty()) {
        const InstructionId instruction = m_open.back();
        m_open.pop_back();
        const std::vector<std::string> &inputs = progress.step(std::size_t(m_steps[indexOf(instruction)])).inputs;
        if (inputs.empty())
            continue;
        const InstructionId before = countedBefore(instruction);
        assign(before, progress.find(inputs.front()));
        if (inputs.size() != (before == InstructionId::None ? 1 : 2))
            continue;
        if (const StageId source = copied[indexOf(instruction)]; source != StageId::None)
            assign(lastCounted(source), progress.find(inputs.back()));
    }
}

} // namespace

RowState rowStateOf(StepState state)
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
    // A target without a name that BuildKit takes has one of ours in the text that is built.
    if (const StageId target = m_snapshot->graph().target();
        target != StageId::None && !m_snapshot->options().target.empty())
        m_targetName = textWithTarget(*m_snapshot, target).target;
}

StageId StepMap::stageNamed(std::string_view name, std::uint32_t n) const
{
    if (!m_targetName.empty() && name == m_targetName)
        return m_snapshot->graph().target();
    StageId best = StageId::None;
    for (const Stage &stage : m_snapshot->graph().stages()) {
        const bool same
            = stage.name.empty() ? name == "stage-" + std::to_string(indexOf(stage.id)) : stage.name == name;
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

/// Names are read once; they change seldom, and there may be thousands.
void StepMap::readNames(const BuildProgress &progress)
{
    m_names.resize(progress.size());
    m_numbers.resize(progress.size());
    for (std::size_t i = 0; i < progress.size(); ++i) {
        const BuildStep &step = progress.step(i);
        if (m_names[i] == step.name)
            continue;
        m_names[i] = step.name;
        m_numbers[i] = numbersOf(step.name, step.id);
    }
}

void StepMap::update(const BuildProgress &progress)
{
    if (m_generation == progress.generation())
        return;
    m_generation = progress.generation();
    readNames(progress);
    std::vector<std::uint32_t> highest(m_all.size());
    for (const auto &one : m_numbers) {
        if (one && one->stage != StageId::None)
            highest[indexOf(one->stage)] = std::max(highest[indexOf(one->stage)], one->k);
    }
    m_places.assign(progress.size(), {});
    std::ranges::fill(m_steps, -1);
    for (std::size_t i = 0; i < m_numbers.size(); ++i) {
        if (!m_numbers[i])
            continue;
        const Numbers &numbers = *m_numbers[i];
        const bool everything = !progress.step(i).id.starts_with("sha256:");
        m_places[i] = numbers.stage == StageId::None
            ? placeInFile(numbers)
            : placeInStage(numbers, highest[indexOf(numbers.stage)], everything);
        if (const InstructionId id = m_places[i].instruction; id != InstructionId::None && m_steps[indexOf(id)] < 0)
            m_steps[indexOf(id)] = std::int32_t(i);
    }
    shareImages();
    SharedSteps(*m_snapshot, m_counted, m_places, m_steps).find(progress);
}

/// The classic builder counts through the whole file, the ARGs in front of the first FROM too.
StepPlace StepMap::placeInFile(const Numbers &numbers) const
{
    const auto global
        = static_cast<std::uint32_t>(m_all.empty() || m_all.front().empty() ? 0 : indexOf(m_all.front().front()));
    std::uint32_t position = numbers.k > global ? numbers.k - global : 0;
    for (const auto &all : m_all) {
        if (position >= 1 && position <= all.size())
            return {m_snapshot->graph().stageOf(all[position - 1]), all[position - 1]};
        position = position > all.size() ? position - std::uint32_t(all.size()) : 0;
    }
    return {};
}

/// @p highest: the highest k of that stage. @p everything: ENV, LABEL and the like are counted too.
StepPlace StepMap::placeInStage(const Numbers &numbers, std::uint32_t highest, bool everything) const
{
    const auto &[stage, k, n] = numbers;
    const std::vector<InstructionId> &rows = everything ? m_all[indexOf(stage)] : m_counted[indexOf(stage)];
    // Triggers of the base run behind the FROM and have numbers, but n does not count them.
    // podman counts them in n, once it knows them: "STEP 1/3: FROM", then "STEP 2/4".
    const auto known = static_cast<std::uint32_t>(rows.size());
    const std::uint32_t triggers = everything ? (k > 1 && n > known ? n - known : 0) : highest > n ? highest - n : 0;
    const InstructionId from = m_snapshot->graph().stage(stage).from;
    const std::uint32_t first = everything || (!rows.empty() && rows.front() == from) ? 1 : 0;
    if (triggers > 0 && k > first && k <= first + triggers)
        return {stage, from};
    const std::uint32_t row = k > first ? k - triggers : k;
    return {stage, row >= 1 && row <= rows.size() ? rows[row - 1] : InstructionId::None};
}

/// Stages that start from the same image share one step, which has the name of one of them.
void StepMap::shareImages()
{
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
        return rowStateOf(progress.step(*step).state);
    const bool counted = stage != StageId::None
        && std::ranges::find(m_counted[indexOf(stage)], instruction) != m_counted[indexOf(stage)].end();
    return counted ? RowState::Waiting : RowState::None;
}

} // namespace stagewright::engine
