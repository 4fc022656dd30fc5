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
    bool decisive = false;         ///< That stage is the target, or no other stage needs it.
};

/// The stage in which @p instruction starts containers without its shell, if any. @p which is the state's member
/// for this kind; @p program is what has to be there. An instruction that a later one of the stage replaces, or
/// that every stage built on it replaces, is nowhere used.
[[nodiscard]] std::optional<StartCommandUse> startCommandUse(const RuleContext &context, const Instruction &instruction,
                                                             InstructionId StageState::*which,
                                                             std::string_view program);

/// The stage in which @p instruction counts, whatever it needs: one whose containers it starts, else its own when
/// stages are built on it. nullopt when a later instruction replaces it everywhere.
[[nodiscard]] std::optional<StartCommandUse> whereStarted(const RuleContext &context, const Instruction &instruction);
/// @p sure where the instruction runs while the image is built or starts containers, Info in a stage for others to
/// build on; nullopt where it is replaced.
[[nodiscard]] std::optional<Severity> severityWhereUsed(const RuleContext &context, const Instruction &instruction,
                                                        Severity sure);

/// Nothing is known about Windows' shells.
[[nodiscard]] bool usesWindows(const RuleContext &context, InstructionId instruction);
/// Why a finding about a stage for others to build on is only a note; "" where the stage is decisive.
[[nodiscard]] std::string notDecisive(const RuleContext &context, const StartCommandUse &use);
/// @p sure where the stage counts and the catalogue is certain.
[[nodiscard]] Severity severityOf(const StageState &state, const StartCommandUse &use, Severity sure);

/// SW007 and SW008: the shell-form instructions of @p kind that start without their shell. A CMD
/// that an entrypoint gets as arguments is SW009's.
void checkShellFormStart(const RuleContext &context, InstructionKind kind, InstructionId StageState::*which,
                         std::vector<Diagnostic> &out);
void fixShellFormStart(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out);

} // namespace stagewright::rules
