// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/BuildProducts.h"

#include <optional>
#include <string_view>

namespace stagewright::lint {

/// What @p path (absolute) of an image is when no RUN made it: a program or library of the distribution, or what a
/// language's image is there for. @p repository is normalised, without a tag ("docker.io/library/node"). nullopt for
/// everything that does not depend on a C library, or of which nobody can tell.
[[nodiscard]] std::optional<BuildProduct> systemProduct(std::string_view repository, std::string_view path);

} // namespace stagewright::lint
