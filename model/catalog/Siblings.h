// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"

#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

/// An image that could stand where another one stands.
struct Sibling
{
    std::string reference; ///< As people write it ("node:22-alpine").
    ImageFacts facts;
    bool asked = false; ///< The image itself.
};

struct Siblings
{
    std::string title;           ///< "Node.js 22"
    std::vector<Sibling> images; ///< Richest first; the image that was asked about is among them.
};

/// Images of the same runtime and the same major version as @p reference, whatever their repository: what
/// `node:22`, `node:22-alpine` and `gcr.io/distroless/nodejs22-debian13` are to each other. Only images about which the
/// catalogue knows something by an entry of their own, and none that were never published.
///
/// @p reference is short or normalised, or "scratch". Empty when no family of the catalogue has it, or when it has no
/// siblings. Which family an image belongs to stands in resources/catalog/families.
[[nodiscard]] Siblings siblingsOf(const Catalog &catalog, std::string_view reference);

} // namespace stagewright
