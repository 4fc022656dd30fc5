// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/ImageReplacement.h"

#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/ShellText.h"

namespace stagewright::rules {

std::string replacementOf(const RuleContext &context, const ImageFacts &facts, const std::string &name)
{
    constexpr std::string_view official("docker.io/library/");
    std::string now = facts.replacement;
    if (now.empty() || now.find(' ') != std::string::npos)
        return {};
    if (now.starts_with(official))
        now.erase(0, official.size());
    const bool version = repositoryOf(now).find_first_of("0123456789") != std::string::npos;
    const std::string tag = tagOf(name);
    // A tag of a version is gone with it; one that says who runs it, or what is in it, is not.
    const bool variant = tag.starts_with("nonroot") || tag.starts_with("debug");
    if (tag.empty() || tag == "latest" || !tagOf(now).empty() || (version && !variant))
        return now;
    const std::string same = now + ':' + tag;
    const auto known = context.catalog.lookup(same);
    if (known && !known->byNameOnly && known->status == ImageStatus::Current)
        return same;
    return version ? now : std::string();
}

Diagnostic findingAt(const RuleContext &context, const ImageUse &use, Severity severity)
{
    Diagnostic d = diagnosticFor(context, use.instruction, severity);
    d.range = use.range;
    return d;
}

std::string insteadWords(const RuleContext &context, const ImageFacts &facts, const std::string &name)
{
    if (facts.replacement.empty())
        return "Look for a tag of the image that is still built.";
    if (const std::string now = replacementOf(context, facts, name); !now.empty())
        return "Use " + now + " instead.";
    return facts.replacement.find(' ') == std::string::npos ? "Choose a tag of " + facts.replacement + " instead."
                                                            : facts.replacement;
}

void fixImage(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    eachImageUse(context, [&](const ImageUse &use) {
        if (use.range != diagnostic.range || use.written.find('$') != std::string_view::npos)
            return;
        const ImageFactsPtr &facts = context.states.facts(use.reference);
        const std::string now = facts ? replacementOf(context, *facts, use.name) : std::string();
        const auto better = now.empty() ? nullptr : context.catalog.lookup(now);
        if (now.empty() || (better && better->status != ImageStatus::Current && better->status != ImageStatus::Unknown))
            return;
        const bool never = facts->status == ImageStatus::NeverPublished;
        checks::offerReplace(out, use.range, now, "Use " + now, "instead of " + use.name, never);
    });
}

} // namespace stagewright::rules
