// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/StartCommands.h"

namespace stagewright::rules {

namespace {

void checkCmd(const RuleContext &context, std::vector<Diagnostic> &out)
{
    checkShellFormStart(context, InstructionKind::Cmd, &StageState::cmd, out);
}

} // namespace

const Rule cmdShellFormWithoutShell{
    .id = "SW007",
    .name = "cmd-shell-form-without-shell",
    .severity = Severity::Error,
    .summary = "CMD in shell form needs a shell that the image does not have",
    .check = checkCmd,
    .fix = fixShellFormStart,
};

} // namespace stagewright::rules
