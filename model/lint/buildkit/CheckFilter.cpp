// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckFilter.h"

#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/Rules.h"

#include <algorithm>
#include <set>

namespace stagewright {

CheckOptions checkOptionsAt(const SyntaxTree &tree, const CheckOptions &file, InstructionId instruction)
{
    CheckOptions options = file;
    for (const std::string_view comment : tree.commentsAbove(instruction)) {
        constexpr std::string_view key = "check=";
        if (!comment.starts_with(key))
            continue;
        if (const auto own = CheckOptions::parse(comment.substr(key.size())))
            options.merge(*own);
    }
    return options;
}

void CheckFilter::apply(const Rule &rule, std::vector<Diagnostic> &findings, std::size_t first) const
{
    const bool isOffInFile = m_file.skips(rule.id);
    const auto isOff = [&](const Diagnostic &finding) {
        const InstructionId at = finding.foundAt != InstructionId::None ? finding.foundAt : finding.instruction;
        if (isOffInFile || rule.wholeFile || at == InstructionId::None)
            return isOffInFile;
        return checkOptionsAt(m_tree, CheckOptions(), at).skips(rule.id);
    };
    const auto begin = findings.begin() + static_cast<std::ptrdiff_t>(first);
    findings.erase(std::remove_if(begin, findings.end(), isOff), findings.end());
}

void addFatalChecks(const Snapshot &snapshot, std::vector<Diagnostic> &findings)
{
    const Directive *directive = snapshot.tree().frontEndDirective("check");
    if (!directive || !CheckOptions::ofFile(snapshot.tree()).error || !snapshot.graph().errors().empty())
        return;
    std::set<std::string_view> names;
    for (const Diagnostic &finding : findings) {
        if (finding.source == DiagnosticSource::BuildCheck && !finding.unreached)
            names.insert(finding.ruleId);
    }
    if (names.empty())
        return;
    Diagnostic error;
    error.source = rules::buildError.source;
    error.ruleId = rules::buildError.id;
    error.ruleName = rules::buildError.name;
    error.severity = Severity::Error;
    error.title = "Build checks count as errors in this file";
    error.message = "lint violation found for rules: ";
    for (const std::string_view name : names)
        error.message.append(name == *names.begin() ? "" : ", ").append(name);
    error.why = "The directive # check=" + std::string(directive->value)
        + " at the head of the file asks BuildKit to stop the build when a check has something to say.";
    error.how = "Mend what the checks report, or skip single checks with # check=skip=Name.";
    error.range = directive->range;
    error.line = error.lastLine = snapshot.text().lineAt(directive->range.begin);
    findings.push_back(std::move(error));
}

} // namespace stagewright
