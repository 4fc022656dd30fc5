// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/Releases.h"

#include "semantics/ImageReference.h"

#include <nlohmann/json.hpp>

#include <QFile>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <vector>

namespace stagewright {

namespace {

using Json = nlohmann::json;

struct Release
{
    std::string version;
    std::vector<std::string> names;
    std::pair<int, int> glibc;
};

struct Distribution
{
    std::string id;
    std::string title;
    std::string libc;
    std::vector<std::string> words; ///< The id and other words for it, with a number behind ("ubi9").
    std::vector<std::string> images;
    std::vector<Release> releases;
};

struct Choice
{
    std::vector<std::string> images;
    std::string distribution;
    std::string version;
};

struct Language
{
    std::vector<std::string> images;
    std::string version;
    std::string prefix;
};

std::pair<int, int> twoNumbers(std::string_view text)
{
    std::pair<int, int> result{0, 0};
    const char *end = text.data() + text.size();
    const auto [dot, error] = std::from_chars(text.data(), end, result.first);
    if (error == std::errc() && dot != end && *dot == '.')
        std::from_chars(dot + 1, end, result.second);
    return result;
}

bool isVersion(std::string_view text)
{
    return text.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool anyMatches(const std::vector<std::string> &globs, std::string_view text)
{
    return std::ranges::any_of(globs, [text](const std::string &glob) { return Catalog::globMatches(glob, text); });
}

/// releases.json as tables. Reading may throw what nlohmann_json throws; nothing of that leaves this file.
struct Table
{
    std::vector<Distribution> distributions;
    std::vector<std::string> named;
    std::vector<Choice> defaults;
    std::vector<Language> languages;

    static Table read(const QByteArray &bytes)
    {
        const Json document = Json::parse(bytes.begin(), bytes.end());
        const auto texts = [](const Json &object, const char *key) {
            return object.contains(key) ? object.at(key).get<std::vector<std::string>>() : std::vector<std::string>();
        };
        Table table;
        for (const Json &one : document.at("distributions")) {
            Distribution distribution{one.at("id"),        one.at("title"),      one.at("libc"),
                                      texts(one, "words"), texts(one, "images"), {}};
            distribution.words.push_back(distribution.id);
            for (const Json &release : one.value("releases", Json::array()))
                distribution.releases.push_back({release.at("version"), texts(release, "names"),
                                                 twoNumbers(release.at("glibc").get<std::string>())});
            table.distributions.push_back(std::move(distribution));
        }
        table.named = texts(document, "named");
        for (const Json &one : document.at("defaults")) {
            const std::string use = one.at("use");
            const std::size_t blank = use.find(' ');
            table.defaults.push_back({texts(one, "for"), use.substr(0, blank),
                                      blank == std::string::npos ? std::string() : use.substr(blank + 1)});
            if (!table.find(table.defaults.back().distribution))
                throw std::invalid_argument("no distribution is called '" + use + "'");
        }
        for (const Json &one : document.at("languages"))
            table.languages.push_back({texts(one, "for"), one.at("version"), one.value("prefix", std::string())});
        return table;
    }

    [[nodiscard]] const Distribution *find(std::string_view id) const
    {
        const auto found = std::ranges::find(distributions, id, &Distribution::id);
        return found == distributions.end() ? nullptr : &*found;
    }
};

const Table &builtInTable()
{
    static const Table table = [] {
        (void)Catalog::builtIn(); // sees to it that the files are there
        QFile file(QStringLiteral(":/stagewright/catalog/releases.json"));
        return file.open(QIODevice::ReadOnly) ? Table::read(file.readAll()) : Table();
    }();
    return table;
}

/// "3.20.3" is a version of the release "3.20".
bool belongsTo(std::string_view version, std::string_view release)
{
    return version == release || (version.starts_with(release) && version[release.size()] == '.');
}

void fill(ImageRelease &result, const Distribution &distribution, std::string_view version)
{
    result.distribution = distribution.id;
    result.libc = distribution.libc;
    result.version = version;
    for (const Release &release : distribution.releases) {
        if (version.empty() || !belongsTo(version, release.version))
            continue;
        result.version = release.version;
        result.name = release.names.empty() ? std::string() : release.names.front();
        result.glibc = release.glibc;
    }
    result.title = distribution.title + (result.version.empty() ? "" : " " + result.version)
        + (result.name.empty() ? "" : " (" + result.name + ')');
}

/// One word of a name: the name of a release ("bookworm"), or a distribution with or without a number ("alpine3.20").
bool readWord(const Table &table, std::string_view word, ImageRelease &result)
{
    for (const Distribution &distribution : table.distributions) {
        for (const Release &release : distribution.releases) {
            if (std::ranges::find(release.names, word) != release.names.end()) {
                fill(result, distribution, release.version);
                return true;
            }
        }
        for (const std::string &name : distribution.words) {
            const std::string_view rest = word.starts_with(name) ? word.substr(name.size()) : "-";
            // A short word counts only with a number: "al2023", and nothing that begins like it.
            if (isVersion(rest) && (!rest.empty() || name == distribution.id)) {
                fill(result, distribution, rest);
                return true;
            }
        }
    }
    return false;
}

bool readWords(const Table &table, std::string_view text, ImageRelease &result, bool withVersion = false)
{
    while (!text.empty()) {
        const std::size_t end = text.find_first_of("-_/:");
        if (readWord(table, text.substr(0, end), result) && !(withVersion && result.version.empty()))
            return true;
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return false;
}

void readRelease(const Table &table, const std::string &repository, std::string_view tag, ImageRelease &result)
{
    for (const Distribution &distribution : table.distributions) {
        if (!anyMatches(distribution.images, repository))
            continue;
        const std::string_view first = tag.substr(0, tag.find_first_of("-_"));
        if (isVersion(first))
            fill(result, distribution, first);
        else if (!readWords(table, tag, result))
            fill(result, distribution, {});
    }
    if (!result.version.empty()
        || (anyMatches(table.named, repository)
            && (readWords(table, tag, result) || readWords(table, repository, result, true))))
        return;
    const std::string whole = repository + ':' + std::string(tag);
    const auto row
        = std::ranges::find_if(table.defaults, [&](const Choice &choice) { return anyMatches(choice.images, whole); });
    if (row != table.defaults.end())
        fill(result, *table.find(row->distribution), row->version);
}

/// "3.13" of "3.13.2-slim" and of "python3.13-bookworm".
std::string leadingVersion(std::string_view tag)
{
    const std::size_t python = tag.find("python");
    tag = python == std::string_view::npos ? tag : tag.substr(python + 6);
    const std::pair<int, int> numbers = twoNumbers(tag);
    return std::to_string(numbers.first) + '.' + std::to_string(numbers.second);
}

} // namespace

ImageRelease releaseOf(std::string_view reference)
{
    ImageRelease result;
    const auto parsed = ImageReference::parse(reference);
    if (reference == "scratch" || !parsed || (parsed->tag.empty() && !parsed->digest.empty()))
        return result;
    const Table &table = builtInTable();
    const std::string repository = parsed->name();
    const std::string tag = parsed->tag.empty() ? "latest" : parsed->tag;
    readRelease(table, repository, tag, result);
    const std::string whole = repository + ':' + tag;
    for (const Language &row : table.languages) {
        if (!anyMatches(row.images, whole))
            continue;
        result.python = row.version == "{tag}" ? leadingVersion(tag) : row.version;
        result.pythonPrefix = row.prefix;
        break;
    }
    return result;
}

std::optional<CatalogError> releasesError(const QByteArray &json)
{
    try {
        (void)Table::read(json);
    } catch (const std::exception &error) {
        return CatalogError{error.what()};
    }
    return std::nullopt;
}

} // namespace stagewright
