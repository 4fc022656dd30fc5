// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"

#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

/// What people type to find an image: "java without shell", "python musl", "node 22 small".
///
/// Words that stand for a fact (shell, musl, apk, non-root, deprecated, small …; "without", "no" and "-less" negate)
/// narrow the facts; every other word has to be in the name or the title. A fact that is not known never matches.
struct ImageQuery
{
    std::vector<std::string> words; ///< Lower case, not understood as a fact.
    Known shell = Known::Unknown;   ///< Unknown: does not matter; the same below.
    Known packages = Known::Unknown;
    Known root = Known::Unknown;
    std::string packageManager;
    std::string libc;
    bool small = false; ///< Order by size.
    bool old = false;   ///< Deprecated and the like too; only those.

    [[nodiscard]] static ImageQuery parse(std::string_view text);
    /// Whether anything but words for the name was understood.
    [[nodiscard]] bool hasFacts() const;
    [[nodiscard]] bool matches(const ImageFacts &facts) const;
    /// Whether every word is in @p reference or @p title; a number only where no digit continues it.
    [[nodiscard]] bool matchesName(std::string_view reference, std::string_view title) const;
};

/// Images of the catalogue that match, best first: what is offered anyway, then one tag for each other entry (the
/// shortest that matches). At most @p limit. Reads the whole catalogue.
[[nodiscard]] std::vector<Catalog::Offer> searchImages(const Catalog &catalog, const ImageQuery &query,
                                                       std::size_t limit = 40);

} // namespace stagewright
