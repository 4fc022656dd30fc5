// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/Expansion.h"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace stagewright {

enum class MountType : std::uint8_t { Bind, Cache, Tmpfs, Secret, Ssh };
[[nodiscard]] std::string_view mountTypeName(MountType type);

/// One `RUN --mount=…`.
struct Mount
{
    MountType type = MountType::Bind;
    std::string from;
    std::string source;
    std::string target;
    std::string id;
    std::string sharing;
    bool hasEnv = false;
};

/// The `from=` of a mount as BuildKit reads it before anything is expanded: literal, the last one counts.
/// @p begin is where its value stands in @p flagValue; npos when quotes hide it.
struct MountFrom
{
    std::string value;
    std::size_t begin = std::string_view::npos;
};
[[nodiscard]] MountFrom mountFrom(std::string_view flagValue);

/// The whole mount with its variables expanded. The error is BuildKit's wording. @p use gets the variables of each
/// field, for which BuildKit looks one by one.
[[nodiscard]] std::expected<Mount, std::string> parseMount(std::string_view flagValue, const WordExpander &expander,
                                                           const Variables &variables,
                                                           std::vector<VariableUse> *use = nullptr);

} // namespace stagewright
