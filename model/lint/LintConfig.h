// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace stagewright {

/// What a project or a person wants of a rule.
enum class RuleLevel : std::uint8_t { Off, Info, Warning, Error };
inline constexpr std::array RuleLevels{RuleLevel::Off, RuleLevel::Info, RuleLevel::Warning, RuleLevel::Error};

[[nodiscard]] std::string_view ruleLevelName(RuleLevel level); ///< "off", "info", "warning", "error"
[[nodiscard]] std::optional<RuleLevel> ruleLevelOf(std::string_view name);
[[nodiscard]] RuleLevel ruleLevelOf(Severity severity);
/// Nothing for Off.
[[nodiscard]] std::optional<Severity> severityOf(RuleLevel level);

/// By rule id.
using RuleLevelMap = std::map<std::string, RuleLevel, std::less<>>;

/// What decides about rules, apart from the rules themselves.
struct LintConfig
{
    /// A rule that is not in it speaks as it is made; Off is not even run; another level is that of all its findings.
    /// BuildError takes no level: BuildKit refuses the file whatever anybody wants.
    RuleLevelMap levels;
    /// BuildKit's build checks say what BuildKit says, whatever levels and ignore comments want of them.
    bool buildChecksAsTheyAre = false;

    friend bool operator==(const LintConfig &, const LintConfig &) = default;
};

} // namespace stagewright
