// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <optional>
#include <string>
#include <vector>

/// Files beside a Dockerfile that say what a container is to start.
namespace stagewright::lint {

/// The command that `npm start`, `yarn run x`, `pnpm x` … stand for in @p packageJson; "" when @p words are nothing of
/// the kind, or the file (nullopt: not known) has no such script, or one that runs others before or after it.
[[nodiscard]] std::string packageScript(const std::optional<std::string> &packageJson,
                                        const std::vector<std::string> &words);

} // namespace stagewright::lint
