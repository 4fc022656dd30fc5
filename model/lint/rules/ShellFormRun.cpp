// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

namespace stagewright::rules {

namespace {

std::string why(const RuleContext &context, const Instruction &run, const StageState &state, const EffectiveShell &shell)
{
    const std::string image = imageWords(state);
    std::string text = "A RUN that is not written as a JSON list is in shell form: BuildKit does not start the command "
                       "itself, it starts a shell in the image and hands the command over as text:\n\n    "
        + invocationWords(shell, run) + "\n\n";
    if (!shell.isDefault())
        text += "That shell is what the SHELL instruction asks for, and the image does not hold it. ";
    text += state.byNameOnly() ? "The tag of " + image + " says that it has no shell." : image + " has no shell.";
    text += chainWords(context.snapshot, state) + " So the build stops here with:\n\n    " + execError(shell.program());
    return text;
}

std::string how(const RuleContext &context, const StageState &state)
{
    const std::string stage = stageWords(context.snapshot, state.chain.front());
    std::string text = "Do this work in an earlier stage that has a shell, and take over only the result with COPY "
                       "--from. Folders need no command at all: WORKDIR makes them, COPY too.\n\nA program that is in "
                       "the image can run without a shell: write it as a JSON list, RUN [\"/path/program\", "
                       "\"argument\"].";
    if (state.facts && !state.facts->replacement.empty() && state.facts->status != ImageStatus::Current)
        text += "\n\n" + imageWords(state) + " is no longer kept up to date; " + state.facts->replacement
            + " takes its place, without a shell as well.";
    return text;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &run : context.snapshot.tree().instructions()) {
        if (run.kind != InstructionKind::Run || !run.isShellForm() || !run.heredocs.empty() || !hasCommand(run))
            continue;
        const InstructionState &at = context.states.at(run.id);
        if (at.shellForm != Known::No)
            continue;
        const StageState &state = context.states.stage(context.snapshot.graph().stageOf(run.id));
        if (at.shell->isDefault() && hasShellElsewhere(state, *at.shell))
            continue; // SW002 knows where the shell is
        const std::string shell(at.shell->program());
        Diagnostic d = diagnosticFor(context, run, severityFor(state, Severity::Error));
        d.title = "RUN needs " + shell + ", and this image has none";
        d.message = "RUN " + commandWords(run) + " runs through " + shell + ", but " + imageWords(state)
            + (state.byNameOnly() ? " has no shell, going by its tag." : " has no shell.");
        d.why = why(context, run, state, *at.shell);
        d.how = how(context, state);
        d.hint = "no " + shell + " here";
        out.push_back(std::move(d));
    }
}

} // namespace

const Rule shellFormRunWithoutShell{
    .id = "SW001",
    .name = "shell-form-run-without-shell",
    .severity = Severity::Error,
    .summary = "RUN in shell form needs a shell that the image does not have",
    .check = check,
};

} // namespace stagewright::rules
