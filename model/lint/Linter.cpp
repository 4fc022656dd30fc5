// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/Linter.h"

#include "lint/Ignores.h"
#include "lint/RuleTable.h"
#include "lint/ShellStates.h"
#include "lint/buildkit/CheckFilter.h"

#include <algorithm>
#include <tuple>

namespace stagewright {

namespace {

/// In a file with more findings than anyone reads, "fixable" is answered by the rule, not by trying.
constexpr std::size_t mostFindingsToTry = FixFinder::MostReported;

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

bool Linter::isOff(const Rule &rule) const
{
    const auto level = m_config.levels.find(rule.id);
    return level != m_config.levels.end() && level->second == RuleLevel::Off
        && rule.source != DiagnosticSource::BuildError
        && !(m_config.buildChecksAsTheyAre && rule.source == DiagnosticSource::BuildCheck);
}

namespace {

void run(const Rule &rule, const RuleContext &context, std::vector<Diagnostic> &diagnostics)
{
    const std::size_t first = diagnostics.size();
    rule.check(context, diagnostics);
    for (std::size_t i = first; i < diagnostics.size(); ++i)
        complete(diagnostics[i], rule, context.snapshot);
}

void setSeverities(const LintConfig &config, std::vector<Diagnostic> &diagnostics)
{
    if (config.levels.empty())
        return;
    for (Diagnostic &diagnostic : diagnostics) {
        const bool fixed = diagnostic.source == DiagnosticSource::BuildError
            || (config.buildChecksAsTheyAre && diagnostic.source == DiagnosticSource::BuildCheck);
        const auto level = config.levels.find(diagnostic.ruleId);
        if (!fixed && level != config.levels.end())
            diagnostic.severity = severityOf(level->second).value_or(diagnostic.severity);
    }
}

void noteFixable(const RuleContext &question, std::vector<Diagnostic> &diagnostics)
{
    for (Diagnostic &diagnostic : diagnostics) {
        const Rule *rule = findRule(diagnostic.ruleId);
        diagnostic.fixable = rule->fix != nullptr;
        if (rule->fix && diagnostics.size() <= mostFindingsToTry) {
            std::vector<Fix> tried;
            rule->fix(question, diagnostic, tried);
            diagnostic.fixable = !tried.empty();
        }
    }
}

} // namespace

std::vector<Diagnostic> Linter::check(const Snapshot &snapshot) const
{
    const ShellStates states = ShellStates::compute(snapshot, m_catalog);
    const std::vector<BuildNote> notes = buildNotes(snapshot);
    Ignores ignores = Ignores::read(snapshot);
    const RuleContext context{snapshot, m_catalog, states, notes, false, &ignores};
    std::vector<Diagnostic> diagnostics;
    CheckFilter filter(snapshot.tree());
    // BuildKit refuses a file with `# check=error=true` for what its checks say, whatever is off here.
    const bool fatal = filter.isFatal();
    for (const Rule *rule : ruleTable()) {
        const bool isCheck = rule->source == DiagnosticSource::BuildCheck;
        if (rule->last || (isOff(*rule) && !(isCheck && fatal)))
            continue;
        const std::size_t first = diagnostics.size();
        run(*rule, context, diagnostics);
        if (isCheck)
            filter.apply(*rule, diagnostics, first);
    }
    addFatalChecks(snapshot, diagnostics);
    if (fatal)
        std::erase_if(diagnostics, [this](const Diagnostic &d) { return isOff(*findRule(d.ruleId)); });
    ignores.apply(m_config, diagnostics);
    if (!ignores.comments().empty()) {
        for (const Rule *rule : ruleTable()) {
            if (rule->last && !isOff(*rule))
                run(*rule, context, diagnostics);
        }
    }
    setSeverities(m_config, diagnostics);
    noteFixable({snapshot, m_catalog, states, notes, true, &ignores}, diagnostics);
    std::ranges::stable_sort(diagnostics, {}, sortKey);
    return diagnostics;
}

std::vector<Fix> Linter::fixes(const Snapshot &snapshot, const Diagnostic &diagnostic) const
{
    return FixFinder(*this, snapshot).fixes(diagnostic);
}

struct FixFinder::Data
{
    Data(const Linter &linter, const Snapshot &snapshot)
        : states(ShellStates::compute(snapshot, linter.catalog()))
        , notes(buildNotes(snapshot))
        , ignores(Ignores::read(snapshot))
        , context{snapshot, linter.catalog(), states, notes, false, &ignores}
    {
    }

    ShellStates states;
    std::vector<BuildNote> notes;
    Ignores ignores;
    RuleContext context;
};

FixFinder::FixFinder(const Linter &linter, const Snapshot &snapshot)
    : m_linter(linter)
    , m_snapshot(snapshot)
{
}

FixFinder::~FixFinder() = default;

std::vector<Fix> FixFinder::fixes(const Diagnostic &diagnostic)
{
    std::vector<Fix> result;
    const Rule *rule = findRule(diagnostic.ruleId);
    if (!rule || !rule->fix)
        return result;
    if (!d)
        d = std::make_unique<Data>(m_linter, m_snapshot);
    rule->fix(d->context, diagnostic, result);
    return result;
}

std::span<const Rule *const> Linter::rules()
{
    return ruleTable();
}

} // namespace stagewright
