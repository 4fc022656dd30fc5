// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "syntax/SyntaxTree.h"

#include <optional>
#include <string_view>

/// Names in /etc/passwd and /etc/group, as far as catalogue and text tell.
namespace stagewright::lint {

/// Whether the image itself has an account (or, with @p group, a group) of this name.
[[nodiscard]] Known imageHasAccount(const ImageFactsPtr &facts, std::string_view name, bool group);

/// Whether @p text, the content of /etc/passwd or /etc/group, has an entry of this name.
[[nodiscard]] Known listsAccount(std::string_view text, std::string_view name);

/// Yes: a RUN that starts adds it. Unknown: it may (it runs a script, installs packages, writes the files).
[[nodiscard]] Known runAddsAccount(const Instruction &run, std::string_view name, bool group);

} // namespace stagewright::lint
