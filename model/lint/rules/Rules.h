// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"

/// The rules of our own, one a file. RuleTable.cpp lists them; nothing registers itself.
namespace stagewright::rules {

extern const Rule buildError;               ///< BuildError
extern const Rule shellFormRunWithoutShell; ///< SW001

} // namespace stagewright::rules
