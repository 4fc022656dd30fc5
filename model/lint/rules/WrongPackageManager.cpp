// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "lint/ImagePrograms.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace stagewright::rules {

namespace {

struct WrongCall
{
    std::string program; ///< As called.
    bool stops = true;   ///< The build fails with it.
};

/// Whether a text is worth reading word by word.
bool mentionsManager(std::string_view text)
{
    static constexpr std::array<std::string_view, 9> names{"apt",    "apk", "dnf",  "yum", "zypper",
                                                           "pacman", "rpm", "dpkg", "opkg"};
    return std::ranges::any_of(names,
                               [text](std::string_view name) { return text.find(name) != std::string_view::npos; });
}

std::optional<WrongCall> wrongCall(const RuleContext &context, const Instruction &run, std::string_view script)
{
    if (!mentionsManager(script))
        return std::nullopt;
    const InstructionState &at = context.states.at(run.id);
    for (const lint::CalledCommand &command : context.states.commands(script)) {
        const std::string program(command.program().front());
        const std::string name = fileNameOf(program);
        const std::string_view family = lint::packageManagerOf(name);
        if (command.conditional || family.empty() || context.states.hasProgram(run.id, program) != Known::No)
            continue;
        // `|| true`: whoever writes that reckons with it. A pipe or `;` goes on without meaning to.
        const bool mounted = std::ranges::any_of(run.flags, [](const Flag &flag) { return flag.name == "mount"; })
            && lint::mountProvides(run, "/usr/bin/" + name, *at.workdir, {}) != Known::No;
        if (!mounted)
            return WrongCall{program, !command.ignored};
    }
    return std::nullopt;
}

/// The first place where @p word stands alone in the instruction.
TextRange wordRange(const RuleContext &context, const Instruction &run, const std::string &word)
{
    const std::string_view text = context.snapshot.text().slice(run.range);
    const auto isPart = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_'; };
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !isPart(text[at - 1])) && (end == text.size() || !isPart(text[end]))) {
            const auto begin = run.range.begin + static_cast<Offset>(at);
            return {begin, begin + static_cast<Offset>(word.size())};
        }
    }
    return commandRange(context.snapshot, run);
}

std::string shellError(const StageState &state, const std::string &program)
{
    // dash and BusyBox word it alike but for the line number.
    return state.facts && state.facts->libc == "musl" ? "/bin/sh: " + program + ": not found"
                                                      : "/bin/sh: 1: " + program + ": not found";
}

Diagnostic finding(const RuleContext &context, const Instruction &run, const StageState &state, const WrongCall &call)
{
    const bool none = state.facts->hasPackageManager == Known::No;
    const std::string own = none ? std::string() : state.facts->packageManager;
    const Severity severity = call.stops ? severityFor(state, Severity::Error) : Severity::Warning;
    Diagnostic d = diagnosticFor(context, run, severity);
    d.range = wordRange(context, run, call.program);
    d.title = none ? "This image has no package manager" : "This image has " + own + ", not " + call.program;
    d.message = "RUN calls " + call.program + ", and " + imageWords(state)
        + (none ? " has no package manager at all." : " installs packages with " + own + ".");
    const bool apk = lint::packageManagerOf(own) == "apk";
    d.why
        = std::string("A package manager belongs to a distribution: apt to Debian and Ubuntu, apk to Alpine and Wolfi, "
                      "dnf, yum and microdnf to Fedora and Red Hat, zypper to SUSE. ")
        + (none ? imageWords(state) + " leaves it out, so that nothing can be installed into the image."
                : imageWords(state) + " is built on " + (apk ? "Alpine or Wolfi" : "another one") + ".")
        + chainWords(context.snapshot, state)
        + (call.stops ? " The build stops with exit code 127:\n\n    "
                      : " The shell says so and goes on, since a later command decides about success:\n\n    ")
        + shellError(state, call.program);
    d.how = none
        ? "Install in a builder stage and copy what is needed, or use the variant of the image that is made for "
          "building (often -dev)."
        : "Call " + own + ": "
            + (apk                ? "apk add --no-cache NAME"
                   : own == "apt" ? "apt-get update && apt-get install -y --no-install-recommends NAME"
                                  : own + " install -y NAME")
            + ". Packages may have other names there. Or start from the image's variant for the distribution that you "
              "mean.";
    d.hint = none ? "no package manager here" : "this image has " + own;
    return d;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &run : context.snapshot.tree().instructions(InstructionKind::Run)) {
        const StageId stage = context.snapshot.graph().stageOf(run.id);
        if (stage == StageId::None)
            continue;
        const StageState &state = context.states.stage(stage);
        if (!state.facts || state.facts->hasPackageManager == Known::Unknown)
            continue;
        std::optional<WrongCall> call;
        if (!run.isShellForm()) {
            // Without a user land SW003 says the same of every program.
            if (!run.args.empty() && state.facts->hasShell == Known::Yes)
                call = wrongCall(context, run, run.args.front().value);
        } else {
            const InstructionState &at = context.states.at(run.id);
            if (at.shellForm != Known::Yes || !isShellName(fileNameOf(at.shell->program())))
                continue;
            if (run.heredocs.empty())
                call = wrongCall(context, run, run.arguments);
            // A script with a #! of its own may be in another language.
            for (const Heredoc &document : run.heredocs) {
                const std::string_view script = context.snapshot.text().slice(document.body);
                if (!call && !script.starts_with("#!"))
                    call = wrongCall(context, run, script);
            }
        }
        if (call)
            out.push_back(finding(context, run, state, *call));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    fixes::ownPackageManager(context, diagnostic.instruction, out);
    fixes::imageWithManager(context, diagnostic.instruction, out);
    if (context.states.at(diagnostic.instruction).shellForm != Known::Yes)
        fixes::moveToBuilder(context, diagnostic.instruction, out);
}

} // namespace

const Rule wrongPackageManager{
    .id = "SW006",
    .name = "wrong-package-manager",
    .severity = Severity::Error,
    .summary = "RUN calls a package manager that the image does not have",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
