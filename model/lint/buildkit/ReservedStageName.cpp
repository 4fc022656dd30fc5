// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "semantics/Wording.h"

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        if (stage.name != "scratch" && stage.name != "context")
            continue;
        out.push_back(fromFile(
            context, context.snapshot.tree().instruction(stage.from), stage.nameRange,
            {"'" + stage.name + "' has a meaning of its own",
             "Stage name should not use the same name as reserved stage " + quoted(stage.name),
             stage.name == "scratch"
                 ? "FROM scratch below this stage no longer starts from the empty image but from this stage."
                 : "The build context is called 'context' in several places, so that the two are mixed up easily.",
             "Give the stage another name."}));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const std::string name
        = edit::freeStageName(context.snapshot, context.snapshot.graph().stage(diagnostic.stage).name + "-stage");
    offer(out, edit::renameStage(context.snapshot, diagnostic.stage, name), "Rename to '" + name + "'",
          "references follow");
}

} // namespace

const Rule reservedStageName{
    .id = "ReservedStageName",
    .name = "reserved-stage-name",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "Stages should not be called scratch or context",
    .wholeFile = true,
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
