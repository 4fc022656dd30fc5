// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/ExecList.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

namespace stagewright::rules {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &run : context.snapshot.tree().instructions(InstructionKind::Run)) {
        if (!run.isShellForm() || !run.heredocs.empty() || !hasCommand(run))
            continue;
        const InstructionState &at = context.states.at(run.id);
        if (at.shellForm != Known::No || !at.shell->isDefault() || lint::brokenListOf(run))
            continue;
        const StageState &state = context.states.stage(context.snapshot.graph().stageOf(run.id));
        if (!hasShellElsewhere(state, *at.shell))
            continue;
        const std::string shell = state.facts->shell;
        Diagnostic d = diagnosticFor(context, run, severityFor(state, Severity::Error));
        d.title = "RUN needs /bin/sh; the shell of this image is " + shell;
        d.message = "RUN " + commandWords(run) + " runs through /bin/sh, which " + imageWords(state)
            + " does not have; its shell is " + shell + ".";
        d.why = "In shell form BuildKit starts\n\n    " + invocationWords(*at.shell, run) + "\n\n" + imageWords(state)
            + " does have a shell, but at " + shell + ", and nothing tells BuildKit to use it."
            + chainWords(context.snapshot, state) + " So the build stops here with:\n\n    " + execError("/bin/sh");
        d.how = "Say which shell to use, in a line above the first RUN: SHELL [\"" + shell
            + "\", \"-c\"]. It holds for the rest of the stage and for stages built FROM it (not for HEALTHCHECK).\n\n"
              "If this is the image that you ship, rather do the work in a builder stage and copy the result: images "
              "with a shell for looking around are meant for debugging.";
        d.hint = "shell is " + shell;
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    fixes::insertShell(context, diagnostic.instruction, out);
    fixes::runWithoutShell(context, diagnostic.instruction, out);
}

} // namespace

const Rule shellElsewhereWithoutShell{
    .id = "SW002",
    .name = "shell-elsewhere-without-shell-instruction",
    .severity = Severity::Error,
    .summary = "RUN in shell form, and the shell of the image is not /bin/sh",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
