// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FileEffects.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/CopiedBinaries.h"
#include "lint/rules/ImageUses.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>

namespace stagewright::rules {

namespace {

using enum lint::ProductKind;

enum class Trouble : std::uint8_t { None, Version, Interpreter, Place };

/// The container starts a program of the environment: its python, or a script whose first line names that python.
bool startsInside(const RuleContext &context, const BinaryUse &use)
{
    return use.started || std::ranges::any_of(startedPaths(context, use.stage), [&](const std::string &path) {
               return lint::isAtOrAbove(use.binary.path + "/bin", path);
           });
}

Trouble troubleOf(const RuleContext &context, const BinaryUse &use)
{
    const lint::ProductKind kind = use.binary.product.kind;
    const ImageRelease &made = use.binary.madeOn->release;
    const ImageRelease &runs = use.target.release;
    if ((kind != PythonPackages && kind != PythonEnvironment) || made.python.empty() || runs.python.empty())
        return Trouble::None;
    if (made.python != runs.python)
        return Trouble::Version;
    if (kind != PythonEnvironment || !startsInside(context, use))
        return Trouble::None;
    // The link leads to the interpreter as it was called: /usr/bin/python may be a link of the builder's own.
    const std::string &interpreter = use.binary.product.interpreter;
    const bool there = interpreter.empty() ? made.pythonPrefix == runs.pythonPrefix
                                           : interpreter.starts_with(runs.pythonPrefix + "/bin/");
    if (!made.pythonPrefix.empty() && !runs.pythonPrefix.empty() && !there)
        return Trouble::Interpreter;
    return use.binary.path != use.binary.product.path ? Trouble::Place : Trouble::None;
}

std::vector<BinaryUse> wrongUses(const RuleContext &context)
{
    std::vector<BinaryUse> uses;
    eachBinary(context, [&](const BinaryUse &use) {
        if (troubleOf(context, use) != Trouble::None)
            uses.push_back(use);
    });
    return mostTelling(std::move(uses));
}

std::string whyWords(Trouble trouble, const BinaryUse &use)
{
    const CopiedBinary &binary = use.binary;
    const ImageRelease &made = binary.madeOn->release;
    const ImageRelease &runs = use.target.release;
    if (trouble == Trouble::Version)
        return "Python looks for packages in a folder with its version in the name (lib/python" + made.python
            + "/site-packages), and compiled modules carry it in theirs. Python " + runs.python
            + " finds neither. The build goes through; the program stops with, for example:\n\n    "
              "ModuleNotFoundError: "
              "No module named 'flask'";
    if (trouble == Trouble::Interpreter)
        return "A virtual environment holds no interpreter of its own: its bin/python is a link to the one that made "
               "it, "
            + made.pythonPrefix + "/bin/python3. In " + use.state.rootName + " Python is at " + runs.pythonPrefix
            + "/bin/python3, so the link leads nowhere. The build goes through; the container stops at once with:\n\n  "
              "  "
              "exec "
            + binary.path + "/bin/python: no such file or directory";
    return "The first line of every script in a virtual environment names the interpreter by its whole path, "
        + binary.product.path + "/bin/python. After the move to " + binary.path
        + " there is nothing at that path. The build goes through; the container stops at once with:\n\n    exec "
        + binary.path + "/bin/…: no such file or directory";
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const BinaryUse &use : wrongUses(context)) {
        const Trouble trouble = troubleOf(context, use);
        const ImageRelease &made = use.binary.madeOn->release;
        const ImageRelease &runs = use.target.release;
        Diagnostic d = diagnosticFor(context, use.copy, Severity::Warning);
        d.message = productWords(use.binary) + " is made with Python " + made.python + " of " + use.binary.image;
        if (trouble == Trouble::Version) {
            d.title = "Packages for Python " + made.python + ", and Python here is " + runs.python;
            d.message += ", and " + imageWords(use.state) + " has Python " + runs.python + '.';
        } else if (trouble == Trouble::Interpreter) {
            d.title = "This environment's Python is elsewhere in this image";
            d.message += " at " + made.pythonPrefix + ", and in " + imageWords(use.state) + " it is at "
                + runs.pythonPrefix + '.';
        } else {
            d.title = "A virtual environment cannot be moved";
            d.message += " at " + use.binary.product.path + "; its scripts name that path.";
        }
        d.message.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(d.message.front())));
        d.why = whyWords(trouble, use) + chainWords(context.snapshot, use.state);
        d.how = trouble == Trouble::Version
            ? "Install the packages with the Python version that runs them: take a builder with Python " + runs.python
                + "."
            : trouble == Trouble::Interpreter
            ? "Start the image's own interpreter and tell it where the packages are: ENV PYTHONPATH=" + use.binary.path
                + "/lib/python" + runs.python + "/site-packages, and CMD with the script alone."
            : "Copy it to the path at which it was made: COPY --from=… " + use.binary.product.path + ' '
                + use.binary.product.path + ", or make it at " + use.binary.path + '.';
        d.hint = trouble == Trouble::Version ? "Python is " + runs.python + " here" : "interpreter not found";
        out.push_back(std::move(d));
    }
}

/// The same image with the other version: what stands in front of the tag's first dash.
std::string builderWith(const std::string &name, const ImageTraits &target)
{
    const std::string tag = tagOf(name);
    const std::size_t dash = tag.find('-');
    std::string rest = dash == std::string::npos ? std::string() : tag.substr(dash);
    const ImageRelease own = releaseOf(name);
    // The release in the tag has to be the runtime's, for compiled modules.
    if (!own.name.empty() && !target.release.name.empty()) {
        if (const std::size_t at = rest.find(own.name); at != std::string::npos)
            rest.replace(at, own.name.size(), target.release.name);
        else if (own.name != target.release.name)
            rest += '-' + target.release.name;
    }
    return repositoryOf(name) + ':' + target.release.python + rest;
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    for (const BinaryUse &use : wrongUses(context)) {
        if (use.copy.id != diagnostic.instruction || use.binary.madeIn == StageId::None
            || troubleOf(context, use) != Trouble::Version)
            continue;
        const StageState &builder = context.states.stage(use.binary.madeIn);
        const StageBase &base = context.snapshot.graph().stage(builder.chain.back()).base;
        const std::string name(base.written);
        if (base.kind != BaseKind::Image || name != base.resolved || name.find_first_of("$@") != std::string::npos
            || !builder.rootReference.starts_with("docker.io/library/python:"))
            continue;
        const std::string now = builderWith(name, use.target);
        const auto facts = context.catalog.lookup(now);
        if (facts && !facts->byNameOnly && facts->status != ImageStatus::NeverPublished
            && facts->status != ImageStatus::EndOfLife)
            checks::offerReplace(out, base.range, now, "Build with " + now,
                                 "the Python version of " + use.state.rootName, false);
    }
}

} // namespace

const Rule pythonVersion{
    .id = "SW047",
    .name = "python-packages-of-another-version",
    .severity = Severity::Warning,
    .summary = "Python packages or an environment are copied to an image with another Python",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
