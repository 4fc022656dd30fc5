// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "config/JsonFile.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <set>

namespace stagewright::json {

namespace {

constexpr std::string_view blanks = " \t\r\n";

/// Goes over a text that is known to be JSON and notes where things stand.
class Scanner
{
public:
    Scanner(std::string_view json, std::map<std::string, Place, std::less<>> &places,
            std::vector<std::pair<std::string, TextRange>> &repeated)
        : m_json(json)
        , m_places(places)
        , m_repeated(repeated)
    {
        if (m_json.starts_with("\xEF\xBB\xBF"))
            m_at = 3;
    }
    void value(const std::string &pointer, TextRange key)
    {
        skipBlanks();
        const std::size_t begin = m_at;
        if (m_at < m_json.size() && m_json[m_at] == '{')
            object(pointer);
        else if (m_at < m_json.size() && m_json[m_at] == '[')
            array(pointer);
        else if (m_at < m_json.size() && m_json[m_at] == '"')
            skipString();
        else
            m_at = std::min(m_json.find_first_of(" \t\r\n,]}", m_at), m_json.size());
        m_places.insert_or_assign(pointer, Place{key, range(begin, m_at)});
    }

private:
    static TextRange range(std::size_t begin, std::size_t end) { return {Offset(begin), Offset(end)}; }
    void skipBlanks() { m_at = std::min(m_json.find_first_not_of(blanks, m_at), m_json.size()); }
    void skipString()
    {
        for (++m_at; m_at < m_json.size() && m_json[m_at] != '"'; ++m_at)
            m_at += m_json[m_at] == '\\' ? 1 : 0;
        m_at = std::min(m_at + 1, m_json.size());
    }
    /// Behind an opening bracket or an item: moves behind a comma; false (behind the bracket) at the end.
    bool next(char close)
    {
        skipBlanks();
        if (m_at < m_json.size() && m_json[m_at] == ',')
            ++m_at;
        skipBlanks();
        if (m_at < m_json.size() && m_json[m_at] != close)
            return true;
        m_at = std::min(m_at + 1, m_json.size());
        return false;
    }
    void object(const std::string &pointer)
    {
        std::set<std::string> seen;
        ++m_at;
        while (next('}')) {
            const std::size_t begin = m_at;
            skipString();
            const TextRange key = range(begin, m_at);
            const auto name = nlohmann::json::parse(m_json.substr(begin, m_at - begin), nullptr, false);
            const std::string text = name.is_string() ? name.get<std::string>() : std::string();
            if (!seen.insert(text).second)
                m_repeated.emplace_back(text, key);
            skipBlanks();
            ++m_at; // the colon
            value(pointer + pointerStep(text), key);
        }
    }
    void array(const std::string &pointer)
    {
        ++m_at;
        for (std::size_t i = 0; next(']'); ++i)
            value(pointer + '/' + std::to_string(i), {});
    }

    std::string_view m_json;
    std::size_t m_at = 0;
    std::map<std::string, Place, std::less<>> &m_places;
    std::vector<std::pair<std::string, TextRange>> &m_repeated;
};

/// Where the nesting gets too deep, or npos. Brackets in strings do not count.
std::size_t tooDeepAt(std::string_view json)
{
    std::size_t depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString) {
            i += c == '\\' ? 1 : 0;
            inString = c != '"';
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > DeepestNesting)
                return i;
        } else if ((c == '}' || c == ']') && depth > 0) {
            --depth;
        }
    }
    return std::string_view::npos;
}

/// The library's words without what it puts in front of them.
std::string wordsOf(const nlohmann::json::parse_error &error)
{
    const std::string_view whole(error.what());
    const std::size_t mark = whole.find("column ");
    const std::size_t colon = whole.find(": ", mark == std::string_view::npos ? 0 : mark);
    return "this is no JSON: " + std::string(colon == std::string_view::npos ? whole : whole.substr(colon + 2));
}

} // namespace

std::string pointerStep(std::string_view key)
{
    std::string step("/");
    for (const char c : key) {
        if (c == '~')
            step += "~0";
        else if (c == '/')
            step += "~1";
        else
            step += c;
    }
    return step;
}

Places::Places(std::string_view json)
{
    Scanner(json, m_places, m_repeated).value({}, {});
}

const Place *Places::find(std::string_view pointer) const
{
    const auto found = m_places.find(pointer);
    return found == m_places.end() ? nullptr : &found->second;
}

FileProblem Document::problem(std::string_view pointer, std::string message, bool atKey) const
{
    const Place *place = places.find(pointer);
    while (!place && !pointer.empty()) {
        pointer = pointer.substr(0, pointer.rfind('/'));
        place = places.find(pointer);
    }
    const TextRange range = !place ? TextRange() : atKey && !place->key.isEmpty() ? place->key : place->value;
    return {name, text.positionAt(range.begin), std::move(message)};
}

std::expected<Document, FileProblem> parse(const QByteArray &bytes, std::string_view name)
{
    auto text = SourceText::fromBytes(bytes.toStdString());
    if (!text)
        return std::unexpected(FileProblem{std::string(name), text.error().where, text.error().message});
    const auto problemAt = [&](std::size_t offset, std::string message) {
        const auto at = Offset(std::min<std::size_t>(offset, text->size()));
        return std::unexpected(FileProblem{std::string(name), text->positionAt(at), std::move(message)});
    };
    if (const std::size_t deep = tooDeepAt(text->bytes()); deep != std::string_view::npos)
        return problemAt(deep, "this is nested too deeply");
    try {
        nlohmann::json root = nlohmann::json::parse(text->bytes());
        Places places(text->bytes());
        return Document{std::string(name), std::move(*text), std::move(root), std::move(places)};
    } catch (const nlohmann::json::parse_error &error) {
        // The library counts the bytes that it has read: the last one is where it stopped.
        return problemAt(error.byte > 0 ? error.byte - 1 : 0, wordsOf(error));
    } catch (const nlohmann::json::exception &error) {
        return problemAt(0, std::string("this is no JSON: ") + error.what()); // a number out of range
    }
}

std::expected<QByteArray, FileProblem> readFile(const std::string &path, qint64 largest)
{
    const auto refuse = [&path](std::string why) { return std::unexpected(FileProblem{path, {0, 0}, std::move(why)}); };
    const QFileInfo info(QString::fromStdString(path));
    if (!info.exists())
        return refuse("there is no such file");
    if (!info.isFile())
        return refuse("this is no file");
    QFile file(info.filePath());
    if (!file.open(QIODevice::ReadOnly))
        return refuse("the file cannot be read: " + file.errorString().toStdString());
    // Files under /proc and the like say that they are empty.
    QByteArray bytes = file.read(largest + 1);
    if (bytes.size() > largest)
        return refuse("the file is larger than " + std::to_string(largest / 1024 / 1024) + " MB");
    return bytes;
}

} // namespace stagewright::json
