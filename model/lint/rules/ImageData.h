// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"
#include "lint/ShellStates.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the rules about certificates, time zones and culture data share.
namespace stagewright::rules {

/// The program that a container starts, when it was built in a stage of this document.
struct BuiltProgram
{
    StageId builder = StageId::None; ///< Where it was compiled.
    std::string path;                ///< In the container.
    std::string_view language;       ///< "Go", "Rust"
};

/// The language that a stage compiles, by its commands and its image; "" for none that makes a program of its own.
[[nodiscard]] std::string_view compiledIn(const RuleContext &context, StageId stage);

/// nullopt when the container starts something else, or nobody can tell where it comes from.
[[nodiscard]] std::optional<BuiltProgram> builtProgram(const RuleContext &context, StageId stage);

/// Whether a RUN of the stage, or of what it is built on, installs @p package by its name.
[[nodiscard]] bool installs(const RuleContext &context, StageId stage, std::string_view package);

/// Offers COPY --from=BUILDER of certificates or time zones (`key` as in ImageFacts::provides) behind the last COPY of
/// the stage, where the builder has them.
void copyData(const RuleContext &context, StageId stage, StageId builder, std::string_view key, std::vector<Fix> &out);

/// Offers the tag of the stage's own base that ends in -extra.
void extraTag(const RuleContext &context, StageId stage, std::vector<Fix> &out);

} // namespace stagewright::rules
