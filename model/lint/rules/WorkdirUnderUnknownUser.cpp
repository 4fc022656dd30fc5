// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FileEffects.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/UserRules.h"

#include "edit/EditSupport.h"

namespace stagewright::rules {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &workdir : context.snapshot.tree().instructions(InstructionKind::Workdir)) {
        const StageId stage = context.snapshot.graph().stageOf(workdir.id);
        if (stage == StageId::None)
            continue;
        const InstructionState &at = context.states.at(workdir.id);
        const UserState &user = *at.user;
        if (user.setBy == InstructionId::None || !user.known || user.user.empty() || user.isNumber() || user.isRoot()
            || context.states.hasUser(workdir.id, user.user) != Known::No)
            continue;
        const StageState &state = context.states.stage(stage);
        const std::string path = context.states.expanded(stage, edit::detail::trimmed(workdir.arguments));
        if (lint::joinPath(*at.workdir, path) == *at.workdir)
            continue; // there already
        Diagnostic d = diagnosticFor(context, workdir, Severity::Warning);
        d.title = "This folder will belong to root";
        d.message = "WORKDIR " + path + " is made for USER " + user.user + ", which " + imageWords(state)
            + " does not know, so it belongs to root.";
        d.why
            = "WORKDIR makes a folder that is not there and gives it to the USER in force. The builder looks the name "
              "up in /etc/passwd of the image; where it is not found, the folder is root's, without a word."
            + chainWords(context.snapshot, state)
            + " Whoever runs there later cannot write into it:\n\n    permission denied";
        d.how = "Mend USER first: a number (USER " + numericUser(state)
            + ") needs no entry, and WORKDIR then gives the folder to it.";
        d.hint = "belongs to root";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const UserState &user = *context.states.at(diagnostic.instruction).user;
    const Instruction &instruction = context.snapshot.tree().instruction(user.setBy);
    const std::string number = numericUser(context.states.stage(diagnostic.stage));
    checks::offerReplace(out, instruction.argumentsRange, number, "USER " + number, "a number needs no account");
}

} // namespace

const Rule workdirUnderUnknownUser{
    .id = "SW030",
    .name = "workdir-under-unknown-user",
    .severity = Severity::Warning,
    .summary = "WORKDIR makes a folder for a USER that the image does not know",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
