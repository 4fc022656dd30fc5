// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"
#include "lint/ShellStates.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// What the rules about copied programs, libraries and modules share.
namespace stagewright::rules {

/// Something that a COPY of a stage brings, and that depends on the system it was made on.
struct BinaryUse
{
    const Instruction &copy;
    const StageState &state; ///< Of the stage that the COPY stands in.
    StageId stage = StageId::None;
    const CopiedBinary &binary;
    const ImageTraits &target; ///< The system that it is copied to.
    bool started = false;      ///< A container of the stage, or of one built upon it, starts with it.

    /// It is itself started, or the modules of what is started; not a program that lies there.
    [[nodiscard]] bool isProgram() const;
};

/// Calls @p each for every such thing of every stage in which something runs. A stage that only collects files (made
/// from scratch, starting nothing) is left out. Those of one COPY come one after the other.
void eachBinary(const RuleContext &context, const std::function<void(const BinaryUse &)> &each);

/// The program that a container of @p stage starts, as absolute paths at which it may be: what PATH may mean for a bare
/// name. Empty when it is not known or a shell decides.
[[nodiscard]] std::vector<std::string> startedPaths(const RuleContext &context, StageId stage);

/// Keeps one use a COPY, the most telling: what is started goes first, then what is certainly linked dynamically.
[[nodiscard]] std::vector<BinaryUse> mostTelling(std::vector<BinaryUse> uses);

/// "the program /app (cargo build)", "/app/node_modules (npm ci)".
[[nodiscard]] std::string productWords(const CopiedBinary &binary);
/// "Alpine 3.20 (musl)", "Debian 12 (bookworm)", or the image's name.
[[nodiscard]] std::string systemWords(const ImageTraits &traits, const std::string &image);

/// Fix: another tag of the image that it was made on, so that it is made on the system that it runs on: the same C
/// library, and release where both have one. None when the stage installs packages with a package manager that the
/// other image lacks, or the catalogue knows no such tag.
void buildOnSameSystem(const RuleContext &context, const BinaryUse &use, std::vector<Fix> &out);

} // namespace stagewright::rules
