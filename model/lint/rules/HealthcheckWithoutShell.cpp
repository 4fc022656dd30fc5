// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/ExecList.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/StartCommands.h"

namespace stagewright::rules {

namespace {

/// Docker runs a health check through /bin/sh whatever SHELL says.
void checkHealth(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &instruction : context.snapshot.tree().instructions(InstructionKind::Healthcheck)) {
        if (!instruction.isShellForm() || usesWindows(context, instruction.id) || lint::brokenListOf(instruction))
            continue;
        const auto use = startCommandUse(context, instruction, &StageState::healthcheck, "/bin/sh");
        if (!use)
            continue;
        const StageState &state = context.states.stage(use->stage);
        const std::string command = commandWords(instruction);
        Diagnostic d = diagnosticFor(context, instruction, severityOf(state, *use, Severity::Warning));
        d.title = "HEALTHCHECK needs /bin/sh, and this image has none";
        d.message = "HEALTHCHECK CMD " + command + " runs through /bin/sh, but "
            + (hasShellElsewhere(state, EffectiveShell())
                   ? imageWords(state) + " has its shell at " + state.facts->shell
                   : noShellWords(state))
            + ".";
        d.why = "A health check that is not a JSON list is run as\n\n    /bin/sh -c \"" + command
            + "\"\n\nin the running container. SHELL does not change that: it is for RUN, CMD and ENTRYPOINT only. "
            + absenceWords(context.snapshot, state, "/bin/sh")
            + " The build goes through and the program runs, but every check fails, so the container is \"unhealthy\" "
              "for ever."
            + notDecisive(context, *use);
        d.how
            = "Write it as a JSON list with a program that is in the image, best the application itself with a health "
              "sub-command: HEALTHCHECK CMD [\"/app\", \"health\"]. Tools such as curl or wget are not in images "
              "without "
              "a shell.\n\nOr leave the check to the platform (Kubernetes probes ask from outside) and say HEALTHCHECK "
              "NONE.";
        d.hint = "no /bin/sh here";
        out.push_back(std::move(d));
    }
}

void fixHealth(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    fixes::healthcheckAsExecForm(context, diagnostic.instruction, out);
    fixes::ownHealthCommand(context, diagnostic.instruction, out);
    fixes::staticProbe(context, diagnostic.instruction, out);
    fixes::noHealthcheck(context, diagnostic.instruction, out);
}

} // namespace

const Rule healthcheckWithoutShell{
    .id = "SW010",
    .name = "healthcheck-without-shell",
    .severity = Severity::Warning,
    .summary = "HEALTHCHECK in shell form needs /bin/sh, which the image does not have",
    .check = checkHealth,
    .fix = fixHealth,
};

} // namespace stagewright::rules
