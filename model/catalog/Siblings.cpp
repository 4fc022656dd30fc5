// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/Siblings.h"

#include "semantics/ImageReference.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <map>
#include <optional>

namespace stagewright {

namespace {

using namespace Qt::StringLiterals;

constexpr std::string_view placeholder = "{version}";

/// One family: patterns that tell the version of an image, and the images that there are for a version.
struct Family
{
    std::string title;
    int parts = 1;                                        ///< Numbers that make a version: 22, or 3.13.
    std::vector<std::string> of;                          ///< Globs over normalised references, {version} in them.
    std::vector<std::string> images;                      ///< Short references, {version} in them.
    std::map<std::string, std::vector<std::string>> also; ///< For one version: names that do not have it in them.
};

std::vector<std::string> texts(const QJsonValue &array)
{
    std::vector<std::string> result;
    for (const QJsonValue &value : array.toArray())
        result.push_back(value.toString().toStdString());
    return result;
}

std::vector<Family> readFamilies()
{
    // Compiled in, and a test reads it: it can neither be missing nor be broken.
    QFile file(u":/stagewright/catalog/families/families.json"_s);
    std::vector<Family> families;
    if (!file.open(QIODevice::ReadOnly))
        return families;
    for (const QJsonValue &value : QJsonDocument::fromJson(file.readAll()).object()["families"_L1].toArray()) {
        Family family;
        family.title = value["title"_L1].toString().toStdString();
        family.parts = value["parts"_L1].toInt(1);
        family.of = texts(value["of"_L1]);
        family.images = texts(value["images"_L1]);
        const QJsonObject also = value["also"_L1].toObject();
        for (auto it = also.begin(); it != also.end(); ++it)
            family.also[it.key().toStdString()] = texts(it.value());
        families.push_back(std::move(family));
    }
    return families;
}

const std::vector<Family> &families()
{
    // The catalogue knows how to bring its resources in.
    static const std::vector<Family> all = (std::ignore = Catalog::builtIn().entries(), readFamilies());
    return all;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// The version at @p text's beginning: as many numbers as @p parts says, and no further digit behind them.
std::string_view versionAt(std::string_view text, int parts)
{
    std::size_t end = 0;
    for (int part = 0; part < parts; ++part) {
        if (part > 0 && (end >= text.size() || text[end++] != '.'))
            return {};
        const std::size_t first = end;
        while (end < text.size() && isDigit(text[end]))
            ++end;
        if (end == first)
            return {};
    }
    return text.substr(0, end);
}

/// The version that @p pattern finds in @p reference; "" also where it has none to find but matches.
std::optional<std::string> match(std::string_view pattern, std::string_view reference, int parts)
{
    const std::size_t at = pattern.find(placeholder);
    if (at == std::string_view::npos)
        return Catalog::globMatches(pattern, reference) ? std::optional<std::string>("") : std::nullopt;
    const std::string_view before = pattern.substr(0, at);
    const std::string_view behind = pattern.substr(at + placeholder.size());
    for (std::size_t i = 1; i < reference.size(); ++i) {
        if (!isDigit(reference[i]) || isDigit(reference[i - 1])
            || !Catalog::globMatches(before, reference.substr(0, i)))
            continue;
        const std::string_view version = versionAt(reference.substr(i), parts);
        const bool complete = behind.empty() || reference.find(behind, i + version.size()) != std::string_view::npos;
        if (!version.empty() && complete)
            return std::string(version);
    }
    return std::nullopt;
}

std::string filled(std::string text, std::string_view version)
{
    if (const std::size_t at = text.find(placeholder); at != std::string::npos)
        text.replace(at, placeholder.size(), version);
    return text;
}

std::string normalized(std::string_view reference)
{
    const auto parsed = ImageReference::parse(reference);
    return reference == "scratch" || !parsed ? std::string(reference) : parsed->normalized();
}

std::string repository(std::string_view reference)
{
    const auto parsed = ImageReference::parse(reference);
    return reference == "scratch" || !parsed ? std::string(reference) : parsed->name();
}

struct Found
{
    const Family *family = nullptr;
    std::string version;
};

Found familyOf(std::string_view reference)
{
    for (const Family &family : families()) {
        for (const std::string &pattern : family.of) {
            if (auto version = match(pattern, reference, family.parts))
                return {&family, *std::move(version)};
        }
        for (const auto &[version, images] : family.also) {
            if (std::ranges::any_of(
                    images, [&](const std::string &image) { return repository(image) == repository(reference); }))
                return {&family, version};
        }
    }
    return {};
}

void add(const Catalog &catalog, const std::string &reference, std::string_view asked, std::vector<Sibling> &out)
{
    const std::string whole = normalized(reference);
    if (std::ranges::any_of(out, [&](const Sibling &s) { return normalized(s.reference) == whole; }))
        return;
    const auto facts = catalog.lookup(whole);
    const bool itself = whole == asked;
    if (facts && (itself || (!facts->byNameOnly && facts->status != ImageStatus::NeverPublished)))
        out.push_back({reference, *facts, itself});
}

} // namespace

Siblings siblingsOf(const Catalog &catalog, std::string_view reference)
{
    const std::string asked = normalized(reference);
    Found found = familyOf(asked);
    // A name without a version ("node:lts", "python:3"): what is made for it has one.
    if (!found.family) {
        if (const std::string runtime = catalog.runtimeFor(asked); !runtime.empty())
            found = familyOf(normalized(runtime));
    }
    if (!found.family)
        return {};
    Siblings result{filled(found.family->title, found.version), {}};
    for (const std::string &image : found.family->images)
        add(catalog, filled(image, found.version), asked, result.images);
    if (const auto also = found.family->also.find(found.version); also != found.family->also.end()) {
        for (const std::string &image : also->second)
            add(catalog, image, asked, result.images);
    }
    if (std::ranges::none_of(result.images, &Sibling::asked)) {
        const auto parsed = ImageReference::parse(reference);
        std::vector<Sibling> first;
        add(catalog, parsed && reference != "scratch" ? parsed->familiar() : std::string(reference), asked, first);
        result.images.insert(result.images.begin(), first.begin(), first.end());
    }
    return result.images.size() < 2 ? Siblings() : result;
}

} // namespace stagewright
