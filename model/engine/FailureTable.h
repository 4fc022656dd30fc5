// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <string_view>
#include <vector>

namespace stagewright::engine {

using FailureParts = std::vector<std::string_view>; ///< All in one line, in this order; lower case.

/// A message that many people meet, and what it means. The texts are those of FailureExplanation.
struct FailureRow
{
    std::string_view id;
    std::string_view title;
    std::string_view meaning;
    std::string_view remedy;
    std::vector<std::string_view> rules;
    std::vector<FailureParts> patterns; ///< Any of them.
};

/// What people meet, the special before the general: of two rows that are in a log, the one further up counts.
[[nodiscard]] const std::vector<FailureRow> &failureTable();

} // namespace stagewright::engine
