// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "semantics/Wording.h"

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &from : context.snapshot.tree().instructions(InstructionKind::From)) {
        if (from.args.size() != 3)
            continue;
        const std::string_view name = from.args[2].value;
        if (lowerCase(name) == name)
            continue;
        out.push_back(fromInstruction(
            context, from, from.args[2].range,
            {"Stage name with capital letters", "Stage name '" + std::string(name) + "' should be lowercase",
             "BuildKit keeps stage names in lower case. FROM looks for exactly that spelling, COPY --from for any: "
             "FROM "
                 + std::string(name) + " would look for an image.",
             "Write the name in lower case, here and where it is used."}));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const std::string lower = lowerCase(context.snapshot.text().slice(diagnostic.range));
    if (diagnostic.stage == StageId::None)
        return;
    offer(out, edit::renameStage(context.snapshot, diagnostic.stage, lower), "Rename to '" + lower + "'",
          "COPY --from and mounts follow");
}

} // namespace

const Rule stageNameCasing{
    .id = "StageNameCasing",
    .name = "stage-name-casing",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "Stage names should be lower case",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
