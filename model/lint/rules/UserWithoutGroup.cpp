// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/UserRules.h"

#include "edit/EditSupport.h"

namespace stagewright::rules {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &user : context.snapshot.tree().instructions(InstructionKind::User)) {
        const StageId stage = context.snapshot.graph().stageOf(user.id);
        if (stage == StageId::None || context.states.stage(stage).rootKind != BaseKind::Scratch)
            continue;
        const std::string name = context.states.expanded(stage, edit::detail::trimmed(user.arguments));
        const Instruction *run = nullptr;
        // 0 is found without a list of accounts.
        if (name.empty() || name == "0" || name.find_first_not_of("0123456789") != std::string::npos
            || !startsAs(context, user, run) || !run || context.states.hasUser(run->id, "root") != Known::No)
            continue;
        Diagnostic d = diagnosticFor(context, user, Severity::Warning);
        d.title = "In scratch a RUN cannot start as a number without group";
        d.message = "USER " + name + " names no group, and RUN in line " + std::to_string(run->firstLine)
            + " starts as this user in scratch, which has no /etc/passwd.";
        d.why
            = "For a user without a group the builder looks into /etc/passwd for the group that goes with it. Without "
              "that file many versions of BuildKit stop at the RUN:\n\n    unable to find user "
            + name + ": invalid argument\n\nNewer ones take group 0. A container, unlike a RUN, starts in either case.";
        d.how = "Name the group as well: USER " + name + ':' + name + ". Then there is nothing to look up.";
        d.hint = "no group";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &user = context.snapshot.tree().instruction(diagnostic.instruction);
    const std::string written(edit::detail::trimmed(user.arguments));
    const std::string text = written + ':' + written;
    checks::offerReplace(out, user.argumentsRange, text, "Write USER " + text, "names the group as well");
}

} // namespace

const Rule userWithoutGroup{
    .id = "SW023",
    .name = "user-without-group",
    .severity = Severity::Warning,
    .summary = "A numeric USER without group in scratch, and a RUN behind it",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
