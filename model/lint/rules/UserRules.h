// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"
#include "lint/ShellStates.h"

#include <string>
#include <string_view>

namespace stagewright::rules {

/// The numbers that stand for a process without rights in this image: the image's own account, else distroless' 65532.
[[nodiscard]] std::string numericUser(const StageState &state);
/// True when the stage, or a stage built FROM it, starts a process as the USER that @p user sets: a RUN behind it, or
/// the container. @p runs gets the first such RUN.
[[nodiscard]] bool startsAs(const RuleContext &context, const Instruction &user, const Instruction *&run);
/// "65532", "1000:1000": nothing to look up.
[[nodiscard]] bool isNumeric(std::string_view owner);

} // namespace stagewright::rules
