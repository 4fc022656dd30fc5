// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/Snapshot.h"
#include "text/EditTransaction.h"

#include <cstdint>
#include <string>

/// What the editor's keys do to whole lines, as transactions. Lines are 1-based and inclusive; labels are set by the
/// caller. An empty transaction means that there is nothing to do.
namespace stagewright::lines {

/// Comments all lines out, or, when every line that is not blank is a comment, back in.
[[nodiscard]] EditTransaction toggleComment(const SourceText &text, std::uint32_t first, std::uint32_t last);
[[nodiscard]] EditTransaction indent(const SourceText &text, std::uint32_t first, std::uint32_t last);
[[nodiscard]] EditTransaction unindent(const SourceText &text, std::uint32_t first, std::uint32_t last);
[[nodiscard]] EditTransaction moveUp(const SourceText &text, std::uint32_t first, std::uint32_t last);
[[nodiscard]] EditTransaction moveDown(const SourceText &text, std::uint32_t first, std::uint32_t last);
/// The copy goes below.
[[nodiscard]] EditTransaction duplicate(const SourceText &text, std::uint32_t first, std::uint32_t last);
/// The blanks that a new line behind @p at starts with: those of its line; more behind the first line of an
/// instruction that goes on, none behind the last line of one that went on.
[[nodiscard]] std::string indentationBehind(const Snapshot &snapshot, Offset at);
/// What the Tab key inserts: a tab where the text indents with tabs, otherwise four blanks.
[[nodiscard]] std::string indentUnit(const SourceText &text);

} // namespace stagewright::lines
