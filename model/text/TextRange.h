// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>

namespace stagewright {

/// A position in a document, in bytes from the first byte of the file (a byte order mark counts).
using Offset = std::uint32_t;

/// A half-open run of bytes `[begin, end)` of one document.
struct TextRange
{
    Offset begin = 0;
    Offset end = 0;

    [[nodiscard]] static constexpr TextRange at(Offset offset) { return {offset, offset}; }
    [[nodiscard]] constexpr Offset length() const { return end - begin; }
    [[nodiscard]] constexpr bool isEmpty() const { return begin == end; }
    [[nodiscard]] constexpr bool contains(Offset offset) const { return begin <= offset && offset < end; }
    [[nodiscard]] constexpr bool contains(TextRange other) const { return begin <= other.begin && other.end <= end; }
    /// True when both share at least one byte.
    [[nodiscard]] constexpr bool overlaps(TextRange other) const { return begin < other.end && other.begin < end; }
    /// The smallest range that holds both.
    [[nodiscard]] constexpr TextRange united(TextRange other) const
    {
        return {std::min(begin, other.begin), std::max(end, other.end)};
    }

    friend constexpr auto operator<=>(const TextRange &, const TextRange &) = default;
};

} // namespace stagewright
