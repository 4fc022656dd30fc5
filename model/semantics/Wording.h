// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "syntax/Characters.h"
#include "syntax/GoText.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace stagewright {

/// @p text as BuildKit prints it in messages (Go's %q).
[[nodiscard]] inline std::string quoted(std::string_view text)
{
    return gotext::quote(text);
}

/// " (did you mean X?)" for the nearest option in the same case, or "".
[[nodiscard]] inline std::string suggestion(std::string_view value, std::span<const std::string_view> options)
{
    return gotext::suggestion(value, options, true);
}

/// Unicode lower case; plain ASCII takes no detour.
[[nodiscard]] inline std::string lowerCase(std::string_view text)
{
    if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        return gotext::toLower(text);
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), chars::toLower);
    return lower;
}

using chars::equalsIgnoringCase;

} // namespace stagewright
