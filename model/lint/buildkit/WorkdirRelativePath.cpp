// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "semantics/Wording.h"

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachNote(context, BuildNoteKind::RelativeWorkdir, out, [](const BuildNote &note) {
        return CheckWords{"WORKDIR " + note.subject + " depends on the base image",
                          "Relative workdir " + quoted(note.subject)
                              + " can have unexpected results if the base image changes",
                          "No WORKDIR of this file comes before it, so the path starts from whatever working directory "
                          "the base image sets, "
                          "and that may change with its next version.",
                          "Write an absolute path."};
    });
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    std::string_view path = context.snapshot.text().slice(diagnostic.range);
    if (path.starts_with("./"))
        path.remove_prefix(2);
    if (path.empty() || path.find_first_of("$\"'\\`\n") != std::string_view::npos || path.starts_with('.'))
        return;
    offerReplace(out, diagnostic.range, "/" + std::string(path), "Write /" + std::string(path),
                 "the same folder where the base image sets no WORKDIR", false);
}

} // namespace

const Rule workdirRelativePath{
    .id = "WorkdirRelativePath",
    .name = "workdir-relative-path",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "The first WORKDIR should be absolute",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
