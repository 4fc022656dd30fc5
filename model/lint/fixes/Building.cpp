// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/Edits.h"
#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "lint/ShellStates.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/fixes/Products.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>
#include <map>

namespace stagewright::fixes {

namespace {

bool canRun(const RuleContext &context, StageId stage)
{
    const StageState &state = context.states.stage(stage);
    return context.states.hasProgramAtEnd(stage, state.shellAtEnd->program()) == Known::Yes;
}

/// The stage that the work belongs to: one with a shell that is copied from already, the most used first; else the
/// nearest one above.
StageId builderFor(const RuleContext &context, StageId user)
{
    const StageState &state = context.states.stage(user);
    std::map<StageId, int> uses;
    for (const StageReference &reference : context.snapshot.graph().references()) {
        const bool ours = state.chain.contains(reference.inStage);
        if (ours && reference.kind == ReferenceKind::Stage && reference.stage < user)
            ++uses[reference.stage];
    }
    StageId best = StageId::None;
    int most = 0;
    for (const auto &[stage, count] : uses) {
        if (count > most && canRun(context, stage)) {
            best = stage;
            most = count;
        }
    }
    for (std::size_t i = indexOf(user); best == StageId::None && i-- > 0;) {
        if (canRun(context, StageId(static_cast<std::int32_t>(i))))
            best = StageId(static_cast<std::int32_t>(i));
    }
    return best;
}

/// Whether a COPY of the stage takes @p path over from @p builder under the same name, behind which a command can be
/// moved without a COPY of its own. Only one that stands in front of the RUN: later ones see other files.
const Instruction *copiesAlready(const RuleContext &context, const Instruction &run, StageId builder,
                                 const std::string &path)
{
    for (const StageReference &reference : context.snapshot.graph().references()) {
        if (reference.stage != builder || reference.kind != ReferenceKind::Stage
            || reference.inStage != context.snapshot.graph().stageOf(run.id))
            continue;
        const Instruction &copy = context.snapshot.tree().instruction(reference.instruction);
        if (copy.kind != InstructionKind::Copy || copy.args.size() != 2 || copy.id > run.id)
            continue;
        const std::string &here = *context.states.at(copy.id).workdir;
        const std::string source = lint::joinPath("/", copy.args[0].value);
        const std::string target = lint::joinPath(here, copy.args[1].value);
        if (source == target && source != "/" && lint::isAtOrAbove(source, path))
            return &copy;
    }
    return nullptr;
}

/// Whether the builder has something of its own at, above or below @p path, that a COPY would take along.
bool isOccupied(const RuleContext &context, StageId builder, const std::string &path)
{
    const auto clash = [&](const std::string &other) {
        return other != "/" && !other.empty() && (lint::isAtOrAbove(path, other) || lint::isAtOrAbove(other, path));
    };
    const StageState &state = context.states.stage(builder);
    if (state.facts && clash(state.facts->workdir))
        return true;
    for (const StageId stage : state.chain) {
        for (const Instruction &instruction : context.snapshot.instructionsOf(stage)) {
            const std::string &here = *context.states.at(instruction.id).workdir;
            if (instruction.kind == InstructionKind::Workdir
                && clash(lint::joinPath(here, edit::detail::trimmed(instruction.arguments))))
                return true;
            const bool copies = instruction.kind == InstructionKind::Copy || instruction.kind == InstructionKind::Add;
            if (copies && instruction.args.size() > 1 && clash(lint::joinPath(here, instruction.args.back().value)))
                return true;
            if (instruction.kind == InstructionKind::Run && instruction.arguments.find(path) != std::string_view::npos)
                return true;
        }
    }
    return false;
}

struct Plan
{
    Products products;
    std::string prefix;              ///< Where the builder makes it: "" in place, "/rootfs" apart from its own files.
    std::vector<std::string> copied; ///< Of the products' paths, those that need a COPY.
    const Instruction *already = nullptr; ///< The COPY that takes the rest along.
};

std::string copyLines(const FixBuilder &builder, const Snapshot &snapshot, const Plan &plan, const std::string &source)
{
    std::string lines;
    for (const std::string &path : plan.copied) {
        lines += (lines.empty() ? "" : "\n") + builder.keyword("COPY") + " --from=" + source;
        if (!plan.products.chown.empty())
            lines += " --chown=" + plan.products.chown;
        if (!plan.products.chmod.empty())
            lines += " --chmod=" + plan.products.chmod;
        lines += ' ' + edit::detail::copyArguments(snapshot, plan.prefix + path, path);
    }
    return lines;
}

/// What @p run does, as a command that starts in the same folder although the builder's is @p folder; "" when nothing
/// has to be said.
std::string commandElsewhere(const RuleContext &context, const Instruction &run, const std::string &folder)
{
    const std::string &here = *context.states.at(run.id).workdir;
    const bool same = here == folder || (folder.empty() && here == "/");
    if (here.empty() || same || !run.isShellForm() || !run.heredocs.empty())
        return {};
    return "mkdir -p " + here + " && cd " + here + " && "
        + std::string(edit::detail::trimmed(context.snapshot.text().slice(run.argumentsRange)));
}

/// The RUN as it is written in the builder, where @p folder is the working directory.
std::string movedRun(const RuleContext &context, const FixBuilder &builder, const Instruction &run, const Plan &plan,
                     const std::string &folder)
{
    std::string command = plan.products.command;
    if (command.empty() && plan.prefix.empty()) {
        // Nobody knows what it works on: it has to be in the folder that it was written for.
        if (!plan.products.certain)
            command = commandElsewhere(context, run, folder);
        if (command.empty())
            return builder.linesOf(run);
    }
    if (!plan.prefix.empty()) {
        command = "mkdir -p";
        for (const std::string &path : plan.products.paths)
            command += ' ' + plan.prefix + path;
    }
    std::string flags;
    for (const Flag &flag : run.flags)
        flags += std::string(context.snapshot.text().slice(flag.range)) + ' ';
    return builder.commentOf(run) + std::string(run.keyword) + ' ' + flags + command + '\n';
}

std::string join(const std::vector<std::string> &paths)
{
    std::string text;
    for (const std::string &path : paths)
        text += (text.empty() ? "" : " and ") + path;
    return text;
}

/// Behind the builder's last instruction; in front of a USER that could not write there.
void insertInto(const RuleContext &context, FixBuilder &builder, StageId stage, const std::string &text)
{
    const Instruction *last = &context.snapshot.tree().instruction(context.snapshot.graph().stage(stage).from);
    for (const Instruction &instruction : context.snapshot.instructionsOf(stage)) {
        const bool ends = instruction.kind == InstructionKind::User || instruction.kind == InstructionKind::Cmd
            || instruction.kind == InstructionKind::Entrypoint;
        if (ends && edit::detail::trimmed(instruction.arguments) != "root"
            && edit::detail::trimmed(instruction.arguments) != "0") {
            const bool needed
                = std::ranges::any_of(context.snapshot.instructionsOf(stage), [&](const Instruction &later) {
                      return later.id > instruction.id && later.kind == InstructionKind::Run;
                  });
            if (!needed) {
                builder.insertAbove(instruction, text);
                return;
            }
        }
        last = &instruction;
    }
    builder.insertBelow(*last, text);
}

/// What stands above @p run in its stage and has to be there too when it works on files: folders, settings, copies, and
/// earlier commands that cannot start here either.
std::vector<std::string> instructionsAbove(const RuleContext &context, const FixBuilder &builder,
                                           const Instruction &run)
{
    std::vector<std::string> lines;
    for (const Instruction &above : context.snapshot.instructionsOf(context.snapshot.graph().stageOf(run.id))) {
        using enum InstructionKind;
        const bool runs
            = above.kind == Run && above.isShellForm() && context.states.at(above.id).shellForm == Known::No;
        if (above.id >= run.id)
            break;
        if (!runs && above.kind != Workdir && above.kind != Arg && above.kind != Env && above.kind != Copy
            && above.kind != Add)
            continue;
        std::string line = builder.linesOf(above);
        while (line.ends_with('\n') || line.ends_with('\r'))
            line.pop_back();
        lines.push_back(std::move(line));
    }
    return lines;
}

/// Whether @p run builds or installs with a tool of the language that @p image is made for: then the files of the
/// project are what it works on, and the tool is there.
bool usesToolOf(const Instruction &run, std::string_view image)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> tools{{
        {"npm", "node"},
        {"yarn", "node"},
        {"pnpm", "node"},
        {"go", "golang"},
        {"cargo", "rust"},
        {"mvn", "maven"},
        {"gradle", "gradle"},
        {"dotnet", "dotnet/sdk"},
    }};
    if (!run.isShellForm() || !run.heredocs.empty())
        return false;
    return std::ranges::any_of(lint::calledCommands(run.arguments), [image](const lint::CalledCommand &command) {
        const std::string program = rules::fileNameOf(command.program().front());
        const auto *tool = std::ranges::find(tools, program, &std::pair<std::string_view, std::string_view>::first);
        return tool != tools.end() && image.find(tool->second) != std::string_view::npos;
    });
}

/// @p above: with what stands above it, since it works on files.
void intoNewStage(const RuleContext &context, const Instruction &run, const Plan &plan, bool above,
                  std::vector<Fix> &out)
{
    const Snapshot &snapshot = context.snapshot;
    const StageId stage = snapshot.graph().stageOf(run.id);
    const StageState &state = context.states.stage(stage);
    const std::string image = context.catalog.builderFor(state.rootReference);
    const auto facts = context.catalog.lookup(image);
    if (image.empty() || !facts || facts->shellFormWorks != Known::Yes || (above && !usesToolOf(run, image)))
        return;
    FixBuilder builder(snapshot);
    const std::string name = edit::freeStageName(snapshot, "build");
    const std::string title = "Make " + join(plan.products.paths) + " in a new stage '" + name + "'";
    const std::string detail = "FROM " + image + ", and COPY --from=" + name + " here";
    if (context.onlyWhether) {
        out.push_back({title, detail, "move-right", {}, plan.products.certain});
        return;
    }
    std::vector<std::string> lines;
    if (above)
        lines = instructionsAbove(context, builder, run);
    std::string moved
        = movedRun(context, builder, run, plan, above ? *context.states.at(run.id).workdir : facts->workdir);
    while (moved.ends_with('\n') || moved.ends_with('\r'))
        moved.pop_back();
    lines.push_back(std::move(moved));
    const auto added = edit::addStage(
        snapshot, {.base = image, .name = name, .instructions = std::move(lines), .comment = {}}, indexOf(stage));
    builder.replaceWithComment(run, copyLines(builder, snapshot, plan, name));
    if (!added || !builder.merge(*added))
        return;
    out.push_back(builder.finish(title, detail, "square-plus", plan.products.certain));
}

} // namespace

