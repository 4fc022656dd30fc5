// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace stagewright::bench {

/// Whose words a recording is in.
enum class Recording : std::uint8_t {
    PrettyJson, ///< buildx up to 0.14: objects over many lines.
    Json,       ///< From 0.15 on: one a line.
    Podman,
    Classic,
};

/// A build as an engine would have told it.
struct SyntheticBuild
{
    std::string dockerfile;
    std::string recording;
};

/// A build of 40 stages with 12 instructions each, told in @p events: JSON objects in the shape of recorded ones (a
/// step announced, started, ended; bytes on their way; output), or lines of text.
[[nodiscard]] SyntheticBuild syntheticBuild(Recording kind, std::size_t events);

} // namespace stagewright::bench
