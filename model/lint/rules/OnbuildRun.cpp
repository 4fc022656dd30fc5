// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

namespace stagewright::rules {

namespace {

/// A stage of this file that runs the triggers of @p parent; one that the target needs before any other.
const Stage *childOf(const Snapshot &snapshot, StageId parent)
{
    const Stage *child = nullptr;
    for (const Stage &stage : snapshot.graph().stages()) {
        if (stage.base.kind == BaseKind::Stage && stage.base.stage == parent && (!child || stage.reachable))
            child = child && child->reachable ? child : &stage;
    }
    return child;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &trigger : context.snapshot.tree().instructions(InstructionKind::Onbuild)) {
        const Instruction *run = trigger.inner;
        if (!run || run->kind != InstructionKind::Run || !run->isShellForm() || !hasCommand(*run))
            continue;
        const StageId stage = context.snapshot.graph().stageOf(trigger.id);
        if (stage == StageId::None || context.states.at(trigger.id).shellForm == Known::Unknown)
            continue;
        const StageState &state = context.states.stage(stage);
        const EffectiveShell &shell = *state.shellAtEnd;
        if (context.states.hasProgramAtEnd(stage, shell.program()) != Known::No)
            continue;
        const std::string program(shell.program());
        const Stage *child = childOf(context.snapshot, stage);
        const bool certain = child && child->reachable && !state.byNameOnly();
        Diagnostic d = diagnosticFor(context, trigger, certain ? Severity::Error : Severity::Warning);
        d.title = "ONBUILD RUN needs " + program + ", and this image has none";
        d.message = (child ? "Stage " + child->displayName + " is built FROM this one and has"
                           : std::string("Whatever is built FROM this stage has"))
            + " to run " + commandWords(*run) + " through " + program + ", but " + noShellWords(state) + ".";
        d.why = "ONBUILD keeps a command for later: it runs in the first stage or file that is built FROM this image, "
                "right behind its FROM. "
            + absenceWords(context.snapshot, state, program)
            + (child ? " Stage " + child->displayName + " is the first that does so, and its build stops with:\n\n    "
                     : " This build goes through, and the build of everybody who starts from it stops with:\n\n    ")
            + execError(program);
        d.how = "Take the line away, or offer the builder image with a shell for others to start from.";
        d.hint = "no " + program + " here";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    fixes::removeInstruction(context, diagnostic.instruction, "Take the ONBUILD line away",
                             "nothing can be built FROM this image with it", out);
}

} // namespace

const Rule onbuildRunWithoutShell{
    .id = "SW045",
    .name = "onbuild-run-without-shell",
    .severity = Severity::Warning,
    .summary = "ONBUILD RUN in shell form in an image without a shell",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
