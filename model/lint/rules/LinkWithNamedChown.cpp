// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/InstructionKinds.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/UserRules.h"

namespace stagewright::rules {

namespace {

void checkLinkChown(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &copy : lint::copiesIn(context.snapshot.tree())) {
        const Flag *link = copy.flag("link");
        const Flag *chown = copy.flag("chown");
        if (!link || !chown)
            continue;
        const StageId stage = context.snapshot.graph().stageOf(copy.id);
        if (stage == StageId::None || link->value == "false" || chown->value.find('$') != std::string_view::npos
            || isNumeric(chown->value) || !unknownOwner(context, copy, stage).empty())
            continue;
        Diagnostic d = diagnosticFor(context, copy, Severity::Warning);
        d.range = chown->range;
        d.title = "--link cannot look up the name in --chown";
        d.message = "COPY --link makes its layer without the image below, so '" + std::string(chown->value)
            + "' cannot be looked up there.";
        d.why = "The point of --link is that the layer does not depend on what is below it. A name, though, is an "
                "entry of "
                "/etc/passwd in exactly those layers. Depending on version and storage, BuildKit looks it up all the "
                "same, takes "
                "root, or stops with \"invalid user index: -1\".";
        d.how = "Write the numbers of the account (--chown=1000:1000), or leave --link away.";
        d.hint = "name needs layers below";
        out.push_back(std::move(d));
    }
}

void fixLinkChown(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &copy = context.snapshot.tree().instruction(diagnostic.instruction);
    const StageState &state = context.states.stage(diagnostic.stage);
    const std::string_view owner = copy.flag("chown")->value;
    const std::string number = numberOf(state, std::string(owner.substr(0, owner.find(':'))));
    if (!number.empty())
        checks::offerReplace(out, copy.flag("chown")->valueRange, number + ':' + number,
                             "Write --chown=" + number + ':' + number, "the same account by its number");
    checks::offerRemoveFlag(context, out, copy.id, "link", "Leave --link away", true);
}

} // namespace

const Rule linkWithNamedChown{
    .id = "SW027",
    .name = "link-with-named-chown",
    .severity = Severity::Warning,
    .summary = "COPY --link with a name in --chown",
    .check = checkLinkChown,
    .fix = fixLinkChown,
};

} // namespace stagewright::rules
