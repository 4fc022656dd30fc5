// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Arguments.h"
#include "Command.h"
#include "Input.h"

#include "lint/Linter.h"
#include "semantics/Snapshot.h"

#include <ostream>

namespace stagewright::cli {

namespace {

/// Prints the findings of one file. True if there is any.
bool check(const Input &input, const AnalysisOptions &options, const Linter &linter, std::ostream &out)
{
    const SnapshotPtr snapshot = Snapshot::make(input.text, options);
    const std::vector<Diagnostic> findings = linter.check(*snapshot);
    for (const Diagnostic &finding : findings) {
        const LineColumn where = snapshot->text().positionAt(finding.range.begin);
        out << input.path << ':' << finding.line << ':' << where.column << ": " << severityName(finding.severity) << ": "
            << finding.message << " [" << finding.ruleId << "]\n";
    }
    return !findings.empty();
}

int run(std::span<const std::string> arguments, Streams &streams)
{
    AnalysisOptions options;
    const auto files = parseArguments(arguments, analysisOptions(options));
    if (!files || files->empty()) {
        streams.err << "stagewright-cli check: " << (files ? "no file given" : files.error()) << '\n';
        return CannotRun;
    }
    const Linter linter(Catalog::builtIn());
    int code = Ok;
    for (const std::string &path : *files) {
        const auto input = readInput(path, streams.in);
        if (!input || input->problem) {
            streams.err << (input ? describeProblem(*input) : path + ": " + input.error()) << '\n';
            code = CannotRun;
        } else if (check(*input, options, linter, streams.out) && code == Ok) {
            code = Findings;
        }
    }
    return code;
}

} // namespace

constinit const Command checkCommand {"check", "check [OPTIONS] FILE...", "List the findings of each file", run};

} // namespace stagewright::cli
