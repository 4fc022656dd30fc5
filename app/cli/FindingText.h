// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"
#include "semantics/Snapshot.h"

#include <string>
#include <string_view>

namespace stagewright::cli {

struct FindingStyle
{
    bool colour = false;
    bool explain = false; ///< With the reason, not only the remedy.
};

/// One finding for people, newline at the end:
///
///     Dockerfile:17:1: error: RUN mkdir /app runs through /bin/sh, but … has no shell. [SW001]
///        17 | RUN mkdir /app
///           | ^~~~~~~~~~~~~~
///       how: Move the command to a builder stage …
[[nodiscard]] std::string findingText(std::string_view path, const Snapshot &snapshot, const Diagnostic &finding,
                                      FindingStyle style);

} // namespace stagewright::cli
