// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/LintConfig.h"

#include <algorithm>

namespace stagewright {

std::string_view ruleLevelName(RuleLevel level)
{
    const auto severity = severityOf(level);
    return severity ? severityName(*severity) : std::string_view("off");
}

std::optional<RuleLevel> ruleLevelOf(std::string_view name)
{
    const auto *found = std::ranges::find(RuleLevels, name, ruleLevelName);
    return found == RuleLevels.end() ? std::nullopt : std::optional(*found);
}

RuleLevel ruleLevelOf(Severity severity)
{
    switch (severity) {
    case Severity::Error: return RuleLevel::Error;
    case Severity::Warning: return RuleLevel::Warning;
    case Severity::Info: break;
    }
    return RuleLevel::Info;
}

std::optional<Severity> severityOf(RuleLevel level)
{
    switch (level) {
    case RuleLevel::Error: return Severity::Error;
    case RuleLevel::Warning: return Severity::Warning;
    case RuleLevel::Info: return Severity::Info;
    case RuleLevel::Off: break;
    }
    return std::nullopt;
}

} // namespace stagewright
