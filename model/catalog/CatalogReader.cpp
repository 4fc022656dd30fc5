// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/CatalogReader.h"

#include "config/JsonFile.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <utility>

namespace stagewright::catalog {

namespace {

using Json = nlohmann::json;
using TagSets = std::map<std::string, std::vector<std::string>, std::less<>>;

/// More would not be read.
constexpr std::size_t mostProblems = 100;

/// Reads values and remembers what is wrong; nothing throws.
class Reader
{
public:
    explicit Reader(FactsOrigin origin = FactsOrigin::BuiltIn)
        : m_origin(origin)
    {
    }

    void fail(const std::string &path, std::string_view what, bool atKey = false)
    {
        if (m_wrong.size() < mostProblems)
            m_wrong.push_back({path, std::string(what), atKey});
        ++m_count;
    }
    [[nodiscard]] bool failed() const { return m_count > 0; }
    [[nodiscard]] std::size_t count() const { return m_count; }
    [[nodiscard]] FactsOrigin origin() const { return m_origin; }

    /// What was wrong, with its places in @p json.
    [[nodiscard]] std::vector<FileProblem> problems(const QByteArray &json, std::string_view name) const;
    std::vector<std::string> repositories(const Json &value, const std::string &path);

    std::string text(const Json &value, const std::string &path)
    {
        if (const auto *s = value.get_ptr<const Json::string_t *>())
            return *s;
        fail(path, "expected a string");
        return {};
    }

    std::vector<std::string> texts(const Json &value, const std::string &path)
    {
        std::vector<std::string> result;
        if (!value.is_array()) {
            fail(path, "expected a list of strings");
            return result;
        }
        for (std::size_t i = 0; const Json &item : value) {
            const std::size_t at = i++;
            const auto *s = item.get_ptr<const Json::string_t *>();
            if (s)
                result.push_back(*s);
            else
                fail(path + '/' + std::to_string(at), "expected a string");
        }
        return result;
    }

    bool flag(const Json &value, const std::string &path)
    {
        if (const auto *b = value.get_ptr<const Json::boolean_t *>())
            return *b;
        fail(path, "expected true or false");
        return false;
    }

    void fact(ImageFacts &facts, std::string_view key, const Json &value, const std::string &path);
    std::vector<std::string> tags(const Json &value, const TagSets &sets, const std::string &path);

private:
    void shellFact(ImageFacts &facts, const Json &value, const std::string &path);
    bool textFact(ImageFacts &facts, std::string_view key, const Json &value, const std::string &path);
    void status(ImageFacts &facts, const Json &value, const std::string &path);
    static void absent(ImageFacts &facts, std::vector<std::string> programs);

