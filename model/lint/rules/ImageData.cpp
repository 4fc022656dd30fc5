// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/ImageData.h"

#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "lint/ImagePrograms.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/ImageUses.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>

namespace stagewright::rules {

namespace {

std::string_view languageOf(const lint::CalledCommand &command)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 2> compilers{
        {{"go", "Go"}, {"cargo", "Rust"}}};
    const auto words = command.program();
    const std::string name = fileNameOf(words.front());
    for (const auto &[program, language] : compilers) {
        if (name == program && words.size() > 1 && (words[1] == "build" || words[1] == "install"))
            return language;
    }
    return {};
}

} // namespace

std::string_view compiledIn(const RuleContext &context, StageId stage)
{
    const StageState &state = context.states.stage(stage);
    for (const StageId id : state.chain) {
        for (const Instruction &run : context.snapshot.instructionsOf(id)) {
            if (run.kind != InstructionKind::Run)
                continue;
            for (const lint::CalledCommand &command : context.states.commands(run.arguments)) {
                if (const std::string_view language = languageOf(command); !language.empty())
                    return language;
            }
        }
    }
    const std::string image = fileNameOf(repositoryOf(state.rootReference));
    return image == "golang" ? "Go" : image == "rust" ? "Rust" : std::string_view();
}

std::optional<BuiltProgram> builtProgram(const RuleContext &context, StageId stage)
{
    const StageState &state = context.states.stage(stage);
    const StartWords &start = state.entrypointAtEnd.words.empty() ? state.cmdAtEnd : state.entrypointAtEnd;
    if (start.setBy == InstructionId::None || start.words.empty())
        return std::nullopt;
    std::string program = start.words.front();
    if (start.shellForm) {
        const auto commands = lint::calledCommands(start.words.back());
        if (commands.empty())
            return std::nullopt;
        program = std::string(commands.front().program().front());
    }
    std::vector<std::string> paths{lint::joinPath(state.workdirAtEnd, program)};
    if (program.find('/') == std::string::npos)
        paths = lint::programPaths(program, state.facts);
    for (const std::string &path : paths) {
        std::string at = path;
        StageId in = stage;
        constexpr int longestWay = 4; // a file is rarely handed on more often
        for (int step = 0; step < longestWay; ++step) {
            const auto origin = context.states.originOf(in, InstructionId::None, at);
            if (!origin || origin->copy.from == StageId::None)
                break;
            in = origin->copy.from;
            at = origin->path;
            if (const std::string_view language = compiledIn(context, in); !language.empty())
                return BuiltProgram{in, path, language};
        }
    }
    return std::nullopt;
}

bool installs(const RuleContext &context, StageId stage, std::string_view package)
{
    for (const StageId id : context.states.stage(stage).chain) {
        for (const Instruction &run : context.snapshot.instructionsOf(id)) {
            if (run.kind != InstructionKind::Run || run.arguments.find(package) == std::string_view::npos)
                continue;
            for (const lint::CalledCommand &command : context.states.commands(run.arguments)) {
                const auto words = command.program();
                const bool manager = !lint::packageManagerOf(fileNameOf(words.front())).empty();
                if (manager && std::ranges::find(words, package) != words.end())
                    return true;
            }
        }
    }
    return false;
}

void copyData(const RuleContext &context, StageId stage, StageId builder, std::string_view key, std::vector<Fix> &out)
{
    const lint::DataPackage *data = lint::dataPackage(key);
    if (!data || builder == StageId::None || fixes::isAnswered(context, out)
        || context.states.hasDataAtEnd(builder, key) != Known::Yes)
        return;
    const Instruction *last = &context.snapshot.tree().instruction(context.snapshot.graph().stage(stage).from);
    for (const Instruction &instruction : context.snapshot.instructionsOf(stage)) {
        if (instruction.kind == InstructionKind::Copy)
            last = &instruction;
    }
    const Stage &source = context.snapshot.graph().stage(builder);
    const std::string name = source.name.empty() ? std::to_string(indexOf(builder)) : source.displayName;
    fixes::FixBuilder edits(context.snapshot);
    const std::string path(data->path);
    const std::string line = edits.keyword("COPY") + " --from=" + name + ' ' + path + ' ' + path;
    edits.insertBelow(*last, line);
    out.push_back(edits.finish("Copy the " + std::string(data->words), "adds " + line, "files", true));
}

void extraTag(const RuleContext &context, StageId stageId, std::vector<Fix> &out)
{
    const Stage &stage = context.snapshot.graph().stage(context.states.stage(stageId).chain.back());
    const std::string written(stage.base.written);
    if (fixes::isAnswered(context, out) || stage.base.kind != BaseKind::Image
        || written.find_first_of("$@") != std::string::npos || tagOf(written).empty())
        return;
    const std::string better = written + "-extra";
    const auto facts = context.catalog.lookup(better);
    if (!facts || facts->status == ImageStatus::NeverPublished)
        return;
    if (const auto icu = facts->provides.find("icu"); icu != facts->provides.end() && icu->second)
        checks::offerReplace(out, stage.base.range, better, "Use " + better, "the same image with ICU and time zones",
                             false);
}

} // namespace stagewright::rules
