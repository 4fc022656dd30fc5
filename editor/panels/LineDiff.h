// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "text/EditTransaction.h"

#include <cstdint>
#include <string>
#include <vector>

namespace stagewright {

/// One line of a small preview.
struct DiffLine
{
    enum class Kind : std::uint8_t { Removed, Added, Gap };
    Kind kind = Kind::Gap;
    std::uint32_t line = 0; ///< In the old (removed) or new (added) text, 1-based.
    std::string text;       ///< Without line ending.
    friend bool operator==(const DiffLine &, const DiffLine &) = default;
};

/// What a transaction does, line by line; a Gap between places that are apart. At most @p limit lines, then a Gap.
[[nodiscard]] std::vector<DiffLine> lineDiff(const SourceText &before, const EditTransaction &edits, std::size_t limit);

} // namespace stagewright
