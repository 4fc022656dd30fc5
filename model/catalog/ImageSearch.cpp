// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/ImageSearch.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <ranges>
#include <set>
#include <tuple>

namespace stagewright {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return result;
}

/// Names that images of a kind have; the first is what people type.
struct Kin
{
    std::string_view word;
    std::array<std::string_view, 6> names;
};

constexpr Kin kins[] = {
    {"java", {"java", "temurin", "openjdk", "corretto", "jre", "jdk"}},
    {"dotnet", {"dotnet", ".net", "aspnet"}},
    {".net", {"dotnet", ".net", "aspnet"}},
    {"go", {"golang", "go ", "/go:"}},
    {"nodejs", {"node"}},
    {"chiselled", {"chisel"}},
    {"chiseled", {"chisel"}},
};

constexpr std::string_view fillers[]
    = {"a", "an", "and", "as", "base", "for", "image", "images", "in", "of", "on", "the"};
constexpr std::string_view managers[] = {"apk", "apt", "dnf", "microdnf", "pacman", "tdnf", "yum", "zypper"};

bool contains(std::string_view text, std::string_view word)
{
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const bool goesOn = isDigit(word.back()) && at + word.size() < text.size() && isDigit(text[at + word.size()]);
        const bool begun = isDigit(word.front()) && at > 0 && (isDigit(text[at - 1]) || text[at - 1] == '.');
        if (!goesOn && !begun)
            return true;
    }
    return false;
}

bool isOld(const ImageFacts &facts)
{
    return facts.status != ImageStatus::Current && facts.status != ImageStatus::Unknown;
}

/// Takes a word in as a fact; false when it is none. @p no: a word in front negated it.
bool takeFact(ImageQuery &query, std::string_view word, bool no)
{
    const Known yes = no ? Known::No : Known::Yes;
    if (word == "shell" || word == "sh")
        query.shell = yes;
    else if (word == "shell-less" || word == "shellless" || word == "noshell")
        query.shell = Known::No;
    else if (word == "package" || word == "packages" || word == "manager")
        query.packages = yes;
    else if (word == "root")
        query.root = yes;
    else if (word == "nonroot" || word == "non-root" || word == "rootless" || word == "unprivileged")
        query.root = no ? Known::Yes : Known::No;
    else if (word == "musl" || word == "glibc")
        query.libc = no ? (word == "musl" ? "glibc" : "musl") : std::string(word);
    else if (word == "libc")
        query.libc = no ? "none" : "";
    else if (std::ranges::contains(managers, word) && !no)
        query.packageManager = word;
    else if (word == "small" || word == "smallest" || word == "tiny" || word == "minimal")
        query.small = true;
    else if (word == "old" || word == "deprecated" || word == "eol" || word == "end-of-life")
        query.old = !no;
    else
        return false;
    return true;
}

/// What an image is like when its size is not known: the smaller the fewer things it has.
int heft(const ImageFacts &facts, std::string_view reference)
{
    if (facts.hasShell == Known::No)
        return 0;
    if (facts.libc == "musl")
        return 1;
    return reference.find("slim") != std::string_view::npos || facts.hasPackageManager == Known::No ? 2 : 3;
}

std::string shortReference(std::string_view reference)
{
    for (const std::string_view prefix : {"docker.io/library/", "docker.io/"}) {
        if (reference.starts_with(prefix))
            return std::string(reference.substr(prefix.size()));
    }
    return std::string(reference);
}

/// The tag to show of several that match: with a version, but not the longest.
auto tagRank(const std::string &tag)
{
    const auto dots = std::ranges::count(tag, '.');
    return std::tuple(!isDigit(tag.empty() ? ' ' : tag.front()), dots > 1, tag.size(), tag);
}

std::string referenceFor(const Catalog::Entry &entry, const ImageQuery &query)
{
    const auto literal = [](const std::string &text) { return text.find_first_of("*?[") == std::string::npos; };
    for (const std::string &repository : *entry.repositories | std::views::filter(literal)) {
        if (repository == "scratch")
            return query.matchesName(repository, {}) ? repository : std::string();
        std::string best;
        for (const std::string &tag : entry.tags | std::views::filter(literal)) {
            if (query.matchesName(shortReference(repository) + ':' + tag, {})
                && (best.empty() || tagRank(tag) < tagRank(best)))
                best = tag;
        }
        if (!best.empty())
            return shortReference(repository) + ':' + best;
    }
    return {};
}

} // namespace

ImageQuery ImageQuery::parse(std::string_view text)
{
    ImageQuery query;
    bool no = false;
    const std::string lower = lowered(text);
    for (const auto part : std::views::split(std::string_view(lower), ' ')) {
        const std::string_view word(part.begin(), part.end());
        if (word.empty() || std::ranges::contains(fillers, word))
            continue;
        if (word == "without" || word == "no" || word == "not") {
            no = true;
            continue;
        }
        if (word == "with") {
            no = false;
            continue;
        }
        if (!takeFact(query, word, no))
            query.words.emplace_back(word);
        if (word != "package") // "without package manager" is one thing
            no = false;
    }
    return query;
}

bool ImageQuery::hasFacts() const
{
    return shell != Known::Unknown || packages != Known::Unknown || root != Known::Unknown || !packageManager.empty()
        || !libc.empty() || small || old;
}

bool ImageQuery::matches(const ImageFacts &facts) const
{
    if (old != isOld(facts))
        return false;
    if (root != Known::Unknown) {
        if (facts.user.empty())
            return false;
        const bool isRoot = facts.uid == 0U || facts.user == "root";
        if (isRoot != (root == Known::Yes))
            return false;
    }
    return (shell == Known::Unknown || facts.hasShell == shell)
        && (packages == Known::Unknown || facts.hasPackageManager == packages)
        && (packageManager.empty() || facts.packageManager == packageManager) && (libc.empty() || facts.libc == libc);
}

bool ImageQuery::matchesName(std::string_view reference, std::string_view title) const
{
    const std::string text = lowered(reference) + ' ' + lowered(title);
    return std::ranges::all_of(words, [&](const std::string &word) {
        const auto kin = std::ranges::find(kins, word, &Kin::word);
        if (kin == std::end(kins))
            return contains(text, word);
        return std::ranges::any_of(kin->names,
                                   [&](std::string_view name) { return !name.empty() && contains(text, name); });
    });
}

std::vector<Catalog::Offer> searchImages(const Catalog &catalog, const ImageQuery &query, std::size_t limit)
{
    std::vector<Catalog::Offer> found;
    std::set<std::string, std::less<>> seen;
    for (Catalog::Offer &offer : catalog.offers()) {
        if (query.matches(offer.facts) && query.matchesName(offer.reference, offer.title)
            && seen.insert(offer.reference).second)
            found.push_back(std::move(offer));
    }
    for (const Catalog::Entry *entry : catalog.entries()) {
        if (entry->facts.byNameOnly || !query.matches(entry->facts))
            continue;
        std::string reference = referenceFor(*entry, query);
        // An entry in front of this one may answer for the same tag
        const ImageFactsPtr answer = reference.empty() ? nullptr : catalog.lookup(reference);
        if (answer && *answer == entry->facts && seen.insert(reference).second)
            found.push_back({std::move(reference), {}, entry->facts});
    }
    if (query.small) {
        std::ranges::stable_sort(found, {}, [](const Catalog::Offer &offer) {
            return std::pair(heft(offer.facts, offer.reference),
                             offer.facts.sizeMb.value_or(std::numeric_limits<double>::max()));
        });
    }
    if (found.size() > limit)
        found.resize(limit);
    return found;
}

} // namespace stagewright
