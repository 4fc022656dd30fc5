// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/CatalogReader.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace stagewright::catalog {

namespace {

using Json = nlohmann::json;
using TagSets = std::map<std::string, std::vector<std::string>, std::less<>>;

/// Reads values and remembers the first thing that is wrong; nothing throws.
class Reader
{
public:
    explicit Reader(std::string_view name)
        : m_name(name)
    {
    }

    void fail(const std::string &path, std::string_view what)
    {
        if (m_error.empty())
            m_error = m_name + ": " + path + ": " + std::string(what);
    }
    [[nodiscard]] bool failed() const { return !m_error.empty(); }
    [[nodiscard]] CatalogError error() const { return {m_error}; }

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
        for (const Json &item : value)
            result.push_back(text(item, path));
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

    std::string m_name;
    std::string m_error;
};

/// null: there is none; a string: there is this one. (A missing key means that it is not known.)
void Reader::shellFact(ImageFacts &facts, const Json &value, const std::string &path)
{
    facts.hasShell = value.is_null() ? Known::No : Known::Yes;
    facts.shell = value.is_null() ? std::string() : text(value, path);
}

bool Reader::textFact(ImageFacts &facts, std::string_view key, const Json &value, const std::string &path)
{
    static constexpr std::array<std::pair<std::string_view, std::string ImageFacts::*>, 6> members{{
        {"libc", &ImageFacts::libc},
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
        if (value.is_number_unsigned())
            facts.uid = value.get<std::uint32_t>();
        else
            fail(path, "expected a number");
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
        fail(path, "unknown key");
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
        = std::make_shared<const std::vector<std::string>>(reader.texts(image["match"], path + "/match"));
    if (repositories->empty()) {
        reader.fail(path + "/match", "empty list");
        return;
    }
    ImageFacts shared = ofFile;
    shared.match = repositories->front();
    shared.byNameOnly = shared.match == "*";
    for (const auto &[key, value] : image.items()) {
        if (key != "match" && key != "tags" && key != "variants")
            reader.fact(shared, key, value, path + "/" + key);
    }
    if (image.contains("tags") == image.contains("variants")) {
        reader.fail(path, "expected either \"tags\" or \"variants\"");
        return;
    }
    if (image.contains("tags")) {
        entries.push_back({repositories, reader.tags(image["tags"], sets, path + "/tags"), std::move(shared)});
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
                reader.fact(entry.facts, key, value, where + "/" + key);
        }
        entries.push_back(std::move(entry));
    }
}

Json parse(Reader &reader, const QByteArray &json)
{
    Json document = Json::parse(json.begin(), json.end(), nullptr, false);
    if (document.is_discarded() || !document.is_object())
        reader.fail("", "not a JSON object");
    return document;
}

} // namespace

std::expected<std::vector<Catalog::Entry>, CatalogError> readEntries(const QByteArray &json, std::string_view name)
{
    Reader reader(name);
    const Json document = parse(reader, json);
    if (reader.failed())
        return std::unexpected(reader.error());
    TagSets sets;
    if (document.contains("tagSets") && document["tagSets"].is_object()) {
        for (const auto &[key, value] : document["tagSets"].items())
            sets.emplace(key, reader.texts(value, "/tagSets/" + key));
    }
    std::vector<Catalog::Entry> entries;
    if (!document.contains("images") || !document["images"].is_array()) {
        reader.fail("/images", "expected a list");
        return std::unexpected(reader.error());
    }
    ImageFacts ofFile;
    if (document.contains("accounts"))
        reader.fact(ofFile, "accounts", document["accounts"], "/accounts");
    if (document.contains("absent"))
        reader.fact(ofFile, "absent", document["absent"], "/absent");
    for (std::size_t i = 0; const Json &image : document["images"])
        readImage(reader, image, sets, ofFile, "/images/" + std::to_string(i++), entries);
    if (reader.failed())
        return std::unexpected(reader.error());
    return entries;
}

std::expected<Index, CatalogError> readIndex(const QByteArray &json, std::string_view name)
{
    Reader reader(name);
    const Json document = parse(reader, json);
    if (reader.failed())
        return std::unexpected(reader.error());
    Index index;
    const auto rows = [&](const char *key, std::initializer_list<const char *> members, auto &&take) {
        if (!document.contains(key) || !document[key].is_array()) {
            reader.fail(key, "expected a list");
            return;
        }
        for (const Json &row : document[key]) {
            for (const char *member : members) {
                if (!row.is_object() || !row.contains(member)) {
                    reader.fail(key, std::string("a row has no \"") + member + "\"");
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
        return std::unexpected(reader.error());
    return index;
}

} // namespace stagewright::catalog
