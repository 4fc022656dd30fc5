// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/FileTexts.h"

#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "semantics/ContextFiles.h"

#include <algorithm>
#include <array>

namespace stagewright::rules {

namespace {

constexpr int mostHops = 16; // stages that one file may come through

/// What `printf '#!/bin/sh\n…' > path` or `echo` of a RUN writes; "" when it does not, or nobody can tell.
std::string writtenBy(const Instruction &run, std::string_view workdir, std::string_view path)
{
    if (run.kind != InstructionKind::Run || !run.isShellForm() || !run.heredocs.empty()
        || run.arguments.find("#!") == std::string_view::npos)
        return {};
    for (const lint::SimpleCommand &command : lint::readCommands(run.arguments).commands) {
        if (command.outputFile.empty() || command.append || command.words.size() < 2
            || (command.words.front() != "printf" && command.words.front() != "echo")
            || lint::joinPath(workdir, command.outputFile) != path)
            continue;
        std::size_t first = 1;
        while (first + 1 < command.words.size() && command.words[first].starts_with('-'))
            ++first;
        std::string text = command.words[first];
        // printf '%s\n' '#!/bin/sh' 'exec /app'
        if (command.words.front() == "printf" && text.starts_with("%s") && first + 1 < command.words.size())
            text = command.words[first + 1];
        if (const std::size_t newline = text.find("\\n"); newline != std::string::npos)
            text.replace(newline, 2, "\n");
        return text;
    }
    return {};
}

/// The text of a here-document that a COPY writes to @p path; "" for none.
std::string documentAt(const RuleContext &context, const CopiedFiles &copy, std::string_view path)
{
    for (const Heredoc &document : copy.instruction->heredocs) {
        const std::string there = copy.intoFolder ? lint::joinPath(copy.destination, document.name) : copy.destination;
        if (there == path)
            return std::string(context.snapshot.text().slice(document.body));
    }
    return {};
}

/// Whether a RUN may change a file of this name after it was copied: line endings, say.
bool mayRewrite(const Instruction &run, std::string_view name)
{
    if (run.kind != InstructionKind::Run)
        return false;
    const auto has = [&](std::string_view word) { return run.arguments.find(word) != std::string_view::npos; };
    static constexpr std::array<std::string_view, 9> writers{"mv ", "cp ",   "ln ",  "tee",     ">",
                                                             "awk", "patch", "perl", "envsubst"};
    return !run.heredocs.empty() || has("dos2unix") || has("sed ") || (has(name) && std::ranges::any_of(writers, has));
}

} // namespace

FileText fileText(const RuleContext &context, StageId stage, std::string path, InstructionId before)
{
    FileText result;
    bool rewritten = false;
    for (int hop = 0; hop < mostHops; ++hop) {
        if (context.states.isTooLong(stage, before))
            return {};
        const auto origin = context.states.originOf(stage, before, path);
        const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
        InstructionId written = InstructionId::None;
        for (const StageId part : context.states.stage(stage).chain) {
            for (const Instruction &run : context.snapshot.instructionsOf(part)) {
                if (run.kind != InstructionKind::Run || (before != InstructionId::None && run.id >= before))
                    continue;
                std::string text = writtenBy(run, *context.states.at(run.id).workdir, path);
                if (!text.empty() && run.id > written) {
                    result = {std::move(text), true, {}};
                    written = run.id;
                } else if (origin && run.id > origin->copy.at) {
                    rewritten = rewritten || mayRewrite(run, name);
                }
            }
        }
        if (!origin || (written != InstructionId::None && written > origin->copy.at))
            return result;
        result = {{}, true, {}};
        if (!origin->copy.instruction->heredocs.empty()) {
            result.text = documentAt(context, origin->copy, path);
            return result;
        }
        if (origin->copy.from == StageId::None || origin->copy.from >= stage) {
            if (!rewritten)
                result.inContext = lint::contextSource(*origin->copy.instruction, origin->path);
            result.text = readFromContext(context.snapshot.options(), result.inContext).value_or(std::string());
            return result;
        }
        stage = origin->copy.from;
        path = origin->path;
        before = InstructionId::None;
    }
    return result;
}

} // namespace stagewright::rules
