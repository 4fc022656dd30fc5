// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/BuildProducts.h"

#include <initializer_list>

namespace stagewright::lint {

/// One command of a RUN: for the parts of ProductReader only.
struct ProductReader::Call
{
    Words words;
    std::string program; ///< Its first word without a path.
    std::string folder;  ///< The folder that it runs in.
    const Environment &environment;
    Words exported; ///< `NAME=value` of earlier commands of the RUN.
    InstructionId run = InstructionId::None;

    [[nodiscard]] bool has(std::string_view word) const;
    /// The value behind the last of these options (`-o x`, `--output x`, `--output=x`); "" for none.
    [[nodiscard]] std::string option(std::initializer_list<std::string_view> names) const;
    [[nodiscard]] std::string variable(std::string_view name) const;
    /// Counted from the folder, variables replaced where they are known.
    [[nodiscard]] std::string absolute(std::string_view path) const;
};

} // namespace stagewright::lint
