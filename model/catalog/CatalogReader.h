// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"

namespace stagewright::catalog {

/// What one catalogue file holds: its entries in order, without those that have a mistake, and the mistakes.
struct EntriesRead
{
    std::vector<Catalog::Entry> entries;
    std::vector<FileProblem> problems; ///< In the order of the file; messages begin with the JSON pointer.
};
[[nodiscard]] EntriesRead readEntries(const QByteArray &json, std::string_view name,
                                      FactsOrigin origin = FactsOrigin::BuiltIn);

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

[[nodiscard]] std::expected<Index, FileProblem> readIndex(const QByteArray &json, std::string_view name);

} // namespace stagewright::catalog
