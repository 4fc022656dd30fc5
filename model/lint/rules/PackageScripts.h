// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"
#include "lint/ShellStates.h"

#include <optional>
#include <string>
#include <vector>

namespace stagewright::rules {

/// What `npm start`, `npm run NAME`, `yarn NAME` and the like stand for.
struct PackageScript
{
    std::string name;                     ///< "start"
    std::string command;                  ///< As it is written in package.json.
    std::string file;                     ///< Where that lies in the build context.
    std::vector<std::string> arguments{}; ///< What follows `node`, where the command is that and no shell is needed.
};

/// The script that a CMD or ENTRYPOINT in exec form starts through a package manager, from the package.json that is
/// copied to where @p stage starts. nullopt where that file is not known or has no such script.
[[nodiscard]] std::optional<PackageScript> packageScript(const RuleContext &context, StageId stage,
                                                         const Instruction &start);

} // namespace stagewright::rules
