// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/Rules.h"
#include "lint/rules/RuntimeCommands.h"
#include "lint/rules/ShellText.h"

namespace stagewright::rules {

namespace {

void checkUnderShell(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachCmdUnderEntrypoint(context, false, [&](const Instruction &cmd, const StageState &state) {
        const auto &entrypoint = state.entrypointAtEnd.words;
        const std::string &first = state.cmdAtEnd.words.front();
        // A shell does run a script whose name it is given, and everything behind -c.
        if (entrypoint.size() != 1 || !isShellName(fileNameOf(entrypoint.front())) || first.starts_with('-')
            || first.ends_with(".sh"))
            return false;
        Diagnostic d = diagnosticFor(context, cmd, severityFor(state, Severity::Error));
        d.title = "The image's shell would read " + first + " as a script";
        d.message = imageWords(state) + " has ENTRYPOINT " + lint::jsonList(entrypoint) + ", so CMD "
            + lint::jsonList(state.cmdAtEnd.words) + " is read by that shell.";
        d.why = "The container starts\n\n    " + joined(entrypoint) + ' ' + joined(state.cmdAtEnd.words)
            + "\n\nA shell takes its first argument for a script. " + first
            + " is a program, so the shell finds bytes that it does not understand and stops (exit code 2). Without "
              ":debug the same "
              "CMD works, since that image has no entrypoint.";
        d.how = "Write ENTRYPOINT " + lint::jsonList(state.cmdAtEnd.words)
            + " instead of CMD: it replaces the image's entrypoint, and holds for every tag.";
        d.hint = "a shell reads this";
        out.push_back(std::move(d));
        return true;
    });
}

void fixUnderShell(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &cmd = context.snapshot.tree().instruction(diagnostic.instruction);
    fixes::FixBuilder builder(context.snapshot);
    builder.replace(cmd.keywordRange, builder.keyword("ENTRYPOINT"));
    out.push_back(
        builder.finish("Write ENTRYPOINT instead of CMD", "replaces the shell that the image starts", "play", true));
}

} // namespace

const Rule cmdUnderShellEntrypoint{
    .id = "SW020",
    .name = "cmd-under-shell-entrypoint",
    .severity = Severity::Error,
    .summary = "CMD names a program, but the image's entrypoint is a shell",
    .check = checkUnderShell,
    .fix = fixUnderShell,
};

} // namespace stagewright::rules
