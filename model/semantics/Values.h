// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Checks of single values that BuildKit makes while it converts a file. Functions that return a string return
/// BuildKit's message, "" when the value is fine.
namespace stagewright {

/// What strconv.ParseBool takes: 1, t, T, TRUE, true, True and their opposites.
[[nodiscard]] std::optional<bool> parseBoolean(std::string_view text);
/// Digits only, in @p base 8 or 10, at most @p maximum.
[[nodiscard]] std::optional<std::uint64_t> parseUnsigned(std::string_view text, int base, std::uint64_t maximum);
/// A decimal with optional sign that fits 64 bits (strconv.Atoi).
[[nodiscard]] std::optional<std::int64_t> parseDecimal(std::string_view text);
/// "64m", "1.5 GiB", "1024"
[[nodiscard]] bool isMemorySize(std::string_view text);

/// One word of EXPOSE: `[ip:][hostPort:]port[-port][/protocol]`.
[[nodiscard]] std::string portError(std::string_view port);
/// STOPSIGNAL: a number or a name with or without SIG.
[[nodiscard]] std::string signalError(std::string_view signal);
/// COPY and ADD --chmod: octal or symbolic.
[[nodiscard]] std::string chmodError(std::string_view mode);
/// A path on a Windows platform may only name drive C:.
[[nodiscard]] std::string windowsPathError(std::string_view path);

} // namespace stagewright
