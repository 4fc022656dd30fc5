// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <string>
#include <string_view>

namespace stagewright {

/// Without empty, "." and ".." parts where they can go; "" becomes ".".
[[nodiscard]] std::string cleanedPath(std::string_view path);
/// @p path seen from the directory @p base ("" is the root), absolute and cleaned: what WORKDIR makes of it.
[[nodiscard]] std::string joinedPath(std::string_view base, std::string_view path);

} // namespace stagewright
