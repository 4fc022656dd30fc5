// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "session/SelectionMap.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace stagewright {

namespace {

/// True when the edits leave at least the first character of @p range where it is, relative to its surroundings.
bool survives(const EditTransaction &edits, TextRange range)
{
    const std::vector<TextEdit> &list = edits.edits();
    auto edit
        = std::partition_point(list.begin(), list.end(), [&](const TextEdit &e) { return e.range.end <= range.begin; });
    return edit == list.end() || edit->range.isEmpty() || edit->range.begin > range.begin;
}

template <typename List, typename Same> std::optional<NodeRef> find(NodeKind kind, const List &list, Same same)
{
    const auto found = std::ranges::find_if(list, same);
    if (found == list.end())
        return std::nullopt;
    return NodeRef{kind, static_cast<std::int32_t>(found - list.begin())};
}

/// Names that only one stage has.
std::map<std::string_view, StageId> uniqueNames(std::span<const Stage> stages)
{
    std::map<std::string_view, StageId> names;
    for (const Stage &stage : stages) {
        if (stage.name.empty())
            continue;
        const auto [name, fresh] = names.emplace(stage.name, stage.id);
        if (!fresh)
            name->second = StageId::None;
    }
    std::erase_if(names, [](const auto &name) { return name.second == StageId::None; });
    return names;
}

std::optional<NodeRef> findSource(NodeKind kind, std::span<const OtherSource> before,
                                  std::span<const OtherSource> after, std::int32_t index)
{
    if (index < 0 || static_cast<std::size_t>(index) >= before.size())
        return std::nullopt;
    const std::string &name = before[static_cast<std::size_t>(index)].name;
    return find(kind, after, [&](const OtherSource &other) { return other.name == name; });
}

} // namespace

SnapshotMap::SnapshotMap(const Snapshot &before, const Snapshot &after, const EditTransaction &edits)
    : m_before(before)
    , m_after(after)
    , m_edits(edits)
    , m_instructions(before.tree().instructions().size(), InstructionId::None)
    , m_stages(before.graph().stages().size(), StageId::None)
    , m_taken(after.tree().instructions().size(), false)
{
    mapSurvivors();
    mapMoved();
    mapStages();
    mapByOrdinal();
}

void SnapshotMap::mapSurvivors()
{
    // Both lists are sorted, so the new instruction at a mapped position is found with one pass.
    const std::span<const Instruction> olds = m_before.tree().instructions();
    const std::span<const Instruction> news = m_after.tree().instructions();
    std::size_t next = 0;
    for (std::size_t i = 0; i < olds.size(); ++i) {
        const TextRange range = olds[i].range;
        if (!survives(m_edits, range))
            continue;
        const Offset begin = m_edits.mapOffset(range.begin, true);
        while (next < news.size() && news[next].range.begin < begin)
            ++next;
        std::size_t candidate = next;
        if (candidate >= news.size() || news[candidate].range.begin != begin) {
            // Something was inserted directly in front of the keyword ("X" + "RUN"): still the same instruction.
            const bool inside = next > 0 && news[next - 1].range.contains(begin);
            if (!inside || m_taken[next - 1] || news[next - 1].lastLine < m_after.text().lineAt(begin))
                continue;
            candidate = next - 1;
        }
        if (m_taken[candidate])
            continue;
        m_instructions[i] = news[candidate].id;
        m_taken[candidate] = true;
    }
}

void SnapshotMap::mapMoved()
{
    std::multimap<std::string_view, InstructionId> fresh;
    for (const Instruction &instruction : m_after.tree().instructions()) {
        if (!m_taken[indexOf(instruction.id)])
            fresh.emplace(m_after.text().slice(instruction.range), instruction.id);
    }
    if (fresh.empty())
        return;
    for (const Instruction &old : m_before.tree().instructions()) {
        if (m_instructions[indexOf(old.id)] != InstructionId::None)
            continue;
        const auto found = fresh.find(m_before.text().slice(old.range));
        if (found == fresh.end())
            continue;
        m_instructions[indexOf(old.id)] = found->second;
        m_taken[indexOf(found->second)] = true;
        fresh.erase(found);
    }
}

