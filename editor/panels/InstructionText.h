// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "edit/Edits.h"
#include "semantics/Snapshot.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

/// Small text work behind the property forms. No widgets.
namespace stagewright::instructiontext {

/// The edit that puts @p text in place of a range inside an instruction; everything else of it stays.
[[nodiscard]] edit::Result replaceInside(const Snapshot &s, const Instruction &instruction, TextRange range,
                                         std::string_view text);
/// The edit that writes @p flag ("--mount=type=cache,…") behind the flags that are there.
[[nodiscard]] edit::Result appendFlag(const Snapshot &s, const Instruction &instruction, std::string_view flag);
/// The edit that takes a flag and the blank behind it away.
[[nodiscard]] edit::Result removeFlag(const Snapshot &s, const Instruction &instruction, const Flag &flag);

/// What is typed over several lines, with the escape character where a line goes on.
[[nodiscard]] std::string withContinuations(std::string_view typed, char escape);

/// `["a", "b c"]`
[[nodiscard]] std::string toExecForm(const std::vector<std::string> &words);
/// Splits a simple command as a shell would. Refused, with the reason, when it needs a shell: operators, variables,
/// globs, substitutions, several lines.
[[nodiscard]] std::expected<std::vector<std::string>, edit::EditError> splitSimpleCommand(std::string_view command);
/// One word for a shell, quoted if need be.
[[nodiscard]] std::string shellQuoted(std::string_view word);
/// A value for ENV, LABEL and ARG: as typed if it is one word or quoted already, otherwise in double quotes.
[[nodiscard]] std::string assignedText(std::string_view value);

} // namespace stagewright::instructiontext
