// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/BuildGraph.h"

#include <expected>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright::cli {

/// One option of a command.
struct Option
{
    std::string_view name; ///< With its dashes: "--target".
    bool takesValue = false;
    /// Gets the value ("" without one); returns what is wrong with it, or "".
    std::function<std::string(std::string_view value)> apply;
};

/// The options that describe a build: --build-arg, --target, --platform, --build-context, and with @p context the
/// folder of the build context.
[[nodiscard]] std::vector<Option> analysisOptions(AnalysisOptions &options, bool context = true);
/// Their help, for Command::details.
inline constexpr std::string_view AnalysisOptionsHelp
    = "  --build-arg NAME=VALUE       Set a build argument; NAME alone takes the value from the environment\n"
      "  --target STAGE               Build this stage instead of the last one\n"
      "  --platform OS/ARCH           Build for this platform (linux/amd64)\n"
      "  --build-context NAME=SOURCE  Add a named context (docker-image://..., a path, a URL)\n";
inline constexpr std::string_view ContextOptionHelp
    = "  --context FOLDER             The build context (the folder of the Dockerfile)\n";

/// Applies the options (`--name=value` or `--name value`, in any order) and returns the other arguments. "--" ends the
/// options, "-" is no option. The error is a sentence for people, with a proposal for a misspelt option.
[[nodiscard]] std::expected<std::vector<std::string>, std::string>
parseArguments(std::span<const std::string> arguments, std::span<const Option> options);

} // namespace stagewright::cli
