// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/Rules.h"
#include "lint/rules/UserRules.h"

namespace stagewright::rules {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    checkUnknownUsers(context, out, true);
}

} // namespace

const Rule userNameInScratch{
    .id = "SW022",
    .name = "user-name-in-scratch",
    .severity = Severity::Error,
    .summary = "USER by name in scratch, which has no accounts",
    .check = check,
    .fix = fixUnknownUser,
};

} // namespace stagewright::rules
