// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace stagewright {

enum class Fact : std::uint8_t {
    Shell,
    PackageManager,
    Libc,
    User,
    Entrypoint,
    Cmd,
    Workdir,
    Provides,
    Size,
    Status,
    Replacement, ///< Only when there is one.
};

/// One fact about an image in words.
struct FactRow
{
    enum class Tone : std::uint8_t { Plain, Bad, Warn };
    Fact fact = Fact::Shell;
    QString name;
    QString value; ///< "" when it is not known.
    Tone tone = Tone::Plain;
};

/// Every fact of the catalogue about an image, in the order to show them.
[[nodiscard]] std::vector<FactRow> factRows(const ImageFacts &facts);

/// `["a", "b"]`, or the word for an empty list.
[[nodiscard]] QString execForm(const std::vector<std::string> &words);

} // namespace stagewright
