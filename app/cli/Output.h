// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace stagewright::cli {

/// Writes a whole file or nothing: a full disk leaves the old one. Keeps permissions and writes through symbolic
/// links. The error is the reason without the path.
[[nodiscard]] std::expected<void, std::string> writeOutput(const std::string &path, std::string_view bytes);

} // namespace stagewright::cli
