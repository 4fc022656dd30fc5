// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/ImageUses.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

namespace stagewright::rules {

namespace {

/// What to write instead of @p name: the catalogue's word for it is a reference, or a sentence when there is none. One
/// without a tag gets the tag of @p name, where the catalogue knows that combination.
std::string replacementOf(const RuleContext &context, const ImageFacts &facts, const std::string &name)
{
    constexpr std::string_view official("docker.io/library/");
    std::string now = facts.replacement;
    if (now.empty() || now.find(' ') != std::string::npos)
        return {};
    if (now.starts_with(official))
        now.erase(0, official.size());
    const bool version = repositoryOf(now).find_first_of("0123456789") != std::string::npos;
    if (const std::string tag = tagOf(name); !tag.empty() && tag != "latest" && tagOf(now).empty() && !version) {
        now += ':' + tag;
        const auto known = context.catalog.lookup(now);
        if (!known || known->byNameOnly || known->status != ImageStatus::Current)
            return {};
    }
    return now;
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

void checkOutdated(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachImageUse(context, [&](const ImageUse &use) {
        const auto facts = context.catalog.lookup(use.reference);
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

void checkNeverPublished(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachImageUse(context, [&](const ImageUse &use) {
        const auto facts = context.catalog.lookup(use.reference);
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

void fixImage(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    eachImageUse(context, [&](const ImageUse &use) {
        if (use.range != diagnostic.range || use.written.find('$') != std::string_view::npos)
            return;
        const auto facts = context.catalog.lookup(use.reference);
        const std::string now = facts ? replacementOf(context, *facts, use.name) : std::string();
        const auto better = now.empty() ? std::nullopt : context.catalog.lookup(now);
        if (now.empty() || (better && better->status != ImageStatus::Current && better->status != ImageStatus::Unknown))
            return;
        const bool never = facts->status == ImageStatus::NeverPublished;
        checks::offerReplace(out, use.range, now, "Use " + now, "instead of " + use.name, never);
    });
}

void checkFloating(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachImageUse(context, [&](const ImageUse &use) {
        if (!use.isBase || !use.reference.starts_with("gcr.io/distroless/")
            || use.reference.find('@') != std::string::npos || use.reference.find("-debian") != std::string::npos)
            return;
        const auto facts = context.catalog.lookup(use.reference);
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

void fixFloating(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    eachImageUse(context, [&](const ImageUse &use) {
        if (use.range != diagnostic.range || use.written.find('$') != std::string_view::npos)
            return;
        const auto facts = context.catalog.lookup(use.reference);
        if (!facts)
            return;
        const std::string tag = tagOf(use.name);
        const std::string now = facts->match + (tag.empty() ? "" : ":" + tag);
        checks::offerReplace(out, use.range, now, "Pin to " + now, "the same image today");
    });
}

} // namespace

const Rule outdatedBase{
    .id = "SW041",
    .name = "outdated-base",
    .severity = Severity::Warning,
    .summary = "The image is deprecated or at the end of its life",
    .check = checkOutdated,
    .fix = fixImage,
};

const Rule tagNeverPublished{
    .id = "SW042",
    .name = "tag-never-published",
    .severity = Severity::Error,
    .summary = "No image of this name was ever published",
    .check = checkNeverPublished,
    .fix = fixImage,
};

const Rule floatingDebianRelease{
    .id = "SW043",
    .name = "floating-debian-release",
    .severity = Severity::Info,
    .summary = "A distroless name without its Debian release changes by itself",
    .check = checkFloating,
    .fix = fixFloating,
};

} // namespace stagewright::rules
