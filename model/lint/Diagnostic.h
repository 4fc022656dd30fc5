// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/BuildGraph.h"
#include "text/EditTransaction.h"
#include "text/TextRange.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace stagewright {

enum class Severity : std::uint8_t { Error, Warning, Info };
[[nodiscard]] std::string_view severityName(Severity severity); ///< "error", "warning", "info"

/// Who speaks: BuildKit refuses the file, one of BuildKit's own build checks, or a rule that only we have.
enum class DiagnosticSource : std::uint8_t { BuildError, BuildCheck, Stagewright };

/// One finding. What to show, where, why and what to do.
struct Diagnostic
{
    DiagnosticSource source = DiagnosticSource::Stagewright;
    std::string_view ruleId;   ///< "SW001"; for build checks BuildKit's name; for build errors "BuildError".
    std::string_view ruleName; ///< "shell-form-run-without-shell"; same as ruleId for build checks.
    Severity severity = Severity::Warning;
    std::string title;      ///< A few words ("RUN needs /bin/sh, and this image has none").
    std::string message;    ///< One sentence or two with this document's names.
    std::string why;        ///< Why it happens; plain text, short paragraphs.
    std::string how;        ///< How to fix it.
    std::string hint;       ///< At most four words for the end of a text line ("no /bin/sh here"); may be empty.
    TextRange range;        ///< What to underline.
    std::uint32_t line = 0; ///< 1-based; 0: none.
    std::uint32_t lastLine = 0;
    StageId stage = StageId::None;
    InstructionId instruction = InstructionId::None;
    bool fixable = false; ///< Linter::fixes() has at least one.
    /// Whose `# check=` comment counts for it; None: that of `instruction`.
    InstructionId foundAt = InstructionId::None;
    /// A build check that BuildKit would not print for this text alone: it stops at an error first, needs the pulled
    /// image or was not asked to look.
    bool unreached = false;
};

/// A way to make a finding go away, as one undoable step.
struct Fix
{
    std::string title;  ///< "Move to stage 'build' and copy /data"
    std::string detail; ///< "adds COPY --from=build /data /data here"
    std::string icon;   ///< Icon name: "move-right", "folder", "bug", "lightbulb" …
    EditTransaction transaction;
    bool safe = true; ///< What `stagewright-cli fix` applies unasked: behaviour of a working build is unchanged.
};

} // namespace stagewright
