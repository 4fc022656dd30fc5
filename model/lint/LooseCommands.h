// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "syntax/SyntaxTree.h"

#include <string>
#include <string_view>
#include <vector>

/// Which programs a command line runs, wherever variables, pipes or braces keep readCommands() from saying more.
namespace stagewright::lint {

using Words = std::vector<std::string>;

/// Splits @p text at blanks and at what separates commands. Quotes are taken off, variables stay as written. What a
/// shell reads in front of a command (`then`, `do`, `!`) is dropped; assignments in front of a command stand behind its
/// words, for who looks for them. `>` and `<` are words of their own.
[[nodiscard]] std::vector<Words> looseCommands(std::string_view text);

/// The commands of a RUN: shell form, here-documents, exec form.
[[nodiscard]] std::vector<Words> looseCommands(const SourceText &text, const Instruction &run);

/// `NAME=value`
[[nodiscard]] bool isAssignment(std::string_view word);

} // namespace stagewright::lint
