// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/StartCommands.h"

#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>

namespace stagewright::rules {

std::optional<StartCommandUse> startCommandUse(const RuleContext &context, const Instruction &instruction,
                                               InstructionId StageState::*which, std::string_view program)
{
    const BuildGraph &graph = context.snapshot.graph();
    const StageId own = graph.stageOf(instruction.id);
    if (own == StageId::None || program.empty() || context.states.stage(own).*which != instruction.id)
        return std::nullopt;
    std::optional<StartCommandUse> use;
    for (const Stage &stage : graph.stages()) {
        const StageState &state = context.states.stage(stage.id);
        if (state.*which != instruction.id || context.states.hasProgramAtEnd(stage.id, program) != Known::No)
            continue;
        if (state.decisive && (!use || !use->decisive || stage.isTarget))
            use = {stage.id, true};
        else if (!use && stage.id == own)
            use = {stage.id, false};
    }
    // A stage for others to build on: what it says counts only as far as they keep it.
    if (use && !use->decisive) {
        const bool saved = std::ranges::any_of(graph.stages(), [&](const Stage &stage) {
            const StageState &state = context.states.stage(stage.id);
            return state.decisive && state.*which == instruction.id;
        });
        if (saved)
            return std::nullopt;
    }
    return use;
}

namespace {

bool usesWindows(const RuleContext &context, InstructionId instruction)
{
    // Nothing is known about Windows' shells; the states say so.
    return context.states.at(instruction).binSh == Known::Unknown
        && context.states.at(instruction).shellForm == Known::Unknown;
}

std::string notDecisive(const RuleContext &context, const StartCommandUse &use)
{
    return use.decisive ? std::string()
                        : " Only a note here, since other stages are built FROM "
            + stageWords(context.snapshot, use.stage) + " and bring their own.";
}

Severity severityOf(const StageState &state, const StartCommandUse &use, Severity sure)
{
    return use.decisive ? severityFor(state, sure) : Severity::Info;
}

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

std::string listed(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "[\"" : ", \"") + word + "\"";
    return text + "]";
}

Diagnostic startFinding(const RuleContext &context, const Instruction &instruction, const StartCommandUse &use)
{
    const StageState &state = context.states.stage(use.stage);
    const EffectiveShell &shell = *context.states.at(instruction.id).shell;
    const std::string keyword(keywordOf(instruction.kind));
    const std::string program(shell.program());
    Diagnostic d = diagnosticFor(context, instruction, severityOf(state, use, Severity::Error));
    d.title = keyword + " needs " + program + ", and this image has none";
    d.message = keyword + " " + commandWords(instruction) + " starts through " + program + ", but "
        + noShellWords(state) + ".";
    d.why = keyword
        + " without a JSON list is in shell form: the container does not start the program itself, but\n\n    "
        + invocationWords(shell, instruction) + "\n\n" + absenceWords(context.snapshot, state, program)
        + " The build goes through; the container stops at once (exit code 127) with:\n\n    " + execError(program)
        + notDecisive(context, use);
    d.how = "Write it in exec form, as a JSON list: the program is then started directly, needs no shell and gets "
            "signals "
            "such as SIGTERM itself.";
    if (const std::string reason = fixes::whyNoExecForm(context, instruction); !reason.empty())
        d.how += "\n\nThis one cannot be turned into a list as it stands: " + reason
            + ". Move that into the program or into ENV, or start a small wrapper program that is in the image.";
    d.hint = "no " + program + " here";
    return d;
}

void checkStart(const RuleContext &context, InstructionKind kind, InstructionId StageState::*which,
                std::vector<Diagnostic> &out,
                void (*adapt)(const RuleContext &, const Instruction &, const StageState &, Diagnostic &))
{
    for (const Instruction &instruction : context.snapshot.tree().instructions()) {
        if (instruction.kind != kind || !instruction.isShellForm() || !hasCommand(instruction)
            || usesWindows(context, instruction.id))
            continue;
        const std::string_view program = context.states.at(instruction.id).shell->program();
        if (const auto use = startCommandUse(context, instruction, which, program)) {
            Diagnostic d = startFinding(context, instruction, *use);
            if (adapt)
                adapt(context, instruction, context.states.stage(use->stage), d);
            out.push_back(std::move(d));
        }
    }
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
        + listed(entrypoint) + ", and an entrypoint gets CMD as its arguments. " + entrypoint.front()
        + " is therefore asked to open \"" + program
        + "\", which is not there. The build goes through; the container fails when it starts.";
    if (inherited)
        d.how = "Write CMD as a JSON list with only what follows " + entrypoint.front()
            + ": the image's entrypoint is put in front of it.\n\n" + d.how;
}

void checkCmd(const RuleContext &context, std::vector<Diagnostic> &out)
{
    checkStart(context, InstructionKind::Cmd, &StageState::cmd, out, adaptCmd);
}

void checkEntrypoint(const RuleContext &context, std::vector<Diagnostic> &out)
{
    checkStart(context, InstructionKind::Entrypoint, &StageState::entrypoint, out, nullptr);
}

void fixStart(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    fixes::startAsExecForm(context, diagnostic.instruction, out);
    fixes::shellForStart(context, diagnostic.instruction, out);
}

/// Docker runs a health check through /bin/sh whatever SHELL says.
void checkHealth(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &instruction : context.snapshot.tree().instructions()) {
        if (instruction.kind != InstructionKind::Healthcheck || !instruction.isShellForm()
            || usesWindows(context, instruction.id))
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
    fixes::noHealthcheck(context, diagnostic.instruction, out);
}

} // namespace

const Rule cmdShellFormWithoutShell{
    .id = "SW007",
    .name = "cmd-shell-form-without-shell",
    .severity = Severity::Error,
    .summary = "CMD in shell form needs a shell that the image does not have",
    .check = checkCmd,
    .fix = fixStart,
};

const Rule entrypointShellFormWithoutShell{
    .id = "SW008",
    .name = "entrypoint-shell-form-without-shell",
    .severity = Severity::Error,
    .summary = "ENTRYPOINT in shell form needs a shell that the image does not have",
    .check = checkEntrypoint,
    .fix = fixStart,
};

const Rule healthcheckWithoutShell{
    .id = "SW010",
    .name = "healthcheck-without-shell",
    .severity = Severity::Warning,
    .summary = "HEALTHCHECK in shell form needs /bin/sh, which the image does not have",
    .check = checkHealth,
    .fix = fixHealth,
};

} // namespace stagewright::rules
