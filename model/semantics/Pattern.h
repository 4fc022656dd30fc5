// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace stagewright {

/// What `${NAME#pattern}` gives: @p value without the shortest (@p longest: longest) start that matches. `*` and `?`
/// are the only wildcards and do not match a line ending, as in BuildKit. The error is BuildKit's wording.
[[nodiscard]] std::expected<std::string, std::string> withoutPrefix(std::string_view value, std::string_view pattern,
                                                                    bool longest);
/// `${NAME%pattern}`, at the end.
[[nodiscard]] std::expected<std::string, std::string> withoutSuffix(std::string_view value, std::string_view pattern,
                                                                    bool longest);
/// `${NAME/pattern/replacement}`; @p all for `//`. Stops soon after @p limit characters: the result is then longer than
/// that, and is not the whole one.
[[nodiscard]] std::expected<std::string, std::string> withReplacement(std::string_view value, std::string_view pattern,
                                                                      std::string_view replacement, bool all,
                                                                      std::size_t limit);

} // namespace stagewright
