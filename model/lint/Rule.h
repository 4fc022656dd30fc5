// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "lint/Diagnostic.h"
#include "lint/buildkit/BuildNotes.h"
#include "semantics/Snapshot.h"

#include <span>
#include <string_view>
#include <vector>

namespace stagewright {

class Ignores;
class ShellStates;

/// What a rule may look at.
struct RuleContext
{
    const Snapshot &snapshot;
    const Catalog &catalog;
    const ShellStates &states;        ///< Effective state per stage and instruction, computed once.
    std::span<const BuildNote> notes; ///< What BuildKit notices while it converts the file, computed once.
    /// The linter only asks whether a finding has a fix: the first one ends the question, and its transaction may
    /// be left empty where it is costly to make.
    bool onlyWhether = false;
    const Ignores *ignores = nullptr; ///< The ignore comments; for rules that run last also which were of use.
};

/// One rule: one file in lint/rules (ours) or lint/buildkit (BuildKit's checks), one test folder
/// (tests/lint/<id>), one page (resources/rules/<id>.md), one row in RuleTable.cpp.
struct Rule
{
    std::string_view id;   ///< "SW001", or BuildKit's check name.
    std::string_view name; ///< Kebab case, readable.
    DiagnosticSource source = DiagnosticSource::Stagewright;
    Severity severity = Severity::Warning;
    std::string_view summary; ///< One line for lists.
    /// Build checks: a `# check=` comment above an instruction does not reach it.
    bool wholeFile = false;
    /// Appends findings. source, ruleId, ruleName and an unset line are filled in by the linter.
    void (*check)(const RuleContext &, std::vector<Diagnostic> &) = nullptr;
    /// Fixes for one of its findings; null for none.
    void (*fix)(const RuleContext &, const Diagnostic &, std::vector<Fix> &) = nullptr;
    /// About ignore comments: runs behind all others, and cannot be ignored itself.
    bool last = false;
};

} // namespace stagewright
