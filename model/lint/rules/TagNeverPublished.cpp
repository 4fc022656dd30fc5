// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/ShellStates.h"
#include "lint/rules/ImageReplacement.h"
#include "lint/rules/Rules.h"

namespace stagewright::rules {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachImageUse(context, [&](const ImageUse &use) {
        const ImageFactsPtr &facts = context.states.facts(use.reference);
        if (!facts || facts->byNameOnly || facts->status != ImageStatus::NeverPublished)
            return;
        Diagnostic d = findingAt(context, use, Severity::Error);
        d.title = "There is no such image";
        d.message = use.name + " was never published, so it cannot be pulled.";
        d.why = "The name looks right, but its publisher never made an image of it. The build stops when it wants to "
                "pull it:\n\n"
                "    "
            + use.reference + ": not found" + (facts->note.empty() ? std::string() : "\n\n" + facts->note);
        d.how = insteadWords(context, *facts, use.name)
            + "\n\nIf you keep an image of that name in a registry of your own, write its registry in "
              "front.";
        d.hint = "never published";
        out.push_back(std::move(d));
    });
}

} // namespace

const Rule tagNeverPublished{
    .id = "SW042",
    .name = "tag-never-published",
    .severity = Severity::Error,
    .summary = "No image of this name was ever published",
    .check = check,
    .fix = fixImage,
};

} // namespace stagewright::rules
