// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachNote(context, BuildNoteKind::RedundantPlatform, out, [](const BuildNote &note) {
        return CheckWords{"--platform=" + note.subject + " is the default",
                          "Setting platform to predefined " + note.subject
                              + " in FROM is redundant as this is the default behavior",
                          "Without --platform a stage is built for the target platform anyway.", "Leave the flag out."};
    });
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    offerRemoveFlag(context, out, diagnostic.instruction, "platform", "Remove --platform", true);
}

} // namespace

const Rule redundantTargetPlatform{
    .id = "RedundantTargetPlatform",
    .name = "redundant-target-platform",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "FROM --platform=$TARGETPLATFORM says nothing",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
