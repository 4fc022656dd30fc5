// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

namespace stagewright::rules {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &run : context.snapshot.tree().instructions(InstructionKind::Run)) {
        if (run.heredocs.empty() || !run.isShellForm())
            continue;
        const InstructionState &at = context.states.at(run.id);
        if (at.shellForm != Known::No)
            continue;
        const StageState &state = context.states.stage(context.snapshot.graph().stageOf(run.id));
        const std::string shell(at.shell->program());
        const bool elsewhere = at.shell->isDefault() && hasShellElsewhere(state, *at.shell);
        const std::string_view body = context.snapshot.text().slice(run.heredocs.front().body);
        Diagnostic d = diagnosticFor(context, run, severityFor(state, Severity::Error));
        d.title = elsewhere ? "RUN needs /bin/sh; the shell of this image is " + state.facts->shell
                            : "RUN needs " + shell + ", and this image has none";
        d.message = "The lines of this here-document run through " + shell + ", but "
            + (elsewhere ? imageWords(state) + " has its shell at " + state.facts->shell : noShellWords(state)) + ".";
        d.why = "A here-document hands its lines to a shell as one script: BuildKit starts " + shell
            + " -c in the image. "
            + (elsewhere
                   ? imageWords(state) + " holds only " + state.facts->shell + "." + chainWords(context.snapshot, state)
                   : absenceWords(context.snapshot, state, shell));
        if (body.starts_with("#!"))
            d.why
                += " The #! line does not help: BuildKit puts the lines into a file and has the shell start that file.";
        d.why += " So the build stops here with:\n\n    " + execError(shell);
        d.how = elsewhere ? "Put SHELL [\"" + state.facts->shell + "\", \"-c\"] above it.\n\n" : std::string();
        d.how += "Do this work in an earlier stage that has a shell and take over the result with COPY --from. If the "
                 "lines "
                 "only write a file, COPY <<EOF /path writes it without starting anything.";
        d.hint = "no " + shell + " here";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    // A script that names its interpreter itself needs that one, not only a shell that starts it.
    const Instruction &run = context.snapshot.tree().instruction(diagnostic.instruction);
    const bool script = context.snapshot.text().slice(run.heredocs.front().body).starts_with("#!");
    if (!script)
        fixes::insertShell(context, diagnostic.instruction, out);
    fixes::fileAsCopy(context, diagnostic.instruction, out);
    fixes::moveToBuilder(context, diagnostic.instruction, out);
    if (script)
        return;
    fixes::useDebugImage(context, diagnostic.instruction, out);
    fixes::shellOfImage(context, diagnostic.instruction, out);
}

} // namespace

const Rule heredocRunWithoutShell{
    .id = "SW004",
    .name = "heredoc-run-without-shell",
    .severity = Severity::Error,
    .summary = "RUN with a here-document needs a shell that the image does not have",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
