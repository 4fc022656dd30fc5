// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/CopiedBinaries.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>

namespace stagewright::rules {

namespace {

using enum lint::ProductKind;
using lint::Linking;

bool isOther(std::string_view a, std::string_view b)
{
    return (a == "glibc" && b == "musl") || (a == "musl" && b == "glibc");
}

bool isWrong(const RuleContext &context, const BinaryUse &use)
{
    return use.binary.product.linking != Linking::Static && isOther(use.binary.libc(), use.target.libc)
        && context.states.hasLoader(use.stage, use.binary.libc()) == Known::No;
}

std::vector<BinaryUse> wrongUses(const RuleContext &context)
{
    std::vector<BinaryUse> uses;
    eachBinary(context, [&](const BinaryUse &use) {
        if (isWrong(context, use))
            uses.push_back(use);
    });
    return mostTelling(std::move(uses));
}

/// Only what is certainly linked dynamically, is itself what starts, and between two images about which it is known.
bool isCertain(const BinaryUse &use)
{
    return use.started && use.isProgram() && use.binary.product.linking == Linking::Dynamic && !use.target.libcByName
        && !use.binary.madeOn->libcByName;
}

std::string errorWords(const BinaryUse &use)
{
    const lint::BuildProduct &product = use.binary.product;
    const std::string loader = use.binary.libc() == "musl" ? "ld-musl-x86_64.so.1" : "ld-linux-x86-64.so.2";
    if (product.kind == NodeModules)
        return use.binary.libc() == "musl"
            ? "Error: libc.musl-x86_64.so.1: cannot open shared object file: No such file or directory"
            : "Error: Error loading shared library ld-linux-x86-64.so.2: No such file or directory";
    if (product.kind == PythonPackages || product.kind == PythonEnvironment)
        return use.binary.libc() == "musl"
            ? "ImportError: libc.musl-x86_64.so.1: cannot open shared object file: No such file or directory"
            : "ImportError: Error loading shared library ld-linux-x86-64.so.2: No such file or directory";
    if (product.kind == SharedLibrary)
        return use.binary.libc() == "musl" ? "libc.musl-x86_64.so.1: cannot open shared object file"
                                           : "Error loading shared library ld-linux-x86-64.so.2";
    return "exec " + use.binary.path + ": no such file or directory\n\nThe file is there. What is missing is /lib"
        + (use.binary.libc() == "musl" ? "/" : "64/") + loader + ", the loader that the program asks for.";
}

/// What may make it right after all.
std::string doubtWords(const BinaryUse &use)
{
    const lint::BuildProduct &product = use.binary.product;
    if (product.kind == GoProgram)
        return " A Go program is linked dynamically only where it uses C, and the net and os/user packages of the "
               "standard library do so unless CGO_ENABLED is 0.";
    if (product.kind == NodeModules || product.kind == PythonPackages || product.kind == PythonEnvironment) {
        if (product.native)
            return ' ' + product.because
                + (lint::isCompilerPackage(product.because) ? " was installed for it, so something in it is compiled."
                                                            : " holds machine code.");
        return product.kind == NodeModules ? " Modules that are nothing but JavaScript work all the same."
                                           : " Packages that are nothing but Python work all the same.";
    }
    return {};
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const BinaryUse &use : wrongUses(context)) {
        const CopiedBinary &binary = use.binary;
        const bool certain = isCertain(use);
        Diagnostic d = diagnosticFor(context, use.copy, certain ? Severity::Error : Severity::Warning);
        d.title = "Made for " + binary.libc() + ", and this image has " + use.target.libc;
        d.message = productWords(binary) + " was made on " + systemWords(*binary.madeOn, binary.image) + ", and "
            + imageWords(use.state)
            + (use.target.release.title.empty() ? " has " + use.target.libc
                                                : " is " + systemWords(use.target, use.state.rootName))
            + '.' + doubtWords(use);
        d.message.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(d.message.front())));
        d.why = "Compiled code that is linked dynamically is bound to the C library of the system that it was made on: "
                "musl on Alpine, glibc on Debian, Ubuntu, Red Hat, Wolfi and distroless. The two do not stand in for "
                "each "
                "other."
            + chainWords(context.snapshot, use.state) + "\n\nThe build goes through; "
            + (certain ? "the container stops at once" : "it fails when it is loaded") + " with, for example:\n\n    "
            + errorWords(use);
        d.how = "Build on the system that it runs on: take the builder's image in the variant with " + use.target.libc
            + (use.target.release.name.empty() ? "" : " (" + use.target.release.name + ')') + ".";
        if (binary.product.kind == GoProgram)
            d.how += "\n\nOr set CGO_ENABLED=0 in the builder: a Go program that uses no C needs no C library at all.";
        else if (use.isProgram())
            d.how += "\n\nOr link statically, then it runs anywhere.";
        d.hint = "needs " + binary.libc();
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

const Rule libcMismatch{
    .id = "SW031",
    .name = "libc-mismatch",
    .severity = Severity::Warning,
    .summary = "Compiled code for one C library is copied to an image with another",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
