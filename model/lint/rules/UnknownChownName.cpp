// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/UserRules.h"

namespace stagewright::rules {

namespace {

void checkChown(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &copy : context.snapshot.tree().instructions()) {
        if (copy.kind != InstructionKind::Copy && copy.kind != InstructionKind::Add)
            continue;
        const StageId stage = context.snapshot.graph().stageOf(copy.id);
        if (stage == StageId::None)
            continue;
        const std::string name = unknownOwner(context, copy, stage);
        if (name.empty())
            continue;
        const StageState &state = context.states.stage(stage);
        Diagnostic d = diagnosticFor(context, copy, Severity::Warning);
        d.range = copy.flag("chown")->range;
        d.title = "--chown names '" + name + "', which this image does not know";
        d.message = "--chown=" + std::string(copy.flag("chown")->value) + ": " + imageWords(state)
            + " has no account or group '" + name + "', so the files belong to root.";
        d.why = "Names in --chown are looked up in /etc/passwd and /etc/group of the stage that is copied into, not of "
                "the one that "
                "is copied from. BuildKit does not find this one and takes 0:0 without a word; buildah and kaniko stop "
                "the build.";
        d.how = "Write numbers: --chown=" + numericUser(state)
            + ". They need no entry, and mean the same in every builder.";
        d.hint = "files belong to root";
        out.push_back(std::move(d));
    }
}

void fixChown(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &copy = context.snapshot.tree().instruction(diagnostic.instruction);
    const UserState &user = context.states.stage(diagnostic.stage).userAtEnd;
    // Whoever runs is who should own them, when that is known by number.
    const std::string number = user.known && user.isNumber() && !user.isRoot()
        ? user.user + ':' + (isNumeric(user.group) ? user.group : user.user)
        : numericUser(context.states.stage(diagnostic.stage));
    checks::offerReplace(out, copy.flag("chown")->valueRange, number, "Write --chown=" + number,
                         "numbers need no account", false);
}

} // namespace

const Rule unknownChownName{
    .id = "SW026",
    .name = "unknown-chown-name",
    .severity = Severity::Warning,
    .summary = "--chown names an account that the image does not have",
    .check = checkChown,
    .fix = fixChown,
};

} // namespace stagewright::rules
