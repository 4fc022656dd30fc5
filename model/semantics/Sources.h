// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stagewright {

/// Where a source of ADD or COPY comes from.
enum class SourceKind : std::uint8_t { Local, Http, Git };

struct SourceClass
{
    SourceKind kind = SourceKind::Local;
    std::string error;              ///< Why BuildKit refuses a git URL, in its words; "" when it does not.
    std::optional<bool> keepGitDir; ///< Git: `?keep-git-dir`, which must not contradict the flag.
    std::string checksum;           ///< Git: `?checksum` or `?commit`, which must be that of the flag.
};

/// What @p source, a word of ADD or COPY after expansion, is for BuildKit: web addresses count as git when their path
/// ends in ".git", `ssh://`, `git://` and `user@host:path` always.
[[nodiscard]] SourceClass classifySource(std::string_view source);

} // namespace stagewright
