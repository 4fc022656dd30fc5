// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FileEffects.h"
#include "lint/ShellStates.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/fixes/Products.h"
#include "lint/fixes/ShellFixes.h"

#include <algorithm>
#include <optional>

namespace stagewright::fixes {

namespace {

/// The path of a WORKDIR when it is absolute and free of variables.
std::optional<std::string> plainWorkdir(const Instruction &instruction)
{
    const std::string_view path = edit::detail::trimmed(instruction.arguments);
    if (instruction.kind != InstructionKind::Workdir || !path.starts_with('/')
        || path.find_first_of("$\\\"'") != std::string_view::npos)
        return std::nullopt;
    return lint::joinPath("/", path);
}

/// Whether @p instruction makes @p folder by itself: WORKDIR does, and a COPY into it.
bool makesFolder(const RuleContext &context, const Instruction &instruction, const std::string &folder)
{
    if (const auto workdir = plainWorkdir(instruction))
        return lint::isAtOrAbove(folder, *workdir);
    if ((instruction.kind != InstructionKind::Copy && instruction.kind != InstructionKind::Add)
        || instruction.args.size() < 2)
        return false;
    const std::string_view destination = instruction.args.back().value;
    const std::string &workdir = *context.states.at(instruction.id).workdir;
    if (destination.find_first_of("$\\") != std::string_view::npos
        || (!destination.starts_with('/') && workdir.empty()))
        return false;
    const std::string target = lint::joinPath(workdir, destination);
    if (target != folder)
        return lint::isAtOrAbove(folder, target);
    // "COPY app /app" makes a file when app is one; these make a folder for certain.
    const std::string_view source = instruction.args.front().value;
    return destination.ends_with('/') || instruction.args.size() > 2 || source.ends_with('/') || source == "."
        || (instruction.flag("from") && source == folder);
}

/// The instruction that makes all of @p folders without any help, if there is one for each.
const Instruction *makerOf(const RuleContext &context, const Instruction &run, const std::vector<std::string> &folders)
{
    const Instruction *maker = nullptr;
    for (const std::string &folder : folders) {
        const Instruction *found = nullptr;
        for (const Instruction &instruction :
             context.snapshot.instructionsOf(context.snapshot.graph().stageOf(run.id))) {
            // What runs in between may need the folder.
            if (instruction.id > run.id && instruction.kind == InstructionKind::Run)
                break;
            const bool before = instruction.id < run.id && instruction.kind == InstructionKind::Workdir;
            if ((before || instruction.id > run.id) && makesFolder(context, instruction, folder)) {
                found = &instruction;
                break;
            }
        }
        if (!found)
            return nullptr;
        maker = found;
    }
    return maker;
}

/// The WORKDIR that is in force at @p run, if it stands in the stage, is absolute, and no USER lies in between (new
/// folders belong to the user of their place).
const Instruction *workdirInForce(const RuleContext &context, const Instruction &run)
{
    const Instruction *found = nullptr;
    for (const Instruction &instruction : context.snapshot.instructionsOf(context.snapshot.graph().stageOf(run.id))) {
        if (instruction.id >= run.id)
            break;
        if (instruction.kind == InstructionKind::Workdir)
            found = plainWorkdir(instruction) ? &instruction : nullptr;
        else if (instruction.kind == InstructionKind::User)
            found = nullptr;
    }
    return found;
}

/// Whether the working directory is set anew before anything behind @p run depends on it.
bool isWorkdirSetAnew(const RuleContext &context, const Instruction &run)
{
    for (const Instruction &instruction : context.snapshot.instructionsOf(context.snapshot.graph().stageOf(run.id))) {
        if (instruction.id <= run.id)
            continue;
        switch (instruction.kind) {
        case InstructionKind::Workdir: return plainWorkdir(instruction).has_value();
        case InstructionKind::Env:
        case InstructionKind::Arg:
        case InstructionKind::Label:
        case InstructionKind::Expose:
        case InstructionKind::User:
        case InstructionKind::Shell:
        case InstructionKind::Stopsignal: break;
        case InstructionKind::Copy:
        case InstructionKind::Add:
            if (instruction.args.size() < 2 || !instruction.args.back().value.starts_with('/'))
                return false;
            break;
        default: return false;
        }
    }
    return false;
}

std::string listOf(const std::vector<std::string> &folders)
{
    std::string text;
    for (const std::string &folder : folders)
        text += (text.empty() ? "" : " and ") + folder;
    return text;
}

} // namespace

void redundantFolder(const RuleContext &context, InstructionId runId, std::vector<Fix> &out)
{
    if (isAnswered(context, out))
        return;
    const Instruction &run = context.snapshot.tree().instruction(runId);
    const std::vector<std::string> folders = foldersOf(context, run);
    const Instruction *maker = folders.empty() ? nullptr : makerOf(context, run, folders);
    if (!maker)
        return;
    const std::string keyword(keywordOf(maker->kind));
    FixBuilder builder(context.snapshot);
    builder.remove(run);
    out.push_back(builder.finish(
        "Take the line away: " + keyword + " makes " + listOf(folders),
        keyword + " in line " + std::to_string(maker->firstLine) + " makes the folder by itself", "folder", true));
}

void folderAsWorkdir(const RuleContext &context, InstructionId runId, std::vector<Fix> &out)
{
    if (isAnswered(context, out))
        return;
    const Instruction &run = context.snapshot.tree().instruction(runId);
    const std::vector<std::string> folders = foldersOf(context, run);
    if (folders.empty() || makerOf(context, run, folders))
        return;
    FixBuilder builder(context.snapshot);
    std::string lines;
    for (const std::string &folder : folders)
        lines += (lines.empty() ? "" : "\n") + builder.keyword("WORKDIR") + ' ' + folder;
    const std::string title = "Replace with WORKDIR " + listOf(folders);
    if (const Instruction *above = workdirInForce(context, run)) {
        const std::string path = *plainWorkdir(*above);
        builder.insertAbove(*above, lines);
        builder.remove(run);
        out.push_back(builder.finish(title, "goes above WORKDIR " + path + ", so everything still starts in " + path,
                                     "folder", true));
        return;
    }
    if (isWorkdirSetAnew(context, run)) {
        builder.rewrite(run, lines);
        out.push_back(builder.finish(title, "the next WORKDIR sets the working directory anew", "folder", true));
        return;
    }
    const std::string &workdir = *context.states.at(run.id).workdir;
    if (workdir.empty())
        return; // nobody knows where to go back to
    builder.rewrite(run, lines + '\n' + builder.keyword("WORKDIR") + ' ' + workdir);
    out.push_back(builder.finish(title, "and back to WORKDIR " + workdir + " in the next line", "folder", true));
}

} // namespace stagewright::fixes
