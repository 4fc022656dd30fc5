// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"

#include <span>
#include <string_view>

namespace stagewright {

/// Every rule, in the order in which pages and lists show them.
[[nodiscard]] std::span<const Rule *const> ruleTable();
/// By id, or null.
[[nodiscard]] const Rule *findRule(std::string_view id);
/// By id or name, as people write rules; or null.
[[nodiscard]] const Rule *findRuleCalled(std::string_view idOrName);
/// The id that a misspelt one may be meant for; "" for none.
[[nodiscard]] std::string nearestRuleId(std::string_view misspelt);

/// The explanation page of a rule (Markdown, UTF-8); empty for an id that has none.
[[nodiscard]] QByteArray rulePage(std::string_view id);

} // namespace stagewright
