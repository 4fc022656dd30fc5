// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/GraphBuilder.h"

#include "semantics/ImageReference.h"
#include "semantics/Values.h"
#include "semantics/Wording.h"
#include "syntax/InstructionCheck.h"

#include <algorithm>
#include <ranges>
#include <span>

namespace stagewright {

namespace {

constexpr std::string_view ScratchName = "scratch";

/// Nothing is set: `--from` must not depend on variables.
class NoVariables final : public Variables
{
public:
    std::optional<std::string_view> find(std::string_view) const override { return std::nullopt; }
};

auto instructionsOf(const SyntaxTree &tree, const Stage &stage)
{
    const auto first = static_cast<std::size_t>(stage.firstInstruction);
    return tree.instructions().subspan(first, static_cast<std::size_t>(stage.endInstruction) - first);
}

/// Into file order; most files are walked in it already. Items are big: their places are sorted, and each moves once.
template <typename Item> void sortByInstruction(std::vector<Item> &items)
{
    if (std::ranges::is_sorted(items, {}, &Item::instruction))
        return;
    std::vector<std::pair<InstructionId, std::uint32_t>> places;
    places.reserve(items.size());
    for (const Item &item : items)
        places.emplace_back(item.instruction, static_cast<std::uint32_t>(places.size()));
    std::ranges::sort(places);
    std::vector<Item> sorted;
    sorted.reserve(items.size());
    for (const auto &[instruction, index] : places)
        sorted.push_back(std::move(items[index]));
    items = std::move(sorted);
}

} // namespace

void GraphBuilder::collectReferences()
{
    for (Stage &s : m_graph.m_stages) {
        StageData &own = data(s.id);
        own.firstDependency = m_dependencies.size();
        own.firstSource = m_sources.size();
        for (const Instruction &i : instructionsOf(m_tree, s))
            collectReferencesOf({&i, &i, s.id}, m_dependencies, m_sources);
        own.endDependency = m_dependencies.size();
    }
}

void GraphBuilder::collectReferencesOf(const Command &command, std::vector<Dependency> &dependencies,
                                       std::vector<std::int32_t> &sources)
{
    const Instruction &i = *command.instruction;
    const auto add = [&](std::int32_t state) {
        sources.push_back(state);
        if (state >= 0)
            dependencies.push_back({state, command.location});
    };
    if (i.kind == InstructionKind::Copy) {
        if (const Flag *from = i.flag("from"); from && !from->value.empty())
            add(copySource(command, *from));
    } else if (i.kind == InstructionKind::Run) {
        for (const Flag &flag : i.flags) {
            if (flag.name == "mount")
                add(mountSource(command, flag));
        }
    }
}

std::int32_t GraphBuilder::copySource(const Command &command, const Flag &from)
{
    const auto refuse = [&](std::string message) {
        m_graph.m_references.push_back({command.stage, command.location->id, InstructionKind::Copy,
                                        ReferenceKind::Error, StageId::None, ImageId::None, -1, std::string(from.value),
                                        from.valueRange});
        if (isBroken(*command.location) && !command.isTrigger())
            return -1;
        fail(command, std::move(message), from.valueRange);
        if (!command.isTrigger()) // BuildKit names no line here
            m_graph.m_errors.back().firstLine = m_graph.m_errors.back().lastLine = 0;
        return -1;
    };
    const std::expected<std::string, std::string> literal = m_expander.expand(from.value, NoVariables());
    if (!literal)
        return refuse(literal.error());
    if (*literal != from.value) {
        return refuse(
            "variable expansion is not supported for --from, define a new stage with FROM using ARG from global "
            "scope as a workaround");
    }
    if (const std::optional<std::int64_t> index = parseDecimal(from.value)) {
        if (*index < 0 || *index >= static_cast<std::int64_t>(m_states.size()))
            return refuse("invalid stage index " + std::to_string(*index));
        addReference(command, static_cast<std::int32_t>(*index), from.value, from.valueRange);
        return static_cast<std::int32_t>(*index);
    }
    return external(command, from.value, false, from.valueRange);
}

std::int32_t GraphBuilder::mountSource(const Command &command, const Flag &mount)
{
    const MountFrom from = mountFrom(mount.value);
    if (!from.value.empty())
        return external(command, from.value, true, partOf(mount, from.begin, from.value.size()));
    // BuildKit looks up "scratch" for every mount without a source. That matters when a stage has that name, and
    // because the entry counts in `--from=N`.
    if (const auto found = m_stageByName.find(ScratchName); found != m_stageByName.end())
        return found->second;
    m_states.push_back({ReferenceKind::Scratch, ImageId::None, -1});
    return static_cast<std::int32_t>(m_states.size()) - 1;
}

/// A stage by name, else what the name means outside of the file.
std::int32_t GraphBuilder::external(const Command &command, std::string_view name, bool isMount, TextRange range)
{
    if (const auto found = m_stageByName.find(lowerCase(name)); found != m_stageByName.end()) {
        addReference(command, found->second, name, range);
        return found->second;
    }
    State state{ReferenceKind::Scratch, ImageId::None, -1};
    if (name != ScratchName) {
        const auto reference = ImageReference::parse(name);
        if (!reference) {
            state.kind = ReferenceKind::Error;
            const Instruction &location = *command.location;
            const bool hasLine = !isMount; // the state behind a mount has no place in the file
            m_externalErrors.push_back(
                {BuildError::Phase::Convert, "failed to parse stage name " + quoted(name) + ": " + reference.error(),
                 range, hasLine ? location.firstLine : 0, hasLine ? location.lastLine : 0, location.id});
        } else if (const std::int32_t context = findContext(reference->familiar()); context >= 0) {
            state = {ReferenceKind::NamedContext, ImageId::None, context};
        } else {
            state = {ReferenceKind::Image, addImage(reference->normalized(), name), -1};
        }
    }
    m_states.push_back(state);
    const auto index = static_cast<std::int32_t>(m_states.size()) - 1;
    addReference(command, index, name, range);
    return index;
}

void GraphBuilder::addReference(const Command &command, std::int32_t state, std::string_view written, TextRange range)
{
    const State &target = m_states[static_cast<std::size_t>(state)];
    const bool isStage = target.kind == ReferenceKind::Stage;
    if (command.isTrigger())
        range = m_graph.stage(command.stage).base.range;
    m_graph.m_references.push_back({command.stage, command.location->id, command.instruction->kind, target.kind,
                                    isStage ? StageId(state) : StageId::None, target.image, target.context,
                                    std::string(written), range});
}

/// BuildKit looks for cycles along `--from` and `from=` alone, depth first from each stage.
void GraphBuilder::findCycles()
{
    std::vector<std::uint8_t> visit(m_graph.m_stages.size(), 0);
    for (std::int32_t root = 0; root < static_cast<std::int32_t>(visit.size()); ++root) {
        if (visit[static_cast<std::size_t>(root)] == 0)
            findCycleFrom(root, visit);
    }
}

bool GraphBuilder::findCycleFrom(std::int32_t root, std::vector<std::uint8_t> &visit)
{
    enum : std::uint8_t { New, OnPath, Done };
    std::vector<std::pair<std::int32_t, std::size_t>> path{
        {root, m_data[static_cast<std::size_t>(root)].firstDependency}};
    visit[static_cast<std::size_t>(root)] = OnPath;
    bool found = false;
    while (!path.empty()) {
        const auto [current, next] = path.back();
        if (next == m_data[static_cast<std::size_t>(current)].endDependency) {
            visit[static_cast<std::size_t>(current)] = Done;
            path.pop_back();
            continue;
        }
        ++path.back().second;
        const std::int32_t dependency = m_dependencies[next].state;
        if (dependency >= static_cast<std::int32_t>(visit.size()))
            continue; // images and contexts depend on nothing
        std::uint8_t &state = visit[static_cast<std::size_t>(dependency)];
        if (state == OnPath && !found) {
            found = true;
            reportCycle(root, path);
        } else if (state == New) {
            state = OnPath;
            path.emplace_back(dependency, m_data[static_cast<std::size_t>(dependency)].firstDependency);
        }
    }
    return found;
}

/// @p path holds the stages from the root on, each with the index behind the dependency that leads on.
void GraphBuilder::reportCycle(std::int32_t root, const std::vector<std::pair<std::int32_t, std::size_t>> &path)
{
    const Stage &start = stage(root);
    const Instruction *first = nullptr;
    bool reported = false;
    for (const auto &[current, next] : path) {
        const Instruction *command = dependingCommand(current, next - 1);
        reported = reported || isBroken(*command);
        if (!first || command->firstLine < first->firstLine)
            first = command;
    }
    if (!reported) {
        const Flag *from = first->flag("from");
        fail({first, first, start.id},
             "circular dependency detected on stage: " + (start.name.empty() ? start.displayName : start.name),
             from ? from->valueRange : first->range);
    }
    for (const auto &[current, next] : path)
        m_broken[indexOf(dependingCommand(current, next - 1)->id)] = true;
}

/// Where several commands of a stage need the same source, BuildKit remembers the last.
const Instruction *GraphBuilder::dependingCommand(std::int32_t stage, std::size_t dependency) const
{
    const std::size_t end = m_data[static_cast<std::size_t>(stage)].endDependency;
    const auto same = std::span(m_dependencies).subspan(dependency, end - dependency);
    const auto last = std::ranges::find_last(same, m_dependencies[dependency].state, &Dependency::state);
    return last.front().command;
}

/// BuildKit parses a trigger only now, in the stage that runs it, and reports it at that stage's FROM.
bool GraphBuilder::checkTrigger(const Command &command)
{
    std::string error = instructionError(*command.instruction);
    if (error.empty())
        return true;
    fail(command, std::move(error), m_graph.stage(command.stage).base.range);
    return false;
}

/// Everything that the target needs, along bases and references. A stage that is reached runs its base's ONBUILD
/// triggers, which may reach more.
void GraphBuilder::markReachable()
{
    std::vector<std::int32_t> todo;
    const auto reach = [&](std::int32_t state) {
        if (state < 0 || state >= static_cast<std::int32_t>(m_graph.m_stages.size()) || stage(state).reachable)
            return;
        stage(state).reachable = true;
        todo.push_back(state);
    };
    reach(static_cast<std::int32_t>(m_graph.m_target));
    while (!todo.empty()) {
        Stage &current = stage(todo.back());
        todo.pop_back();
        reach(static_cast<std::int32_t>(current.base.stage));
        const StageData &own = data(current.id);
        for (std::size_t i = own.firstDependency; i < own.endDependency; ++i)
            reach(m_dependencies[i].state);
        if (current.base.kind == BaseKind::Stage && data(current.base.stage).hasTriggers) {
            addTriggers(current);
            for (const Dependency &dependency : m_triggers.back().dependencies)
                reach(dependency.state);
        }
    }
}

void GraphBuilder::addTriggers(Stage &stage)
{
    data(stage.id).triggers = static_cast<std::int32_t>(m_triggers.size());
    Triggers &triggers = m_triggers.emplace_back();
    const Instruction &from = instruction(stage.from);
    for (const Instruction *trigger : triggersOf(m_tree, m_graph.m_stages, stage)) {
        const Command command{trigger, &from, stage.id};
        if (checkTrigger(command))
            collectReferencesOf(command, triggers.dependencies, triggers.sources);
    }
}

void GraphBuilder::finish()
{
    if (m_graph.m_target != StageId::None)
        stage(static_cast<std::int32_t>(m_graph.m_target)).isTarget = true;
    for (Edge &edge : m_graph.m_edges) {
        edge.needed = m_graph.stage(edge.target).reachable;
        if (!edge.needed)
            continue;
        const auto index = static_cast<std::size_t>(edge.source.index);
        switch (edge.source.kind) {
        case NodeKind::Stage: break;
        case NodeKind::Image: m_graph.m_images[index].needed = true; break;
        case NodeKind::BuildContext: m_graph.m_buildContextNeeded = true; break;
        case NodeKind::NamedContext: m_graph.m_namedContexts[index].needed = true; break;
        case NodeKind::CacheMount: m_graph.m_cacheMounts[index].needed = true; break;
        case NodeKind::Remote: m_graph.m_remotes[index].needed = true; break;
        }
    }
    m_graph.m_usesBuildContext = std::ranges::any_of(
        m_graph.m_edges, [](const Edge &edge) { return edge.source.kind == NodeKind::BuildContext; });
    sortByInstruction(m_graph.m_edges);
    sortByInstruction(m_graph.m_references);
}

} // namespace stagewright
