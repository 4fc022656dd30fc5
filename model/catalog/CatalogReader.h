// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"

namespace stagewright::catalog {

/// The entries of one catalogue file, in order. The error names the file and the JSON path.
[[nodiscard]] std::expected<std::vector<Catalog::Entry>, CatalogError> readEntries(const QByteArray &json,
                                                                                   std::string_view name);

/// One row of the index: a file and the repositories that it may answer.
struct IndexPart
{
    std::string file;
    std::vector<std::string> repositories; ///< Globs.
};

struct IndexOffer
{
    std::string reference;
    std::string title;
};

/// For images (globs over "repository:tag") the one to suggest: to build in, or to run in.
struct IndexChoice
{
    std::vector<std::string> images;
    std::string choice;
};

struct Index
{
    std::vector<IndexPart> parts;
    std::vector<IndexOffer> offers;
    std::vector<IndexChoice> builders;
    std::vector<IndexChoice> runtimes;
};

[[nodiscard]] std::expected<Index, CatalogError> readIndex(const QByteArray &json, std::string_view name);

} // namespace stagewright::catalog
