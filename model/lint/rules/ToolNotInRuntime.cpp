// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "lint/ImagePrograms.h"
#include "lint/InstructionKinds.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/FileTexts.h"
#include "lint/rules/PackageScripts.h"
#include "lint/rules/Rules.h"
#include "lint/rules/RuntimeCommands.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/StartCommands.h"
#include "semantics/ContextFiles.h"

#include <algorithm>
#include <array>
#include <optional>

namespace stagewright::rules {

namespace {

struct MissingTool
{
    std::string program; ///< As written.
    bool asFile = false; ///< The image's runtime takes it for the name of a file.
};

/// Tools that start something else: what they start can be named instead.
bool isStarter(std::string_view name)
{
    static constexpr std::array<std::string_view, 7> names{"npm", "npx", "yarn", "pnpm", "corepack", "pip", "pip3"};
    return std::ranges::find(names, name) != names.end();
}

/// Programs of packages that people start by their names: what npm or pip puts on PATH where one is built. How the
/// runtime starts them without: "-m NAME", or the path to put in front of the name.
std::string_view packageProgram(std::string_view runtime, std::string_view name)
{
    static constexpr std::array<std::string_view, 9> modules{"uvicorn",   "gunicorn",  "flask",   "celery",  "daphne",
                                                             "hypercorn", "streamlit", "alembic", "waitress"};
    static constexpr std::array<std::string_view, 9> scripts{"next", "nest", "nodemon", "pm2",  "pm2-runtime",
                                                             "tsx",  "vite", "ts-node", "serve"};
    if (runtime == "python" && std::ranges::find(modules, name) != modules.end())
        return "-m";
    return runtime == "node" && std::ranges::find(scripts, name) != scripts.end() ? "node_modules/.bin/"
                                                                                  : std::string_view();
}

/// Whether a RUN installs packages into a folder of the project, where a module lies under its own name.
bool installsIntoFolder(const RuleContext &context)
{
    return std::ranges::any_of(context.snapshot.tree().instructions(InstructionKind::Run), [](const Instruction &run) {
        return run.arguments.find("--target") != std::string_view::npos
            || run.arguments.find(" -t ") != std::string_view::npos;
    });
}

/// Whether a COPY names a file or folder of this name, so that the runtime finds it after all. What lies inside a
/// copied folder is not in the text, but nobody calls a file of his own npm.
bool isCopiedByName(const RuleContext &context, StageId stage, std::string_view name)
{
    return std::ranges::any_of(context.states.copies(stage), [name](const CopiedFiles &copy) {
        return fileNameOf(copy.destination) == name
            || std::ranges::any_of(copy.sources,
                                   [name](const std::string &source) { return fileNameOf(source) == name; });
    });
}

/// Whether the build context, where it is known, has what would be at @p path.
bool isInContext(const RuleContext &context, StageId stage, const std::string &path)
{
    return context.snapshot.options().context
        && presenceInContext(context.snapshot.options(), fileText(context, stage, path, InstructionId::None).inContext)
        == ContextFiles::Presence::Present;
}

std::optional<MissingTool> missingTool(const RuleContext &context, const Instruction &instruction,
                                       const StartCommandUse &use)
{
    const StageState &state = context.states.stage(use.stage);
    const std::string program(instruction.args.front().value);
    const std::string name = fileNameOf(program);
    // In scratch a bare name may be for another runtime than runc (WebAssembly); nobody looks into PATH then.
    if (!state.facts || name.empty() || (state.rootKind == BaseKind::Scratch && !program.starts_with('/')))
        return std::nullopt;
    if (instruction.kind == InstructionKind::Cmd) {
        if (!state.entrypointAtEnd.known)
            return std::nullopt;
        const std::vector<std::string> entrypoint = argumentsGoTo(state);
        const std::string_view runtime = entrypoint.empty() ? std::string_view() : runtimeOf(entrypoint.front());
        const bool package = !runtime.empty() && !packageProgram(runtime, program).empty();
        if (!runtime.empty() && (package || lint::isLanguageTool(name))) {
            // SW015 speaks where the entrypoint's own program is named again.
            const bool file = runtimeOf(name) == runtime || (package && installsIntoFolder(context))
                || entrypoint.size() > 2 || state.entrypointAtEnd.setBy != InstructionId::None
                || isCopiedByName(context, use.stage, name)
                || isInContext(context, use.stage, lint::joinPath(state.workdirAtEnd, program));
            return file ? std::nullopt : std::optional(MissingTool{program, true});
        }
        if (!entrypoint.empty())
            return std::nullopt; // mere arguments
    }
    // A relative path counts from the folder in which the container starts.
    std::string path = program;
    if (program.find('/') != std::string::npos && !program.starts_with('/')) {
        if (state.workdirAtEnd.empty())
            return std::nullopt;
        path = lint::joinPath(state.workdirAtEnd, program);
    }
    if (path.find('$') != std::string::npos || context.states.hasProgramAtEnd(use.stage, path) != Known::No)
        return std::nullopt;
    return MissingTool{program, false};
}

/// Where the image has the program after all; "" where it has not.
std::string elsewhere(const StageState &state, std::string_view name)
{
    const bool same = state.facts->entrypoint && !state.facts->entrypoint->empty()
        && fileNameOf(state.facts->entrypoint->front()) == name;
    return same ? state.facts->entrypoint->front() : std::string();
}

/// How the runtime that the container starts says that it has no such file.
std::string noSuchFile(const StageState &state, const std::string &file)
{
    const std::string_view runtime = runtimeOf(state.entrypointAtEnd.words.front());
    const std::string path = lint::joinPath(state.workdirAtEnd, file);
    if (runtime == "java")
        return "Error: Unable to access jarfile " + file;
    return runtime == "python" ? "can't open file '" + path + "': [Errno 2] No such file or directory"
                               : "Error: Cannot find module '" + path + "'";
}

std::string howWords(const RuleContext &context, const Instruction &instruction, const StartCommandUse &use,
                     const MissingTool &tool, const std::string &there)
{
    const StageState &state = context.states.stage(use.stage);
    const std::string name = fileNameOf(tool.program);
    if (const auto script = packageScript(context, use.stage, instruction)) {
        const std::string words = '"' + script->name + "\" in " + script->file + " stands for\n\n    " + script->command
            + "\n\nWrite that instead";
        return script->arguments.empty()
            ? words + ", with the path of its program in node_modules: there is no " + name + " to look it up."
            : words
                + (state.facts->entrypoint && !state.facts->entrypoint->empty()
                       ? "; the image starts node by itself, so what follows node is enough."
                       : ".");
    }
    if (!there.empty())
        return "Give the whole path, [\"" + there
            + "\", …], or leave ENTRYPOINT to the image and write CMD with what "
              "follows.";
    const std::string_view runtime
        = state.entrypointAtEnd.words.empty() ? std::string_view() : runtimeOf(state.entrypointAtEnd.words.front());
    if (const std::string_view way = packageProgram(runtime, name); way == "-m")
        return "Start the module: CMD [\"-m\", \"" + name
            + "\", …]. Python has to find it: put the folder of its packages "
              "into PYTHONPATH.";
    else if (!way.empty())
        return "Name the file: CMD [\"" + std::string(way) + name + "\", …], where npm puts a link to it.";
    if (isStarter(name) && state.facts->entrypoint && !state.facts->entrypoint->empty())
        return "Write what " + name
            + " starts. What stands behind \"start\" in package.json is a command such as node "
              "server.js; the image starts node by itself, so CMD [\"server.js\"] is enough.";
    if (isStarter(name))
        return "Write what " + name + " starts: the program itself, with its path, or the runtime and a script.";
    if (name == "python")
        return "Write python3, where that is in the image, or start from an image with Python.";
    return "Start from an image with " + name + ", or copy the program into this one.";
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    using enum InstructionKind;
    for (const Instruction &instruction : lint::instructionsOf(context.snapshot.tree(), Cmd, Entrypoint)) {
        if (!instruction.execForm || instruction.args.empty())
            continue;
        const auto use = whereStarted(context, instruction);
        const auto tool = use ? missingTool(context, instruction, *use) : std::nullopt;
        if (!tool)
            continue;
        const StageState &state = context.states.stage(use->stage);
        const std::string keyword(keywordOf(instruction.kind));
        const std::string there = elsewhere(state, fileNameOf(tool->program));
        Diagnostic d = diagnosticFor(context, instruction, severityOf(state, *use, Severity::Error));
        d.range = instruction.args.front().range;
        d.title = there.empty() ? tool->program + " is not in this image" : tool->program + " is not found by its name";
        d.message = keyword + ' ' + commandWords(instruction) + " wants " + tool->program + ", and " + imageWords(state)
            + (there.empty() ? " does not have it." : " has it only at " + there + ", which is not on PATH.");
        d.why = there.empty() ? imageWords(state) + " holds what runs a finished program. " + tool->program
                + " is for building one, or belongs to another image."
                              : "A name without a slash is looked for in the folders of PATH.";
        if (tool->asFile && context.states.hasProgramAtEnd(use->stage, tool->program) != Known::No) {
            d.title = fileNameOf(state.entrypointAtEnd.words.front()) + " takes " + tool->program + " for a file";
            d.message = entrypointWords(state) + ", so CMD " + commandWords(instruction)
                + " makes it look for a file called " + tool->program + '.';
            d.why = "Whether or not " + tool->program + " is in the image: nothing starts it here.";
        }
        if (state.rootKind == BaseKind::Scratch)
            d.why = "Nothing above puts a file of this name into the image.";
        if (tool->asFile)
            d.why += " The image's entrypoint gets CMD as its arguments, so the container starts\n\n    "
                + joined(state.entrypointAtEnd.words) + ' ' + joined(state.cmdAtEnd.words)
                + "\n\nand looks for a file of that name. The build goes through; the container stops at once:\n\n    "
                + noSuchFile(state, tool->program);
        else
            d.why += " The build goes through; the container does not start:\n\n    " + execError(tool->program);
        d.why += chainWords(context.snapshot, state) + notDecisive(context, *use);
        d.how = howWords(context, instruction, *use, *tool, there);
        d.hint = "no " + fileNameOf(tool->program) + " here";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &instruction = context.snapshot.tree().instruction(diagnostic.instruction);
    const auto use = whereStarted(context, instruction);
    if (!use)
        return;
    const StageState &state = context.states.stage(use->stage);
    const std::string name = fileNameOf(instruction.args.front().value);
    if (const std::string there = elsewhere(state, name); !there.empty()) {
        checks::offerReplace(out, instruction.args.front().range, '"' + there + '"', "Write " + there,
                             "where the image has it");
        return;
    }
    const std::string_view runtime
        = state.entrypointAtEnd.words.empty() ? std::string_view() : runtimeOf(state.entrypointAtEnd.words.front());
    if (const std::string_view way = packageProgram(runtime, name); !way.empty()) {
        const std::string text = way == "-m" ? "\"-m\", \"" + name + '"' : '"' + std::string(way) + name + '"';
        checks::offerReplace(out, instruction.args.front().range, text, "Write " + text,
                             "as " + std::string(runtime) + " starts it", false);
        return;
    }
    const auto script = packageScript(context, use->stage, instruction);
    if (script && !script->arguments.empty()) {
        // Behind the image's node only what follows it; else the program with its path.
        const std::string node = elsewhere(state, "node");
        std::vector<std::string> words = script->arguments;
        const bool isArgument = instruction.kind == InstructionKind::Cmd && !argumentsGoTo(state).empty();
        if (!isArgument && node.empty() && context.states.hasProgramAtEnd(use->stage, "node") == Known::No)
            return;
        if (!isArgument)
            words.insert(words.begin(), node.empty() ? "node" : node);
        const std::string text = lint::jsonList(words);
        checks::offerReplace(out, instruction.argumentsRange, text, "Write " + text,
                             "what \"" + script->name + "\" stands for");
        return;
    }
    if (name == "python" && context.states.hasProgramAtEnd(use->stage, "python3") == Known::Yes) {
        checks::offerReplace(out, instruction.args.front().range, "\"python3\"", "Write python3",
                             "as the image calls it");
        return;
    }
}

} // namespace

const Rule toolNotInRuntime{
    .id = "SW017",
    .name = "tool-not-in-runtime",
    .severity = Severity::Error,
    .summary = "CMD or ENTRYPOINT starts a program (npm, python, sh …) that the image does not have",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
