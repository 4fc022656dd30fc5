// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <map>
#include <optional>

namespace stagewright::rules {

namespace {

/// By SHELL, the first RUN that it starts, in its stage or a stage built on it; else the first CMD or ENTRYPOINT, which
/// have rules of their own for where they count.
std::map<InstructionId, const Instruction *> firstUsers(const RuleContext &context)
{
    std::map<InstructionId, const Instruction *> users;
    for (const Instruction &instruction : context.snapshot.tree().instructions(InstructionKind::Run)) {
        if (instruction.isShellForm() && hasCommand(instruction)) {
            const InstructionState &at = context.states.at(instruction.id);
            if (at.shell->setBy != InstructionId::None && at.shellForm == Known::No)
                users.try_emplace(at.shell->setBy, &instruction);
        }
    }
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        for (const InstructionId id : {state.cmd, state.entrypoint}) {
            if (!state.decisive || id == InstructionId::None
                || context.states.at(id).shell->setBy == InstructionId::None)
                continue;
            const Instruction &instruction = context.snapshot.tree().instruction(id);
            if (instruction.isShellForm() && hasCommand(instruction)
                && context.states.hasProgramAtEnd(stage.id, context.states.at(id).shell->program()) == Known::No)
                users.try_emplace(context.states.at(id).shell->setBy, &instruction);
        }
    }
    return users;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    std::optional<std::map<InstructionId, const Instruction *>> users; // made when a SHELL asks
    for (const Instruction &instruction : context.snapshot.tree().instructions(InstructionKind::Shell)) {
        if (instruction.args.empty())
            continue;
        const std::string program(instruction.args.front().value);
        const StageId stage = context.snapshot.graph().stageOf(instruction.id);
        if (stage == StageId::None || program.empty() || context.states.at(instruction.id).binSh == Known::Unknown
            || context.states.hasProgram(instruction.id, program) != Known::No)
            continue;
        const StageState &state = context.states.stage(stage);
        if (!users)
            users = firstUsers(context);
        const auto found = users->find(instruction.id);
        const Instruction *user = found == users->end() ? nullptr : found->second;
        if (!user && context.states.hasProgramAtEnd(stage, program) != Known::No)
            continue; // it arrives before anyone needs it
        Diagnostic d
            = diagnosticFor(context, instruction, user ? severityFor(state, Severity::Error) : Severity::Warning);
        const std::string shell = state.facts ? state.facts->shell : std::string();
        d.title = "SHELL names " + program + ", which this image does not have";
        d.message = "SHELL asks for " + program + ", but "
            + (shell.empty() ? noShellWords(state) : imageWords(state) + " has only " + shell)
            + (user ? "; line " + std::to_string(user->firstLine) + " needs it." : ".");
        d.why = "SHELL is believed as it stands: BuildKit looks for the program only when a RUN, CMD or ENTRYPOINT in "
                "shell "
                "form uses it, in this stage or in one built FROM it. "
            + absenceWords(context.snapshot, state, program)
            + (user ? " The first to need it is line " + std::to_string(user->firstLine)
                       + ", and there it ends with:\n\n    " + execError(program)
                    : std::string(" Nothing uses it so far, so the build still goes through."));
        d.how = shell.empty()
            ? "Take the line away and do what needs a shell in a builder stage, or copy a static shell into "
              "the image before this line (COPY --from=busybox:musl /bin/sh /bin/sh)."
            : "Name the shell that the image has: " + shell + ".";
        d.hint = fileNameOf(program) + " is not here";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    fixes::correctShell(context, diagnostic.instruction, out);
    fixes::removeShell(context, diagnostic.instruction, out);
}

} // namespace

const Rule shellProgramAbsent{
    .id = "SW012",
    .name = "shell-program-absent",
    .severity = Severity::Warning,
    .summary = "SHELL names a program that the image does not have",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
