// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/RuntimeCommands.h"

#include "lint/CommandLine.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/ShellText.h"
#include <array>
#include <utility>

namespace stagewright::rules {

std::string_view runtimeOf(std::string_view word)
{
    const std::string name = fileNameOf(word);
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> names{{
        {"node", "node"},
        {"nodejs", "node"},
        {"java", "java"},
        {"dotnet", "dotnet"},
        {"ruby", "ruby"},
        {"php", "php"},
        {"deno", "deno"},
        {"bun", "bun"},
    }};
    for (const auto &[known, runtime] : names) {
        if (name == known)
            return runtime;
    }
    const bool python = name.starts_with("python") && name.find_first_not_of("0123456789.", 6) == std::string::npos;
    return python ? "python" : std::string_view();
}

std::vector<std::string> behind(const std::vector<std::string> &words, std::size_t count)
{
    return {words.begin() + std::ptrdiff_t(std::min(count, words.size())), words.end()};
}

std::string joined(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

void rewriteCmd(const RuleContext &context, InstructionId id, const std::vector<std::string> &words,
                std::vector<Fix> &out)
{
    const Instruction &cmd = context.snapshot.tree().instruction(id);
    const std::string text = lint::jsonList(words);
    checks::offerReplace(out, cmd.argumentsRange, text, "Write CMD " + text, "the image starts the rest");
}

const StageState *stateUsing(const RuleContext &context, InstructionId cmd)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        if (state.decisive && state.cmdAtEnd.setBy == cmd && state.entrypointAtEnd.setBy == InstructionId::None
            && !state.entrypointAtEnd.words.empty())
            return &state;
    }
    return nullptr;
}

} // namespace stagewright::rules
