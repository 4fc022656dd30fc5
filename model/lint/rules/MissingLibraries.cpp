// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/CopiedBinaries.h"
#include "lint/rules/ImageUses.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>

namespace stagewright::rules {

namespace {

using enum lint::ProductKind;
using lint::Linking;

/// What the program needs and the image lacks.
enum class Missing : std::uint8_t { Nothing, Libc, Runtime, OpenSsl };

bool lacks(const StageState &state, std::string_view what)
{
    if (!state.facts)
        return false;
    const auto found = state.facts->provides.find(what);
    return found != state.facts->provides.end() && !found->second;
}

/// A library of that name may have been copied beside the program.
bool bringsLibrary(const RuleContext &context, const BinaryUse &use, std::string_view name)
{
    return std::ranges::any_of(context.states.copies(use.stage), [&](const CopiedFiles &copy) {
        return copy.destination.find("/lib") != std::string::npos || copy.destination == "/"
            || copy.instruction->arguments.find(name) != std::string_view::npos;
    });
}

Missing missingFor(const RuleContext &context, const BinaryUse &use)
{
    const lint::BuildProduct &product = use.binary.product;
    const bool compiled = product.kind == CProgram || product.kind == CppProgram || product.kind == RustProgram;
    if (!compiled || product.linking == Linking::Static || use.target.libcByName)
        return Missing::Nothing;
    const std::string &libc = use.binary.libc();
    if (use.target.libc == "none" && (libc == "glibc" || libc == "musl"))
        return context.states.hasLoader(use.stage, libc) == Known::No ? Missing::Libc : Missing::Nothing;
    if (libc.empty() || libc != use.target.libc)
        return Missing::Nothing;
    const bool needsRuntime
        = product.kind == RustProgram || (product.kind == CppProgram && product.linking == Linking::Dynamic);
    if (needsRuntime && lacks(use.state, "libstdcpp") && !bringsLibrary(context, use, "libgcc_s"))
        return Missing::Runtime;
    if (product.openssl && lacks(use.state, "libssl") && !bringsLibrary(context, use, "libssl"))
        return Missing::OpenSsl;
    return Missing::Nothing;
}

struct Finding
{
    BinaryUse use;
    Missing missing;
};

std::vector<Finding> findings(const RuleContext &context)
{
    std::vector<BinaryUse> uses;
    eachBinary(context, [&](const BinaryUse &use) {
        if (missingFor(context, use) != Missing::Nothing)
            uses.push_back(use);
    });
    std::vector<Finding> result;
    for (const BinaryUse &use : mostTelling(std::move(uses)))
        result.push_back({use, missingFor(context, use)});
    return result;
}

std::string libraryWords(const Finding &finding)
{
    switch (finding.missing) {
    case Missing::Libc: return "C library";
    case Missing::Runtime: return finding.use.binary.product.kind == RustProgram ? "libgcc" : "libstdc++";
    default: return "OpenSSL";
    }
}

std::string errorWords(const Finding &finding)
{
    const std::string &path = finding.use.binary.path;
    if (finding.missing == Missing::Libc)
        return "exec " + path + ": no such file or directory\n\nThe file is there. The loader that it asks for is not.";
    const std::string library = finding.missing == Missing::OpenSsl ? "libssl.so.3"
        : finding.use.binary.product.kind == RustProgram            ? "libgcc_s.so.1"
                                                                    : "libstdc++.so.6";
    return path + ": error while loading shared libraries: " + library
        + ": cannot open shared object file: No such file or directory";
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Finding &finding : findings(context)) {
        const BinaryUse &use = finding.use;
        const lint::BuildProduct &product = use.binary.product;
        // What gcc makes is linked dynamically unless the command says -static; Cargo may have settings in files.
        const bool certain = finding.missing == Missing::Libc && use.started && product.linking == Linking::Dynamic
            && product.kind != RustProgram && !use.binary.madeOn->libcByName;
        const std::string library = libraryWords(finding);
        Diagnostic d = diagnosticFor(context, use.copy, certain ? Severity::Error : Severity::Warning);
        d.title = (product.kind == RustProgram ? "A Rust program needs " : "This program needs ")
            + std::string(finding.missing == Missing::Libc ? "a C library" : library) + ", and this image has none";
        d.message = productWords(use.binary) + " is linked dynamically in " + use.binary.image + ", and "
            + imageWords(use.state) + " has no " + library + '.';
        if (product.linking == Linking::Unknown)
            d.message = productWords(use.binary) + " is built in " + use.binary.image
                + ", most likely linked dynamically, and " + imageWords(use.state) + " has no " + library + '.';
        d.message.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(d.message.front())));
        d.why = std::string("Compilers link dynamically unless they are told otherwise: the program is small, and the "
                            "libraries are looked for when it starts. ")
            + (finding.missing == Missing::Libc ? "This image has no C library and no loader at all."
                   : finding.missing == Missing::OpenSsl
                   ? "OpenSSL's headers were installed for the build, so the program most likely uses its libraries, "
                     "and "
                     "this image is made without them."
                   : "This image has the C library, and leaves out libgcc and libstdc++, which Rust and C++ need.")
            + chainWords(context.snapshot, use.state)
            + "\n\nThe build goes through; the container stops at once with:\n\n    " + errorWords(finding);
        d.how = finding.missing == Missing::OpenSsl ? "Run it on an image with OpenSSL, such as gcr.io/distroless/base "
                                                      "or cc of the same Debian release, or use a "
                                                      "build of OpenSSL that is linked in."
                                                    : "Run it on an image that has what it needs: gcr.io/distroless/cc "
                                                      "of the builder's Debian release has the C "
                                                      "library, libgcc and libstdc++.\n\nOr link statically: "
                + std::string(product.kind == RustProgram
                                  ? "rustup target add x86_64-unknown-linux-musl and cargo build "
                                    "--target x86_64-unknown-linux-musl."
                                  : "-static in front of the libraries, best on Alpine.");
        d.hint = "no " + (finding.missing == Missing::Libc ? std::string("C library") : library) + " here";
        out.push_back(std::move(d));
    }
}

