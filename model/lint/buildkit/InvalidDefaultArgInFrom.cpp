// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachNote(context, BuildNoteKind::InvalidDefaultBase, out, [](const BuildNote &note) {
        return CheckWords{"No valid base image without build arguments",
                          "Default value for ARG " + note.subject + " results in empty or invalid base image name",
                          "Without --build-arg, FROM " + note.subject
                              + " does not name an image, so that a plain docker build fails.",
                          "Give the ARG above the first FROM a default that works."};
    });
}

} // namespace

const Rule invalidDefaultArgInFrom{
    .id = "InvalidDefaultArgInFrom",
    .name = "invalid-default-arg-in-from",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "Defaults of global ARGs should make a valid base image",
    .wholeFile = true,
    .check = check,
};

} // namespace stagewright::checks
