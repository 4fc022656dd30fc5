// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"

#include "edit/EditSupport.h"

#include <algorithm>

namespace stagewright::checks {

namespace {

Diagnostic finding(InstructionId instruction, TextRange range, CheckWords words)
{
    Diagnostic d;
    d.severity = Severity::Warning;
    d.instruction = instruction;
    d.range = range;
    d.title = std::move(words.title);
    d.message = std::move(words.message);
    d.why = std::move(words.why);
    d.how = std::move(words.how);
    return d;
}

} // namespace

Diagnostic fromNote(const BuildNote &note, CheckWords words)
{
    Diagnostic d = finding(note.instruction, note.range, std::move(words));
    d.foundAt = note.at;
    d.unreached = note.behindError;
    return d;
}

Diagnostic fromInstruction(const RuleContext &context, const Instruction &instruction, TextRange range,
                           CheckWords words)
{
    Diagnostic d = finding(instruction.id, range, std::move(words));
    const auto errors = context.snapshot.graph().errors();
    if (!errors.empty()) {
        const BuildError &first = errors.front();
        d.unreached = first.phase == BuildError::Phase::Parse
            || (first.phase == BuildError::Phase::Instructions && first.instruction < instruction.id)
            || (first.phase == BuildError::Phase::Convert && first.step == BuildError::Step::Options);
    }
    return d;
}

Diagnostic fromFile(const RuleContext &context, const Instruction &instruction, TextRange range, CheckWords words)
{
    Diagnostic d = finding(instruction.id, range, std::move(words));
    const auto errors = context.snapshot.graph().errors();
    d.unreached = !errors.empty()
        && (errors.front().phase != BuildError::Phase::Convert || errors.front().step == BuildError::Step::Options);
    return d;
}

void offer(std::vector<Fix> &out, const edit::Result &result, std::string title, std::string detail, std::string icon,
           bool safe)
{
    if (!result || result->isEmpty())
        return;
    Fix fix{std::move(title), std::move(detail), std::move(icon), *result, safe};
    fix.transaction.setLabel(fix.title);
    out.push_back(std::move(fix));
}

void offerReplace(std::vector<Fix> &out, TextRange range, std::string text, std::string title, std::string detail,
                  bool safe)
{
    EditTransaction transaction;
    transaction.replace(range, std::move(text));
    offer(out, std::move(transaction), std::move(title), std::move(detail), "lightbulb", safe);
}

void offerRemoveFlag(const RuleContext &context, std::vector<Fix> &out, InstructionId instruction,
                     std::string_view flag, std::string title, bool safe)
{
    offer(out, edit::setFlag(context.snapshot, instruction, flag, std::nullopt), std::move(title), {}, "lightbulb",
          safe);
}

std::string stageName(const RuleContext &context, const Diagnostic &diagnostic)
{
    return diagnostic.stage == StageId::None ? std::string("the file")
                                             : edit::detail::describe(context.snapshot, diagnostic.stage);
}

const Instruction &instructionOf(const RuleContext &context, const Diagnostic &diagnostic)
{
    return context.snapshot.tree().instruction(diagnostic.instruction);
}

bool isLower(std::string_view text)
{
    return std::ranges::none_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool isUpper(std::string_view text)
{
    return std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

} // namespace stagewright::checks
