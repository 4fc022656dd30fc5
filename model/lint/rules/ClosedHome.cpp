// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FileEffects.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>

namespace stagewright::rules {

namespace {

constexpr std::string_view home = "/home/nonroot";
constexpr std::uint32_t owner = 65532;

/// The WORKDIR of the stage's chain that counts at its end; null: the image's own.
const Instruction *lastWorkdir(const RuleContext &context, const StageState &state)
{
    for (const StageId id : state.chain) {
        const auto instructions = context.snapshot.instructionsOf(id);
        for (std::size_t i = instructions.size(); i-- > 0;) {
            if (instructions[i].kind == InstructionKind::Workdir)
                return &instructions[i];
        }
    }
    return nullptr;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        const UserState &user = state.userAtEnd;
        if (!state.decisive || !state.facts || !state.facts->match.starts_with("gcr.io/distroless/")
            || !lint::isAtOrAbove(home, state.workdirAtEnd) || !user.uid || *user.uid == owner || *user.uid == 0
            || user.setBy == InstructionId::None)
            continue;
        const Instruction *workdir = lastWorkdir(context, state);
        const Instruction &at = workdir ? *workdir : context.snapshot.tree().instruction(user.setBy);
        Diagnostic d = diagnosticFor(context, at, Severity::Info);
        d.stage = stage.id;
        d.title = "User " + user.user + " cannot enter " + std::string(home);
        d.message = "The container starts in " + state.workdirAtEnd + " as user " + user.user
            + "; the folder is open to 65532 only.";
        d.why = std::string(home)
            + " is the home of the image's account nonroot (65532), and nobody else may enter it "
              "(mode 0700)."
            + (workdir ? std::string() : " The :nonroot tags start there by themselves.")
            + " A process of another user finds nothing in it, and some programs stop when they ask where they "
              "are:\n\n    "
              "permission denied";
        d.how = "Put the files into a folder of their own, WORKDIR /app. Or leave the user to the image: 65532. On "
                "OpenShift, "
                "which gives each project numbers of its own, only the folder helps.";
        d.hint = "open to 65532 only";
        out.push_back(std::move(d));
    }
}

/// Whether other lines count on the files being there.
bool isNamedElsewhere(const RuleContext &context, const StageState &state, const Instruction *workdir)
{
    for (const StageId id : state.chain) {
        for (const Instruction &instruction : context.snapshot.instructionsOf(id)) {
            if (&instruction != workdir && instruction.arguments.find(home) != std::string_view::npos)
                return true;
        }
    }
    return false;
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const StageState &state = context.states.stage(diagnostic.stage);
    const Instruction *workdir = lastWorkdir(context, state);
    if (isNamedElsewhere(context, state, workdir))
        return;
    if (workdir) {
        checks::offerReplace(out, workdir->argumentsRange, "/app", "Write WORKDIR /app",
                             "a folder that everybody may enter", false);
        return;
    }
    const Stage &stage = context.snapshot.graph().stage(state.chain.back());
    fixes::FixBuilder builder(context.snapshot);
    const std::string line = builder.keyword("WORKDIR") + " /app";
    builder.insertBelow(context.snapshot.tree().instruction(stage.from), line);
    out.push_back(builder.finish("Add " + line, "a folder that everybody may enter", "folder", false));
}

} // namespace

const Rule closedHome{
    .id = "SW049",
    .name = "closed-home",
    .severity = Severity::Info,
    .summary = "The container starts in /home/nonroot as a user who may not enter it",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
