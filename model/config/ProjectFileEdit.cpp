// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "config/JsonFile.h"
#include "config/ProjectFile.h"
#include "lint/Rule.h"
#include "lint/RuleTable.h"

#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace stagewright {

namespace {

constexpr qint64 largestFile = 1024 * 1024;
constexpr std::string_view blanks = " \t\r\n";

std::string quote(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

/// Puts members into the objects of a JSON text in the text's own style.
class Inserter
{
public:
    explicit Inserter(const json::Document &document)
        : m_document(document)
        , m_text(document.text.bytes())
    {
    }

    /// @p member ("\"key\": value", LF) as the last one of the object at @p pointer.
    [[nodiscard]] std::string insert(const std::string &pointer, const std::string &member) const
    {
        const TextRange object = m_document.places.find(pointer)->value;
        const json::Place *last = lastMember(pointer);
        std::string result(m_text);
        if (last) {
            result.insert(last->value.end, "," + leadOf(last->key.begin) + indented(member, leadOf(last->key.begin)));
            return result;
        }
        // An empty object: one step deeper than the line that opens it.
        const std::size_t lineBegin = m_text.find_last_of('\n', object.begin) + 1;
        const std::string outer(m_text.substr(
            lineBegin, std::min(m_text.find_first_not_of(" \t", lineBegin), std::size_t(object.begin)) - lineBegin));
        const std::string newline(m_document.text.newline());
        const std::string lead = newline + outer + step();
        result.replace(object.begin, object.length(), "{" + lead + indented(member, lead) + newline + outer + "}");
        return result;
    }
    /// The blanks of one level.
    [[nodiscard]] std::string step() const
    {
        const json::Place *first = lastMember("");
        const std::string lead = first ? leadOf(first->key.begin) : std::string();
        const std::size_t newline = lead.find_last_of('\n');
        return newline == std::string::npos || newline + 1 == lead.size() ? "    " : lead.substr(newline + 1);
    }
    /// Whether members stand on lines of their own.
    [[nodiscard]] bool hasLines() const { return m_text.find('\n') < m_text.find_last_not_of(blanks); }

private:
    /// The blanks in front of a key.
    [[nodiscard]] std::string leadOf(std::size_t key) const
    {
        const std::size_t begin = m_text.find_last_not_of(blanks, key - 1) + 1;
        const std::string lead(m_text.substr(begin, key - begin));
        return lead.empty() ? " " : lead;
    }
    static std::string indented(std::string text, const std::string &lead)
    {
        for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + lead.size()))
            text.replace(at, 1, lead);
        return text;
    }
    [[nodiscard]] const json::Place *lastMember(const std::string &pointer) const
    {
        const json::Place *last = nullptr;
        const nlohmann::json &object = m_document.root.at(nlohmann::json::json_pointer(pointer));
        for (const auto &[key, value] : object.items()) {
            const json::Place *place = m_document.places.find(pointer + json::pointerStep(key));
            if (place && (!last || place->key.begin > last->key.begin))
                last = place;
        }
        return last;
    }

    const json::Document &m_document;
    std::string_view m_text;
};

std::string changed(const json::Document &document, std::string_view ruleId, const std::string &level)
{
    const std::string member = quote(ruleId) + ": " + level;
    const Inserter inserter(document);
    if (!document.root.contains("rules")) {
        const bool lines = inserter.hasLines() || document.root.empty();
        return inserter.insert(
            "", lines ? "\"rules\": {\n" + inserter.step() + member + "\n}" : "\"rules\": {" + member + "}");
    }
    for (const auto &[key, value] : document.root["rules"].items()) {
        const Rule *rule = findRuleCalled(key);
        if (!rule || rule->id != ruleId)
            continue;
        const TextRange place = document.places.find("/rules" + json::pointerStep(key))->value;
        std::string result(document.text.bytes());
        result.replace(place.begin, place.length(), level);
        return result;
    }
    return inserter.insert("/rules", member);
}

} // namespace

std::expected<std::string, FileProblem> withRuleLevel(const QByteArray &bytes, const std::string &path,
                                                      std::string_view ruleId, RuleLevel level)
{
    const std::string value = quote(ruleLevelName(level));
    if (bytes.trimmed().isEmpty())
        return "{\n    \"rules\": {\n        " + quote(ruleId) + ": " + value + "\n    }\n}\n";
    const auto document = json::parse(bytes, path);
    if (!document)
        return std::unexpected(document.error());
    if (!document->root.is_object())
        return std::unexpected(document->problem("", "expected an object"));
    if (document->root.contains("rules") && !document->root["rules"].is_object())
        return std::unexpected(document->problem("/rules", "expected an object of rules and levels"));
    if (!document->places.repeated().empty()) {
        const auto &[key, range] = document->places.repeated().front();
        return std::unexpected(
            FileProblem{path, document->text.positionAt(range.begin), "the key " + quote(key) + " is there twice"});
    }
    return changed(*document, ruleId, value);
}

std::expected<void, FileProblem> writeRuleLevel(const std::string &path, std::string_view ruleId, RuleLevel level)
{
    const QString name = QString::fromStdString(path);
    QByteArray before;
    if (QFileInfo::exists(name)) {
        auto read = json::readFile(path, largestFile);
        if (!read)
            return std::unexpected(read.error());
        before = std::move(*read);
    }
    const auto after = withRuleLevel(before, path, ruleId, level);
    if (!after)
        return std::unexpected(after.error());
    // Through a link: the file that it points to is replaced, not the link.
    const QFileInfo info(name);
    QSaveFile file(info.exists() ? info.canonicalFilePath() : name);
    const auto size = qint64(after->size());
    if (file.open(QIODevice::WriteOnly) && file.write(after->data(), size) == size && file.commit())
        return {};
    return std::unexpected(
        FileProblem{path, {0, 0}, "the file cannot be written: " + file.errorString().toStdString()});
}

} // namespace stagewright
