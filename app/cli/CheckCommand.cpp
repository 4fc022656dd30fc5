// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Arguments.h"
#include "CheckReport.h"
#include "Command.h"
#include "Configured.h"
#include "FindingText.h"
#include "Input.h"

#include "lint/Linter.h"
#include "semantics/ContextFiles.h"
#include "semantics/Snapshot.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <ostream>
#include <utility>

namespace stagewright::cli {

namespace {

using Json = nlohmann::ordered_json;

enum class Format { Text, JsonLines, Sarif, GitHub };

constexpr std::array<std::pair<std::string_view, Format>, 4> Formats{
    {{"text", Format::Text}, {"json", Format::JsonLines}, {"sarif", Format::Sarif}, {"github", Format::GitHub}}};
constexpr std::array Severities{Severity::Error, Severity::Warning, Severity::Info};

struct Options
{
    AnalysisOptions build;
    ConfigurationChoice configuration;
    std::vector<std::string> files;
    std::optional<Severity> failOn; ///< Given; otherwise the project's, otherwise warning.
    Format format = Format::Text;
    bool explain = false;
};

std::string readFormat(std::string_view value, Options &options)
{
    const auto *found = std::ranges::find(Formats, value, &std::pair<std::string_view, Format>::first);
    if (found == Formats.end())
        return "the format is text, json, sarif or github";
    options.format = found->second;
    return {};
}

std::string readLevel(std::string_view value, Options &options)
{
    const auto *found = std::ranges::find(Severities, value, severityName);
    if (found == Severities.end())
        return "the severity is error, warning or info";
    options.failOn = *found;
    return {};
}

std::optional<Options> parse(std::span<const std::string> arguments, Streams &streams)
{
    Options options;
    std::vector<Option> known = analysisOptions(options.build);
    std::ranges::move(configurationOptions(options.configuration), std::back_inserter(known));
    known.push_back({"--format", true, [&](std::string_view value) { return readFormat(value, options); }});
    known.push_back({"--fail-on", true, [&](std::string_view value) { return readLevel(value, options); }});
    known.push_back({"--explain", false, [&](std::string_view) {
                         options.explain = true;
                         return std::string();
                     }});
    auto files = parseArguments(arguments, known);
    if (!files || files->empty()) {
        streams.err << "stagewright-cli check: " << (files ? "no file given" : files.error()) << '\n';
        return std::nullopt;
    }
    options.files = std::move(*files);
    return options;
}

/// @p finder: null when no fixes are told.
Json findingJson(FixFinder *finder, const Snapshot &snapshot, const Diagnostic &finding)
{
    const LineColumn begin = snapshot.text().positionAt(finding.range.begin);
    const LineColumn end = snapshot.text().positionAt(finding.range.end);
    Json json{{"rule", finding.ruleId},   {"name", finding.ruleName}, {"severity", severityName(finding.severity)},
              {"line", finding.line},     {"column", begin.column},   {"end_line", end.line},
              {"end_column", end.column}, {"title", finding.title},   {"message", finding.message},
              {"why", finding.why},       {"how", finding.how}};
    json["stage"] = finding.stage == StageId::None ? Json() : Json(static_cast<int>(finding.stage));
    json["fixes"] = Json::array();
    if (finding.fixable && finder) {
        for (const Fix &fix : finder->fixes(finding))
            json["fixes"].push_back({{"title", fix.title}, {"detail", fix.detail}, {"safe", fix.safe}});
    }
    return json;
}

void print(const Json &json, std::ostream &out)
{
    out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

/// Prints one file as text or as a line of JSON, or as GitHub wants it; SARIF is one document for all files.
void printOne(const CheckedFile &file, const Configured &configured, const Options &options, Streams &streams)
{
    if (options.format == Format::JsonLines) {
        Json json{{"path", file.path}, {"error", nullptr}, {"findings", Json::array()}};
        FixFinder finder(configured.linter, *file.snapshot);
        for (const Diagnostic &finding : file.findings) {
            const bool withFixes = json["findings"].size() < FixFinder::MostReported;
            json["findings"].push_back(findingJson(withFixes ? &finder : nullptr, *file.snapshot, finding));
        }
        for (const FileProblem &problem : configured.problems)
            json["config_errors"].push_back({{"path", problem.file},
                                             {"line", problem.where.line},
                                             {"column", problem.where.column},
                                             {"message", problem.message}});
        print(json, streams.out);
    } else if (options.format == Format::GitHub) {
        writeGitHub(streams.out, file);
    } else if (options.format == Format::Text) {
        for (const Diagnostic &finding : file.findings)
            streams.out << findingText(file.path, *file.snapshot, finding, {streams.colour, options.explain});
    }
}

/// True if there is a finding at or above the level.
bool isFound(const CheckedFile &file, Severity level)
{
    return std::ranges::any_of(file.findings, [level](const Diagnostic &d) { return d.severity <= level; });
}

int run(std::span<const std::string> arguments, Streams &streams)
{
    const std::optional<Options> options = parse(arguments, streams);
    if (!options)
        return CannotRun;
    Configurations configurations(options->configuration, streams.err);
    int code = Ok;
    std::vector<CheckedFile> files;
    for (const std::string &path : options->files) {
        const auto input = readInput(path, streams.in);
        if (!input || input->problem) {
            const std::string reason = input ? describeProblem(*input) : path + ": " + input.error();
            streams.err << reason << '\n';
            if (options->format == Format::JsonLines)
                print({{"path", path}, {"error", reason}, {"findings", Json::array()}}, streams.out);
            code = CannotRun;
            continue;
        }
        AnalysisOptions build = options->build;
        takeContext(build, path);
        SnapshotPtr snapshot = Snapshot::make(input->text, std::move(build));
        const Configured &configured = configurations.of(path);
        std::vector<Diagnostic> findings = configured.linter.check(*snapshot);
        files.push_back({path, std::move(snapshot), std::move(findings), &configured.linter});
        printOne(files.back(), configured, *options, streams);
        const Severity level = options->failOn.value_or(configured.failOn.value_or(Severity::Warning));
        if (isFound(files.back(), level) && code == Ok)
            code = Findings;
    }
    if (options->format == Format::Sarif)
        writeSarif(streams.out, files);
    // One file speaks for itself; of many, how it went is lost among the lines.
    if (options->format == Format::Text && files.size() > 1)
        streams.err << checkSummary(files) << '\n';
    return configurations.hasProblems() ? int(CannotRun) : code;
}

} // namespace

constinit const Command checkCommand{
    "check",
    "check [OPTIONS] FILE...",
    "List the findings of each file",
    run,
    "Options:\n"
    "      --format FORMAT      text for people, json (one object a line for each file), sarif, or github\n"
    "                           (workflow commands) (text)\n"
    "      --fail-on SEVERITY   The least severity that makes the exit code 1: error, warning or info (the project's,\n"
    "                           or warning)\n"
    "      --explain            Print the reason of each finding too\n"
    "\n"
    "Exit codes: 0 nothing found at or above the level, 1 findings, 2 a file cannot be read or is no UTF-8 text, or\n"
    "something is wrong in the configuration.\n",
    true,
    true};

} // namespace stagewright::cli
