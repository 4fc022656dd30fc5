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

/// The explanation page of a rule (Markdown, UTF-8); empty for an id that has none.
[[nodiscard]] QByteArray rulePage(std::string_view id);

} // namespace stagewright
