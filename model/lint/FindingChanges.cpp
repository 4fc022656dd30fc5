// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FindingChanges.h"

#include <map>
#include <utility>

namespace stagewright {

namespace {

using Key = std::pair<std::string_view, InstructionId>;

std::vector<Diagnostic> without(std::span<const Diagnostic> findings, std::span<const Diagnostic> others)
{
    std::map<Key, int> there;
    for (const Diagnostic &other : others)
        ++there[{other.ruleId, other.instruction}];
    std::vector<Diagnostic> result;
    for (const Diagnostic &finding : findings) {
        if (there[{finding.ruleId, finding.instruction}]-- <= 0)
            result.push_back(finding);
    }
    return result;
}

} // namespace

FindingChanges compareFindings(std::span<const Diagnostic> before, std::span<const Diagnostic> after)
{
    return {without(before, after), without(after, before)};
}

} // namespace stagewright
