// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// How BuildKit reads the values of flags whose form it checks early.
namespace stagewright::flagvalues {

/// `1h2m3.5s`, as Go reads it.
struct Duration
{
    std::int64_t nanoseconds = 0;
    std::string error; ///< Go's wording, "" if there is none.
};

[[nodiscard]] Duration parseDuration(std::string_view text);

/// A decimal number of 32 bits, as Go reads it.
struct Integer
{
    std::int32_t value = 0;
    std::string error;
};

[[nodiscard]] Integer parseInt32(std::string_view text);

/// What BuildKit says of a `--mount` value before variables are known; the rest of the mount comes later.
[[nodiscard]] std::string mountProblem(std::string_view value);
/// What BuildKit says of a `--device` value.
[[nodiscard]] std::string deviceProblem(std::string_view value);

} // namespace stagewright::flagvalues
