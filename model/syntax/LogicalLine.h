// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "text/TextRange.h"

#include <algorithm>
#include <span>
#include <string_view>

namespace stagewright {

/// A run of bytes that a logical line takes over from the file.
struct LinePiece
{
    Offset logical = 0; ///< Where it begins in the logical line.
    Offset source = 0;  ///< Where it begins in the file.
};

/// An instruction's line with continuations joined, and the way back to the file.
/// Without a continuation `text` is a view of the file itself.
struct LogicalLine
{
    std::string_view text;
    std::span<const LinePiece> pieces; ///< At least one.

    /// Where the byte at logical offset @p at is in the file; the end of the line for its size.
    [[nodiscard]] Offset sourceOf(std::size_t at) const
    {
        if (pieces.size() == 1)
            return pieces.front().source + static_cast<Offset>(at);
        const auto behind = std::ranges::upper_bound(pieces, static_cast<Offset>(at), {}, &LinePiece::logical);
        const LinePiece &piece = *std::prev(behind);
        return piece.source + static_cast<Offset>(at) - piece.logical;
    }

    /// The range in the file of the logical bytes [begin, end).
    [[nodiscard]] TextRange rangeOf(std::size_t begin, std::size_t end) const
    {
        // The end is behind the last byte, not at the first byte behind it: a continuation may lie between.
        if (end == begin)
            return TextRange::at(begin == 0 ? sourceOf(0) : sourceOf(begin - 1) + 1);
        return {sourceOf(begin), sourceOf(end - 1) + 1};
    }

    /// The same for a part of `text`.
    [[nodiscard]] TextRange rangeOf(std::string_view part) const
    {
        const auto begin = static_cast<std::size_t>(part.data() - text.data());
        return rangeOf(begin, begin + part.size());
    }
};

} // namespace stagewright
