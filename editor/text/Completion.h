// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "semantics/Snapshot.h"

#include <cstdint>
#include <string>
#include <vector>

namespace stagewright {

/// One thing that could be typed.
struct Proposal
{
    enum class Kind : std::uint8_t { Keyword, Flag, Stage, Image, Value, Variable };
    Kind kind = Kind::Keyword;
    std::string text;   ///< What replaces the prefix.
    std::string detail; ///< Small, at the right: "stage 0", "no shell".
};

struct Proposals
{
    TextRange replaces; ///< What has been typed of it so far; ends at the cursor.
    std::vector<Proposal> items;
    [[nodiscard]] bool isEmpty() const { return items.empty(); }
};

/// What could stand at @p at: instruction keywords at the start of an instruction, flags behind "--", stages and
/// images behind FROM and from=, variables behind "$". Nothing in comments and heredoc bodies.
/// With @p everything also where nothing has been typed yet (the person asked).
[[nodiscard]] Proposals completionsAt(const Snapshot &snapshot, const Catalog &catalog, Offset at, bool everything);

} // namespace stagewright
