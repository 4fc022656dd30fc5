// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/Rules.h"

namespace stagewright::rules {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const BuildError &error : context.snapshot.graph().errors()) {
        Diagnostic d;
        d.severity = Severity::Error;
        d.message = error.message;
        d.title = error.message;
        d.range = error.range;
        d.line = error.firstLine;
        d.lastLine = error.lastLine;
        d.instruction = error.instruction;
        out.push_back(std::move(d));
    }
}

} // namespace

const Rule buildError{
    .id = "BuildError",
    .name = "build-error",
    .source = DiagnosticSource::BuildError,
    .severity = Severity::Error,
    .summary = "BuildKit refuses the file",
    .check = check,
};

} // namespace stagewright::rules
