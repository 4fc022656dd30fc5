// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Arguments.h"
#include "Command.h"
#include "Configured.h"
#include "Input.h"
#include "Output.h"
#include "UnifiedDiff.h"

#include "lint/FixRefusal.h"
#include "lint/Linter.h"
#include "lint/Rule.h"
#include "lint/RuleTable.h"
#include "semantics/ContextFiles.h"
#include "semantics/Snapshot.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <ostream>
#include <set>

namespace stagewright::cli {

namespace {

/// More fixes than any file needs; a rule that never has enough is stopped here.
constexpr int MaximumSteps = 1000;

struct Options
{
    AnalysisOptions build;
    ConfigurationChoice configuration;
    std::set<std::string, std::less<>> rules; ///< Ids or names; empty: all.
    std::string file;
    std::string output; ///< "" is @c file itself.
    bool dryRun = false;
    bool unsafe = false; ///< The fixes that change what is built, too.
};

int fail(Streams &streams, std::string_view message)
{
    streams.err << "stagewright-cli fix: " << message << '\n';
    return CannotRun;
}

std::string addRule(std::string_view rule, std::set<std::string, std::less<>> &rules)
{
    if (!findRuleCalled(rule))
        return "there is no rule " + std::string(rule);
    rules.emplace(rule);
    return {};
}

std::optional<Options> parse(std::span<const std::string> arguments, Streams &streams)
{
    Options options;
    std::vector<Option> known = analysisOptions(options.build);
    std::ranges::move(configurationOptions(options.configuration), std::back_inserter(known));
    known.push_back({"--rule", true, [&](std::string_view value) { return addRule(value, options.rules); }});
    known.push_back({"--output", true, [&](std::string_view value) {
                         options.output = value;
                         return std::string(value.empty() ? "a file name is needed" : "");
                     }});
    known.push_back({"--dry-run", false, [&](std::string_view) {
                         options.dryRun = true;
                         return std::string();
                     }});
    known.push_back({"--unsafe", false, [&](std::string_view) {
                         options.unsafe = true;
                         return std::string();
                     }});
    const auto files = parseArguments(arguments, known);
    if (files && options.unsafe && options.rules.empty()) {
        fail(streams, "--unsafe needs --rule: such fixes are chosen one by one");
        return std::nullopt;
    }
    if (!files || files->size() != 1) {
        fail(streams, files ? "one file is needed" : files.error());
        return std::nullopt;
    }
    options.file = files->front();
    return options;
}

bool write(const std::string &name, std::string_view bytes, Streams &streams)
{
    const auto written = writeOutput(name, bytes);
    if (!written)
        fail(streams, name + ": " + written.error());
    return written.has_value();
}

bool isWanted(const Options &options, const Diagnostic &diagnostic)
{
    return options.rules.empty() || options.rules.contains(diagnostic.ruleId)
        || options.rules.contains(diagnostic.ruleName);
}

/// The first fix that may be applied of the first finding that has one and that leads to a text not seen before.
std::optional<SourceText> fixOne(const Linter &linter, const SourceText &text, const Options &options,
                                 std::set<std::string, std::less<>> &seen, Streams &streams)
{
    const SnapshotPtr snapshot = Snapshot::make(text, options.build);
    FixFinder finder(linter, *snapshot);
    for (const Diagnostic &diagnostic : linter.check(*snapshot)) {
        if (!diagnostic.fixable || !isWanted(options, diagnostic))
            continue;
        for (const Fix &fix : finder.fixes(diagnostic)) {
            if ((!fix.safe && !options.unsafe) || fix.transaction.isEmpty())
                continue;
            SourceText fixed = fix.transaction.applyTo(text);
            // Two rules may disagree; what one has undone is not done again.
            if (!seen.insert(std::string(fixed.bytes())).second)
                continue;
            streams.err << (options.file == "-" ? "<stdin>" : options.file) << ':' << diagnostic.line << ": "
                        << diagnostic.ruleId << ": " << fix.title << '\n';
            return fixed;
        }
    }
    return std::nullopt;
}

/// What was left because it needs a shell: people ask why it was not written as a list.
void printRefusals(const Linter &linter, const SourceText &text, const Options &options, Streams &streams)
{
    const SnapshotPtr snapshot = Snapshot::make(text, options.build);
    for (const Diagnostic &diagnostic : linter.check(*snapshot)) {
        const std::string reason = isWanted(options, diagnostic) ? whyNoExecForm(*snapshot, diagnostic) : std::string();
        if (!reason.empty())
            streams.err << (options.file == "-" ? "<stdin>" : options.file) << ':' << diagnostic.line << ": "
                        << diagnostic.ruleId << ": not written as a list: " << reason << '\n';
    }
}

int run(std::span<const std::string> arguments, Streams &streams)
{
    std::optional<Options> options = parse(arguments, streams);
    if (!options)
        return CannotRun;
    const auto input = readInput(options->file, streams.in);
    if (!input || input->problem)
        return fail(streams, input ? describeProblem(*input) : options->file + ": " + input.error());

    takeContext(options->build, options->file);
    Configurations configurations(options->configuration, streams.err);
    const Linter &linter = configurations.of(options->file).linter;
    if (configurations.hasProblems())
        return fail(streams, "nothing is changed while something is wrong in the configuration");
    const SourceText &before = input->text;
    std::set<std::string, std::less<>> seen{std::string(before.bytes())};
    SourceText after = before;
    for (int steps = 0; steps < MaximumSteps; ++steps) {
        const auto fixed = fixOne(linter, after, *options, seen, streams);
        if (!fixed)
            break;
        after = *fixed;
    }
    printRefusals(linter, after, *options, streams);

    const bool toStandardOutput = options->output == "-" || (options->output.empty() && options->file == "-");
    if (toStandardOutput && !options->dryRun) {
        streams.out << after.bytes();
        return Ok;
    }
    const std::string name = options->file == "-" ? "stdin" : options->file;
    streams.out << unifiedDiff(before.bytes(), after.bytes(), "a/" + name, "b/" + name);
    if (options->dryRun)
        return Ok;
    if (!options->output.empty())
        return write(options->output, after.bytes(), streams) ? Ok : CannotRun;
    // A file that needs no fix is not touched at all.
    return after == before || write(options->file, after.bytes(), streams) ? Ok : CannotRun;
}

constexpr std::string_view Details
    = "Options:\n"
      "  --rule ID                    Only fixes for this rule; may be given several times\n"
      "  --unsafe                     With --rule: also fixes that change what is built, the first offered for each "
      "finding\n"
      "  --dry-run                    Print what would change and write nothing\n"
      "  --output OUT                 Write to OUT and leave the file as it is; - is standard output\n"
      "  --build-arg, --target, --platform, --build-context, --config, --no-config, --catalog: as for check\n"
      "\nA fix is safe when a build that worked before works the same way after. What changes is printed as a unified\n"
      "diff; standard input is answered on standard output.\n"
      "\nExit codes: 0 done, 2 the file could not be read or written, or something is wrong in the configuration.\n";

} // namespace

constinit const Command fixCommand{"fix", "fix [OPTIONS] FILE", "Apply the safe fixes and show what changed", run,
                                   Details};

} // namespace stagewright::cli
