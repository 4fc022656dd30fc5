// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/ExecList.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/Rules.h"
#include "lint/rules/RuntimeCommands.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/StartCommands.h"

namespace stagewright::rules {

namespace {

/// CMD in shell form behind an entrypoint that is a shell and nothing else: a shell is told to read a shell.
void checkShellUnderShell(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &cmd : context.snapshot.tree().instructions(InstructionKind::Cmd)) {
        if (!cmd.isShellForm() || !hasCommand(cmd) || lint::brokenListOf(cmd))
            continue;
        const auto use = whereStarted(context, cmd);
        if (!use)
            continue;
        const StageState &state = context.states.stage(use->stage);
        const auto &entrypoint = state.entrypointAtEnd.words;
        const std::string program(context.states.at(cmd.id).shell->program());
        // Where the shell is missing as well, SW007 says so.
        if (!state.facts || state.entrypointAtEnd.shellForm || entrypoint.size() != 1
            || !isShellName(fileNameOf(entrypoint.front())) || !isShellName(fileNameOf(program))
            || context.states.hasProgramAtEnd(use->stage, program) == Known::No)
            continue;
        Diagnostic d = diagnosticFor(context, cmd, severityOf(state, *use, Severity::Error));
        d.title = "A shell would read " + program + " as a script";
        d.message = entrypointWords(state) + ", so CMD " + commandWords(cmd) + " is read by that shell as " + program
            + " -c \"…\".";
        d.why = "CMD without a JSON list is in shell form, and an entrypoint gets CMD as its arguments. The container "
                "starts\n\n    "
            + joined(entrypoint) + ' ' + invocationWords(*context.states.at(cmd.id).shell, cmd)
            + "\n\nA shell takes its first argument for a script, and " + program
            + " is a program: it finds bytes that it does not understand and stops. The build goes through."
            + notDecisive(context, *use);
        d.how = state.entrypointAtEnd.setBy == InstructionId::None
            ? "Write ENTRYPOINT instead of CMD: it replaces the image's entrypoint."
            : std::string("Take the ENTRYPOINT away: CMD in shell form starts a shell by itself.");
        d.hint = "a shell reads this";
        out.push_back(std::move(d));
    }
}

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
    checkShellUnderShell(context, out);
}

void fixUnderShell(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &cmd = context.snapshot.tree().instruction(diagnostic.instruction);
    fixes::FixBuilder builder(context.snapshot);
    const auto use = whereStarted(context, cmd);
    const InstructionId own = use ? context.states.stage(use->stage).entrypointAtEnd.setBy : InstructionId::None;
    if (own != InstructionId::None) {
        const Instruction &entrypoint = context.snapshot.tree().instruction(own);
        if (entrypoint.kind != InstructionKind::Entrypoint)
            return;
        builder.remove(entrypoint);
        out.push_back(builder.finish("Take ENTRYPOINT away", "CMD starts a shell by itself", "trash-2", false));
        return;
    }
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
