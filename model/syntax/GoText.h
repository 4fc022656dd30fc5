// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <span>
#include <string>
#include <string_view>

/// The parts of Go's library that show in BuildKit's messages.
namespace stagewright::gotext {

/// `%q`: double quotes, with escapes for what does not print.
[[nodiscard]] std::string quote(std::string_view text);
/// Upper case, one character for one.
[[nodiscard]] std::string toUpper(std::string_view text);
[[nodiscard]] std::string toLower(std::string_view text);

/// The nearest of @p options (ASCII) within an edit distance of 2, "" when there is none or @p value is one of them.
/// The first of equally near options wins. @p caseSensitive as in suggestion().
[[nodiscard]] std::string nearestOption(std::string_view value, std::span<const std::string_view> options,
                                        bool caseSensitive);

/// BuildKit's " (did you mean X?)" for the nearest of @p options (ASCII) within an edit distance of 2, or "".
/// The first of equally near options wins.
/// @param caseSensitive if not, the suggestion takes the case of @p value when that is all lower or all upper.
[[nodiscard]] std::string suggestion(std::string_view value, std::span<const std::string_view> options,
                                     bool caseSensitive);

} // namespace stagewright::gotext
