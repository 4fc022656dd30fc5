// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "semantics/Wording.h"

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachNote(context, BuildNoteKind::ConstantPlatform, out, [](const BuildNote &note) {
        return CheckWords{"The stage is always built for " + note.subject,
                          "FROM --platform flag should not use constant value " + quoted(note.subject),
                          "A fixed platform makes docker build --platform ignore what was asked for: the image says "
                          "one thing and holds another.",
                          "Leave it out to build for the target, use $BUILDPLATFORM for tools that run during the "
                          "build, or name the platform "
                          "in the stage's name when it is meant."};
    });
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    offerRemoveFlag(context, out, diagnostic.instruction, "platform", "Remove --platform", false);
    offer(out, edit::setFlag(context.snapshot, diagnostic.instruction, "platform", "$BUILDPLATFORM"),
          "Use $BUILDPLATFORM", "the machine that builds", "lightbulb", false);
}

} // namespace

const Rule fromPlatformFlagConstDisallowed{
    .id = "FromPlatformFlagConstDisallowed",
    .name = "from-platform-flag-const-disallowed",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "FROM --platform should not be a constant",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
