// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"
#include "lint/ShellStates.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

/// What the rules about a CMD behind the image's own entrypoint share.
namespace stagewright::rules {

/// The stages whose containers get this file's exec-form CMD behind an exec-form entrypoint: the image's own, and with
/// @p any that of the document as well.
template <typename Each> void eachCmdUnderEntrypoint(const RuleContext &context, bool any, Each each)
{
    std::vector<InstructionId> told;
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        const StartWords &entrypoint = state.entrypointAtEnd;
        const StartWords &cmd = state.cmdAtEnd;
        if (!state.decisive || (!any && entrypoint.setBy != InstructionId::None) || entrypoint.shellForm
            || entrypoint.words.empty() || cmd.setBy == InstructionId::None || cmd.shellForm || cmd.words.empty()
            || std::ranges::find(told, cmd.setBy) != told.end())
            continue;
        if (each(context.snapshot.tree().instruction(cmd.setBy), state))
            told.push_back(cmd.setBy);
    }
}

/// "node", "java", "python" …: a program that runs files, by the names under which people start it; "" for others.
[[nodiscard]] std::string_view runtimeOf(std::string_view word);
/// Whether an entrypoint starts the command that it is given: tini, env, a script that ends in exec "$@". Then CMD is a
/// command of its own, not arguments.
[[nodiscard]] bool startsItsArguments(const std::vector<std::string> &entrypoint);
/// The exec-form entrypoint that gets this stage's CMD as mere arguments; empty when there is none.
[[nodiscard]] std::vector<std::string> argumentsGoTo(const StageState &state);
/// The words from the one with index @p count on.
[[nodiscard]] std::vector<std::string> behind(const std::vector<std::string> &words, std::size_t count);
/// With blanks in between.
[[nodiscard]] std::string joined(const std::vector<std::string> &words);
/// Offers CMD with other words.
void rewriteCmd(const RuleContext &context, InstructionId id, const std::vector<std::string> &words,
                std::vector<Fix> &out);
/// A stage whose containers get @p cmd behind an exec-form entrypoint; null for none.
[[nodiscard]] const StageState *stateUsing(const RuleContext &context, InstructionId cmd);
/// "IMAGE has ENTRYPOINT […]" or "The stage has ENTRYPOINT […]".
[[nodiscard]] std::string entrypointWords(const StageState &state);

} // namespace stagewright::rules
