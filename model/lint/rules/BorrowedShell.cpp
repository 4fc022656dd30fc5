// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/BorrowedShell.h"

#include "lint/FileEffects.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellCopies.h"
#include "lint/rules/ShellText.h"
#include "semantics/Mount.h"

#include <algorithm>

namespace stagewright::rules {

namespace {

constexpr std::string_view borrowed = "--mount=type=bind,from=busybox:musl,source=/bin,target=/bin";

std::vector<lint::MountWords> mounts(const RuleContext &context, const Instruction &run)
{
    return lint::mountsOf(run, *context.states.at(run.id).workdir, {});
}

/// The image below a mount's from=; "" for a context or nothing that is known.
std::string imageOf(const RuleContext &context, const Instruction &run, const std::string &from)
{
    for (const StageReference &reference : context.snapshot.graph().references()) {
        if (reference.instruction != run.id || reference.written != from)
            continue;
        if (reference.kind == ReferenceKind::Stage)
            return context.states.stage(reference.stage).rootReference;
        return reference.kind == ReferenceKind::Image ? context.snapshot.graph().image(reference.image).reference
                                                      : std::string();
    }
    return {};
}

/// The shell of a RUN that a mount brings without its loader.
struct Borrowed
{
    const Flag *flag = nullptr;
    std::string from;
    std::string source;
    std::string libc;
};

std::optional<Borrowed> borrowedShell(const RuleContext &context, const Instruction &run)
{
    const StageId stage = context.snapshot.graph().stageOf(run.id);
    if (stage == StageId::None || run.kind != InstructionKind::Run || run.flags.empty() || !run.isShellForm()
        || context.states.at(run.id).shellForm != Known::Unknown)
        return std::nullopt;
    const StageState &state = context.states.stage(stage);
    const std::string shell(context.states.at(run.id).shell->program());
    if (!state.facts || state.facts->byNameOnly || shell.find('/') == std::string::npos
        || context.states.hasProgram(run.id, shell) != Known::No)
        return std::nullopt;
    const std::vector<lint::MountWords> all = mounts(context, run);
    std::optional<Borrowed> found;
    for (const lint::MountWords &mount : all) {
        if (mount.type != "bind" || mount.from.empty())
            continue;
        if (!lint::isAtOrAbove(mount.target, shell)) {
            // Anything else may hold the loader: /lib, /lib64, /usr.
            if (mount.target.starts_with("/lib") || mount.target.starts_with("/usr"))
                return std::nullopt;
            continue;
        }
        const std::string image = imageOf(context, run, mount.from);
        const ImageTraits &traits = context.states.traits(image);
        if (image.empty() || found || mount.target == "/" || traits.libcByName || hasStaticShell(image, traits)
            || (traits.libc != "glibc" && traits.libc != "musl")
            || context.states.hasLoader(stage, traits.libc) != Known::No)
            return std::nullopt;
        found = Borrowed{mount.flag, mount.from, mount.source, traits.libc};
    }
    return found;
}

void checkBorrowed(const RuleContext &context, const Instruction &run, const Borrowed &shell,
                   std::vector<Diagnostic> &out)
{
    const StageState &state = context.states.stage(context.snapshot.graph().stageOf(run.id));
    const std::string program(context.states.at(run.id).shell->program());
    Diagnostic d = diagnosticFor(context, run, Severity::Error);
    d.range = shell.flag->range;
    d.title = "The borrowed shell does not start here";
    d.message = "The shell of " + shell.from + " is linked against " + shell.libc + ", and " + imageWords(state)
        + " does not have it.";
    d.why = "The mount puts the programs of " + shell.from
        + " into place for as long as this RUN lasts. A program that is "
          "linked dynamically needs the loader of its C library as well, and that is in /lib, which is not mounted. "
          "The "
          "build stops here with:\n\n    exec "
        + program + ": no such file or directory" + chainWords(context.snapshot, state);
    d.how = "Borrow a shell that is linked statically: from=busybox:musl. Or mount the /lib of the same image as well.";
    d.hint = "loader is missing";
    out.push_back(std::move(d));
}

void checkCacheOnly(const RuleContext &context, const Instruction &run, std::vector<Diagnostic> &out)
{
    const StageState &state = context.states.stage(context.snapshot.graph().stageOf(run.id));
    const std::string shell(context.states.at(run.id).shell->program());
    Diagnostic d = diagnosticFor(context, run, severityFor(state, Severity::Error));
    d.title = "RUN needs " + shell + ", and a cache mount brings none";
    d.message = "RUN " + commandWords(run) + " runs through " + shell + ", but " + noShellWords(state)
        + ", and a cache holds files, not programs.";
    d.why
        = "A cache mount is a folder that one build leaves to the next. The command of RUN is still handed to a shell "
          "inside the image:\n\n    "
        + invocationWords(*context.states.at(run.id).shell, run) + "\n\n" + absenceWords(context.snapshot, state, shell)
        + " So the build stops here with:\n\n    " + execError(shell);
    d.how = "Do this work in an earlier stage that has a shell; the cache mount works there just the same. Or borrow a "
            "shell for this one line: "
        + std::string(borrowed) + '.';
    d.hint = "no " + shell + " here";
    out.push_back(std::move(d));
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &run : context.snapshot.tree().instructions(InstructionKind::Run)) {
        if (run.flags.empty())
            continue;
        if (needsShellBehindCache(context, run))
            checkCacheOnly(context, run, out);
        else if (const auto shell = borrowedShell(context, run))
            checkBorrowed(context, run, *shell, out);
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &run = context.snapshot.tree().instruction(diagnostic.instruction);
    if (const auto shell = borrowedShell(context, run)) {
        const MountFrom from = mountFrom(shell->flag->value);
        const std::string_view written = context.snapshot.text().slice(shell->flag->valueRange);
        if (from.begin == std::string_view::npos || written != shell->flag->value
            || (shell->source != "/bin" && shell->source != "/usr/bin"))
            return;
        const auto begin = static_cast<Offset>(shell->flag->valueRange.begin + from.begin);
        fixes::FixBuilder builder(context.snapshot);
        builder.replace({begin, static_cast<Offset>(begin + from.value.size())}, "busybox:musl");
        if (const std::size_t at = written.find("=/usr/bin");
            shell->source == "/usr/bin" && at != std::string_view::npos) {
            const auto path = static_cast<Offset>(shell->flag->valueRange.begin + at + 1);
            builder.replace({path, static_cast<Offset>(path + 8)}, "/bin");
        }
        out.push_back(
            builder.finish("Borrow it from busybox:musl", "a shell that is linked statically", "terminal", true));
        return;
    }
    fixes::moveToBuilder(context, run.id, out);
    if (fixes::isAnswered(context, out))
        return;
    fixes::FixBuilder builder(context.snapshot);
    builder.replace({run.keywordRange.end, run.keywordRange.end}, ' ' + std::string(borrowed));
    out.push_back(builder.finish("Borrow a shell for this line", "adds " + std::string(borrowed), "terminal", false));
}

} // namespace

bool needsShellBehindCache(const RuleContext &context, const Instruction &run)
{
    if (run.kind != InstructionKind::Run || !run.isShellForm() || run.flags.empty() || !run.heredocs.empty()
        || !hasCommand(run) || context.states.at(run.id).shellForm != Known::No)
        return false;
    const StageState &state = context.states.stage(context.snapshot.graph().stageOf(run.id));
    const EffectiveShell &shell = *context.states.at(run.id).shell;
    if (!shell.isDefault() || hasShellElsewhere(state, shell))
        return false; // that shell is to be named, or corrected
    const std::vector<lint::MountWords> all = mounts(context, run);
    return !all.empty()
        && std::ranges::all_of(all, [](const lint::MountWords &mount) { return mount.type == "cache"; });
}

const Rule borrowedShellWithoutLoader{
    .id = "SW037",
    .name = "mounts-bring-no-shell",
    .severity = Severity::Error,
    .summary = "The mounts of a RUN bring no shell that starts, and the image has none",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
