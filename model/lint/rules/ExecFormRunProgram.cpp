// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FileEffects.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>

namespace stagewright::rules {

namespace {

/// Whether a mount of this RUN may bring the program for as long as it runs.
bool mayBeMounted(const RuleContext &context, const Instruction &run, const std::string &program)
{
    const InstructionState &at = context.states.at(run.id);
    const StageState &state = context.states.stage(context.snapshot.graph().stageOf(run.id));
    const std::vector<std::string> paths = lint::programPaths(program, state.facts);
    return std::ranges::any_of(
        paths, [&](const std::string &path) { return lint::mountProvides(run, path, *at.workdir, {}) != Known::No; });
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &run : context.snapshot.tree().instructions(InstructionKind::Run)) {
        if (!run.execForm || run.args.empty() || run.args.front().value.empty()
            || context.snapshot.graph().stageOf(run.id) == StageId::None)
            continue;
        const std::string program(run.args.front().value);
        const StageState &image = context.states.stage(context.snapshot.graph().stageOf(run.id));
        // SW006 knows what the image installs packages with.
        if (image.facts && image.facts->hasShell == Known::Yes && !lint::packageManagerOf(fileNameOf(program)).empty())
            continue;
        if (context.states.hasProgram(run.id, program) != Known::No || mayBeMounted(context, run, program))
            continue;
        const StageState &state = context.states.stage(context.snapshot.graph().stageOf(run.id));
        const bool path = program.find('/') != std::string::npos;
        Diagnostic d = diagnosticFor(context, run, severityFor(state, Severity::Error));
        d.title = "RUN starts " + program + ", which this image does not have";
        d.message = "RUN " + commandWords(run) + " starts " + program + " directly, and " + imageWords(state)
            + " has no such program.";
        d.why = "A RUN that is a JSON list needs no shell, but it needs the program. " + imageWords(state)
            + " leaves out the tools of a distribution together with the shell." + chainWords(context.snapshot, state)
            + " The build stops here with:\n\n    "
            + (path ? execError(program) : "exec: \"" + program + "\": executable file not found in $PATH");
        d.how = runWithoutShellHow(context, run, state);
        d.hint = "no " + fileNameOf(program) + " here";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    fixes::redundantPackages(context, diagnostic.instruction, out);
    fixes::redundantFolder(context, diagnostic.instruction, out);
    fixes::moveToBuilder(context, diagnostic.instruction, out);
    fixes::folderAsWorkdir(context, diagnostic.instruction, out);
    if (out.empty())
        fixes::removeInstruction(context, diagnostic.instruction, "Take the RUN away",
                                 "when its work is done elsewhere", out);
}

} // namespace

const Rule execFormRunProgramAbsent{
    .id = "SW003",
    .name = "exec-form-run-program-absent",
    .severity = Severity::Error,
    .summary = "RUN in exec form starts a program that the image does not have",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
