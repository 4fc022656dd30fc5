// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "lint/buildkit/VariableFixes.h"

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachNote(context, BuildNoteKind::UndeclaredFromArg, out, [](const BuildNote &note) {
        return CheckWords{"FROM uses $" + note.subject + ", which is not declared",
                          "FROM argument '" + note.subject + "' is not declared"
                              + (note.suggestion.empty() ? std::string() : " (did you mean " + note.suggestion + "?)"),
                          "FROM sees only the ARGs in front of the first FROM and the platform ARGs. ARGs of earlier "
                          "stages do not count, "
                          "so this variable is empty here.",
                          "Declare it above the first FROM: ARG " + note.subject + "=default."};
    });
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    for (const BuildNote &note : context.notes) {
        if (note.kind != BuildNoteKind::UndeclaredFromArg || note.instruction != diagnostic.instruction
            || note.range != diagnostic.range)
            continue;
        offerVariable(context, diagnostic, note.subject, note.suggestion, out);
        offer(out, declareGlobally(context, note.subject), "Declare ARG " + note.subject + " above the first FROM",
              "give it a default, or pass --build-arg " + note.subject + "=…", "variable", false);
        return;
    }
}

} // namespace

const Rule undefinedArgInFrom{
    .id = "UndefinedArgInFrom",
    .name = "undefined-arg-in-from",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "FROM must use declared ARGs",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