/// The distroless image of the same release and tag that has more in it; "" when there is none.
std::string betterImage(const RuleContext &context, const Finding &finding, const std::string &name)
{
    const ImageRelease &made = finding.use.binary.madeOn->release;
    const std::string debian = made.distribution == "debian" && made.version == "12" ? "12" : "13";
    if (name == "scratch")
        return finding.use.binary.libc() == "glibc" ? "gcr.io/distroless/cc-debian" + debian : std::string();
    const std::string repository = repositoryOf(name);
    const std::string wanted = finding.missing == Missing::OpenSsl ? "base" : "cc";
    for (const std::string_view have : {"static", "base-nossl", "base"}) {
        const std::string prefix = "gcr.io/distroless/" + std::string(have);
        const std::string rest = repository.starts_with(prefix) ? repository.substr(prefix.size()) : "?";
        if (!rest.empty() && !rest.starts_with("-debian"))
            continue;
        std::string now = "gcr.io/distroless/" + wanted + rest;
        if (!tagOf(name).empty())
            now += ':' + tagOf(name);
        const auto facts = context.catalog.lookup(now);
        return facts && facts->status == ImageStatus::Current ? now : std::string();
    }
    return {};
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    for (const Finding &finding : findings(context)) {
        if (finding.use.copy.id != diagnostic.instruction)
            continue;
        const StageBase &base = context.snapshot.graph().stage(finding.use.state.chain.back()).base;
        if (base.written != base.resolved || base.written.find_first_of("$@") != std::string_view::npos)
            return;
        if (const std::string now = betterImage(context, finding, std::string(base.written)); !now.empty())
            checks::offerReplace(out, base.range, now, "Run on " + now,
                                 finding.missing == Missing::Libc ? std::string("it has a C library")
                                                                  : "it has " + libraryWords(finding),
                                 false);
    }
}

} // namespace

const Rule missingLibraries{
    .id = "SW034",
    .name = "missing-libraries",
    .severity = Severity::Warning,
    .summary = "A program in C, C++ or Rust is copied to an image without the libraries that it needs",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
