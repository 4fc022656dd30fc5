// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "semantics/Wording.h"

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachNote(context, BuildNoteKind::ExposeProtocolCasing, out, [](const BuildNote &note) {
        return CheckWords{"Protocol with capital letters",
                          "Defined protocol '" + note.subject + "' in EXPOSE instruction should be lowercase",
                          "BuildKit takes any casing of tcp, udp and sctp; one casing makes a file easier to read.",
                          "Write it in lower case."};
    });
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const std::string_view written = context.snapshot.text().slice(diagnostic.range);
    const std::size_t slash = written.rfind('/');
    if (slash == std::string_view::npos || written.find_first_of("$\"'", slash) != std::string_view::npos)
        return;
    const std::string protocol = lowerCase(written.substr(slash + 1));
    offerReplace(out, {diagnostic.range.begin + static_cast<Offset>(slash) + 1, diagnostic.range.end}, protocol,
                 "Write " + protocol);
}

} // namespace

const Rule exposeProtoCasing{
    .id = "ExposeProtoCasing",
    .name = "expose-proto-casing",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "The protocol in EXPOSE should be lower case",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
