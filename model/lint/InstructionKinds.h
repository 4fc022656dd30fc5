// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "syntax/SyntaxTree.h"

#include <array>
#include <ranges>

namespace stagewright::lint {

/// The instructions of several kinds, one kind after the other: findings are sorted later. No other instruction is
/// read, which counts in files that are bigger than the processor's caches.
template <typename... Kinds> [[nodiscard]] auto instructionsOf(const SyntaxTree &tree, Kinds... kinds)
{
    return std::views::join(std::array{tree.instructions(kinds)...});
}

/// COPY and ADD, which differ in little.
[[nodiscard]] inline auto copiesIn(const SyntaxTree &tree)
{
    return instructionsOf(tree, InstructionKind::Copy, InstructionKind::Add);
}

/// What gives a command: RUN, CMD, ENTRYPOINT and HEALTHCHECK.
[[nodiscard]] inline auto commandsIn(const SyntaxTree &tree)
{
    using enum InstructionKind;
    return instructionsOf(tree, Run, Cmd, Entrypoint, Healthcheck);
}

} // namespace stagewright::lint
