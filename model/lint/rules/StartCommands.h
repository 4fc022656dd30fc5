// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"
#include "lint/ShellStates.h"

#include <optional>

namespace stagewright::rules {

/// Where a CMD, ENTRYPOINT or HEALTHCHECK that needs a shell counts.
struct StartCommandUse
{
    StageId stage = StageId::None; ///< The stage whose containers it breaks.
    bool decisive = false;         ///< That stage is the target, or no stage is built FROM it.
};

/// The stage in which @p instruction starts containers without its shell, if any. @p which is the state's member
/// for this kind; @p program is what has to be there. An instruction that a later one of the stage replaces, or
/// that every stage built on it replaces, is nowhere used.
[[nodiscard]] std::optional<StartCommandUse> startCommandUse(const RuleContext &context, const Instruction &instruction,
                                                             InstructionId StageState::*which,
                                                             std::string_view program);

/// Nothing is known about Windows' shells.
[[nodiscard]] bool usesWindows(const RuleContext &context, InstructionId instruction);
/// Why a finding about a stage for others to build on is only a note; "" where the stage is decisive.
[[nodiscard]] std::string notDecisive(const RuleContext &context, const StartCommandUse &use);
/// @p sure where the stage counts and the catalogue is certain.
[[nodiscard]] Severity severityOf(const StageState &state, const StartCommandUse &use, Severity sure);

/// SW007 and SW008: the shell-form instructions of @p kind that start without their shell. @p adapt may be null.
void checkShellFormStart(const RuleContext &context, InstructionKind kind, InstructionId StageState::*which,
                         std::vector<Diagnostic> &out,
                         void (*adapt)(const RuleContext &, const Instruction &, const StageState &, Diagnostic &));
void fixShellFormStart(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out);

} // namespace stagewright::rules
