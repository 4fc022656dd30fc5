// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/ImageUses.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/UserRules.h"

#include <algorithm>

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
    std::vector<StageId> told;
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        // A stage may come by the image through others; the tag stands in the first of them.
        const Stage &root = context.snapshot.graph().stage(state.chain.back());
        if (!state.decisive || root.base.kind != BaseKind::Image || std::ranges::find(told, root.id) != told.end()
            || state.userAtEnd.setBy != InstructionId::None || state.userAtEnd.uid != 0U || !state.facts
            || state.facts->byNameOnly)
            continue;
        const std::string better = nonrootOf(context, root.base.resolved, root.base.reference);
        if (better.empty())
            continue;
        Diagnostic d = diagnosticFor(context, context.snapshot.tree().instruction(root.from), Severity::Info);
        told.push_back(root.id);
        d.range = root.base.range;
        d.title = "The container runs as root";
        d.message
            = root.base.resolved + " runs as root; " + better + " is the same image with an account without rights.";
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

/// USER at the end of the stage that runs on @p root.
void addUser(const RuleContext &context, StageId root, std::vector<Fix> &out)
{
    if (fixes::isAnswered(context, out))
        return;
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        const auto instructions = context.snapshot.instructionsOf(stage.id);
        if (!state.decisive || state.chain.back() != root || instructions.empty())
            continue;
        // In front of what the container starts, where people look for it.
        const Instruction *last = nullptr;
        for (const Instruction &instruction : instructions) {
            if (instruction.kind != InstructionKind::Cmd && instruction.kind != InstructionKind::Entrypoint)
                last = &instruction;
        }
        fixes::FixBuilder builder(context.snapshot);
        const std::string line = builder.keyword("USER") + ' ' + numericUser(state);
        if (last)
            builder.insertBelow(*last, line);
        else
            builder.insertAbove(instructions.front(), line);
        out.push_back(builder.finish("Add " + line, "an account without rights, by its number", "user-round", false));
        return;
    }
}

void fixRoot(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Stage &root = context.snapshot.graph().stage(diagnostic.stage);
    const std::string better = nonrootOf(context, root.base.resolved, root.base.reference);
    if (root.base.written.find('$') == std::string_view::npos && !better.empty())
        checks::offerReplace(out, root.base.range, better, "Use " + better, "runs as user 65532", false);
    addUser(context, root.id, out);
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
