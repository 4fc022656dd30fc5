// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/EditSupport.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"

namespace stagewright::checks {

namespace {

using edit::detail::LineSpan;

/// The empty lines inside the instruction; here-documents have none of their own.
std::vector<LineSpan> emptyLines(const SourceText &text, const Instruction &instruction)
{
    std::vector<LineSpan> spans;
    const Offset end = instruction.heredocs.empty() ? instruction.range.end : instruction.heredocs.front().body.begin;
    for (std::uint32_t line = instruction.firstLine + 1; line <= instruction.lastLine && text.line(line).begin < end;
         ++line) {
        if (edit::detail::isBlankText(text.slice(text.line(line))))
            spans.push_back({line, line});
    }
    return spans;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    const SourceText &text = context.snapshot.text();
    const auto errors = context.snapshot.graph().errors();
    for (const Instruction &instruction : context.snapshot.tree().instructions()) {
        if (instruction.emptyContinuationLine == 0)
            continue;
        const std::vector<LineSpan> spans = emptyLines(text, instruction);
        const TextRange range = spans.empty() ? instruction.keywordRange : text.lineWithEnding(spans.front().first);
        Diagnostic d = fromFile(context, instruction, range,
                                {"Empty line inside a continued instruction", "Empty continuation line",
                                 "The line above ends with the escape character, so " + std::string(instruction.keyword)
                                     + " goes on below it. BuildKit skips the empty line for now; it has announced "
                                       "that this will become an error.",
                                 "Remove the empty line, or put a comment there."});
        d.line = d.lastLine = instruction.emptyContinuationLine;
        // BuildKit reports these as soon as it has read the lines.
        d.unreached = !errors.empty() && errors.front().phase == BuildError::Phase::Parse;
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    EditTransaction transaction;
    for (const LineSpan span : emptyLines(context.snapshot.text(), instructionOf(context, diagnostic)))
        transaction.remove(context.snapshot.text().lineWithEnding(span.first));
    offer(out, std::move(transaction), "Remove the empty line", {});
}

} // namespace

const Rule noEmptyContinuation{
    .id = "NoEmptyContinuation",
    .name = "no-empty-continuation",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "Continued lines should not be followed by empty ones",
    .wholeFile = true,
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
