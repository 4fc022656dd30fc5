// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/StartCommands.h"

namespace stagewright::rules {

namespace {

void checkEntrypoint(const RuleContext &context, std::vector<Diagnostic> &out)
{
    checkShellFormStart(context, InstructionKind::Entrypoint, &StageState::entrypoint, out);
}

} // namespace

const Rule entrypointShellFormWithoutShell{
    .id = "SW008",
    .name = "entrypoint-shell-form-without-shell",
    .severity = Severity::Error,
    .summary = "ENTRYPOINT in shell form needs a shell that the image does not have",
    .check = checkEntrypoint,
    .fix = fixShellFormStart,
};

} // namespace stagewright::rules
