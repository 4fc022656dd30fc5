// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/Rules.h"
#include "lint/rules/UserRules.h"

namespace stagewright::rules {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    checkUnknownUsers(context, out, false);
}

} // namespace

const Rule unknownUser{
    .id = "SW021",
    .name = "unknown-user",
    .severity = Severity::Error,
    .summary = "USER names an account that the image does not have",
    .check = check,
    .fix = fixUnknownUser,
};

} // namespace stagewright::rules
