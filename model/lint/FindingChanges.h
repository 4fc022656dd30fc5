// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"

#include <span>
#include <vector>

namespace stagewright {

/// What an edit does to the findings.
struct FindingChanges
{
    std::vector<Diagnostic> gone; ///< Of the text before.
    std::vector<Diagnostic> come; ///< Of the text after.
};

/// Compares the findings of two texts that have the same instructions in the same order (another base image, say):
/// a finding is the same when its rule and its instruction are.
[[nodiscard]] FindingChanges compareFindings(std::span<const Diagnostic> before, std::span<const Diagnostic> after);

} // namespace stagewright
