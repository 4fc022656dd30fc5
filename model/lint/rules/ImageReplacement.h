// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/rules/ImageUses.h"

/// What the rules about old and missing images share.
namespace stagewright::rules {

/// What to write instead of @p name: the catalogue's word for it is a reference, or a sentence when there is none (then
/// ""). One without a tag gets the tag of @p name, where the catalogue knows that combination.
[[nodiscard]] std::string replacementOf(const RuleContext &context, const ImageFacts &facts, const std::string &name);
/// A sentence for `how`: which image to use.
[[nodiscard]] std::string insteadWords(const RuleContext &context, const ImageFacts &facts, const std::string &name);
/// A finding that underlines the image's name.
[[nodiscard]] Diagnostic findingAt(const RuleContext &context, const ImageUse &use, Severity severity);
/// Fix: writes the replacement where the finding is.
void fixImage(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out);

} // namespace stagewright::rules
