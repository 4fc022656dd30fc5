// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/UserRules.h"

namespace stagewright::rules {

namespace {

void checkByName(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        const UserState &user = state.userAtEnd;
        if (!state.decisive || user.setBy == InstructionId::None || !user.known || user.isNumber() || user.isRoot()
            || context.snapshot.graph().stageOf(user.setBy) != stage.id)
            continue;
        const std::string number = numberOf(state, user.user);
        if (number.empty())
            continue;
        const Instruction &instruction = context.snapshot.tree().instruction(user.setBy);
        Diagnostic d = diagnosticFor(context, instruction, Severity::Info);
        d.title = "Kubernetes cannot tell that '" + user.user + "' is not root";
        d.message = "USER " + user.user + " is a name; " + imageWords(state) + " gives it the number " + number + ".";
        d.why = "With runAsNonRoot, Kubernetes refuses to start a container unless it can see from the image's "
                "settings that the "
                "user is not root. It does not look into the image's /etc/passwd, so a name tells it nothing:\n\n"
                "    container has runAsNonRoot and image has non-numeric user ("
            + user.user + "), cannot verify user is non-root";
        d.how = "Write the number: USER " + number + ". Inside the container it is the same account.";
        d.hint = "number is " + number;
        out.push_back(std::move(d));
    }
}

void fixByName(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const StageState &state = context.states.stage(diagnostic.stage);
    const std::string number = numberOf(state, state.userAtEnd.user);
    const Instruction &user = context.snapshot.tree().instruction(diagnostic.instruction);
    std::string group = state.userAtEnd.group;
    if (group == state.userAtEnd.user)
        group = number;
    checks::offerReplace(out, user.argumentsRange, group.empty() ? number : number + ':' + group, "USER " + number,
                         "the same account by its number");
}

} // namespace

const Rule userByName{
    .id = "SW024",
    .name = "user-by-name",
    .severity = Severity::Info,
    .summary = "The final USER is a name, which Kubernetes cannot check",
    .check = checkByName,
    .fix = fixByName,
};

} // namespace stagewright::rules
