// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/CopiedBinaries.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>

namespace stagewright::rules {

namespace {

/// A Go program that may use C, on an image without any C library.
std::vector<BinaryUse> wrongUses(const RuleContext &context)
{
    std::vector<BinaryUse> uses;
    eachBinary(context, [&](const BinaryUse &use) {
        const CopiedBinary &binary = use.binary;
        if (binary.product.kind == lint::ProductKind::GoProgram && binary.product.linking != lint::Linking::Static
            && use.target.libc == "none" && (binary.libc() == "glibc" || binary.libc() == "musl")
            && context.states.hasLoader(use.stage, binary.libc()) == Known::No)
            uses.push_back(use);
    });
    return mostTelling(std::move(uses));
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const BinaryUse &use : wrongUses(context)) {
        const CopiedBinary &binary = use.binary;
        Diagnostic d = diagnosticFor(context, use.copy, Severity::Warning);
        d.title = "This Go program may need a C library, and this image has none";
        d.message = productWords(binary) + " is built in " + binary.image + " without CGO_ENABLED=0, and "
            + imageWords(use.state) + " has no C library.";
        d.message.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(d.message.front())));
        d.why = "Where Go finds a C compiler, as in " + binary.image
            + ", it uses C for parts of the standard library: net and os/user, which nearly every server needs. The "
              "program is then linked dynamically and asks for the C library's loader when it starts. The build goes "
              "through; the container stops at once with:\n\n    exec "
            + binary.path + ": no such file or directory\n\nThe file is there. The loader that it asks for is not."
            + chainWords(context.snapshot, use.state);
        d.how = "Set CGO_ENABLED=0 in the builder, above go build: Go then uses its own code instead of C's, and the "
                "program needs nothing but the kernel.\n\nWhere the program does use C (SQLite, for example), run it "
                "on an "
                "image with that C library, such as gcr.io/distroless/base-debian13, or link it statically.";
        d.hint = "CGO_ENABLED not 0";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    for (const BinaryUse &use : wrongUses(context)) {
        if (use.copy.id != diagnostic.instruction)
            continue;
        const InstructionId run = use.binary.product.run;
        if (run == InstructionId::None || context.snapshot.tree().instruction(run).kind != InstructionKind::Run)
            continue;
        fixes::FixBuilder builder(context.snapshot);
        const std::string line = builder.keyword("ENV") + " CGO_ENABLED=0";
        builder.insertAbove(context.snapshot.tree().instruction(run), line);
        out.push_back(builder.finish(
            "Add " + line, "above " + use.binary.product.command + "; a program that uses C does not build then",
            "lightbulb", false));
    }
}

} // namespace

const Rule cgoWithoutLibc{
    .id = "SW033",
    .name = "cgo-without-libc",
    .severity = Severity::Warning,
    .summary = "A Go program that may use C is copied to an image without a C library",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
