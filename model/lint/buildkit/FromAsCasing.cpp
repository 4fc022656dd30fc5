// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &from : context.snapshot.tree().instructions(InstructionKind::From)) {
        if (from.args.size() < 3)
            continue;
        const std::string_view as = from.args[1].value;
        const bool lower = isLower(from.keyword);
        // A mixed keyword is ConsistentInstructionCasing's business.
        if ((!lower && !isUpper(from.keyword)) || (lower ? isLower(as) : isUpper(as)))
            continue;
        out.push_back(fromInstruction(
            context, from, from.args[1].range,
            {"Casing of '" + std::string(as) + "' differs from '" + std::string(from.keyword) + "'",
             "'" + std::string(as) + "' and '" + std::string(from.keyword) + "' keywords' casing do not match",
             "Both are keywords of one instruction. One casing makes a file easier to read; nothing else depends on "
             "it.",
             "Write both in the same case."}));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const std::string as = isLower(instructionOf(context, diagnostic).keyword) ? "as" : "AS";
    offerReplace(out, diagnostic.range, as, "Write " + as);
}

} // namespace

const Rule fromAsCasing{
    .id = "FromAsCasing",
    .name = "from-as-casing",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "FROM and AS should have the same casing",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
