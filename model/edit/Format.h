// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "edit/Edits.h"

namespace stagewright::edit {

/// Lays a Dockerfile out evenly. Nothing does this but a person who asks for it.
///
/// - Keywords, `AS`, the instruction of ONBUILD and the CMD of HEALTHCHECK are written in upper case, at the start of
///   the line, with one blank behind them.
/// - Continued lines are indented by four columns (by a tab where most of the file's continued lines start with one);
///   what is indented further stays so relative to the others.
/// - There is exactly one blank line between stages, at most one anywhere else, none at the end, and the last line
///   ends in a newline.
/// - Blanks at the ends of lines go.
///
/// Heredocs, values, quoted text, directives and what stands in front of the first instruction keep their bytes.
/// Commands of shells that are not POSIX shells keep their blanks. What is built stays the same: every instruction
/// says the same words afterwards, and the graph is the same. (BuildKit's cache compares commands with their blanks,
/// so a RUN that was indented anew is run anew.) Applying it twice changes nothing more.
[[nodiscard]] Result format(const Snapshot &s);

} // namespace stagewright::edit
