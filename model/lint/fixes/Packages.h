// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"

#include <string>
#include <string_view>
#include <vector>

namespace stagewright::fixes {

/// What a command line asks package managers for.
struct PackageRequest
{
    bool uses = false;                   ///< It calls a package manager.
    bool onlyInstalls = true;            ///< …and does nothing else but update and clean up.
    std::vector<std::string> packages{}; ///< As written, versions taken off.
};

/// Whether the RUNs of every stage that stands on @p root call no package manager of another family ("apt", "apk",
/// "rpm" …) than @p family.
[[nodiscard]] bool callsOnlyManager(const RuleContext &context, StageId root, std::string_view family);

[[nodiscard]] PackageRequest packagesIn(std::string_view text);

} // namespace stagewright::fixes
