// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/StartCommands.h"

namespace stagewright::rules {

namespace {

/// The exec-form ENTRYPOINT that gets a CMD as arguments; empty when CMD is started by itself.
std::vector<std::string> entrypointOf(const RuleContext &context, const StageState &state)
{
    if (state.entrypoint == InstructionId::None)
        return state.facts && state.facts->entrypoint ? *state.facts->entrypoint : std::vector<std::string>();
    std::vector<std::string> words;
    const Instruction &entrypoint = context.snapshot.tree().instruction(state.entrypoint);
    if (entrypoint.execForm) {
        for (const Argument &argument : entrypoint.args)
            words.emplace_back(argument.value);
    }
    return words;
}

/// Behind an entrypoint the shell is not started at all: the program gets "/bin/sh" as an argument.
void adaptCmd(const RuleContext &context, const Instruction &instruction, const StageState &state, Diagnostic &d)
{
    const std::vector<std::string> entrypoint = entrypointOf(context, state);
    if (entrypoint.empty())
        return;
    const EffectiveShell &shell = *context.states.at(instruction.id).shell;
    const std::string program(shell.program());
    const bool inherited = state.entrypoint == InstructionId::None;
    d.message = "CMD " + commandWords(instruction) + " reaches the entrypoint " + entrypoint.front() + " as " + program
        + " -c \"…\", and " + noShellWords(state) + ".";
    d.why = "CMD without a JSON list is in shell form, so it stands for " + invocationWords(shell, instruction)
        + ".\n\n" + (inherited ? imageWords(state) + " brings ENTRYPOINT " : std::string("The stage has ENTRYPOINT "))
        + lint::jsonList(entrypoint) + ", and an entrypoint gets CMD as its arguments. " + entrypoint.front()
        + " is therefore asked to open \"" + program
        + "\", which is not there. The build goes through; the container fails when it starts.";
    if (inherited)
        d.how = "Write CMD as a JSON list with only what follows " + entrypoint.front()
            + ": the image's entrypoint is put in front of it.\n\n" + d.how;
}

void checkCmd(const RuleContext &context, std::vector<Diagnostic> &out)
{
    checkShellFormStart(context, InstructionKind::Cmd, &StageState::cmd, out, adaptCmd);
}

} // namespace

const Rule cmdShellFormWithoutShell{
    .id = "SW007",
    .name = "cmd-shell-form-without-shell",
    .severity = Severity::Error,
    .summary = "CMD in shell form needs a shell that the image does not have",
    .check = checkCmd,
    .fix = fixShellFormStart,
};

} // namespace stagewright::rules
