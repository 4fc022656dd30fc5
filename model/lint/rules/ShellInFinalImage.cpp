// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/ImageUses.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellCopies.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>

namespace stagewright::rules {

namespace {

/// A stage whose name says that somebody wants to look around in it.
bool isForLooking(const Stage &stage)
{
    static constexpr std::array<std::string_view, 6> words{"debug", "dev", "test", "shell", "builder", "ci"};
    return std::ranges::any_of(words,
                               [&](std::string_view word) { return stage.name.find(word) != std::string::npos; });
}

/// The tag without a shell that @p tag is the variant of with one; "" for none.
std::string productionTag(const std::string &tag)
{
    if (tag == "debug")
        return "latest";
    if (tag.starts_with("debug-"))
        return tag.substr(6);
    if (tag.ends_with("-debug"))
        return tag.substr(0, tag.size() - 6);
    return tag.ends_with("-dev") ? tag.substr(0, tag.size() - 4) : std::string();
}

/// The same image without a shell, as far as the catalogue knows it; "" for none.
std::string productionImage(const RuleContext &context, const StageState &state)
{
    if (!state.facts || state.facts->byNameOnly || state.facts->hasShell != Known::Yes)
        return {};
    const std::string tag = productionTag(tagOf(state.rootReference));
    if (tag.empty())
        return {};
    const auto facts = context.catalog.lookup(repositoryOf(state.rootReference) + ':' + tag);
    if (!facts || facts->byNameOnly || facts->hasShell != Known::No || facts->status == ImageStatus::NeverPublished)
        return {};
    return repositoryOf(state.rootName) + (tag == "latest" ? "" : ':' + tag);
}

void checkBase(const RuleContext &context, const Stage &stage, std::vector<Diagnostic> &out)
{
    const StageState &state = context.states.stage(stage.id);
    const std::string better = productionImage(context, state);
    if (better.empty())
        return;
    const Stage &root = context.snapshot.graph().stage(state.chain.back());
    Diagnostic d = diagnosticFor(context, context.snapshot.tree().instruction(root.from), Severity::Warning);
    d.range = root.base.range;
    d.title = "The final image has a shell";
    d.message = imageWords(state) + " is the variant with a shell"
        + (state.facts->hasPackageManager == Known::Yes ? " and " + state.facts->packageManager : "") + "; " + better
        + " is the one to ship.";
    d.why = "These tags are made for building and for looking for a mistake. In the image that is shipped, a shell is "
            "what "
            "an intruder looks for first, and what comes with it has flaws that scanners list."
        + chainWords(context.snapshot, state);
    d.how = "Use " + better
        + " for the last stage. Work that needs a shell belongs into a stage before it; for looking "
          "around in a running container there are kubectl debug and docker debug.";
    d.hint = "ships a shell";
    out.push_back(std::move(d));
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    const StageId target = context.snapshot.graph().target();
    if (target == StageId::None || isForLooking(context.snapshot.graph().stage(target)))
        return;
    const Stage &stage = context.snapshot.graph().stage(target);
    checkBase(context, stage, out);
    const StageState &state = context.states.stage(target);
    if (!state.facts || state.facts->hasShell != Known::No)
        return;
    for (const ShellCopy &shell : shellCopies(context)) {
        if (!state.chain.contains(shell.stage) || lacksLoader(context, shell))
            continue; // SW035 has something worse to say
        const Instruction *user = usedBy(context, shell);
        Diagnostic d = diagnosticFor(context, shell.copy, Severity::Warning);
        d.title = "A shell is copied into the final image";
        d.message = "COPY puts " + shell.path + " from " + shell.image + " into the image that is shipped, and "
            + imageWords(state) + " is made without one.";
        d.why = "An image without a shell gives an intruder nothing to work with. One copied file takes that back."
            + (user ? " " + std::string(keywordOf(user->kind)) + " in line " + std::to_string(user->firstLine)
                       + " starts through it."
                    : std::string(" Nothing in this file starts through it."))
            + chainWords(context.snapshot, state);
        d.how
            = "Do the work in a stage before and copy the result, and write CMD and ENTRYPOINT as JSON lists. For a "
              "single "
              "RUN the shell can be borrowed: RUN --mount=type=bind,from=busybox:musl,source=/bin,target=/bin …; that "
              "leaves nothing behind.";
        d.hint = "ships a shell";
        out.push_back(std::move(d));
    }
}

/// Something of the chain starts through a shell, so that the image without one would break it.
bool needsShell(const RuleContext &context, const StageState &state)
{
    const auto shellForm = [](const StartWords &words) { return words.shellForm; };
    return shellForm(state.entrypointAtEnd) || shellForm(state.cmdAtEnd) || state.healthcheck != InstructionId::None
        || std::ranges::any_of(state.chain, [&](StageId part) {
               return std::ranges::any_of(context.snapshot.instructionsOf(part), [](const Instruction &instruction) {
                   return instruction.kind == InstructionKind::Run || instruction.kind == InstructionKind::Shell;
               });
           });
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &instruction = context.snapshot.tree().instruction(diagnostic.instruction);
    if (instruction.kind == InstructionKind::Copy) {
        for (const ShellCopy &shell : shellCopies(context)) {
            if (shell.copy.id == instruction.id && instruction.args.size() == 2 && !usedBy(context, shell))
                fixes::removeInstruction(context, instruction.id, "Take the shell away",
                                         "nothing here starts through it", out);
        }
        return;
    }
    const StageState &state = context.states.stage(context.snapshot.graph().target());
    const StageBase &base = context.snapshot.graph().stage(state.chain.back()).base;
    const std::string better = productionImage(context, state);
    // Programs of the image are called by name; what starts is then this document's own.
    const bool own = !state.entrypointAtEnd.words.empty() && state.entrypointAtEnd.setBy != InstructionId::None;
    if (better.empty() || needsShell(context, state) || !own
        || base.written.find_first_of("$@") != std::string_view::npos)
        return;
    checks::offerReplace(out, base.range, better, "Use " + better, "the same image without a shell", false);
}

} // namespace

const Rule shellInFinalImage{
    .id = "SW036",
    .name = "shell-in-final-image",
    .severity = Severity::Warning,
    .summary = "The final image has a shell that its base is made without",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
