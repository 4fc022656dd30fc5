// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "syntax/InstructionCheck.h"

namespace stagewright {

std::string instructionError(const Instruction &, TextRange *)
{
    return {};
}

std::vector<InstructionError> instructionErrors(const SyntaxTree &)
{
    return {};
}

} // namespace stagewright
