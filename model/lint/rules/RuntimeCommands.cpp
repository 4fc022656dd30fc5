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

bool startsItsArguments(const std::vector<std::string> &entrypoint)
{
    static constexpr std::array<std::string_view, 34> names{"tini",         "tini-static",  "dumb-init",
                                                            "catatonit",    "init",         "pid1",
                                                            "env",          "exec",         "gosu",
                                                            "su-exec",      "setpriv",      "sudo",
                                                            "nice",         "chroot",       "time",
                                                            "timeout",      "xvfb-run",     "strace",
                                                            "ltrace",       "perf",         "dockerize",
                                                            "doppler",      "chamber",      "envconsul",
                                                            "s6-setuidgid", "with-contenv", "op",
                                                            "stdbuf",       "nohup",        "setarch",
                                                            "unshare",      "nsenter",      "dbus-run-session",
                                                            "wait-for-it"};
    const auto looksLikeScript = [](std::string_view word) {
        const std::string name = fileNameOf(word);
        return name.ends_with(".sh") || name.ends_with(".bash") || name.find("entrypoint") != std::string::npos
            || name.find("entry-point") != std::string::npos || name.find("wrapper") != std::string::npos
            || name.find("start") != std::string::npos || name.find("init") != std::string::npos
            || name.find("run") != std::string::npos || name.find("launch") != std::string::npos;
    };
    if (entrypoint.empty())
        return true;
    // `sh script`, `node entrypoint.js`, `bundle exec`, `conda run -n x`, `tini -g --`.
    const bool handsOn = std::ranges::any_of(
        entrypoint, [&](const std::string &word) { return looksLikeScript(word) || word == "exec" || word == "--"; });
    const std::string front = fileNameOf(entrypoint.front());
    const bool shellScript = isShellName(front) && entrypoint.back() != "-c";
    return handsOn || shellScript || std::ranges::find(names, front) != names.end();
}

std::vector<std::string> argumentsGoTo(const StageState &state)
{
    const StartWords &entrypoint = state.entrypointAtEnd;
    const bool takes = entrypoint.known && !entrypoint.shellForm && !entrypoint.words.empty()
        && !startsItsArguments(entrypoint.words);
    return takes ? entrypoint.words : std::vector<std::string>();
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

std::string entrypointWords(const StageState &state)
{
    const bool image = state.entrypointAtEnd.setBy == InstructionId::None;
    return (image ? imageWords(state) : std::string("The stage")) + " has ENTRYPOINT "
        + lint::jsonList(state.entrypointAtEnd.words);
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
        if (state.decisive && state.cmdAtEnd.setBy == cmd && !state.entrypointAtEnd.shellForm
            && !state.entrypointAtEnd.words.empty())
            return &state;
    }
    return nullptr;
}

} // namespace stagewright::rules
