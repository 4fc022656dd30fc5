// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"

namespace stagewright::rules {

/// A RUN in shell form, without a shell in the image, all of whose mounts are caches: SW037 tells about it, not SW001.
[[nodiscard]] bool needsShellBehindCache(const RuleContext &context, const Instruction &run);

} // namespace stagewright::rules
