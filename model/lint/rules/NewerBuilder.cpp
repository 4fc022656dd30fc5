// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/CopiedBinaries.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

namespace stagewright::rules {

namespace {

using enum lint::ProductKind;

/// What the builder's own compiler made, or Debian's. Modules and wheels that come ready made are built against old
/// libraries on purpose, and so are Node and Java.
bool isCompiledHere(const CopiedBinary &binary)
{
    const lint::BuildProduct &product = binary.product;
    switch (product.kind) {
    case NodeModules:
    case PythonPackages:
    case PythonEnvironment: return product.compiled;
    case JavaRuntime: return false;
    case SystemProgram: return product.linking == lint::Linking::Dynamic && product.command != "node";
    default: return product.linking != lint::Linking::Static;
    }
}

std::string glibcWords(const ImageRelease &release)
{
    return std::to_string(release.glibc.first) + '.' + std::to_string(release.glibc.second);
}

std::vector<BinaryUse> wrongUses(const RuleContext &context)
{
    std::vector<BinaryUse> uses;
    eachBinary(context, [&](const BinaryUse &use) {
        const ImageRelease &made = use.binary.madeOn->release;
        const ImageRelease &runs = use.target.release;
        if (use.binary.libc() == "glibc" && use.target.libc == "glibc" && runs.glibc.first != 0
            && made.glibc > runs.glibc && isCompiledHere(use.binary))
            uses.push_back(use);
    });
    return mostTelling(std::move(uses));
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const BinaryUse &use : wrongUses(context)) {
        const CopiedBinary &binary = use.binary;
        const ImageRelease &made = binary.madeOn->release;
        const ImageRelease &runs = use.target.release;
        Diagnostic d = diagnosticFor(context, use.copy, Severity::Warning);
        d.title = "Built on " + made.title + ", and it runs on the older " + runs.title;
        d.message = productWords(binary) + " is built in " + binary.image + " with glibc " + glibcWords(made) + "; "
            + imageWords(use.state) + " has glibc " + glibcWords(runs) + '.';
        d.message.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(d.message.front())));
        d.why
            = "glibc runs what was built against an older glibc, never what needs a newer one. Whether a program does "
              "need it depends on the functions that it uses, so this can work today and stop after a small change. "
              "Then the build goes through, and the container stops with:\n\n    "
            + binary.path + ": /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_" + glibcWords(made)
            + "' not found (required by " + binary.path + ')'
            + "\n\nOpenSSL and other libraries differ between the two "
              "releases as well."
            + chainWords(context.snapshot, use.state);
        d.how = "Build on the release that it runs on"
            + (runs.name.empty() ? std::string() : ": take the builder's tag with " + runs.name)
            + ". Or run on a newer image; change both together.";
        if (binary.product.kind == GoProgram)
            d.how += "\n\nA Go program that uses no C needs no glibc: set CGO_ENABLED=0 in the builder.";
        d.hint = "needs newer glibc";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    for (const BinaryUse &use : wrongUses(context)) {
        if (use.copy.id == diagnostic.instruction)
            buildOnSameSystem(context, use, out);
    }
}

} // namespace

const Rule newerBuilder{
    .id = "SW032",
    .name = "builder-newer-than-runtime",
    .severity = Severity::Warning,
    .summary = "Compiled code is built on a newer distribution than it runs on",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
