// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FileEffects.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>

namespace stagewright::rules {

namespace {

/// The name is told somewhere else in the stage, so a program of it opens the archive.
bool isNamedElsewhere(const RuleContext &context, const StageState &state, const Instruction &copy,
                      std::string_view name)
{
    for (const StageId part : state.chain) {
        for (const Instruction &instruction : context.snapshot.instructionsOf(part)) {
            if (instruction.id != copy.id && instruction.arguments.find(name) != std::string_view::npos)
                return true;
        }
    }
    return false;
}

/// Another stage takes something from this one, or is built upon it: it may be the archive.
bool isTakenFrom(const RuleContext &context, StageId stage)
{
    return std::ranges::any_of(context.snapshot.graph().references(), [stage](const StageReference &reference) {
        return reference.kind == ReferenceKind::Stage && reference.stage == stage;
    });
}

/// The archive that a COPY leaves packed in an image that cannot unpack it; "" for none.
std::string packedIn(const RuleContext &context, const Instruction &copy)
{
    if (copy.args.size() < 2 || !copy.heredocs.empty())
        return {};
    for (const Argument &source : copy.args.first(copy.args.size() - 1)) {
        if (!lint::isArchive(source.value))
            continue;
        const StageId stage = context.snapshot.graph().stageOf(copy.id);
        if (stage == StageId::None)
            return {};
        const StageState &state = context.states.stage(stage);
        if (!state.decisive || !state.facts || state.facts->hasShell != Known::No || state.binShAtEnd != Known::No
            || isTakenFrom(context, stage))
            return {};
        const std::string name = fileNameOf(source.value);
        if (isNamedElsewhere(context, state, copy, name))
            return {};
        const bool runs
            = std::ranges::any_of(context.snapshot.instructionsOf(stage), [](const Instruction &instruction) {
                  return instruction.kind == InstructionKind::Run;
              });
        return runs ? std::string() : std::string(source.value);
    }
    return {};
}

/// ADD unpacks what is local; it takes nothing from other stages, and unpacks every archive that it is given.
bool canBeAdd(const Instruction &copy)
{
    return !copy.flag("from") && !copy.flag("parents")
        && std::ranges::all_of(copy.args.first(copy.args.size() - 1),
                               [](const Argument &source) { return lint::isArchive(source.value); });
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &copy : context.snapshot.tree().instructions(InstructionKind::Copy)) {
        const std::string archive = packedIn(context, copy);
        if (archive.empty())
            continue;
        const StageState &state = context.states.stage(context.snapshot.graph().stageOf(copy.id));
        Diagnostic d = diagnosticFor(context, copy, Severity::Info);
        d.title = "COPY leaves this archive packed";
        d.message = "COPY puts " + archive + " into the image as it is, and " + imageWords(state)
            + " has neither tar nor a shell to unpack it.";
        d.why
            = "COPY copies an archive like any other file. ADD unpacks a local one (tar, also with gzip, bzip2, xz or "
              "zstd), and it does so from outside, so the image needs no tar."
            + chainWords(context.snapshot, state);
        d.how = canBeAdd(copy)
            ? "Write ADD instead of COPY. Its destination is then the folder that the contents go to.\n\n"
              "If the program opens the archive itself, leave it as it is."
            : "Unpack it in the stage that it comes from, and copy the folder.\n\nIf the program opens "
              "the archive itself, leave it as it is.";
        d.hint = "stays packed";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &copy = context.snapshot.tree().instruction(diagnostic.instruction);
    // A file's name as destination would become a folder of that name.
    if (!canBeAdd(copy) || lint::isArchive(copy.args.back().value))
        return;
    const bool lower = copy.keyword == "copy";
    checks::offerReplace(out, copy.keywordRange, lower ? "add" : "ADD", "Write ADD", "which unpacks the archive",
                         false);
}

} // namespace

const Rule archiveNotExtracted{
    .id = "SW048",
    .name = "archive-not-extracted",
    .severity = Severity::Info,
    .summary = "COPY leaves an archive packed in an image that cannot unpack it",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
