// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "syntax/SyntaxTree.h"

#include <QString>

namespace stagewright {

/// Keyword, flags and arguments of an instruction on one line, continued lines joined, without heredocs.
[[nodiscard]] QString instructionLine(const Instruction &instruction);

} // namespace stagewright
