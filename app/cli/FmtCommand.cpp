// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Arguments.h"
#include "Command.h"
#include "Input.h"
#include "Output.h"
#include "UnifiedDiff.h"

#include "edit/Format.h"
#include "semantics/Snapshot.h"

#include <algorithm>
#include <ostream>

namespace stagewright::cli {

namespace {

struct Options
{
    bool check = false;
    bool diff = false;
    std::vector<std::string> files;
};

int fail(Streams &streams, std::string_view message)
{
    streams.err << "stagewright-cli fmt: " << message << '\n';
    return CannotRun;
}

int formatOne(const std::string &path, const Options &options, Streams &streams)
{
    const auto input = readInput(path, streams.in);
    if (!input)
        return fail(streams, path + ": " + input.error());
    if (input->problem)
        return fail(streams, describeProblem(*input));
    const SnapshotPtr snapshot = Snapshot::make(input->text);
    const edit::Result result = edit::format(*snapshot);
    if (!result)
        return fail(streams, path + ": " + result.error().message);
    const SourceText after = result->applyTo(input->text);
    const bool same = after == input->text;
    const bool standardInput = path == "-";
    if (options.diff) {
        const std::string name = standardInput ? "stdin" : path;
        streams.out << unifiedDiff(input->text.bytes(), after.bytes(), "a/" + name, "b/" + name);
    }
    if (options.check) {
        if (!same)
            streams.err << (standardInput ? std::string("<stdin>") : path) << ": not formatted\n";
        return same ? Ok : Findings;
    }
    if (options.diff)
        return Ok;
    if (standardInput) {
        streams.out << after.bytes();
        return Ok;
    }
    // A file that needs nothing is not touched at all.
    if (same)
        return Ok;
    const auto written = writeOutput(path, after.bytes());
    return written ? Ok : fail(streams, path + ": " + written.error());
}

int run(std::span<const std::string> arguments, Streams &streams)
{
    Options options;
    const auto set = [](bool &option) {
        return [&option](std::string_view) {
            option = true;
            return std::string();
        };
    };
    const std::vector<Option> known{{"--check", false, set(options.check)}, {"--diff", false, set(options.diff)}};
    auto files = parseArguments(arguments, known);
    if (!files)
        return fail(streams, files.error());
    if (files->empty())
        return fail(streams, "a file is needed");
    if (std::ranges::count(*files, "-") > 1)
        return fail(streams, "standard input can be read only once");
    int code = Ok;
    for (const std::string &file : *files)
        code = std::max(code, formatOne(file, options, streams));
    return code;
}

} // namespace

const Command fmtCommand{
    "fmt",
    "fmt [--check] [--diff] FILE...",
    "Lay files out evenly without changing what they build",
    run,
    "Rewrites keyword casing, the indentation of continued lines, blank lines between stages and blanks at the ends "
    "of\n"
    "lines. Heredocs, values and quoted text keep their bytes. \"-\" reads standard input and writes standard output.\n"
    "\n"
    "Options:\n"
    "      --check  Change nothing; name the files that would change\n"
    "      --diff   Change nothing; print what would change\n"
    "\n"
    "Exit codes: 0 done, or nothing to change; 1 --check found something; 2 a file could not be read or written.\n",
};

} // namespace stagewright::cli
