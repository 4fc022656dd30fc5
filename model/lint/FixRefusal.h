// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"
#include "semantics/Snapshot.h"

#include <string>

namespace stagewright {

/// Why a finding about a command in shell form has no fix that writes it as a list ("it expands $PORT, which only a
/// shell does"); "" when it can be written so, or when the finding is about something else.
[[nodiscard]] std::string whyNoExecForm(const Snapshot &snapshot, const Diagnostic &diagnostic);

} // namespace stagewright