void SnapshotMap::mapStages()
{
    const std::span<const Stage> olds = m_before.graph().stages();
    const std::span<const Stage> news = m_after.graph().stages();
    std::vector<bool> taken(news.size(), false);
    const auto take = [&](const Stage &old, StageId now) {
        if (m_stages[indexOf(old.id)] == StageId::None && now != StageId::None && !taken[indexOf(now)]) {
            m_stages[indexOf(old.id)] = now;
            taken[indexOf(now)] = true;
        }
    };
    // A name that is there before and after means the same stage, even where the smallest difference between the
    // texts makes it look as if another FROM had been edited.
    const std::map<std::string_view, StageId> before = uniqueNames(olds);
    for (const auto &[name, now] : uniqueNames(news)) {
        if (const auto old = before.find(name); old != before.end())
            take(m_before.graph().stage(old->second), now);
    }
    for (const Stage &old : olds) {
        const InstructionId from = instruction(old.from);
        if (from != InstructionId::None && m_after.tree().instruction(from).kind == InstructionKind::From)
            take(old, m_after.graph().stageOf(from));
    }
    for (const Stage &old : olds) {
        if (old.name.empty() && olds.size() == news.size())
            take(old, old.id);
    }
}

void SnapshotMap::mapByOrdinal()
{
    for (const Stage &old : m_before.graph().stages()) {
        const StageId now = m_stages[indexOf(old.id)];
        if (now == StageId::None)
            continue;
        m_instructions[indexOf(old.from)] = m_after.graph().stage(now).from;
        const std::span<const Instruction> olds = m_before.instructionsOf(old.id);
        const std::span<const Instruction> news = m_after.instructionsOf(now);
        if (olds.size() != news.size())
            continue;
        for (std::size_t i = 0; i < olds.size(); ++i) {
            InstructionId &mapped = m_instructions[indexOf(olds[i].id)];
            if (mapped == InstructionId::None && !m_taken[indexOf(news[i].id)]) {
                mapped = news[i].id;
                m_taken[indexOf(mapped)] = true;
            }
        }
    }
}

InstructionId SnapshotMap::instruction(InstructionId id) const
{
    return id != InstructionId::None && indexOf(id) < m_instructions.size() ? m_instructions[indexOf(id)]
                                                                            : InstructionId::None;
}

StageId SnapshotMap::stage(StageId id) const
{
    return id != StageId::None && indexOf(id) < m_stages.size() ? m_stages[indexOf(id)] : StageId::None;
}

std::optional<NodeRef> SnapshotMap::node(NodeRef node) const
{
    const BuildGraph &before = m_before.graph();
    const BuildGraph &after = m_after.graph();
    switch (node.kind) {
    case NodeKind::Stage: {
        const StageId mapped = stage(static_cast<StageId>(node.index));
        return mapped == StageId::None ? std::nullopt : std::optional(NodeRef::stage(mapped));
    }
    case NodeKind::Image: {
        if (node.index < 0 || static_cast<std::size_t>(node.index) >= before.images().size())
            return std::nullopt;
        const std::string &reference = before.images()[static_cast<std::size_t>(node.index)].reference;
        return find(node.kind, after.images(),
                    [&](const ExternalImage &image) { return image.reference == reference; });
    }
    case NodeKind::BuildContext: return after.usesBuildContext() ? std::optional(node) : std::nullopt;
    case NodeKind::NamedContext:
        return findSource(node.kind, before.namedContexts(), after.namedContexts(), node.index);
    case NodeKind::CacheMount: return findSource(node.kind, before.cacheMounts(), after.cacheMounts(), node.index);
    case NodeKind::Remote: return findSource(node.kind, before.remotes(), after.remotes(), node.index);
    }
    return std::nullopt;
}

std::optional<std::size_t> SnapshotMap::edge(std::size_t index) const
{
    if (index >= m_before.graph().edges().size())
        return std::nullopt;
    const Edge &old = m_before.graph().edges()[index];
    const InstructionId at = instruction(old.instruction);
    const StageId target = stage(old.target);
    const std::optional<NodeRef> source = node(old.source);
    const std::span<const Edge> edges = m_after.graph().edges();
    const auto same = [&](const Edge &e, bool exact) {
        return e.kind == old.kind && e.instruction == at && e.target == target
            && (!exact || (source && e.source == *source));
    };
    auto found = std::ranges::find_if(edges, [&](const Edge &e) { return same(e, true); });
    if (found == edges.end()) // Retargeted: the same instruction has another source now.
        found = std::ranges::find_if(edges, [&](const Edge &e) { return same(e, false); });
    return found == edges.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - edges.begin()));
}

Selection SnapshotMap::selection(const Selection &selection) const
{
    Selection result;
    for (const NodeRef old : selection.nodes) {
        if (const auto now = node(old))
            result.nodes.push_back(*now);
    }
    for (const InstructionId old : selection.instructions) {
        if (const InstructionId now = instruction(old); now != InstructionId::None)
            result.instructions.push_back(now);
    }
    for (const std::size_t old : selection.edges) {
        if (const auto now = edge(old); now && !std::ranges::contains(result.edges, *now))
            result.edges.push_back(*now);
    }
    return result;
}

} // namespace stagewright
