// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/ExecList.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/BorrowedShell.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

namespace stagewright::rules {

namespace {

std::string why(const RuleContext &context, const Instruction &run, const StageState &state,
                const EffectiveShell &shell)
{
    std::string text = "A RUN that is not written as a JSON list is in shell form: BuildKit does not start the command "
                       "itself, it starts a shell in the image and hands the command over as text:\n\n    "
        + invocationWords(shell, run) + "\n\n";
    if (!shell.isDefault())
        text += "That is the shell that the SHELL instruction asks for. ";
    return text + absenceWords(context.snapshot, state, shell.program()) + " So the build stops here with:\n\n    "
        + execError(shell.program());
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &run : context.snapshot.tree().instructions(InstructionKind::Run)) {
        if (!run.isShellForm() || !run.heredocs.empty() || !hasCommand(run))
            continue;
        const InstructionState &at = context.states.at(run.id);
        if (at.shellForm != Known::No || lint::brokenListOf(run))
            continue; // SW005 knows what was meant
        const StageState &state = context.states.stage(context.snapshot.graph().stageOf(run.id));
        if (at.shell->isDefault() && hasShellElsewhere(state, *at.shell))
            continue; // SW002 knows where the shell is
        if (needsShellBehindCache(context, run))
            continue; // SW037 says that caches bring none
        const std::string shell(at.shell->program());
        Diagnostic d = diagnosticFor(context, run, severityFor(state, Severity::Error));
        d.title = "RUN needs " + shell + ", and this image has none";
        d.message = "RUN " + commandWords(run) + " runs through " + shell + ", but " + noShellWords(state) + ".";
        d.why = why(context, run, state, *at.shell);
        d.how = runWithoutShellHow(context, run, state);
        d.hint = "no " + shell + " here";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    fixes::runWithoutShell(context, diagnostic.instruction, out);
    fixes::useDebugImage(context, diagnostic.instruction, out);
    fixes::shellOfImage(context, diagnostic.instruction, out);
}

} // namespace

const Rule shellFormRunWithoutShell{
    .id = "SW001",
    .name = "shell-form-run-without-shell",
    .severity = Severity::Error,
    .summary = "RUN in shell form needs a shell that the image does not have",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
