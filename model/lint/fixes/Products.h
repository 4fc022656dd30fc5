// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"
#include "lint/ShellStates.h"

#include <string>
#include <string_view>
#include <vector>

namespace stagewright::fixes {

/// What a RUN leaves behind, as far as its text tells.
struct Products
{
    std::vector<std::string> paths{}; ///< Absolute, what to copy.
    std::string command{};            ///< How to write the command elsewhere; "" as it is.
    std::string chown{};              ///< For COPY --chown; "" for none.
    std::string chmod{};              ///< For COPY --chmod; "" for none.
    bool onlyFolders = false;         ///< It makes empty folders and nothing else.
    bool certain = false;             ///< Every command was understood; else the paths are a proposal.
};

/// Empty paths: nobody can tell what to copy.
[[nodiscard]] Products productsOf(const RuleContext &context, const Instruction &run);

/// The folders of a RUN that does nothing but mkdir, absolute and in order; empty for any other RUN.
[[nodiscard]] std::vector<std::string> foldersOf(const RuleContext &context, const Instruction &run);

/// The owner that a process of this stage gives to new files, as numbers ("65532:65532"); "" for root or unknown.
[[nodiscard]] std::string ownerAt(const RuleContext &context, InstructionId instruction);

} // namespace stagewright::fixes
