// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/ImageUses.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/UserRules.h"

namespace stagewright::rules {

namespace {

/// The tag of the same image that runs as somebody else than root; "" when the catalogue knows none.
std::string nonrootOf(const RuleContext &context, const std::string &name, const std::string &reference)
{
    if (name.find('@') != std::string::npos)
        return {};
    const std::string tag = tagOf(name);
    const std::string wanted = tag.empty() || tag == "latest" ? "nonroot"
        : tag == "debug"                                      ? "debug-nonroot"
                                                              : std::string();
    if (wanted.empty())
        return {};
    const auto facts = context.catalog.lookup(repositoryOf(reference) + ':' + wanted);
    const bool good
        = facts && !facts->byNameOnly && facts->status == ImageStatus::Current && facts->uid && *facts->uid != 0;
    return good ? repositoryOf(name) + ':' + wanted : std::string();
}

void checkRoot(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        if (!state.decisive || stage.base.kind != BaseKind::Image || state.userAtEnd.setBy != InstructionId::None
            || state.userAtEnd.uid != 0U || !state.facts || state.facts->byNameOnly)
            continue;
        const std::string better = nonrootOf(context, stage.base.resolved, stage.base.reference);
        if (better.empty())
            continue;
        Diagnostic d = diagnosticFor(context, context.snapshot.tree().instruction(stage.from), Severity::Info);
        d.range = stage.base.range;
        d.title = "The container runs as root";
        d.message
            = stage.base.resolved + " runs as root; " + better + " is the same image with an account without rights.";
        d.why = "Nothing in this stage says USER, so the image's own user counts, and that is root. A process that is "
                "root inside "
                "a container is root for the kernel as well: what breaks out of the container is root on the machine, "
                "and files "
                "in mounted folders belong to root.";
        d.how = "Use the tag " + better + ", or add USER " + numericUser(state)
            + " behind the last COPY. Files that the program "
              "writes then need --chown=65532:65532 on their COPY, and ports below 1024 may need a setting of the "
              "platform.";
        d.hint = "runs as root";
        out.push_back(std::move(d));
    }
}

void fixRoot(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Stage &stage = context.snapshot.graph().stage(diagnostic.stage);
    const std::string better = nonrootOf(context, stage.base.resolved, stage.base.reference);
    if (stage.base.written.find('$') == std::string_view::npos && !better.empty())
        checks::offerReplace(out, stage.base.range, better, "Use " + better, "runs as user 65532", false);
}

} // namespace

const Rule runsAsRoot{
    .id = "SW025",
    .name = "runs-as-root",
    .severity = Severity::Info,
    .summary = "The container runs as root though the image has a tag that does not",
    .check = checkRoot,
    .fix = fixRoot,
};

} // namespace stagewright::rules
