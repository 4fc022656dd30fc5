// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "lint/fixes/ShellFixes.h"

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachNote(context, BuildNoteKind::ShellFormCommand, out, [](const BuildNote &note) {
        return CheckWords{note.subject + " in shell form",
                          "JSON arguments recommended for " + note.subject
                              + " to prevent unintended behavior related to OS signals",
                          "Without a JSON list the container starts /bin/sh -c \"…\" and the program as its child. The "
                          "shell is process 1, and it "
                          "does not hand on SIGTERM: docker stop waits ten seconds and then kills everything.",
                          "Write a JSON list, " + note.subject
                              + " [\"program\", \"argument\"]: the program is process 1 then. Where the shell is "
                                "really wanted, say so with a SHELL instruction."};
    });
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const InstructionKind kind = instructionOf(context, diagnostic).kind;
    if (kind == InstructionKind::Cmd || kind == InstructionKind::Entrypoint)
        fixes::startAsExecForm(context, diagnostic.instruction, out);
}

} // namespace

const Rule jsonArgsRecommended{
    .id = "JSONArgsRecommended",
    .name = "json-args-recommended",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "CMD and ENTRYPOINT should be JSON lists",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
