// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "semantics/Wording.h"

namespace stagewright::checks {

namespace {

CheckWords words(const BuildNote &note)
{
    const bool isArg = note.kind == BuildNoteKind::SecretArgument;
    const std::string keyword = isArg ? "ARG" : "ENV";
    return {note.subject + " looks like a secret",
            "Do not use ARG or ENV instructions for sensitive data (" + keyword + " " + quoted(note.subject) + ")",
            isArg ? "Values of ARG stay in the image's history, where docker history shows them to everybody who has "
                    "the image."
                  : "Values of ENV are part of the image: docker inspect shows them to everybody who has it, and every "
                    "process in the container sees them.",
            "For the build, mount it where it is needed: RUN --mount=type=secret,id=" + note.subject
                + ",env=" + note.subject + " …. At run time, pass it with docker run --env or as a file."};
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachNote(context, BuildNoteKind::SecretArgument, out, words);
    eachNote(context, BuildNoteKind::SecretVariable, out, words);
}

} // namespace

const Rule secretsUsedInArgOrEnv{
    .id = "SecretsUsedInArgOrEnv",
    .name = "secrets-used-in-arg-or-env",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "Secrets should not be in ARG or ENV",
    .check = check,
};

} // namespace stagewright::checks
