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
/// The number of an account that the catalogue knows; "" for every other name.
[[nodiscard]] std::string numberOf(const StageState &state, const std::string &name);
/// The name in a --chown that the image does not know; "" when there is none.
[[nodiscard]] std::string unknownOwner(const RuleContext &context, const Instruction &copy, StageId stage);
/// SW021 and SW022 (@p scratch): the USER instructions whose name no /etc/passwd has.
void checkUnknownUsers(const RuleContext &context, std::vector<Diagnostic> &out, bool scratch);
void fixUnknownUser(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out);
/// "65532", "1000:1000": nothing to look up.
[[nodiscard]] bool isNumeric(std::string_view owner);

} // namespace stagewright::rules
