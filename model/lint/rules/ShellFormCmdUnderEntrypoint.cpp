// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/ExecList.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/RuntimeCommands.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/StartCommands.h"

#include <algorithm>

namespace stagewright::rules {

namespace {

/// What comes of it, in the program's own words where they are known.
std::string outcome(const std::vector<std::string> &entrypoint, const std::string &shell, Known shellThere)
{
    const std::string_view runtime = runtimeOf(entrypoint.front());
    const bool there = shellThere != Known::No;
    // A runtime that has its script already hands everything else on to it, and what that does nobody knows.
    const bool wantsFile = std::all_of(entrypoint.begin() + 1, entrypoint.end(),
                                       [](const std::string &word) { return word.starts_with("-"); });
    if (!wantsFile)
        return {};
    if (runtime == "node")
        return there ? "SyntaxError: Invalid or unexpected token" : "Error: Cannot find module '" + shell + "'";
    if (runtime == "java" && entrypoint.back() == "-jar")
        return there ? "Error: Invalid or corrupt jarfile " + shell : "Error: Unable to access jarfile " + shell;
    if (runtime == "python" && entrypoint.size() == 1)
        return there ? "SyntaxError: source code cannot contain null bytes"
                     : "can't open file '" + shell + "': [Errno 2] No such file or directory";
    if (runtime == "dotnet" && entrypoint.size() == 1)
        return there ? "" : "The application '" + shell + "' does not exist";
    if (runtime == "ruby" && entrypoint.size() == 1)
        return there ? "" : "No such file or directory -- " + shell + " (LoadError)";
    return {};
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &cmd : context.snapshot.tree().instructions(InstructionKind::Cmd)) {
        if (!cmd.isShellForm() || !hasCommand(cmd) || lint::brokenListOf(cmd))
            continue;
        const auto use = whereStarted(context, cmd);
        if (!use)
            continue;
        const StageState &state = context.states.stage(use->stage);
        std::vector<std::string> entrypoint = argumentsGoTo(state);
        // Words that begin with a dash are no command, whoever starts them.
        if (entrypoint.empty() && cmd.arguments.starts_with('-') && !state.entrypointAtEnd.shellForm)
            entrypoint = state.entrypointAtEnd.words;
        if (entrypoint.empty())
            continue;
        const EffectiveShell &shell = *context.states.at(cmd.id).shell;
        const std::string program(shell.program());
        const bool inherited = state.entrypointAtEnd.setBy == InstructionId::None;
        // Programs that are not known may do well with any arguments; and an image that nobody knows is no ground for
        // more either.
        const std::string error = outcome(entrypoint, program, state.binShAtEnd);
        const Severity sure = state.facts && !error.empty() ? Severity::Error : Severity::Warning;
        Diagnostic d = diagnosticFor(context, cmd, severityOf(state, *use, sure));
        d.title = fileNameOf(entrypoint.front()) + " gets a shell's command line as its arguments";
        d.message = "CMD " + commandWords(cmd) + " reaches the entrypoint " + entrypoint.front() + " as " + program
            + " -c \"…\".";
        d.why = "CMD without a JSON list is in shell form, so it stands for " + invocationWords(shell, cmd) + ".\n\n"
            + (inherited ? imageWords(state) + " brings ENTRYPOINT " : std::string("The stage has ENTRYPOINT "))
            + lint::jsonList(entrypoint) + ", and an entrypoint gets CMD as its arguments. The container starts\n\n    "
            + joined(entrypoint) + ' ' + invocationWords(shell, cmd) + "\n\n" + entrypoint.front()
            + " is asked to make something of \"" + program + "\". No shell is started. The build goes through.";
        if (!error.empty())
            d.why += " The container stops at once:\n\n    " + error;
        d.why += notDecisive(context, *use);
        d.how = inherited ? "Write CMD as a JSON list with only what follows " + entrypoint.front()
                + ": the image's entrypoint is put in front of it."
                          : std::string("Write CMD as a JSON list: its words are then the entrypoint's arguments.");
        if (const std::string reason = fixes::whyNoExecForm(cmd); !reason.empty())
            d.how += "\n\nThis one cannot be turned into a list as it stands: " + reason
                + ". Move that into the program or into ENV.";
        d.hint = "arguments, no command";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    fixes::startAsExecForm(context, diagnostic.instruction, out);
}

} // namespace

const Rule shellFormCmdUnderEntrypoint{
    .id = "SW009",
    .name = "shell-form-cmd-under-entrypoint",
    .severity = Severity::Error,
    .summary = "CMD in shell form is handed to an exec-form ENTRYPOINT as arguments",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
