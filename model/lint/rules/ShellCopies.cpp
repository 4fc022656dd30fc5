// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/ShellCopies.h"

#include "lint/FileEffects.h"
#include "lint/rules/CopiedBinaries.h"
#include "lint/rules/ImageUses.h"
#include "lint/rules/ShellText.h"

#include <algorithm>

namespace stagewright::rules {

namespace {

/// Where the shell gets when @p source is copied; "" when it is none.
std::string landedShell(const CopiedFiles &copy, const std::string &source, const ImageFactsPtr &facts)
{
    const std::string name = fileNameOf(source);
    if (lint::isShellName(name))
        return copy.intoFolder ? lint::joinPath(copy.destination, name) : copy.destination;
    // A folder of programs that is known to have one.
    if (facts && !facts->byNameOnly && facts->hasShell == Known::Yes && !facts->shell.empty()
        && (name == "bin" || name == "busybox") && lint::isAtOrAbove(source, facts->shell))
        return lint::joinPath(copy.destination, fileNameOf(facts->shell));
    return {};
}

/// Whether a source looks like a shell or a folder of programs; most copies are of something else.
bool mayBringShell(const Instruction &copy)
{
    return std::ranges::any_of(copy.args, [](const Argument &argument) {
        std::string_view path = argument.value;
        while (path.ends_with('/'))
            path.remove_suffix(1);
        const std::string_view name = path.substr(path.rfind('/') + 1);
        return lint::isShellName(name) || name == "bin" || name.find('$') != std::string_view::npos;
    });
}

} // namespace

bool hasStaticShell(std::string_view image, const ImageTraits &traits)
{
    const std::string repository = repositoryOf(image);
    if (repository == "docker.io/library/busybox")
        return traits.libc == "musl" || traits.libc == "uclibc";
    return repository.starts_with("gcr.io/distroless/");
}

std::vector<ShellCopy> shellCopies(const RuleContext &context)
{
    std::vector<ShellCopy> result;
    for (const StageReference &reference : context.snapshot.graph().references()) {
        if (reference.instructionKind != InstructionKind::Copy || reference.inStage == StageId::None)
            continue;
        const Instruction &copy = context.snapshot.tree().instruction(reference.instruction);
        const StageState &state = context.states.stage(reference.inStage);
        if (copy.kind != InstructionKind::Copy || !state.facts || state.facts->hasShell != Known::No)
            continue;
        if (!mayBringShell(copy))
            continue;
        const bool fromStage = reference.kind == ReferenceKind::Stage;
        if (!fromStage && reference.kind != ReferenceKind::Image)
            continue;
        const std::string image = fromStage ? context.states.stage(reference.stage).rootReference
                                            : context.snapshot.graph().image(reference.image).reference;
        if (image.empty())
            continue;
        for (const CopiedFiles &files : context.states.copies(reference.inStage)) {
            if (files.at != copy.id)
                continue;
            const auto facts = context.catalog.lookup(image);
            for (const std::string &source : files.sources) {
                std::string path = landedShell(files, source, facts);
                const ImageTraits &traits = context.states.traits(image);
                if (!path.empty())
                    result.push_back({copy, reference.inStage, source, std::move(path),
                                      fromStage ? context.states.stage(reference.stage).rootName : reference.written,
                                      &traits, hasStaticShell(image, traits)});
            }
        }
    }
    return result;
}

bool lacksLoader(const RuleContext &context, const ShellCopy &shell)
{
    return !shell.isStatic && !shell.traits->libcByName && !context.states.traits(shell.stage).libcByName
        && (shell.traits->libc == "glibc" || shell.traits->libc == "musl")
        && context.states.hasLoader(shell.stage, shell.traits->libc) == Known::No;
}

const Instruction *usedBy(const RuleContext &context, const ShellCopy &shell)
{
    const auto isIt = [&](std::string_view program) {
        return program == shell.path
            || (program.find('/') == std::string_view::npos && program == fileNameOf(shell.path));
    };
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        if (!state.chain.contains(shell.stage))
            continue;
        for (const Instruction &run : context.snapshot.instructionsOf(stage.id)) {
            const bool behind = stage.id != shell.stage || run.id > shell.copy.id;
            if (run.kind != InstructionKind::Run || !behind)
                continue;
            const std::string_view program = run.isShellForm() ? context.states.at(run.id).shell->program()
                : run.args.empty()                             ? std::string_view()
                                                               : run.args.front().value;
            if (isIt(program))
                return &run;
        }
        if (!state.decisive)
            continue;
        for (const StartWords *words : {&state.entrypointAtEnd, &state.cmdAtEnd}) {
            const bool first = words == &state.entrypointAtEnd || state.entrypointAtEnd.isNothing();
            if (first && words->setBy != InstructionId::None && !words->words.empty() && isIt(words->words.front()))
                return &context.snapshot.tree().instruction(words->setBy);
        }
    }
    return nullptr;
}

} // namespace stagewright::rules
