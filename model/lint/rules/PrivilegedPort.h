// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <string>
#include <string_view>

namespace stagewright::rules {

/// A port above 1023 to expose instead of @p written ("80/tcp" → "8080/tcp"); "" where that is no single port below
/// 1024.
[[nodiscard]] std::string higherPortFor(std::string_view written);

} // namespace stagewright::rules
