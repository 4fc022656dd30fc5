// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "CheckReport.h"

#include "lint/Rule.h"
#include "lint/RuleTable.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <ostream>

namespace stagewright::cli {

namespace {

using Json = nlohmann::ordered_json;

struct Place
{
    LineColumn begin;
    LineColumn end; ///< Behind the last character.
};

/// Where a finding is shown: what it underlines, or its line where BuildKit counts another line than that.
Place placeOf(const CheckedFile &file, const Diagnostic &d)
{
    const SourceText &text = file.snapshot->text();
    Place place{text.positionAt(d.range.begin), text.positionAt(d.range.end)};
    if (place.begin.line != d.line) {
        place.begin = {d.line, 1};
        place.end = text.positionAt(text.line(std::min(d.line, text.lineCount())).end);
    }
    return place;
}

std::string dumped(const Json &json)
{
    // Messages quote the file, and a file that was read lossily may hold anything.
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::array<std::size_t, 3> countsOf(std::span<const CheckedFile> files)
{
    std::array<std::size_t, 3> counts{};
    for (const CheckedFile &file : files) {
        for (const Diagnostic &d : file.findings)
            ++counts[static_cast<std::size_t>(d.severity)];
    }
    return counts;
}

/// A path as a relative or file URI.
std::string uriOf(std::string_view path)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    if (path == "-")
        return "stdin";
    std::string uri = path.starts_with('/') ? "file://" : "";
    for (const char c : path) {
        const auto code = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view("/-._~+@").find(c) != std::string_view::npos;
        if (plain)
            uri += c;
        else
            (uri += '%') += {digits[code >> 4], digits[code & 15]};
    }
    return uri;
}

std::string_view sarifLevel(Severity severity)
{
    return severity == Severity::Info ? "note" : severityName(severity);
}

Json regionJson(const Place &place)
{
    return {{"startLine", place.begin.line},
            {"startColumn", place.begin.column},
            {"endLine", place.end.line},
            {"endColumn", place.end.column}};
}

Json sarifFix(const CheckedFile &file, const Fix &fix, const Json &location)
{
    const SourceText &text = file.snapshot->text();
    Json replacements = Json::array();
    for (const TextEdit &edit : fix.transaction.edits()) {
        replacements.push_back(
            {{"deletedRegion", regionJson({text.positionAt(edit.range.begin), text.positionAt(edit.range.end)})},
             {"insertedContent", {{"text", edit.replacement}}}});
    }
    return {{"description", {{"text", fix.title + ": " + fix.detail}}},
            {"artifactChanges",
             Json::array({{{"artifactLocation", location}, {"replacements", std::move(replacements)}}})}};
}

/// @p finder: null when no fixes are told.
Json sarifResult(const CheckedFile &file, FixFinder *finder, const Diagnostic &d)
{
    const Json location{{"uri", uriOf(file.path)}};
    Json result{{"ruleId", d.ruleId},
                {"level", sarifLevel(d.severity)},
                {"message", {{"text", d.message + "\n\n" + d.why + "\n\n" + d.how}}},
                {"locations",
                 Json::array({{{"physicalLocation",
                                {{"artifactLocation", location}, {"region", regionJson(placeOf(file, d))}}}}})}};
    Json fixes = Json::array();
    for (const Fix &fix : finder ? finder->fixes(d) : std::vector<Fix>()) {
        if (!fix.transaction.isEmpty())
            fixes.push_back(sarifFix(file, fix, location));
    }
    if (!fixes.empty())
        result["fixes"] = std::move(fixes);
    return result;
}

std::string escaped(std::string_view text, bool property)
{
    std::string result;
    for (const char c : text) {
        if (c == '%')
            result += "%25";
        else if (c == '\r')
            result += "%0D";
        else if (c == '\n')
            result += "%0A";
        else if (property && c == ':')
            result += "%3A";
        else if (property && c == ',')
            result += "%2C";
        else
            result += c;
    }
    return result;
}

std::string counted(std::size_t number, std::string_view word)
{
    return std::to_string(number) + ' ' + std::string(word) + (number == 1 ? "" : "s");
}

} // namespace

namespace {

/// How a rule speaks of these files: as it is made, or as their projects want it where they all want the same.
Json sarifConfiguration(const Rule &rule, std::span<const CheckedFile> files)
{
    const auto levelIn = [&rule](const CheckedFile &file) -> std::optional<RuleLevel> {
        const RuleLevelMap &levels = file.linter->config().levels;
        const auto level = levels.find(rule.id);
        return level == levels.end() ? std::nullopt : std::optional(level->second);
    };
    std::optional<RuleLevel> level = files.empty() || !files.front().linter ? std::nullopt : levelIn(files.front());
    for (const CheckedFile &file : files) {
        if (!file.linter || levelIn(file) != level)
            level.reset();
    }
    if (level == RuleLevel::Off)
        return {{"enabled", false}, {"level", sarifLevel(rule.severity)}};
    return {{"level", sarifLevel(level ? severityOf(*level).value_or(rule.severity) : rule.severity)}};
}

} // namespace

void writeSarif(std::ostream &out, std::span<const CheckedFile> files)
{
    Json rules = Json::array();
    for (const Rule *rule : Linter::rules()) {
        Json json{{"id", rule->id},
                  {"name", rule->name},
                  {"shortDescription", {{"text", rule->summary}}},
                  {"defaultConfiguration", sarifConfiguration(*rule, files)}};
        if (const QByteArray page = rulePage(rule->id); !page.isEmpty())
            json["help"] = {{"text", page.toStdString()}, {"markdown", page.toStdString()}};
        rules.push_back(std::move(json));
    }
    Json results = Json::array();
    for (const CheckedFile &file : files) {
        FixFinder finder(*file.linter, *file.snapshot);
        std::size_t told = 0;
        for (const Diagnostic &d : file.findings)
            results.push_back(sarifResult(file, told++ < FixFinder::MostReported ? &finder : nullptr, d));
    }
    const Json driver{{"name", "Stagewright"}, {"version", STAGEWRIGHT_VERSION}, {"rules", std::move(rules)}};
    out << dumped({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs",
                    Json::array({{{"tool", {{"driver", driver}}},
                                  {"columnKind", "unicodeCodePoints"},
                                  {"results", std::move(results)}}})}})
        << '\n';
}

void writeGitHub(std::ostream &out, const CheckedFile &file)
{
    for (const Diagnostic &d : file.findings) {
        const Place place = placeOf(file, d);
        out << "::" << (d.severity == Severity::Info ? "notice" : severityName(d.severity))
            << " file=" << escaped(file.path, true) << ",line=" << place.begin.line << ",endLine=" << place.end.line;
        // GitHub refuses columns of a finding that goes over several lines.
        if (place.begin.line == place.end.line)
            out << ",col=" << place.begin.column << ",endColumn=" << place.end.column;
        out << ",title=" << escaped(std::string(d.ruleId) + ": " + d.title, true)
            << "::" << escaped(d.message + "\n" + d.how, false) << '\n';
    }
}

std::string checkSummary(std::span<const CheckedFile> files)
{
    const auto counts = countsOf(files);
    std::size_t fixable = 0;
    for (const CheckedFile &file : files)
        fixable += static_cast<std::size_t>(std::ranges::count(file.findings, true, &Diagnostic::fixable));
    std::string text = counted(files.size(), "file") + ": " + counted(counts[0], "error") + ", "
        + counted(counts[1], "warning") + ", " + counted(counts[2], "note");
    return fixable == 0 ? text : text + "; " + std::to_string(fixable) + " with a fix";
}

} // namespace stagewright::cli
