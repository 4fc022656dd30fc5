// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FileEffects.h"
#include "lint/LooseCommands.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/UserRules.h"

#include <algorithm>
#include <optional>

namespace stagewright::rules {

namespace {

/// Somebody else than root, as `chown` or `install -o` name it.
bool isOther(std::string_view owner)
{
    const std::string_view user = owner.substr(0, owner.find_first_of(":."));
    return !user.empty() && user != "root" && user != "0" && user.find('$') == std::string_view::npos;
}

/// The owner that the RUNs of the stage's chain give to @p folder itself; "" when none does.
std::string ownerOf(const RuleContext &context, const StageState &state, std::string_view folder)
{
    std::string owner;
    for (const StageId part : state.chain.fromRoot()) {
        for (const Instruction &run : context.snapshot.instructionsOf(part)) {
            if (run.kind != InstructionKind::Run || run.arguments.find("chown") == std::string_view::npos)
                continue;
            for (const lint::Words &words : lint::looseCommands(context.snapshot.text(), run)) {
                if (fileNameOf(words.front()) != "chown")
                    continue;
                std::vector<std::string> operands;
                std::ranges::copy_if(words.begin() + 1, words.end(), std::back_inserter(operands),
                                     [](const std::string &word) { return !word.starts_with('-'); });
                for (std::size_t i = 1; i < operands.size(); ++i) {
                    const std::string path = context.states.expanded(part, operands[i]);
                    if (lint::joinPath(*context.states.at(run.id).workdir, path) == folder)
                        owner = operands.front();
                }
            }
        }
    }
    return isOther(owner) ? owner : std::string();
}

/// Something made the destination before, with an owner of its own: WORKDIR as another user, or a RUN.
bool isMadeBefore(const RuleContext &context, const StageState &state, const CopiedFiles &copy)
{
    for (const StageId part : state.chain) {
        for (const Instruction &instruction : context.snapshot.instructionsOf(part)) {
            if (instruction.id >= copy.at && part == copy.stage)
                break;
            const bool names = instruction.arguments.find(copy.destination) != std::string_view::npos;
            if (instruction.kind == InstructionKind::Run && (names || !instruction.heredocs.empty()))
                return true;
            if (instruction.kind == InstructionKind::Workdir && !context.states.at(instruction.id).user->isRoot()
                && names)
                return true;
        }
    }
    return false;
}

struct Finding
{
    const CopiedFiles copy;
    std::string owner;
};

std::vector<Finding> findings(const RuleContext &context)
{
    std::vector<Finding> result;
    if (context.snapshot.graph().references().empty())
        return result;
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        const UserState &user = state.userAtEnd;
        if (!state.decisive || !user.known || user.user.empty() || user.isRoot())
            continue;
        for (const CopiedFiles &copy : context.states.copies(stage.id)) {
            if (copy.stage != stage.id || copy.from == StageId::None || copy.from >= stage.id
                || copy.sources.size() != 1 || copy.instruction->flag("chown") || copy.instruction->flag("parents")
                || copy.destination == "/" || copy.destination.find('$') != std::string::npos)
                continue;
            const std::string owner = ownerOf(context, context.states.stage(copy.from), copy.sources.front());
            if (owner.empty() || isMadeBefore(context, state, copy))
                continue;
            const bool changed
                = std::ranges::any_of(context.snapshot.instructionsOf(stage.id), [&](const Instruction &run) {
                      return run.kind == InstructionKind::Run && run.id > copy.at;
                  });
            if (!changed)
                result.push_back({copy, owner});
        }
    }
    return result;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Finding &finding : findings(context)) {
        const CopiedFiles &copy = finding.copy;
        const StageState &state = context.states.stage(copy.stage);
        Diagnostic d = diagnosticFor(context, *copy.instruction, Severity::Warning);
        d.title = copy.destination + " itself will belong to root";
        d.message = stageWords(context.snapshot, copy.from) + " gives " + copy.sources.front() + " to " + finding.owner
            + "; COPY keeps that for what is in it, not for the folder itself.";
        d.message.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(d.message.front())));
        d.why
            = "COPY of a folder copies its contents. The folder at the destination is made new, and without --chown it "
              "belongs to root. The container runs as "
            + state.userAtEnd.user
            + ", so it can change the files that are there and cannot make new ones:\n\n    touch: " + copy.destination
            + "/x: Permission denied";
        d.how = "Say it at the COPY: --chown=" + numericUser(state)
            + ". Or copy the folder above, whose contents this one belongs to.";
        d.hint = "folder belongs to root";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    for (const Finding &finding : findings(context)) {
        if (finding.copy.at != diagnostic.instruction)
            continue;
        const UserState &user = context.states.stage(finding.copy.stage).userAtEnd;
        std::string owner = finding.owner;
        if (user.uid)
            owner = std::to_string(*user.uid) + ':' + (isNumeric(user.group) ? user.group : std::to_string(*user.uid));
        else if (!isNumeric(owner))
            owner = user.user + (user.group.empty() ? std::string() : ':' + user.group);
        checks::offer(out, edit::setFlag(context.snapshot, finding.copy.at, "chown", owner), "Add --chown=" + owner,
                      "the folder itself as well", "user-round", false);
    }
}

} // namespace

const Rule ownerOfFolder{
    .id = "SW029",
    .name = "folder-owner-not-kept",
    .severity = Severity::Warning,
    .summary = "COPY of a folder does not keep the owner of the folder itself",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
