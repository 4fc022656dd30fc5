// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/EditSupport.h"

#include <algorithm>

namespace stagewright::edit {

using namespace detail;

namespace {

/// The instructions among which a place counts: a stage's, or those in front of the first FROM.
std::span<const Instruction> instructionsAt(const Snapshot &s, StageId stage)
{
    if (stage != StageId::None)
        return s.instructionsOf(stage);
    const auto all = s.tree().instructions();
    const auto from = std::ranges::find(all, InstructionKind::From, &Instruction::kind);
    return all.first(static_cast<std::size_t>(from - all.begin()));
}

struct Spot
{
    std::uint32_t line = 1;
    bool blankBefore = false; ///< A comment ends right above that is not the instruction's.
};

Spot spotFor(const Snapshot &s, Place place)
{
    const Lines lines(s);
    const auto list = instructionsAt(s, place.stage);
    if (place.index < list.size())
        return {lines.instruction(list[place.index]).first};
    if (!list.empty())
        return {list.back().lastLine + 1};
    if (place.stage != StageId::None)
        return {s.tree().instruction(s.graph().stage(place.stage).from).lastLine + 1};
    if (!s.tree().instructions().empty())
        return {lines.instruction(s.tree().instructions().front()).first};
    const std::uint32_t last = lines.count();
    return {last + 1, last > lines.lastDirective() && !lines.isBlank(last)};
}

std::optional<EditError> whyNotPlace(const Snapshot &s, Place place, bool onlyArg)
{
    if (place.stage != StageId::None && !isValid(s, place.stage))
        return EditError{"This stage is not there any more."};
    if (place.stage == StageId::None && !onlyArg)
        return EditError{"Only ARG can stand in front of the first FROM."};
    return std::nullopt;
}

std::string nameOf(const Instruction &instruction)
{
    const std::string_view known = keywordOf(instruction.kind);
    return std::string(known.empty() ? instruction.keyword : known);
}

} // namespace

Result addInstruction(const Snapshot &s, Place place, std::string_view text)
{
    auto added = fragment(s, text, true);
    if (!added)
        return std::unexpected(std::move(added.error()));
    if (added->hasFrom)
        return refuse("FROM starts another stage: add a stage instead.");
    if (auto why = whyNotPlace(s, place, added->onlyArg))
        return std::unexpected(*std::move(why));
    const Spot spot = spotFor(s, place);
    EditTransaction transaction("Add " + shortened(added->text));
    insertLines(transaction, s, spot.line,
                (spot.blankBefore ? std::string(s.text().newline()) : std::string()) + asLines(s, added->text));
    return checked(s, std::move(transaction),
                   {.instructions = s.tree().instructions().size() + added->count, .noNewErrors = false});
}

Result editInstruction(const Snapshot &s, InstructionId id, std::string_view text)
{
    if (!isValid(s, id))
        return refuse("This instruction is not there any more.");
    const Instruction &instruction = s.tree().instruction(id);
    auto wanted = fragment(s, text, false);
    if (!wanted)
        return std::unexpected(std::move(wanted.error()));
    if (instruction.kind == InstructionKind::From && wanted->firstKind != InstructionKind::From)
        return refuse("A stage starts with FROM.");
    if (instruction.kind != InstructionKind::From && wanted->hasFrom)
        return refuse("FROM starts another stage: add a stage instead.");
    EditTransaction transaction("Edit " + nameOf(instruction));
    rewrite(transaction, s.text(), instruction.range, wanted->text);
    return checked(s, std::move(transaction),
                   {.instructions = s.tree().instructions().size() + wanted->count - 1, .noNewErrors = false});
}

Result deleteInstruction(const Snapshot &s, InstructionId id)
{
    return deleteInstructions(s, {id});
}

Result deleteInstructions(const Snapshot &s, const std::vector<InstructionId> &ids)
{
    std::vector<InstructionId> unique = ids;
    std::ranges::sort(unique);
    const auto twice = std::ranges::unique(unique);
    unique.erase(twice.begin(), twice.end());
    const Lines lines(s);
    std::vector<LineSpan> gone;
    for (const InstructionId id : unique) {
        if (!isValid(s, id))
            return refuse("This instruction is not there any more.");
        const Instruction &instruction = s.tree().instruction(id);
        if (instruction.kind == InstructionKind::From)
            return refuse("FROM is the stage itself: delete the stage instead.");
        gone.push_back(lines.instruction(instruction));
    }
    EditTransaction transaction(unique.size() == 1
                                    ? "Delete " + shortened(s.text().slice(s.tree().instruction(unique.front()).range))
                                    : "Delete " + std::to_string(unique.size()) + " instructions");
    removeLines(transaction, s, std::move(gone));
    return checked(s, std::move(transaction), {.instructions = s.tree().instructions().size() - unique.size()});
}

Result moveInstruction(const Snapshot &s, InstructionId id, Place to)
{
    if (!isValid(s, id))
        return refuse("This instruction is not there any more.");
    const Instruction &instruction = s.tree().instruction(id);
    if (instruction.kind == InstructionKind::From)
        return refuse("FROM is the stage itself: move the stage instead.");
    if (auto why = whyNotPlace(s, to, instruction.kind == InstructionKind::Arg))
        return std::unexpected(*std::move(why));
    EditTransaction transaction("Move " + shortened(s.text().slice(instruction.range)));
    const auto list = instructionsAt(s, to.stage);
    if (s.graph().stageOf(id) == to.stage) {
        const std::size_t index = indexOf(id) - indexOf(list.front().id);
        if (std::min(to.index, list.size()) == index || std::min(to.index, list.size()) == index + 1)
            return transaction;
    }
    const Lines lines(s);
    const LineSpan block = lines.instruction(instruction);
    const Spot spot = spotFor(s, to);
    removeLines(transaction, s, {block});
    insertLines(transaction, s, spot.line, lines.text(block));
    return checked(s, std::move(transaction), {.instructions = s.tree().instructions().size()});
}

} // namespace stagewright::edit
