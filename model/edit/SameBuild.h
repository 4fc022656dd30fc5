// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/Snapshot.h"

namespace stagewright::edit::detail {

/// Whether both instructions tell BuildKit the same. Keyword casing and, in shell form, blanks that mean nothing to a
/// POSIX shell do not count; heredocs count byte by byte.
[[nodiscard]] bool saysTheSame(const Snapshot &a, const Instruction &one, const Snapshot &b, const Instruction &other);
/// Whether directives, stages, bases, references, edges and errors are the same.
[[nodiscard]] bool buildsTheSame(const Snapshot &a, const Snapshot &b);

} // namespace stagewright::edit::detail
