// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/EditSupport.h"

#include <algorithm>

namespace stagewright::edit {

using namespace detail;

namespace {

Result removeMount(const Snapshot &s, const Edge &edge)
{
    const Instruction &run = effective(s.tree().instruction(edge.instruction));
    const auto flag = std::ranges::find_if(run.flags, [&](const Flag &candidate) {
        return candidate.name == "mount" && candidate.range.contains(edge.range);
    });
    if (flag == run.flags.end())
        return refuse("This mount is not written here.");
    EditTransaction transaction("Remove the mount");
    removeWord(transaction, s, run, flag->range);
    return checked(s, std::move(transaction), {.instructions = s.tree().instructions().size()});
}

/// Source arguments of a COPY or ADD that @p edge brings in, by index.
std::vector<std::size_t> sourcesOf(const Snapshot &s, const Edge &edge, const Instruction &copy)
{
    const auto isRemote = [&](const Argument &argument, auto wanted) {
        return std::ranges::any_of(s.graph().edges(), [&](const Edge &other) {
            return other.kind == EdgeKind::AddRemote && other.instruction == edge.instruction
                && other.range == argument.range && wanted(other);
        });
    };
    std::vector<std::size_t> sources;
    for (std::size_t i = 0; i + 1 < copy.args.size(); ++i) {
        const Argument &argument = copy.args[i];
        const bool heredoc = std::ranges::any_of(
            copy.heredocs, [&](const Heredoc &document) { return document.marker.overlaps(argument.range); });
        const bool mine = edge.kind == EdgeKind::AddRemote
            ? isRemote(argument, [&](const Edge &other) { return other.source == edge.source; })
            : !heredoc && !isRemote(argument, [](const Edge &) { return true; });
        if (mine)
            sources.push_back(i);
    }
    return sources;
}

/// The line, or only the words of this source where others share the line.
Result removeSources(const Snapshot &s, const Edge &edge)
{
    const Instruction &copy = effective(s.tree().instruction(edge.instruction));
    const std::vector<std::size_t> sources = sourcesOf(s, edge, copy);
    if (sources.empty() || sources.size() + 1 >= copy.args.size())
        return deleteInstruction(s, edge.instruction);
    EditTransaction transaction("Remove " + std::string(copy.args[sources.front()].value));
    for (const std::size_t i : sources) {
        const TextRange word = copy.args[i].range;
        if (copy.execForm)
            transaction.remove({word.begin, copy.args[i + 1].range.begin});
        else
            removeWord(transaction, s, copy, word);
    }
    return checked(s, std::move(transaction), {.instructions = s.tree().instructions().size()});
}

} // namespace

Result disconnect(const Snapshot &s, const Edge &edge)
{
    if (!isValid(s, edge.instruction) || !isValid(s, edge.target))
        return refuse("This connection is not there any more.");
    const Instruction &instruction = s.tree().instruction(edge.instruction);
    if (edge.kind != EdgeKind::From && instruction.kind == InstructionKind::From)
        return refuse("This comes from an ONBUILD instruction of the base image's stage.");
    switch (edge.kind) {
    case EdgeKind::From: {
        auto result = setBase(s, edge.target, "scratch");
        if (result)
            result->setLabel("Start " + describe(s, edge.target) + " from nothing");
        return result;
    }
    case EdgeKind::CopyFrom: return deleteInstruction(s, edge.instruction);
    case EdgeKind::Mount: return removeMount(s, edge);
    case EdgeKind::CopyContext:
    case EdgeKind::AddRemote: return removeSources(s, edge);
    }
    return refuse("This connection cannot be taken away.");
}

} // namespace stagewright::edit
