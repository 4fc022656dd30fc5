// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "semantics/Wording.h"

#include <unordered_set>

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    std::unordered_set<std::string_view> seen;
    for (const Stage &stage : context.snapshot.graph().stages()) {
        if (stage.name.empty() || seen.insert(stage.name).second)
            continue;
        out.push_back(
            fromFile(context, context.snapshot.tree().instruction(stage.from), stage.nameRange,
                     {"Two stages are called '" + stage.name + "'",
                      "Duplicate stage name " + quoted(stage.name) + ", stage names should be unique",
                      "FROM " + stage.name + " means the nearest stage of that name above it, COPY --from=" + stage.name
                          + " the last one in the file. Which one is copied from is easily not the one that was meant.",
                      "Give this stage a name of its own."}));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const std::string name
        = edit::freeStageName(context.snapshot, context.snapshot.graph().stage(diagnostic.stage).name);
    offer(out, edit::renameStage(context.snapshot, diagnostic.stage, name), "Rename this one to '" + name + "'",
          "references that mean this stage follow");
}

} // namespace

const Rule duplicateStageName{
    .id = "DuplicateStageName",
    .name = "duplicate-stage-name",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "Stage names should be unique",
    .wholeFile = true,
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
