// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/Linter.h"

#include "lint/RuleTable.h"
#include "lint/ShellStates.h"
#include "lint/buildkit/CheckFilter.h"

#include <algorithm>
#include <tuple>

namespace stagewright {

namespace {

/// In a file with more findings than anyone reads, "fixable" is answered by the rule, not by trying.
constexpr std::size_t mostFindingsToTry = 500;

/// What the rules leave to the linter.
void complete(Diagnostic &diagnostic, const Rule &rule, const Snapshot &snapshot)
{
    diagnostic.source = rule.source;
    diagnostic.ruleId = rule.id;
    diagnostic.ruleName = rule.name;
    if (diagnostic.line == 0 && diagnostic.instruction != InstructionId::None) {
        const Instruction &instruction = snapshot.tree().instruction(diagnostic.instruction);
        diagnostic.line = instruction.firstLine;
        diagnostic.lastLine = instruction.lastLine;
    }
    if (diagnostic.line == 0 && !diagnostic.range.isEmpty())
        diagnostic.line = snapshot.text().lineAt(diagnostic.range.begin);
    diagnostic.lastLine = std::max(diagnostic.lastLine, diagnostic.line);
    if (diagnostic.stage == StageId::None && diagnostic.instruction != InstructionId::None)
        diagnostic.stage = snapshot.graph().stageOf(diagnostic.instruction);
    // BuildKit reads every stage and builds only those that the target needs: what cannot work in another one stops
    // nothing now.
    if (rule.source == DiagnosticSource::Stagewright && diagnostic.severity == Severity::Error
        && diagnostic.stage != StageId::None && snapshot.graph().target() != StageId::None
        && !snapshot.graph().stage(diagnostic.stage).reachable)
        diagnostic.severity = Severity::Warning;
}

auto sortKey(const Diagnostic &d)
{
    return std::tuple(d.line, d.severity, d.source, d.range.begin, d.ruleId);
}

} // namespace

std::string_view severityName(Severity severity)
{
    switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Info: return "info";
    }
    return {};
}

std::vector<Diagnostic> Linter::check(const Snapshot &snapshot) const
{
    const ShellStates states = ShellStates::compute(snapshot, m_catalog);
    const std::vector<BuildNote> notes = buildNotes(snapshot);
    const RuleContext context{snapshot, m_catalog, states, notes, false};
    std::vector<Diagnostic> diagnostics;
    CheckFilter filter(snapshot.tree());
    for (const Rule *rule : ruleTable()) {
        const std::size_t first = diagnostics.size();
        rule->check(context, diagnostics);
        for (std::size_t i = first; i < diagnostics.size(); ++i)
            complete(diagnostics[i], *rule, snapshot);
        if (rule->source == DiagnosticSource::BuildCheck)
            filter.apply(*rule, diagnostics, first);
    }
    addFatalChecks(snapshot, diagnostics);
    const RuleContext question{snapshot, m_catalog, states, notes, true};
    for (Diagnostic &diagnostic : diagnostics) {
        const Rule *rule = findRule(diagnostic.ruleId);
        diagnostic.fixable = rule->fix != nullptr;
        if (rule->fix && diagnostics.size() <= mostFindingsToTry) {
            std::vector<Fix> tried;
            rule->fix(question, diagnostic, tried);
            diagnostic.fixable = !tried.empty();
        }
    }
    std::ranges::stable_sort(diagnostics, {}, sortKey);
    return diagnostics;
}

std::vector<Fix> Linter::fixes(const Snapshot &snapshot, const Diagnostic &diagnostic) const
{
    std::vector<Fix> result;
    const Rule *rule = findRule(diagnostic.ruleId);
    if (!rule || !rule->fix)
        return result;
    const ShellStates states = ShellStates::compute(snapshot, m_catalog);
    const std::vector<BuildNote> notes = buildNotes(snapshot);
    rule->fix({snapshot, m_catalog, states, notes, false}, diagnostic, result);
    return result;
}

std::span<const Rule *const> Linter::rules()
{
    return ruleTable();
}

} // namespace stagewright
