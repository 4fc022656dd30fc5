// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>

namespace stagewright::rules {

namespace {

/// Probes that people write, and that are in no image without a shell.
void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    std::vector<InstructionId> told;
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        if (!state.decisive || state.healthcheck == InstructionId::None
            || std::ranges::find(told, state.healthcheck) != told.end())
            continue;
        const Instruction &check = context.snapshot.tree().instruction(state.healthcheck);
        if (check.kind != InstructionKind::Healthcheck || check.isShellForm() || check.args.size() < 2)
            continue;
        const std::string program(check.args[1].value);
        if (context.states.hasProgramAtEnd(stage.id, program) != Known::No)
            continue;
        told.push_back(check.id);
        Diagnostic d = diagnosticFor(context, check, Severity::Warning);
        d.title = "HEALTHCHECK starts " + program + ", which this image does not have";
        d.message = "HEALTHCHECK starts " + program + ", and " + imageWords(state) + " has no such program.";
        d.why = "A health check runs inside the container, so its program has to be there. " + imageWords(state)
            + " has neither curl nor wget nor a shell. The build goes through and the program runs, but every check "
              "fails, so the "
              "container is \"unhealthy\" for ever:\n\n    OCI runtime exec failed: exec failed: unable to start "
              "container process: exec: \""
            + program + "\": executable file not found in $PATH";
        d.how = "Let the application check itself: HEALTHCHECK CMD [\"/app\", \"health\"]. Or copy a static probe into "
                "the image: COPY --from=busybox:musl /bin/wget /bin/wget. Or leave the check to the platform, which "
                "asks from outside, and say HEALTHCHECK NONE.";
        d.hint = "no " + fileNameOf(program) + " here";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    fixes::ownHealthCommand(context, diagnostic.instruction, out);
    fixes::staticProbe(context, diagnostic.instruction, out);
    fixes::noHealthcheck(context, diagnostic.instruction, out);
}

} // namespace

const Rule healthcheckProgramAbsent{
    .id = "SW011",
    .name = "healthcheck-program-absent",
    .severity = Severity::Warning,
    .summary = "HEALTHCHECK starts a program that the image does not have",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
