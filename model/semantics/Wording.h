// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace stagewright {

/// @p text as BuildKit prints it in messages (Go's %q): in double quotes, control characters and invalid UTF-8 escaped.
[[nodiscard]] std::string quoted(std::string_view text);

/// The option that BuildKit would propose for @p value: edit distance below 3, first best; "" if none, and also if
/// @p value is itself an option (then the mistake is elsewhere).
[[nodiscard]] std::string_view closestOption(std::string_view value, std::span<const std::string_view> options);

/// " (did you mean X?)" or "".
[[nodiscard]] std::string suggestion(std::string_view value, std::span<const std::string_view> options);

/// Unicode lower case of UTF-8; ASCII is done without a detour.
[[nodiscard]] std::string lowerCase(std::string_view text);
/// ASCII letters only.
[[nodiscard]] std::string upperCase(std::string_view text);
/// ASCII letters compare without case.
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b);

} // namespace stagewright
