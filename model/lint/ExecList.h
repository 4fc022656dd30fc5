// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "syntax/SyntaxTree.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright::lint {

/// A list that somebody meant to write and that is not JSON.
struct BrokenList
{
    std::vector<std::string> words; ///< What was meant.
    std::string fault;              ///< "it has single quotes, and JSON knows only double ones"
};

/// Reads @p text as a list with mistakes: single or typographic quotes, none at all, a comma too many or too few, a
/// backslash that JSON does not know, no bracket at the end. nullopt for what is no list (`[ -f x ] && y`).
[[nodiscard]] std::optional<BrokenList> readBrokenList(std::string_view text);

/// The command of RUN, CMD, ENTRYPOINT and HEALTHCHECK where it is such a list, so that BuildKit hands it to a shell.
[[nodiscard]] std::optional<BrokenList> brokenListOf(const Instruction &instruction);

} // namespace stagewright::lint
