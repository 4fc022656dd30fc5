// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachNote(context, BuildNoteKind::ExposeMapping, out, [](const BuildNote &note) {
        return CheckWords{"EXPOSE cannot map ports",
                          "EXPOSE instruction should not define an IP address or host-port mapping, found '"
                              + note.subject + "'",
                          "EXPOSE only notes on which ports the container listens. Addresses and ports of the host are "
                          "chosen when it is started; "
                          "BuildKit has announced that this form will become an error.",
                          "Name the container's port only, and publish it with docker run -p."};
    });
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const std::string_view written = context.snapshot.text().slice(diagnostic.range);
    const std::size_t colon = written.rfind(':');
    if (colon == std::string_view::npos || written.find_first_of("${\"'") != std::string_view::npos)
        return;
    const std::string port(written.substr(colon + 1));
    offerReplace(out, diagnostic.range, port, "Write " + port);
}

} // namespace

const Rule exposeInvalidFormat{
    .id = "ExposeInvalidFormat",
    .name = "expose-invalid-format",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "EXPOSE takes no host ports and no addresses",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
