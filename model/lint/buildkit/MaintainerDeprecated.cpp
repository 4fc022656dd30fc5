// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "lint/fixes/FixBuilder.h"

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &instruction : context.snapshot.tree().instructions(InstructionKind::Maintainer)) {
        out.push_back(
            fromInstruction(context, instruction, instruction.range,
                            {"MAINTAINER is deprecated", "Maintainer instruction is deprecated in favor of using label",
                             "Labels can say who maintains an image and much more, and tools can read them.",
                             "Use LABEL org.opencontainers.image.authors=\"…\"."}));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &instruction = instructionOf(context, diagnostic);
    std::string name;
    for (const char c : instruction.arguments) {
        if (c == '"' || c == '\\' || c == '$')
            name += '\\';
        name += c;
    }
    if (name.empty() || context.snapshot.tree().escapeCharacter() != '\\')
        return;
    // Quotes around the whole name were never part of it to a reader.
    if (name.starts_with("\\\"") && name.ends_with("\\\"") && name.size() >= 4)
        name = name.substr(2, name.size() - 4);
    fixes::FixBuilder builder(context.snapshot);
    builder.rewrite(instruction, builder.keyword("LABEL") + " org.opencontainers.image.authors=\"" + name + "\"");
    out.push_back(builder.finish("Use a label", "LABEL org.opencontainers.image.authors", "tag", true));
}

} // namespace

const Rule maintainerDeprecated{
    .id = "MaintainerDeprecated",
    .name = "maintainer-deprecated",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "MAINTAINER is deprecated",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
