// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "semantics/Wording.h"

namespace stagewright::checks {

namespace {

bool inStage(const RuleContext &context, const Instruction &instruction)
{
    return context.snapshot.graph().stageOf(instruction.id) != StageId::None;
}

/// The casing of most instructions; the others do not count for it when they are mixed.
bool mostAreLower(const RuleContext &context)
{
    std::size_t lower = 0;
    std::size_t upper = 0;
    for (const Instruction &instruction : context.snapshot.tree().instructions()) {
        if (!inStage(context, instruction))
            continue;
        if (isLower(instruction.keyword))
            ++lower;
        else if (isUpper(instruction.keyword))
            ++upper;
    }
    return lower > upper;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    const bool lower = mostAreLower(context);
    for (const Instruction &instruction : context.snapshot.tree().instructions()) {
        if (instruction.kind == InstructionKind::Unknown || !inStage(context, instruction)
            || (lower ? isLower(instruction.keyword) : isUpper(instruction.keyword)))
            continue;
        const std::string casing = lower ? "lowercase" : "uppercase";
        out.push_back(
            fromFile(context, instruction, instruction.keywordRange,
                     {"'" + std::string(instruction.keyword) + "' is cased differently from most instructions",
                      "Command '" + std::string(instruction.keyword)
                          + "' should match the case of the command majority (" + casing + ")",
                      "Most instructions of this file are " + casing
                          + ". BuildKit takes any casing; one casing makes a file easier to read.",
                      "Write it in " + casing + "."}));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &instruction = instructionOf(context, diagnostic);
    const std::string upper(keywordOf(instruction.kind));
    const std::string wanted = mostAreLower(context) ? lowerCase(upper) : upper;
    if (instruction.keywordRange.length() != wanted.size())
        return;
    EditTransaction transaction;
    transaction.replace(instruction.keywordRange, wanted);
    if (instruction.kind == InstructionKind::From && instruction.args.size() >= 3) { // AS goes with FROM
        const std::string as = isLower(wanted) ? "as" : "AS";
        if (instruction.args[1].value != as)
            transaction.replace(instruction.args[1].range, as);
    }
    offer(out, std::move(transaction), "Write " + wanted, {});
}

} // namespace

const Rule consistentInstructionCasing{
    .id = "ConsistentInstructionCasing",
    .name = "consistent-instruction-casing",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "Instructions should all be upper case or all lower case",
    .wholeFile = true,
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
