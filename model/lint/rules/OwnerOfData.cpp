// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FileEffects.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/UserRules.h"

#include <algorithm>
#include <array>

namespace stagewright::rules {

namespace {

/// Folders that programs write to while they run.
bool isDataFolder(std::string_view path)
{
    static constexpr std::array<std::string_view, 4> below{"/var/lib/", "/var/log/", "/var/cache/", "/var/spool/"};
    static constexpr std::array<std::string_view, 8> names{"data",    "uploads", "upload",   "logs",
                                                           "storage", "db",      "sessions", "var"};
    const std::string_view name = path.substr(path.rfind('/') + 1);
    return std::ranges::any_of(below, [path](std::string_view one) { return path.starts_with(one); })
        || std::ranges::find(names, name) != names.end();
}

/// The volumes that are declared in the stage's chain.
std::vector<std::string> volumesOf(const RuleContext &context, const StageState &state)
{
    std::vector<std::string> volumes;
    for (const StageId part : state.chain) {
        for (const Instruction &instruction : context.snapshot.instructionsOf(part)) {
            if (instruction.kind != InstructionKind::Volume)
                continue;
            for (const Argument &argument : instruction.args) {
                const std::string path = context.states.expanded(part, argument.value);
                if (path.starts_with('/') && path.size() > 1)
                    volumes.push_back(lint::joinPath("/", path));
            }
        }
    }
    return volumes;
}

/// A command behind the COPY may give the files to somebody.
bool changesOwners(const RuleContext &context, const StageState &state, InstructionId behind)
{
    return std::ranges::any_of(state.chain, [&](StageId part) {
        return std::ranges::any_of(context.snapshot.instructionsOf(part), [behind](const Instruction &instruction) {
            return instruction.kind == InstructionKind::Run && instruction.id > behind
                && (instruction.arguments.find("chown") != std::string_view::npos
                    || instruction.arguments.find("chmod") != std::string_view::npos || !instruction.heredocs.empty());
        });
    });
}

struct Place
{
    std::string path;
    bool volume = false;
};

/// Where a COPY puts files that belong to root although the container writes there as somebody else; "" for nowhere.
Place wrongPlace(const RuleContext &context, const Stage &stage, const CopiedFiles &copy)
{
    const Instruction &instruction = *copy.instruction;
    const StageState &state = context.states.stage(stage.id);
    const UserState &user = *context.states.at(copy.at).user;
    const bool other = user.known && !user.user.empty() && !user.isRoot();
    if (copy.stage != stage.id || !other || state.userAtEnd.isRoot() || instruction.flag("chown")
        || instruction.flag("chmod") || instruction.kind == InstructionKind::Onbuild
        || copy.destination.find('$') != std::string::npos || copy.destination.empty())
        return {};
    const std::vector<std::string> volumes = volumesOf(context, state);
    for (const std::string &volume : volumes) {
        if (lint::isAtOrAbove(volume, copy.destination))
            return {volume, true};
    }
    // A file in such a folder, or the folder itself.
    const std::size_t slash = copy.destination.rfind('/');
    const std::string above = slash == 0 ? std::string("/") : copy.destination.substr(0, slash);
    if (isDataFolder(copy.destination))
        return {copy.destination, false};
    return {isDataFolder(above) ? above : std::string(), false};
}

template <typename Each> void eachWrong(const RuleContext &context, Each each)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        // Without a user there is nothing to look at, and that is most stages.
        if (!state.decisive || state.userAtEnd.isRoot() || !state.userAtEnd.known)
            continue;
        for (const CopiedFiles &copy : context.states.copies(stage.id)) {
            const Place place = wrongPlace(context, stage, copy);
            if (!place.path.empty() && !changesOwners(context, state, copy.at))
                each(stage, copy, place);
        }
    }
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachWrong(context, [&](const Stage &, const CopiedFiles &copy, const Place &place) {
        const UserState &user = *context.states.at(copy.at).user;
        const std::string keyword(keywordOf(copy.instruction->kind));
        Diagnostic d = diagnosticFor(context, *copy.instruction, Severity::Warning);
        d.title = "These files belong to root";
        d.message = keyword + " puts them into " + place.path + (place.volume ? ", a VOLUME" : "")
            + "; the container runs as " + user.user + " and cannot change them.";
        d.why = keyword
            + " ignores USER: without --chown everything that it makes belongs to root (0:0), files and new folders "
              "alike. "
            + place.path
            + (place.volume ? " is a volume, and a new volume starts with the files and owners of the image."
                            : " is a folder that programs write to.")
            + " The build goes through; the program stops when it wants to write, with, for example:\n\n    open "
            + copy.destination + ": permission denied";
        d.how = "Say whose the files are: --chown. Numbers mean the same in every builder and need no account. If the "
                "program only reads them, leave them as they are.";
        d.hint = "belongs to root";
        out.push_back(std::move(d));
    });
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    eachWrong(context, [&](const Stage &stage, const CopiedFiles &copy, const Place &) {
        if (copy.at != diagnostic.instruction)
            return;
        const UserState &user = *context.states.at(copy.at).user;
        const StageState &state = context.states.stage(stage.id);
        std::string owner
            = user.isNumber() ? user.user + ':' + (user.group.empty() ? user.user : user.group) : std::string();
        if (owner.empty() && user.uid)
            owner = std::to_string(*user.uid) + ':' + std::to_string(*user.uid);
        if (owner.empty() && user.setBy == InstructionId::None)
            owner = numericUser(state);
        if (owner.empty())
            owner = user.user + (user.group.empty() ? std::string() : ':' + user.group);
        checks::offer(out, edit::setFlag(context.snapshot, copy.at, "chown", owner), "Add --chown=" + owner,
                      "the files belong to whom the container runs as", "user-round", false);
    });
}

} // namespace

const Rule ownerOfData{
    .id = "SW028",
    .name = "data-belongs-to-root",
    .severity = Severity::Warning,
    .summary = "COPY behind USER without --chown, to a folder that the container writes to",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
