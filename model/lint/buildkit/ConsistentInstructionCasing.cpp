// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "semantics/Wording.h"

namespace stagewright::checks {

namespace {

/// From the first FROM on; what stands in front of it does not count.
std::span<const Instruction> instructionsInStages(const RuleContext &context)
{
    const auto stages = context.snapshot.graph().stages();
    return context.snapshot.tree().instructions().subspan(stages.empty() ? context.snapshot.tree().instructions().size()
                                                                         : indexOf(stages.front().from));
}

/// The casing of most instructions; the others do not count for it when they are mixed.
struct Casing
{
    std::size_t lower = 0;
    std::size_t upper = 0;
    std::size_t mixed = 0;

    [[nodiscard]] bool isLower() const { return lower > upper; }
    [[nodiscard]] bool isOne() const { return mixed == 0 && (lower == 0 || upper == 0); }
};

Casing casingOf(const RuleContext &context)
{
    Casing casing;
    for (const Instruction &instruction : instructionsInStages(context)) {
        if (isLower(instruction.keyword))
            ++casing.lower;
        else
            ++(isUpper(instruction.keyword) ? casing.upper : casing.mixed);
    }
    return casing;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    const Casing casingOfFile = casingOf(context);
    if (casingOfFile.isOne())
        return;
    const bool lower = casingOfFile.isLower();
    for (const Instruction &instruction : instructionsInStages(context)) {
        if (instruction.kind == InstructionKind::Unknown
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
    const std::string wanted = casingOf(context).isLower() ? lowerCase(upper) : upper;
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
