// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

class SyntaxTree;

/// What `# check=skip=A,B;error=true;experimental=C` asks of BuildKit's build checks, for a file or, in a comment
/// above it, for one instruction.
struct CheckOptions
{
    bool skipAll = false;
    std::vector<std::string> skip;
    bool allExperimental = false;
    std::vector<std::string> experimental;
    bool error = false; ///< Findings make the build fail.

    /// The value behind `check=`. The error is BuildKit's wording.
    [[nodiscard]] static std::expected<CheckOptions, std::string> parse(std::string_view value);
    /// The file's directive; everything off when there is none or it is wrong.
    [[nodiscard]] static CheckOptions ofFile(const SyntaxTree &tree);

    [[nodiscard]] bool skips(std::string_view check) const;
    [[nodiscard]] bool enablesExperimental(std::string_view check) const;
    /// Adds what @p other asks for.
    void merge(const CheckOptions &other);
};

} // namespace stagewright