void moveToBuilder(const RuleContext &context, InstructionId runId, std::vector<Fix> &out)
{
    if (isAnswered(context, out))
        return;
    const Snapshot &snapshot = context.snapshot;
    const Instruction &run = snapshot.tree().instruction(runId);
    const StageId stage = snapshot.graph().stageOf(runId);
    Plan plan;
    plan.products = productsOf(context, run);
    // What is mounted from another stage may not be reachable from there.
    const bool mountsStage = std::ranges::any_of(run.flags, [](const Flag &flag) {
        return flag.name == "mount" && flag.value.find("from=") != std::string_view::npos;
    });
    if (plan.products.paths.empty() || mountsStage)
        return;
    const StageId source = builderFor(context, stage);
    if (source == StageId::None) {
        // In a stage of its own an unknown command finds only what comes along.
        const bool first = context.states.stage(stage).chain.size() == 1;
        plan.copied = plan.products.paths;
        if (plan.products.certain || first)
            intoNewStage(context, run, plan, !plan.products.certain, out);
        return;
    }
    for (const std::string &path : plan.products.paths) {
        if (const Instruction *copy = copiesAlready(context, run, source, path);
            copy && plan.products.chown.empty() && plan.products.chmod.empty())
            plan.already = copy;
        else
            plan.copied.push_back(path);
    }
    if (plan.products.onlyFolders && !plan.copied.empty()
        && std::ranges::any_of(plan.copied, [&](const std::string &path) { return isOccupied(context, source, path); }))
        plan.prefix = "/rootfs";
    if (!plan.prefix.empty())
        plan.copied = plan.products.paths;
    FixBuilder builder(snapshot);
    const std::string name = edit::detail::nameForFrom(snapshot, source).value_or(std::to_string(indexOf(source)));
    const std::string lines = copyLines(builder, snapshot, plan, name);
    insertInto(context, builder, source,
               movedRun(context, builder, run, plan, context.states.stage(source).workdirAtEnd));
    std::string title = "Move to " + rules::stageWords(snapshot, source);
    std::string detail;
    if (lines.empty()) {
        builder.remove(run);
        detail = "COPY in line " + std::to_string(plan.already->firstLine) + " takes the result along";
    } else {
        builder.replaceWithComment(run, lines);
        title += " and copy " + join(plan.copied);
        detail = "adds " + lines.substr(0, lines.find('\n')) + " here";
    }
    out.push_back(builder.finish(std::move(title), std::move(detail), "move-right", plan.products.certain));
}

void runWithoutShell(const RuleContext &context, InstructionId run, std::vector<Fix> &out)
{
    redundantPackages(context, run, out);
    redundantFolder(context, run, out);
    fileAsCopy(context, run, out);
    runAsExecForm(context, run, out);
    moveToBuilder(context, run, out);
    folderAsWorkdir(context, run, out);
}

} // namespace stagewright::fixes
