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
        if (!facts || facts->byNameOnly
            || (facts->status != ImageStatus::Deprecated && facts->status != ImageStatus::EndOfLife))
            return;
        const bool ended = facts->status == ImageStatus::EndOfLife;
        Diagnostic d = findingAt(context, use, Severity::Warning);
        d.title = ended ? "This image is at the end of its life" : "This image is no longer kept up";
        d.message = use.name
            + (ended ? " is no longer built: what it holds has reached its end of life."
                     : " is deprecated: nobody brings it up to date any more.");
        d.why = "The tag can still be pulled, so the build goes through. But nothing in it is mended any more: flaws "
                "that are "
                "found in its packages stay, and a scanner lists more of them every week."
            + (facts->note.empty() ? std::string() : "\n\n" + facts->note);
        d.how = insteadWords(context, *facts, use.name)
            + " Then build and test: a newer release may bring newer libraries.";
        d.hint = ended ? "end of life" : "deprecated";
        out.push_back(std::move(d));
    });
}

} // namespace

const Rule outdatedBase{
    .id = "SW041",
    .name = "outdated-base",
    .severity = Severity::Warning,
    .summary = "The image is deprecated or at the end of its life",
    .check = check,
    .fix = fixImage,
};

} // namespace stagewright::rules
