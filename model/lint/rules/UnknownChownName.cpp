// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/InstructionKinds.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/UserRules.h"

#include <algorithm>

namespace stagewright::rules {

namespace {

/// Whether nothing at all is in the image yet in front of @p copy, not even a folder: BuildKit then has no file system
/// in which to look for a name. root is the one name that it knows by itself.
bool isFirstLayer(const RuleContext &context, const Instruction &copy, const StageState &state, std::string_view name)
{
    if (state.rootKind != BaseKind::Scratch || name == "root")
        return false;
    return std::ranges::none_of(state.chain, [&](StageId part) {
        return std::ranges::any_of(context.snapshot.instructionsOf(part), [&](const Instruction &before) {
            using enum InstructionKind;
            const bool writes = before.kind == Copy || before.kind == Add || before.kind == Run
                || before.kind == Workdir || before.kind == Onbuild;
            return before.id < copy.id && writes;
        });
    });
}

void checkChown(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &copy : lint::copiesIn(context.snapshot.tree())) {
        if (!copy.flag("chown"))
            continue;
        const StageId stage = context.snapshot.graph().stageOf(copy.id);
        if (stage == StageId::None)
            continue;
        const std::string name = unknownOwner(context, copy, stage);
        if (name.empty())
            continue;
        const StageState &state = context.states.stage(stage);
        const bool first = isFirstLayer(context, copy, state, name);
        Diagnostic d = diagnosticFor(context, copy, first ? Severity::Error : Severity::Warning);
        d.range = copy.flag("chown")->range;
        d.title = "--chown names '" + name + "', which this image does not know";
        d.message = "--chown=" + std::string(copy.flag("chown")->value) + ": " + imageWords(state)
            + " has no account or group '" + name
            + (first ? "', and as nothing is in the image yet, the build stops." : "', so the files belong to root.");
        d.why = std::string("Names in --chown are looked up in /etc/passwd and /etc/group of the stage that is copied "
                            "into, not of the one that is copied from. ")
            + (first ? "In front of the first layer there is nothing to look into, and BuildKit ends with:\n\n    "
                       "invalid "
                       "user index: -1\n\nBehind any other layer it would take 0:0 without a word."
                     : "BuildKit does not find this one and takes 0:0 without a word; buildah and kaniko stop the "
                       "build.");
        d.how = "Write numbers: --chown=" + numericUser(state)
            + ". They need no entry, and mean the same in every builder.";
        d.hint = first ? "no list of accounts" : "files belong to root";
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
