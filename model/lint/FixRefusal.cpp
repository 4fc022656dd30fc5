// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FixRefusal.h"

#include "lint/fixes/ShellFixes.h"

#include <algorithm>
#include <array>

namespace stagewright {

std::string whyNoExecForm(const Snapshot &snapshot, const Diagnostic &diagnostic)
{
    // The rules whose first remedy is exec form.
    static constexpr std::array<std::string_view, 7> rules{
        "SW001", "SW002", "SW007", "SW008", "SW009", "SW010", "JSONArgsRecommended"};
    if (diagnostic.instruction == InstructionId::None || std::ranges::find(rules, diagnostic.ruleId) == rules.end())
        return {};
    const Instruction &instruction = snapshot.tree().instruction(diagnostic.instruction);
    return instruction.isShellForm() ? fixes::whyNoExecForm(instruction) : std::string();
}

} // namespace stagewright
