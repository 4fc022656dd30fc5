// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "semantics/Snapshot.h"

#include <QString>

#include <optional>

namespace stagewright {

class Theme;

/// Rich text for a tooltip: every fact that the catalogue has about an image, and where they were read. What is not
/// known says so.
[[nodiscard]] QString imageTip(const QString &reference, const ImageFactsPtr &facts, const Theme &theme);

/// Rich text for a tooltip: the shell, user, folder, environment and start command that an instruction meets.
/// Behind a FROM: the image that its stage starts from (see imageTip()).
[[nodiscard]] QString instructionTip(const Snapshot &snapshot, const Catalog &catalog, InstructionId instruction,
                                     const Theme &theme);

} // namespace stagewright
