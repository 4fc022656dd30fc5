// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/StartCommands.h"

#include "lint/ExecList.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/RuntimeCommands.h"
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

std::optional<StartCommandUse> whereStarted(const RuleContext &context, const Instruction &instruction)
{
    InstructionId StageState::*const which = instruction.kind == InstructionKind::Cmd ? &StageState::cmd
        : instruction.kind == InstructionKind::Entrypoint                             ? &StageState::entrypoint
                                                                                      : &StageState::healthcheck;
    const StageId own = context.snapshot.graph().stageOf(instruction.id);
    if (own == StageId::None || context.states.stage(own).*which != instruction.id)
        return std::nullopt;
    // Most stages are for nobody else.
    if (!context.states.stage(own).builtUpon)
        return StartCommandUse{own, context.states.stage(own).decisive};
    const StageId starts = context.states.startedBy(instruction.id);
    return starts != StageId::None ? StartCommandUse{starts, true} : StartCommandUse{own, false};
}

std::optional<Severity> severityWhereUsed(const RuleContext &context, const Instruction &instruction, Severity sure)
{
    if (instruction.kind == InstructionKind::Run)
        return context.snapshot.graph().stageOf(instruction.id) == StageId::None ? std::nullopt : std::optional(sure);
    const auto use = whereStarted(context, instruction);
    return !use ? std::nullopt : std::optional(use->decisive ? sure : Severity::Info);
}

bool usesWindows(const RuleContext &context, InstructionId instruction)
{
    // Nothing is known about Windows' shells; the states say so.
    return context.states.at(instruction).binSh == Known::Unknown
        && context.states.at(instruction).shellForm == Known::Unknown;
}

std::string notDecisive(const RuleContext &context, const StartCommandUse &use)
{
    if (use.decisive)
        return {};
    const std::string stage = stageWords(context.snapshot, use.stage);
    return context.states.stage(use.stage).builtUpon
        ? " Only a note here, since other stages are built FROM " + stage + " and bring their own."
        : " Only a note here, since other stages take files from " + stage + " and nobody starts it.";
}

Severity severityOf(const StageState &state, const StartCommandUse &use, Severity sure)
{
    return use.decisive ? severityFor(state, sure) : Severity::Info;
}

namespace {

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
    if (const std::string reason = fixes::whyNoExecForm(instruction); !reason.empty())
        d.how += "\n\nThis one cannot be turned into a list as it stands: " + reason
            + ". Move that into the program or into ENV, or start a small wrapper program that is in the image.";
    d.hint = "no " + program + " here";
    return d;
}

} // namespace

void checkShellFormStart(const RuleContext &context, InstructionKind kind, InstructionId StageState::*which,
                         std::vector<Diagnostic> &out)
{
    for (const Instruction &instruction : context.snapshot.tree().instructions(kind)) {
        if (!instruction.isShellForm() || !hasCommand(instruction) || usesWindows(context, instruction.id)
            || lint::brokenListOf(instruction))
            continue;
        const std::string_view program = context.states.at(instruction.id).shell->program();
        const auto use = startCommandUse(context, instruction, which, program);
        if (use && (kind != InstructionKind::Cmd || argumentsGoTo(context.states.stage(use->stage)).empty()))
            out.push_back(startFinding(context, instruction, *use));
    }
}

void fixShellFormStart(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    fixes::startAsExecForm(context, diagnostic.instruction, out);
    fixes::shellForStart(context, diagnostic.instruction, out);
}

} // namespace stagewright::rules
