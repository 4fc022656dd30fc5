// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/BuildGraph.h"

#include <QString>

#include <cstdint>

namespace stagewright {

/// What a stage is for; shown by icon, word and hue.
enum class StageRole : std::uint8_t { Builder, Test, Final };

/// Final: what is built. Test: a stage off the target's path whose name says so. Builder: all others.
[[nodiscard]] StageRole roleOf(const Stage &stage);

/// Icon names.
[[nodiscard]] QString roleIcon(StageRole role);
[[nodiscard]] QString instructionIcon(InstructionKind kind);

} // namespace stagewright
