// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/InstructionKinds.h"
#include "lint/buildkit/CheckFilter.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "semantics/IgnorePatterns.h"
#include "semantics/Paths.h"
#include "semantics/Wording.h"

#include <algorithm>

namespace stagewright::checks {

namespace {

bool isRemote(std::string_view source)
{
    return source.contains("://") || source.starts_with("git@");
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    const Snapshot &snapshot = context.snapshot;
    if (!snapshot.options().ignoreFile)
        return;
    const IgnorePatterns patterns(*snapshot.options().ignoreFile);
    if (patterns.isEmpty() || patterns.hasExceptions())
        return; // BuildKit does not look either: an exception may bring back a part of what is left out
    const CheckOptions file = CheckOptions::ofFile(snapshot.tree());
    for (const Instruction &copy : lint::copiesIn(snapshot.tree())) {
        const Flag *from = copy.flag("from");
        if (copy.args.size() < 2 || (from && !from->value.empty()))
            continue;
        for (const Argument &source : copy.args.first(copy.args.size() - 1)) {
            const bool isMarker = std::ranges::contains(copy.heredocs, source.range.begin,
                                                        [](const Heredoc &heredoc) { return heredoc.marker.begin; });
            if (isMarker || isRemote(source.value) || source.value.contains('$'))
                continue;
            const std::string path = cleanedPath(source.value);
            const std::string_view pattern = patterns.leavesOut(path);
            if (pattern.empty())
                continue;
            const std::string keyword = copy.kind == InstructionKind::Add ? "Add" : "Copy";
            Diagnostic d
                = fromFile(context, copy, source.range,
                           {path + " is not in the build context",
                            "Attempting to " + keyword + " file " + quoted(path) + " that is excluded by .dockerignore",
                            "The pattern " + std::string(pattern)
                                + " in .dockerignore leaves it out of the build context, so BuildKit "
                                  "does not find it.",
                            "Take the pattern out of .dockerignore, or do not copy this file."});
            d.unreached
                = d.unreached || !checkOptionsAt(snapshot.tree(), file, copy.id).enablesExperimental("CopyIgnoredFile");
            out.push_back(std::move(d));
        }
    }
}

} // namespace

const Rule copyIgnoredFile{
    .id = "CopyIgnoredFile",
    .name = "copy-ignored-file",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "COPY should not name files that .dockerignore leaves out",
    .check = check,
};

} // namespace stagewright::checks
