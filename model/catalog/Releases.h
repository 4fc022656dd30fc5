// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace stagewright {

/// What an image is made from: distribution and release, as far as its name and resources/catalog/releases.json tell.
struct ImageRelease
{
    std::string distribution;        ///< "debian", "alpine", "ubuntu" …; "" not known.
    std::string title;               ///< "Debian 12 (bookworm)"; "" not known.
    std::string version;             ///< "12", "3.20", "24.04"; "" not known.
    std::string name;                ///< "bookworm"; "" for none.
    std::string libc;                ///< "glibc", "musl"; "" not known.
    std::pair<int, int> glibc{0, 0}; ///< 2.36 as {2, 36}; {0, 0} not known or another C library.
    std::string python;              ///< "3.13": the interpreter that the image is made for; "" none or not known.
    std::string pythonPrefix;        ///< "/usr/local": where it is installed; "" not known.

    friend bool operator==(const ImageRelease &, const ImageRelease &) = default;
};

/// @p reference as for Catalog::lookup(). Empty for everything that is not known, by digest only as well: the tag tells
/// the release. Safe from any thread; the table is read at the first question.
[[nodiscard]] ImageRelease releaseOf(std::string_view reference);

/// What is wrong in data that is compiled in.
struct CatalogError
{
    std::string message; ///< With the place, as far as it is known.
};

/// Checks a document that has the form of releases.json; the error names the place. The built-in one is proved by a
/// test.
[[nodiscard]] std::optional<CatalogError> releasesError(const QByteArray &json);

} // namespace stagewright
