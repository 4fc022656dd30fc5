// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"
#include "lint/ShellStates.h"

#include <string>
#include <string_view>

/// Words that the shell rules share, with this document's names in them.
namespace stagewright::rules {

/// "gcr.io/distroless/static:nonroot", "scratch (the empty image)".
[[nodiscard]] std::string imageWords(const StageState &state);
/// "stage 'build'" or "stage 2".
[[nodiscard]] std::string stageWords(const Snapshot &snapshot, StageId stage);
/// " Stage 'final' is built FROM 'base', and …" when the image comes through other stages; "" otherwise.
[[nodiscard]] std::string chainWords(const Snapshot &snapshot, const StageState &state);
/// "scratch (the empty image) has no shell", or what the tag's name says about it.
[[nodiscard]] std::string noShellWords(const StageState &state);
/// One or two sentences: the image lacks @p program, and how the stage comes by the image.
[[nodiscard]] std::string absenceWords(const Snapshot &snapshot, const StageState &state, std::string_view program);
/// What to do about a RUN that has no shell, for the `how` of several rules.
[[nodiscard]] std::string runWithoutShellHow(const RuleContext &context, const Instruction &run,
                                             const StageState &state);
/// The last component of a path.
[[nodiscard]] std::string fileNameOf(std::string_view path);
/// The command as written, on one line and cut to a readable length.
[[nodiscard]] std::string commandWords(const Instruction &instruction);
/// `/bin/sh -c "npm ci"` with the SHELL that is in force.
[[nodiscard]] std::string invocationWords(const EffectiveShell &shell, const Instruction &instruction);
/// `exec: "/bin/sh": stat /bin/sh: no such file or directory`, as runc words it.
[[nodiscard]] std::string execError(std::string_view program);

/// Keyword and arguments: what a shell-form finding underlines (first line only for here-documents).
[[nodiscard]] TextRange commandRange(const Snapshot &snapshot, const Instruction &instruction);

/// Fills instruction, range and stage.
[[nodiscard]] Diagnostic diagnosticFor(const RuleContext &context, const Instruction &instruction, Severity severity);

/// An error only where the catalogue is sure; a warning where only the tag's name says so.
[[nodiscard]] Severity severityFor(const StageState &state, Severity sure);

/// True for an image whose only shell is somewhere else than the one that is asked for, e.g. /busybox/sh.
[[nodiscard]] bool hasShellElsewhere(const StageState &state, const EffectiveShell &shell);

/// True when there is something to run: `CMD` alone is accepted by BuildKit and runs nothing.
[[nodiscard]] bool hasCommand(const Instruction &instruction);

} // namespace stagewright::rules
