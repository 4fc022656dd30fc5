// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Arguments.h"
#include "Command.h"
#include "Configured.h"
#include "Input.h"

#include "lint/Linter.h"
#include "semantics/CheckOptions.h"
#include "semantics/ContextFiles.h"
#include "semantics/Snapshot.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <ostream>
#include <set>

namespace stagewright::cli {

namespace {

using Json = nlohmann::ordered_json;

std::string_view nameOf(BaseKind kind)
{
    switch (kind) {
    case BaseKind::Image: return "image";
    case BaseKind::Stage: return "stage";
    case BaseKind::Scratch: return "scratch";
    case BaseKind::NamedContext: return "named-context";
    case BaseKind::Invalid: break;
    }
    return "invalid";
}

std::string_view nameOf(ReferenceKind kind)
{
    switch (kind) {
    case ReferenceKind::Stage: return "stage";
    case ReferenceKind::Image: return "image";
    case ReferenceKind::Scratch: return "scratch";
    case ReferenceKind::NamedContext: return "named-context";
    case ReferenceKind::Error: break;
    }
    return "error";
}

Json referenceJson(const Snapshot &snapshot, const StageReference &reference)
{
    Json json{{"instr", keywordOf(reference.instructionKind)},
              {"line", snapshot.tree().instruction(reference.instruction).firstLine},
              {"kind", nameOf(reference.kind)}};
    if (reference.kind == ReferenceKind::Stage)
        json["stage"] = static_cast<int>(reference.stage);
    else if (reference.kind == ReferenceKind::Image)
        json["image"] = snapshot.graph().image(reference.image).reference;
    else if (reference.kind == ReferenceKind::NamedContext)
        json["context"] = snapshot.graph().namedContexts()[static_cast<std::size_t>(reference.context)].name;
    return json;
}

Json stageJson(const Snapshot &snapshot, const Stage &stage)
{
    Json json{{"index", static_cast<int>(stage.id)},
              {"name", stage.name},
              {"start", stage.firstLine},
              {"end", stage.lastLine},
              {"base_kind", nameOf(stage.base.kind)}};
    if (stage.base.kind == BaseKind::Stage)
        json["base_stage"] = static_cast<int>(stage.base.stage);
    else if (stage.base.kind == BaseKind::Image)
        json["base_image"] = stage.base.reference;
    else if (stage.base.kind == BaseKind::NamedContext)
        json["base_context"] = snapshot.graph().namedContexts()[static_cast<std::size_t>(stage.base.context)].name;
    json["reachable"] = stage.reachable;
    json["refs"] = Json::array();
    return json;
}

Json stagesJson(const Snapshot &snapshot)
{
    Json stages = Json::array();
    for (const Stage &stage : snapshot.graph().stages())
        stages.push_back(stageJson(snapshot, stage));
    for (const StageReference &reference : snapshot.graph().references())
        stages[indexOf(reference.inStage)]["refs"].push_back(referenceJson(snapshot, reference));
    return stages;
}

Json findingJson(const Diagnostic &finding)
{
    return {{"rule", finding.ruleId},
            {"line", finding.line},
            {"severity", severityName(finding.severity)},
            {"message", finding.message}};
}

/// The first error, at which BuildKit stops; with `# check=error=true` also findings of the build checks are one.
Json errorJson(const Snapshot &snapshot, const std::set<std::string_view> &failedChecks)
{
    const auto errors = snapshot.graph().errors();
    if (!errors.empty()) {
        const BuildError &error = errors.front();
        const std::uint32_t line = error.firstLine != 0 ? error.firstLine : snapshot.text().lineAt(error.range.begin);
        return {{"message", error.message}, {"line", line}};
    }
    if (failedChecks.empty() || !CheckOptions::ofFile(snapshot.tree()).error)
        return nullptr;
    std::string message = "lint violation found for rules: ";
    for (const std::string_view rule : failedChecks)
        message.append(rule == *failedChecks.begin() ? "" : ", ").append(rule);
    return {{"message", message}, {"line", 1}};
}

Json inspect(const Input &input, const AnalysisOptions &options, const Linter &linter)
{
    const SnapshotPtr snapshot = Snapshot::make(input.text, options);
    Json lint = Json::array();
    Json findings = Json::array();
    std::set<std::string_view> failedChecks;
    FixFinder finder(linter, *snapshot);
    for (const Diagnostic &finding : linter.check(*snapshot)) {
        if (finding.source == DiagnosticSource::BuildCheck) {
            if (finding.unreached)
                continue;
            lint.push_back(findingJson(finding));
            failedChecks.insert(finding.ruleId);
        } else if (finding.source == DiagnosticSource::Stagewright) {
            Json json = findingJson(finding);
            json["fixes"] = Json::array();
            if (finding.fixable && findings.size() < FixFinder::MostReported) {
                for (const Fix &fix : finder.fixes(finding))
                    json["fixes"].push_back(fix.title);
            }
            findings.push_back(std::move(json));
        }
    }
    Json json{{"path", input.path}, {"error", errorJson(*snapshot, failedChecks)}};
    json["stages"] = stagesJson(*snapshot);
    json["lint"] = std::move(lint);
    json["findings"] = std::move(findings);
    return json;
}

void print(const Json &json, std::ostream &out)
{
    out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

int run(std::span<const std::string> arguments, Streams &streams)
{
    AnalysisOptions options;
    ConfigurationChoice choice;
    std::vector<Option> known = analysisOptions(options);
    std::ranges::move(configurationOptions(choice), std::back_inserter(known));
    const auto files = parseArguments(arguments, known);
    if (!files || files->empty()) {
        streams.err << "stagewright-cli inspect: " << (files ? "no file given" : files.error()) << '\n';
        return CannotRun;
    }
    // What BuildKit says is not the project's to change.
    Configurations configurations(choice, streams.err, true);
    int code = Ok;
    for (const std::string &path : *files) {
        const auto input = readInput(path, streams.in);
        if (!input) {
            streams.err << path << ": " << input.error() << '\n';
            print({{"path", path},
                   {"error", {{"message", input.error()}, {"line", 0}}},
                   {"stages", Json::array()},
                   {"lint", Json::array()},
                   {"findings", Json::array()}},
                  streams.out);
            code = CannotRun;
            continue;
        }
        AnalysisOptions build = options;
        takeContext(build, path);
        Json json = inspect(*input, build, configurations.of(path).linter);
        if (input->problem) {
            // BuildKit reads such bytes all the same, so its answer stands; but nobody should edit the file blindly.
            streams.err << describeProblem(*input) << '\n';
            json["encoding_error"] = {{"message", input->problem->message},
                                      {"line", input->problem->where.line},
                                      {"column", input->problem->where.column}};
            code = CannotRun;
        }
        print(json, streams.out);
    }
    return configurations.hasProblems() ? int(CannotRun) : code;
}

} // namespace

constinit const Command inspectCommand{
    "inspect",
    "inspect [OPTIONS] FILE...",
    "Print what BuildKit makes of each file, one JSON object a line",
    run,
    "Exit codes: 0 all files were read (their errors are in the output), 2 a file "
    "cannot be read or is no UTF-8 text, or something is wrong in the configuration.\n",
    true,
    true};

} // namespace stagewright::cli
