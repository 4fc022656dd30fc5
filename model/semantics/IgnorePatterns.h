// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

/// The patterns of a .dockerignore, matched as BuildKit matches them: `*` and `?` stop at slashes, `**` does not,
/// `[a-z]` is a class, a pattern for a folder covers what is in it.
class IgnorePatterns
{
public:
    /// @p content: comments and empty lines are skipped, slashes at both ends dropped.
    explicit IgnorePatterns(std::string_view content);

    [[nodiscard]] bool isEmpty() const { return m_patterns.empty(); }
    /// There is a `!pattern`.
    [[nodiscard]] bool hasExceptions() const { return m_hasExceptions; }
    /// The pattern that leaves out @p path (relative to the context, cleaned) or a folder it is in; "" for none.
    /// The context itself is left out only by `*` and `**`.
    [[nodiscard]] std::string_view leavesOut(std::string_view path) const;

private:
    std::vector<std::string> m_patterns;
    bool m_hasExceptions = false;
};

/// The content of the ignore file that counts for a Dockerfile: `NAME.dockerignore` beside it, or `.dockerignore` in
/// its folder, taken for the build context. Nothing when there is none or @p dockerfile is no file ("-", unsaved).
[[nodiscard]] std::optional<std::string> readIgnoreFile(const std::string &dockerfile);

} // namespace stagewright