    struct Wrong
    {
        std::string path;
        std::string what;
        bool atKey = false;
    };
    FactsOrigin m_origin;
    std::vector<Wrong> m_wrong;
    std::size_t m_count = 0;
};

std::vector<FileProblem> Reader::problems(const QByteArray &json, std::string_view name) const
{
    std::vector<FileProblem> result;
    if (m_wrong.empty())
        return result;
    const auto document = json::parse(json, name);
    if (!document)
        return {document.error()};
    for (const Wrong &wrong : m_wrong)
        result.push_back(document->problem(wrong.path, wrong.path.empty() ? wrong.what : wrong.path + ": " + wrong.what,
                                           wrong.atKey));
    return result;
}

/// The repository globs of an entry. People write them as they write images.
std::vector<std::string> Reader::repositories(const Json &value, const std::string &path)
{
    std::vector<std::string> globs = texts(value, path);
    if (m_origin == FactsOrigin::BuiltIn)
        return globs;
    for (std::size_t i = 0; i < globs.size(); ++i) {
        std::string &glob = globs[i];
        const std::string at = path + '/' + std::to_string(i);
        const std::size_t slash = glob.find('/');
        const std::string_view host = std::string_view(glob).substr(0, slash);
        if (glob.find('@') != std::string::npos || glob.find(':', glob.rfind('/') + 1) != std::string::npos)
            fail(at, "a tag belongs into \"tags\"");
        else if (slash == std::string::npos && glob != "scratch" && !glob.starts_with('*'))
            glob = "docker.io/library/" + glob;
        else if (slash != std::string::npos && host.find_first_of(".:*") == std::string_view::npos
                 && host != "localhost")
            glob = "docker.io/" + glob;
    }
    return globs;
}

/// null: there is none; a string: there is this one. (A missing key means that it is not known.)
void Reader::shellFact(ImageFacts &facts, const Json &value, const std::string &path)
{
    facts.hasShell = value.is_null() ? Known::No : Known::Yes;
    facts.shell = value.is_null() ? std::string() : text(value, path);
}

bool Reader::textFact(ImageFacts &facts, std::string_view key, const Json &value, const std::string &path)
{
    static constexpr std::array<std::pair<std::string_view, std::string ImageFacts::*>, 7> members{{
        {"libc", &ImageFacts::libc},
        {"path", &ImageFacts::path},
        {"user", &ImageFacts::user},
        {"workdir", &ImageFacts::workdir},
        {"sizeSource", &ImageFacts::sizeSource},
        {"replacement", &ImageFacts::replacement},
        {"note", &ImageFacts::note},
    }};
    for (const auto &[name, member] : members) {
        if (name == key) {
            facts.*member = text(value, path);
            return true;
        }
    }
    return false;
}

void Reader::status(ImageFacts &facts, const Json &value, const std::string &path)
{
    static constexpr std::array<std::pair<std::string_view, ImageStatus>, 4> names{{
        {"current", ImageStatus::Current},
        {"deprecated", ImageStatus::Deprecated},
        {"end-of-life", ImageStatus::EndOfLife},
        {"never-published", ImageStatus::NeverPublished},
    }};
    const std::string name = text(value, path);
    for (const auto &[known, result] : names) {
        if (known == name) {
            facts.status = result;
            return;
        }
    }
    fail(path, "unknown status '" + name + "'");
}

/// Programs that are not there are kept among what an image lacks. A list replaces the one of the file or group.
void Reader::absent(ImageFacts &facts, std::vector<std::string> programs)
{
    static constexpr std::array<std::string_view, 8> data{"ca",     "icu", "libssl", "libstdcpp",
                                                          "passwd", "tmp", "tz",     "zlib"};
    std::erase_if(facts.provides, [](const auto &item) { return std::ranges::find(data, item.first) == data.end(); });
    for (std::string &program : programs)
        facts.provides.insert_or_assign(std::move(program), false);
}

void Reader::fact(ImageFacts &facts, std::string_view key, const Json &value, const std::string &path)
{
    if (key == "shell") {
        shellFact(facts, value, path);
    } else if (key == "shellForm") {
        facts.shellFormWorks = flag(value, path) ? Known::Yes : Known::No;
    } else if (key == "packageManager") {
        facts.hasPackageManager = value.is_null() ? Known::No : Known::Yes;
        facts.packageManager = value.is_null() ? std::string() : text(value, path);
    } else if (key == "uid") {
        if (value.is_number_unsigned() && value.get<std::uint64_t>() <= std::numeric_limits<std::uint32_t>::max())
            facts.uid = value.get<std::uint32_t>();
        else
            fail(path, "expected a number from 0 to 4294967295");
    } else if (key == "sizeMb") {
        if (value.is_number())
            facts.sizeMb = value.get<double>();
        else
            fail(path, "expected a number");
    } else if (key == "entrypoint") {
        facts.entrypoint = texts(value, path);
    } else if (key == "cmd") {
        facts.cmd = texts(value, path);
    } else if (key == "accounts") {
        facts.accounts = texts(value, path);
    } else if (key == "groups") {
        facts.groups = texts(value, path);
    } else if (key == "absent") {
        absent(facts, texts(value, path));
    } else if (key == "has" || key == "lacks") {
        for (std::string &item : texts(value, path))
            facts.provides.insert_or_assign(std::move(item), key == "has");
    } else if (key == "sources") {
        // A variant's sources come on top of those of its group.
        for (std::string &item : texts(value, path))
            facts.sources.push_back(std::move(item));
    } else if (key == "status") {
        status(facts, value, path);
    } else if (!textFact(facts, key, value, path)) {
        fail(path, "unknown key", true);
    }
}

std::vector<std::string> Reader::tags(const Json &value, const TagSets &sets, const std::string &path)
{
    if (!value.is_string())
        return texts(value, path);
    const std::string name = text(value, path);
    if (name.starts_with('@')) {
        if (const auto found = sets.find(std::string_view(name).substr(1)); found != sets.end())
            return found->second;
    }
    fail(path, "no tag set is called '" + name + "'");
    return {};
}

void readImage(Reader &reader, const Json &image, const TagSets &sets, const ImageFacts &ofFile,
               const std::string &path, std::vector<Catalog::Entry> &entries)
{
    if (!image.is_object() || !image.contains("match")) {
        reader.fail(path, "expected an object with \"match\"");
        return;
    }
    const auto repositories
        = std::make_shared<const std::vector<std::string>>(reader.repositories(image["match"], path + "/match"));
    if (repositories->empty()) {
        reader.fail(path + "/match", "empty list");
        return;
    }
    ImageFacts shared = ofFile;
    shared.match = repositories->front();
    shared.byNameOnly = shared.match == "*";
    shared.origin = reader.origin();
    for (const auto &[key, value] : image.items()) {
        if (key != "match" && key != "tags" && key != "variants")
            reader.fact(shared, key, value, path + json::pointerStep(key));
    }
    const bool anyTag = reader.origin() != FactsOrigin::BuiltIn && !image.contains("tags");
    if (anyTag && !image.contains("variants")) {
        entries.push_back({repositories, {"*"}, std::move(shared)});
        return;
    }
    if (image.contains("tags") == image.contains("variants")) {
        reader.fail(path, "expected either \"tags\" or \"variants\"");
        return;
    }
    if (image.contains("tags")) {
        entries.push_back({repositories, reader.tags(image["tags"], sets, path + "/tags"), std::move(shared)});
        return;
    }
    if (!image["variants"].is_array()) {
        reader.fail(path + "/variants", "expected a list");
        return;
    }
    for (std::size_t i = 0; const Json &variant : image["variants"]) {
        const std::string where = path + "/variants/" + std::to_string(i++);
        if (!variant.is_object() || !variant.contains("tags")) {
            reader.fail(where, "expected an object with \"tags\"");
            return;
        }
        Catalog::Entry entry{repositories, reader.tags(variant["tags"], sets, where + "/tags"), shared};
        for (const auto &[key, value] : variant.items()) {
            if (key != "tags")
                reader.fact(entry.facts, key, value, where + json::pointerStep(key));
        }
        entries.push_back(std::move(entry));
    }
}

Json parse(Reader &reader, const QByteArray &json)
{
    Json document = Json::parse(json.begin(), json.end(), nullptr, false);
    if (document.is_discarded() || !document.is_object())
        reader.fail("", "expected an object");
    return document;
}

/// What the built-in files need no check for at run time: a test proves it of them.
void checkAsWritten(Reader &reader, const QByteArray &bytes, const Json &document, EntriesRead &result)
{
    for (const auto &[key, value] : document.items()) {
        static constexpr std::array known{"$schema", "title", "tagSets", "accounts", "groups", "absent", "images"};
        if (std::ranges::find(known, key) == known.end())
            reader.fail(json::pointerStep(key), "unknown key", true);
    }
    if (const auto whole = json::parse(bytes, {})) {
        for (const auto &[key, range] : whole->places.repeated())
            result.problems.push_back(
                {{}, whole->text.positionAt(range.begin), "the key \"" + key + "\" is there twice"});
    }
}

} // namespace

EntriesRead readEntries(const QByteArray &json, std::string_view name, FactsOrigin origin)
{
    EntriesRead result;
    Reader reader(origin);
    const auto finished = [&] {
        for (FileProblem &problem : result.problems)
            problem.file = name;
        std::ranges::move(reader.problems(json, name), std::back_inserter(result.problems));
        std::ranges::stable_sort(result.problems, {}, &FileProblem::where);
        return std::move(result);
    };
    // A file from outside may be nested so deeply that reading it ends the program.
    if (origin != FactsOrigin::BuiltIn) {
        if (auto parsed = json::parse(json, name); !parsed)
            return {{}, {parsed.error()}};
    }
    const Json document = parse(reader, json);
    if (reader.failed())
        return finished();
    if (origin != FactsOrigin::BuiltIn)
        checkAsWritten(reader, json, document, result);
    TagSets sets;
    if (document.contains("tagSets") && document["tagSets"].is_object()) {
        for (const auto &[key, value] : document["tagSets"].items())
            sets.emplace(key, reader.texts(value, "/tagSets" + json::pointerStep(key)));
    }
    if (!document.contains("images") || !document["images"].is_array()) {
        reader.fail("/images", "expected a list");
        return finished();
    }
    ImageFacts ofFile;
    for (const std::string key : {"accounts", "groups", "absent"}) {
        if (document.contains(key))
            reader.fact(ofFile, key, document[key], json::pointerStep(key));
    }
    for (std::size_t i = 0; const Json &image : document["images"]) {
        const std::size_t before = reader.count();
        const std::size_t entries = result.entries.size();
        readImage(reader, image, sets, ofFile, "/images/" + std::to_string(i++), result.entries);
        if (reader.count() != before)
            result.entries.erase(result.entries.begin() + std::ptrdiff_t(entries), result.entries.end());
    }
    return finished();
}

std::expected<Index, FileProblem> readIndex(const QByteArray &json, std::string_view name)
{
    Reader reader;
    const Json document = parse(reader, json);
    if (reader.failed())
        return std::unexpected(reader.problems(json, name).front());
    Index index;
    const auto rows = [&](const char *key, std::initializer_list<const char *> members, auto &&take) {
        if (!document.contains(key) || !document[key].is_array()) {
            reader.fail(json::pointerStep(key), "expected a list");
            return;
        }
        for (const Json &row : document[key]) {
            for (const char *member : members) {
                if (!row.is_object() || !row.contains(member)) {
                    reader.fail(json::pointerStep(key), std::string("a row has no \"") + member + "\"");
                    return;
                }
            }
            take(row);
        }
    };
    rows("parts", {"file", "repositories"}, [&](const Json &row) {
        index.parts.push_back(
            {reader.text(row["file"], "/parts/file"), reader.texts(row["repositories"], "/parts/repositories")});
    });
    rows("offers", {"image", "title"}, [&](const Json &row) {
        index.offers.push_back(
            {reader.text(row["image"], "/offers/image"), reader.text(row["title"], "/offers/title")});
    });
    const auto choices = [&](const char *key, std::vector<IndexChoice> &into) {
        rows(key, {"for", "use"}, [&](const Json &row) {
            const std::string where = std::string("/") + key;
            into.push_back({reader.texts(row["for"], where + "/for"), reader.text(row["use"], where + "/use")});
        });
    };
    choices("builders", index.builders);
    choices("runtimes", index.runtimes);
    if (reader.failed())
        return std::unexpected(reader.problems(json, name).front());
    return index;
}

} // namespace stagewright::catalog
