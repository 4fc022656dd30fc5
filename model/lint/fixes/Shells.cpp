// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/ShellStates.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/fixes/Packages.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <optional>

namespace stagewright::fixes {

namespace {

const StageState &stateOf(const RuleContext &context, InstructionId instruction)
{
    return context.states.stage(context.snapshot.graph().stageOf(instruction));
}

/// A tag with a shell for one without, best first.
std::vector<std::string> tagsWithShell(const std::string &tag)
{
    std::vector<std::string> tags;
    const auto swapped = [&](std::string_view from, std::string_view to) {
        if (tag == from || tag.starts_with(std::string(from) + '-'))
            tags.push_back(std::string(to) + tag.substr(from.size()));
    };
    swapped("nonroot", "debug-nonroot");
    swapped("latest", "debug");
    for (const std::string_view suffix : {"-chiseled-extra", "-chiseled-composite-extra", "-chiseled-composite",
                                          "-chiseled", "-distroless-extra", "-distroless"}) {
        if (tag.ends_with(suffix))
            tags.push_back(tag.substr(0, tag.size() - suffix.size()));
    }
    tags.push_back(tag + "-dev");
    tags.push_back("debug-" + tag);
    tags.push_back(tag + "-debug");
    return tags;
}

struct Variant
{
    std::string written;
    std::string tag;
    ImageFacts facts;
};

/// The image of @p root in a variant that the catalogue knows to have a shell.
std::optional<Variant> variantWithShell(const RuleContext &context, const Stage &root)
{
    const std::string written(root.base.written);
    if (root.base.kind != BaseKind::Image || written != root.base.resolved
        || written.find_first_of("$@") != std::string::npos)
        return std::nullopt;
    const std::size_t slash = written.rfind('/');
    const std::size_t colon = written.find(':', slash == std::string::npos ? 0 : slash);
    const std::string repository = written.substr(0, colon);
    const std::string tag = colon == std::string::npos ? "latest" : written.substr(colon + 1);
    for (const std::string &candidate : tagsWithShell(tag)) {
        const std::string reference = repository + ':' + candidate;
        const auto facts = context.catalog.lookup(reference);
        if (facts && !facts->byNameOnly && facts->hasShell == Known::Yes && !facts->shell.empty()
            && facts->status != ImageStatus::NeverPublished)
            return Variant{reference, candidate, *facts};
    }
    return std::nullopt;
}

std::string shellLine(const FixBuilder &builder, const std::string &shell)
{
    return builder.keyword("SHELL") + ' ' + lint::jsonList({shell, "-c"});
}

} // namespace

void insertShell(const RuleContext &context, InstructionId run, std::vector<Fix> &out)
{
    const StageState &state = stateOf(context, run);
    const EffectiveShell &shell = *context.states.at(run).shell;
    if (isAnswered(context, out) || !shell.isDefault() || !rules::hasShellElsewhere(state, shell))
        return;
    // Above the first of the stage that needs it, so that one line helps them all.
    const Instruction *first = &context.snapshot.tree().instruction(run);
    for (const Instruction &instruction : context.snapshot.instructionsOf(context.snapshot.graph().stageOf(run))) {
        const bool needs = instruction.kind == InstructionKind::Run && instruction.isShellForm()
            && context.states.at(instruction.id).shellForm == Known::No;
        if (needs && instruction.id < first->id)
            first = &instruction;
        if (needs)
            break;
    }
    FixBuilder builder(context.snapshot);
    const std::string line = shellLine(builder, state.facts->shell);
    builder.insertAbove(*first, line);
    out.push_back(builder.finish("Use the image's own shell", "adds " + line + " above", "terminal", true));
}

void shellForStart(const RuleContext &context, InstructionId start, std::vector<Fix> &out)
{
    const StageState &state = stateOf(context, start);
    const EffectiveShell &shell = *context.states.at(start).shell;
    if (isAnswered(context, out) || !shell.isDefault() || !rules::hasShellElsewhere(state, shell))
        return;
    FixBuilder builder(context.snapshot);
    const std::string line = shellLine(builder, state.facts->shell);
    builder.insertAbove(context.snapshot.tree().instruction(start), line);
    out.push_back(builder.finish("Use the image's own shell", "adds " + line + " above", "bug", false));
}

void useDebugImage(const RuleContext &context, InstructionId run, std::vector<Fix> &out)
{
    if (isAnswered(context, out))
        return;
    const StageState &state = stateOf(context, run);
    const EffectiveShell &shell = *context.states.at(run).shell;
    const Stage &root = context.snapshot.graph().stage(state.chain.back());
    if (!shell.isDefault() || (state.facts && state.facts->hasShell == Known::Yes))
        return;
    const auto variant = variantWithShell(context, root);
    if (!variant)
        return;
    // Where it installs packages with another manager, the next RUN would stop.
    if (!variant->facts.packageManager.empty()
        && !callsOnlyManager(context, root.id, lint::packageManagerOf(variant->facts.packageManager)))
        return;
    FixBuilder builder(context.snapshot);
    builder.replace(root.base.range, variant->written);
    std::string below;
    std::string detail = "the final image then carries a shell";
    if (variant->facts.shellFormWorks != Known::Yes) {
        below = shellLine(builder, variant->facts.shell);
        detail = "also adds " + below;
    }
    // The debug variants start their shell; CMD alone would become that shell's argument.
    const bool startsShell = variant->facts.entrypoint && variant->facts.entrypoint->size() == 1
        && variant->facts.entrypoint->front() == variant->facts.shell;
    const bool startedNothing = state.facts && state.facts->entrypoint && state.facts->entrypoint->empty();
    if (startsShell && startedNothing && state.entrypoint == InstructionId::None && state.cmd != InstructionId::None) {
        below += (below.empty() ? "" : "\n") + builder.keyword("ENTRYPOINT") + " []";
        detail += " and ENTRYPOINT [], so that CMD still starts the program";
    }
    if (!below.empty())
        builder.insertBelow(context.snapshot.tree().instruction(root.from), below);
    out.push_back(builder.finish("Use the :" + variant->tag + " image (has a shell)", detail, "bug", false));
}

void correctShell(const RuleContext &context, InstructionId shell, std::vector<Fix> &out)
{
    if (isAnswered(context, out) || shell == InstructionId::None)
        return;
    const Instruction &instruction = context.snapshot.tree().instruction(shell);
    const StageState &state = stateOf(context, shell);
    if (!state.facts || state.facts->shell.empty() || instruction.args.empty())
        return;
    std::vector<std::string> words;
    for (const Argument &argument : instruction.args)
        words.emplace_back(argument.value);
    if (words.front() == state.facts->shell)
        return;
    words.front() = state.facts->shell;
    FixBuilder builder(context.snapshot);
    const std::string list = lint::jsonList(words);
    builder.rewrite(instruction, std::string(instruction.keyword) + ' ' + list);
    out.push_back(builder.finish("Name the shell that the image has", "writes SHELL " + list, "terminal", true));
}

void removeShell(const RuleContext &context, InstructionId shell, std::vector<Fix> &out)
{
    if (isAnswered(context, out) || shell == InstructionId::None)
        return;
    const StageState &state = stateOf(context, shell);
    const bool defaultWorks = context.states.at(shell).binSh == Known::Yes;
    // Where the image has a shell elsewhere, /bin/sh would be missing next: correct the line instead.
    if (!defaultWorks && rules::hasShellElsewhere(state, EffectiveShell()))
        return;
    FixBuilder builder(context.snapshot);
    builder.remove(context.snapshot.tree().instruction(shell));
    out.push_back(builder.finish("Take the SHELL line away",
                                 defaultWorks ? "/bin/sh is used again" : rules::imageWords(state) + " cannot use it",
                                 "x", defaultWorks));
}

void shellOfImage(const RuleContext &context, InstructionId run, std::vector<Fix> &out)
{
    const EffectiveShell &shell = *context.states.at(run).shell;
    if (shell.isDefault())
        return;
    correctShell(context, shell.setBy, out);
    if (context.states.at(run).binSh == Known::Yes)
        removeShell(context, shell.setBy, out);
}

} // namespace stagewright::fixes
