// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FileEffects.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>
#include <optional>

namespace stagewright::rules {

namespace {

bool isStartFile(const std::string &word)
{
    static constexpr std::array<std::string_view, 9> endings{".js",  ".mjs", ".cjs", ".py", ".jar",
                                                             ".dll", ".rb",  ".php", ".ts"};
    return !word.empty() && word.front() != '/' && word.front() != '-' && word.find('$') == std::string::npos
        && (word.starts_with("./")
            || std::ranges::any_of(endings, [&](std::string_view e) { return word.ends_with(e); }));
}

struct Missing
{
    InstructionId instruction = InstructionId::None;
    std::string file;   ///< As written.
    std::string folder; ///< Where a COPY put it.
};

/// The file that the container is told to open by a relative name, when it is copied to another folder than the one
/// that it starts in.
std::optional<Missing> missingFile(const RuleContext &context, const Stage &stage)
{
    const StageState &state = context.states.stage(stage.id);
    if (!state.decisive || !state.facts || state.workdirAtEnd.empty()
        || state.workdirAtEnd.find('$') != std::string::npos)
        return std::nullopt;
    Missing missing;
    for (const StartWords *words : {&state.entrypointAtEnd, &state.cmdAtEnd}) {
        if (words->shellForm || words->setBy == InstructionId::None)
            continue;
        const auto file = std::ranges::find_if(words->words, isStartFile);
        if (file != words->words.end() && missing.file.empty())
            missing = {words->setBy, *file, {}};
    }
    if (missing.file.empty())
        return std::nullopt;
    // A command may have made or moved the file.
    for (const StageId id : state.chain) {
        const auto instructions = context.snapshot.instructionsOf(id);
        if (std::ranges::any_of(instructions, [](const Instruction &i) {
                return i.kind == InstructionKind::Run || i.kind == InstructionKind::Volume;
            }))
            return std::nullopt;
    }
    const std::string wanted = lint::joinPath(state.workdirAtEnd, missing.file);
    if (context.states.originOf(stage.id, InstructionId::None, wanted))
        return std::nullopt;
    for (const CopiedFiles &copy : context.states.copies(stage.id)) {
        if (copy.destination.find('$') != std::string::npos || copy.instruction->kind == InstructionKind::Add)
            return std::nullopt;
        // A document, or a file that is copied to a name of its own, is no folder that the file could lie in.
        const bool oneFile = !copy.instruction->heredocs.empty()
            || (!copy.intoFolder && copy.sources.size() == 1
                && fileNameOf(copy.sources.front()).find('.', 1) != std::string::npos
                && fileNameOf(copy.destination).find('.', 1) != std::string::npos);
        const std::string there = lint::joinPath(copy.destination, missing.file);
        if (lint::isAtOrAbove(copy.destination, wanted))
            return std::nullopt;
        if (!oneFile && !lint::sourceOf(copy.sources, copy.destination, copy.intoFolder, there).empty())
            missing.folder = copy.destination;
        // COPY app.js /srv/app.js
        const std::string named
            = lint::joinPath(copy.destination.substr(0, copy.destination.rfind('/') + 1), missing.file);
        if (named == copy.destination)
            missing.folder = copy.destination.substr(0, std::max<std::size_t>(1, copy.destination.rfind('/')));
    }
    return missing.folder.empty() || missing.folder == state.workdirAtEnd ? std::nullopt : std::optional(missing);
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const auto missing = missingFile(context, stage);
        if (!missing)
            continue;
        const StageState &state = context.states.stage(stage.id);
        const Instruction &start = context.snapshot.tree().instruction(missing->instruction);
        const std::string keyword(keywordOf(start.kind));
        const std::string wanted = lint::joinPath(state.workdirAtEnd, missing->file);
        Diagnostic d = diagnosticFor(context, start, severityFor(state, Severity::Error));
        d.title = missing->file + " is not where the container starts";
        d.message = keyword + " names " + missing->file + ", and the container starts in " + state.workdirAtEnd
            + ", but the files are copied to " + missing->folder + ".";
        d.why = "A relative name counts from the working directory. WORKDIR of a builder stage does not come along "
                "with COPY --from; "
                "in "
            + stageWords(context.snapshot, stage.id) + " it is " + state.workdirAtEnd + ", so the container looks for "
            + wanted
            + ". The build goes through; the container stops at once, for example with\n\n"
              "    Error: Cannot find module '"
            + wanted + "'";
        d.how = "Say WORKDIR " + missing->folder
            + " in this stage, or write the whole path: " + lint::joinPath(missing->folder, missing->file) + ".";
        d.hint = "starts in " + state.workdirAtEnd;
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const auto missing = missingFile(context, stage);
        if (!missing || missing->instruction != diagnostic.instruction)
            continue;
        const Instruction &start = context.snapshot.tree().instruction(missing->instruction);
        fixes::FixBuilder builder(context.snapshot);
        builder.insertAbove(start, builder.keyword("WORKDIR") + ' ' + missing->folder);
        out.push_back(builder.finish("Add WORKDIR " + missing->folder, "the container starts where the files are",
                                     "folder", true));
        return;
    }
}

} // namespace

const Rule relativeStartFile{
    .id = "SW052",
    .name = "relative-start-file",
    .severity = Severity::Error,
    .summary = "The container is to start a file by a relative name, and starts elsewhere",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
