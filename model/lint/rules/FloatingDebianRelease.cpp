// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/ShellStates.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/ImageReplacement.h"
#include "lint/rules/Rules.h"

namespace stagewright::rules {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachImageUse(context, [&](const ImageUse &use) {
        if (!use.isBase || !use.reference.starts_with("gcr.io/distroless/")
            || use.reference.find('@') != std::string::npos || use.reference.find("-debian") != std::string::npos)
            return;
        const ImageFactsPtr &facts = context.states.facts(use.reference);
        if (!facts || facts->status != ImageStatus::Current || facts->match.find("-debian") == std::string::npos
            || facts->match.find('*') != std::string::npos)
            return;
        const std::string release = facts->match.substr(facts->match.find("-debian") + 1);
        Diagnostic d = findingAt(context, use, Severity::Info);
        d.title = "The Debian release below this image changes by itself";
        d.message = use.name + " follows whichever Debian release is current; now that is " + release + ".";
        d.why = "Distroless images have the Debian release in their name. The name without it is moved to the next "
                "release when "
                "there is one. A program that was built against the older C library and OpenSSL then meets newer ones, "
                "or the "
                "other way round, without a line of this file having changed.";
        d.how = "Say which release: " + facts->match + (tagOf(use.name).empty() ? "" : ":" + tagOf(use.name))
            + ". Change builder and runtime together when you move on.";
        d.hint = "release not pinned";
        out.push_back(std::move(d));
    });
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    eachImageUse(context, [&](const ImageUse &use) {
        if (use.range != diagnostic.range || use.written.find('$') != std::string_view::npos)
            return;
        const ImageFactsPtr &facts = context.states.facts(use.reference);
        if (!facts)
            return;
        const std::string tag = tagOf(use.name);
        const std::string now = facts->match + (tag.empty() ? "" : ":" + tag);
        checks::offerReplace(out, use.range, now, "Pin to " + now, "the same image today");
    });
}

} // namespace

const Rule floatingDebianRelease{
    .id = "SW043",
    .name = "floating-debian-release",
    .severity = Severity::Info,
    .summary = "A distroless name without its Debian release changes by itself",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
