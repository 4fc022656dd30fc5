// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <string>
#include <string_view>

namespace stagewright::cli {

/// The difference of two texts as `diff -u` writes it, with three lines of context; empty when they are equal.
/// Lines are compared with their endings, so a change from CR LF to LF shows. patch(1) can apply the result.
[[nodiscard]] std::string unifiedDiff(std::string_view before, std::string_view after, std::string_view oldName,
                                      std::string_view newName);

} // namespace stagewright::cli
