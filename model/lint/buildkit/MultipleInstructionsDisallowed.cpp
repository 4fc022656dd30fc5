// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachNote(context, BuildNoteKind::RepeatedInstruction, out, [](const BuildNote &note) {
        return CheckWords{
            "Another " + note.subject + " below overrides this one",
            "Multiple " + note.subject
                + " instructions should not be used in the same stage because only the last one will be used",
            "An image has one " + note.subject + ". Each in a stage replaces the one before it.",
            "Remove this one, or the later one."};
    });
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    if (instructionOf(context, diagnostic).kind != InstructionKind::From) // a trigger
        offer(out, edit::deleteInstruction(context.snapshot, diagnostic.instruction), "Remove this one",
              "the image stays the same", "trash-2");
}

} // namespace

const Rule multipleInstructionsDisallowed{
    .id = "MultipleInstructionsDisallowed",
    .name = "multiple-instructions-disallowed",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "Only the last CMD, ENTRYPOINT and HEALTHCHECK of a stage counts",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
