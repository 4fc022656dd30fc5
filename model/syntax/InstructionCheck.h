// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "syntax/SyntaxTree.h"

#include <string>
#include <vector>

namespace stagewright {

/// A problem of BuildKit's second phase, in which it makes typed instructions of the lines.
struct InstructionError
{
    std::string message;         ///< BuildKit's wording, with its "dockerfile parse error on line N: " in front.
    TextRange range;             ///< What to underline.
    std::uint32_t firstLine = 0; ///< BuildKit's lines: those of the instruction.
    std::uint32_t lastLine = 0;
    InstructionId instruction = InstructionId::None;
};

/// All problems of that phase in file order: unknown instructions and flags, wrong numbers of arguments, bad values
/// of flags, stage names, what stands in front of the first FROM. BuildKit comes here only if SyntaxTree::errors()
/// is empty, and stops at the first; an instruction has at most one. What an ONBUILD holds is not checked: BuildKit
/// does that when a child stage triggers it; instructionError() of the inner one tells.
[[nodiscard]] std::vector<InstructionError> instructionErrors(const SyntaxTree &tree);

/// The message of @p instruction alone ("" if it has no problem), without the "dockerfile parse error" in front.
/// This is what BuildKit says of an ONBUILD's inner instruction when it is triggered.
/// @param range what to underline, if not null.
[[nodiscard]] std::string instructionError(const Instruction &instruction, TextRange *range = nullptr);

} // namespace stagewright
