// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/buildkit/CheckSupport.h"

namespace stagewright::checks {

/// "Use $suggestion": replaces every use of @p name in the finding's range. Nothing without a suggestion.
void offerVariable(const RuleContext &context, const Diagnostic &diagnostic, std::string_view name,
                   std::string_view suggestion, std::vector<Fix> &out);
/// `ARG name` in front of the first FROM and its comment, behind the directives.
[[nodiscard]] edit::Result declareGlobally(const RuleContext &context, std::string_view name);

} // namespace stagewright::checks
