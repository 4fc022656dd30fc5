// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"

#include <functional>
#include <string>
#include <string_view>

namespace stagewright::rules {

/// A place that names an external image: FROM, COPY --from, a mount's from=.
struct ImageUse
{
    const Instruction &instruction;
    std::string_view written;     ///< As in the file; may hold variables.
    std::string name;             ///< After expansion, as people write it.
    const std::string &reference; ///< Normalised.
    TextRange range;
    bool isBase = false; ///< FROM.
};

/// Calls @p each for every such place of the document, in no order in particular. What a trigger of a base names is
/// told where it is written.
void eachImageUse(const RuleContext &context, const std::function<void(const ImageUse &)> &each);

/// The tag of a reference that has one ("nonroot"), "" otherwise; never a digest.
[[nodiscard]] std::string tagOf(std::string_view reference);
/// Everything in front of tag and digest.
[[nodiscard]] std::string repositoryOf(std::string_view reference);

} // namespace stagewright::rules
