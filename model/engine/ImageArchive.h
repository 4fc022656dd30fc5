// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/ImageContents.h"

#include <cstddef>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace stagewright::engine {

/// Gives the next bytes of an archive: fills a part of the buffer and returns how much; 0 at the end, negative when
/// reading failed. Called from the thread that reads the archive.
using ByteSource = std::function<std::ptrdiff_t(std::span<char>)>;

/// Reads what `docker save` or `podman save` writes (both layouts, layers compressed or not) as a stream: nothing is
/// extracted, and only names, sizes and a few small files are kept. The error is a sentence.
[[nodiscard]] std::expected<ImageContents, std::string> readImageArchive(const ByteSource &source);

/// One file out of a saved image as a container sees it, at most @p limit bytes of it. nullopt when there is none.
[[nodiscard]] std::expected<std::optional<std::string>, std::string>
readFileOfImage(const ByteSource &source, std::string_view path, std::size_t limit);

} // namespace stagewright::engine
