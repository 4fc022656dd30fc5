// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/SplitStage.h"

#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "lint/LooseCommands.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/PrivilegedPort.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace stagewright::fixes {

namespace {

/// The image of a language in which it is built, by the last word of its repository.
struct Language
{
    std::string_view repository;
    std::string_view name;
};

std::string_view languageOf(std::string_view reference)
{
    static constexpr std::array<Language, 9> languages{{
        {"docker.io/library/node", "Node"},
        {"docker.io/library/golang", "Go"},
        {"docker.io/library/python", "Python"},
        {"docker.io/library/rust", "Rust"},
        {"docker.io/library/maven", "Java"},
        {"docker.io/library/gradle", "Java"},
        {"docker.io/library/eclipse-temurin", "Java"},
        {"docker.io/library/openjdk", "Java"},
        {"mcr.microsoft.com/dotnet/sdk", ".NET"},
    }};
    const std::string_view repository = reference.substr(0, reference.find_first_of(":@", reference.rfind('/') + 1));
    const auto found = std::ranges::find(languages, repository, &Language::repository);
    if (found != languages.end())
        return found->name;
    return repository == "docker.io/library/amazoncorretto" ? "Java" : std::string_view();
}

/// A command that makes or installs what the container needs.
bool builds(const std::vector<std::string> &command)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 33> known{{
        {"npm", "ci"},      {"npm", "install"},    {"npm", "i"},        {"npm", "run"},        {"yarn", ""},
        {"pnpm", ""},       {"npx", ""},           {"go", "build"},     {"go", "install"},     {"go", "mod"},
        {"pip", "install"}, {"pip3", "install"},   {"python", "-m"},    {"python3", "-m"},     {"uv", ""},
        {"poetry", ""},     {"pipenv", ""},        {"cargo", "build"},  {"cargo", "install"},  {"mvn", ""},
        {"mvnw", ""},       {"gradle", ""},        {"gradlew", ""},     {"javac", ""},         {"ant", ""},
        {"sbt", ""},        {"dotnet", "publish"}, {"dotnet", "build"}, {"dotnet", "restore"}, {"make", ""},
        {"tsc", ""},        {"bun", ""},           {"bundle", ""},
    }};
    const std::string program = rules::fileNameOf(command.front());
    return std::ranges::any_of(known, [&](const auto &one) {
        return one.first == program && (one.second.empty() || std::ranges::find(command, one.second) != command.end());
    });
}

/// What the container starts: the document's ENTRYPOINT and CMD; a script that the image has as entrypoint hands over.
void readStart(SplitSource &source)
{
    const StageState &state = source.state;
    for (const InstructionId id : {state.entrypoint, state.cmd}) {
        if (id == InstructionId::None)
            continue;
        const Instruction &instruction = source.context.snapshot.tree().instruction(id);
        if (!instruction.isShellForm()) {
            for (const Argument &argument : instruction.args)
                source.start.emplace_back(argument.value);
            continue;
        }
        // A pattern for a jar needs a shell only to find its one file; COPY can do that as well.
        lint::ExecForm words = lint::readExecForm(instruction.arguments);
        if (!words.refusal.empty()
            && instruction.arguments.find_first_of("$`|&;<>?[{~\\\"'") == std::string_view::npos) {
            std::vector<lint::Words> commands = lint::looseCommands(instruction.arguments);
            if (commands.size() == 1)
                words = {commands.front(), {}};
        }
        if (!words.refusal.empty()) {
            source.start.clear();
            source.startRefusal = std::string(keywordOf(instruction.kind)) + " needs a shell: " + words.refusal;
            return;
        }
        source.start.insert(source.start.end(), words.words.begin(), words.words.end());
    }
    if (source.start.empty())
        source.startRefusal = "neither ENTRYPOINT nor CMD says what the container starts";
}

/// Variables that only matter while something is built.
bool isForBuilding(std::string_view name)
{
    static constexpr std::array<std::string_view, 24> prefixes{
        "CGO_",        "GOOS",   "GOARCH", "GOFLAGS", "GOPROXY", "GOPATH",          "GOCACHE",     "GOMODCACHE",
        "GO111MODULE", "CARGO_", "RUST",   "MAVEN_",  "MVN_",    "GRADLE_",         "NPM_CONFIG_", "npm_config_",
        "YARN_",       "PNPM_",  "PIP_",   "POETRY_", "UV_",     "DEBIAN_FRONTEND", "NUGET_",      "DOTNET_CLI_"};
    return name == "PATH"
        || std::ranges::any_of(prefixes, [&](std::string_view prefix) { return name.starts_with(prefix); });
}

std::string envLine(const FixBuilder &builder, const std::string &name, const std::string &value)
{
    std::string text;
    for (const char c : value) {
        if (c == '"' || c == '\\')
            text += '\\';
        text += c;
    }
    const bool quoted = value.empty() || value.find_first_of(" \t\"'\\") != std::string::npos;
    return builder.keyword("ENV") + ' ' + name + '=' + (quoted ? '"' + text + '"' : value) + '\n';
}

/// Where the instructions of the stage go.
struct Parts
{
    std::string moved;                     ///< Into the runtime stage, whole lines.
    std::vector<const Instruction *> gone; ///< Out of the build stage.
    std::string dropped;                   ///< Named in the fix's detail.
    std::string ports;                     ///< The same for ports that changed.
};

/// The lines of an EXPOSE for a stage that does not run as root: ports that only root may open go up.
std::string exposeLines(const Instruction &expose, const FixBuilder &builder, std::string &changed)
{
    std::string line = builder.keyword("EXPOSE");
    bool any = false;
    for (const Argument &argument : expose.args) {
        const std::string better = rules::higherPortFor(argument.value);
        line += ' ' + (better.empty() ? std::string(argument.value) : better);
        any = any || !better.empty();
        if (!better.empty())
            changed = "EXPOSE " + std::string(argument.value) + " becomes " + better
                + ", which needs no root: let the program listen there.";
    }
    return any ? builder.commentOf(expose) + line + '\n' : builder.linesOf(expose);
}

Parts sortInstructions(const SplitSource &source, const SplitPlan &plan, const FixBuilder &builder)
{
    const auto runtime = source.context.catalog.lookup(plan.runtime);
    const UserState &user = source.state.userAtEnd;
    const bool root = user.setBy == InstructionId::None ? runtime && runtime->uid == 0U : user.isRoot();
    Parts parts;
    for (const Instruction &instruction : source.context.snapshot.instructionsOf(source.stage)) {
        switch (instruction.kind) {
        case InstructionKind::Cmd:
        case InstructionKind::Entrypoint: parts.gone.push_back(&instruction); break;
        case InstructionKind::Healthcheck:
            // Such a check asks with curl or a shell; neither is there any more.
            parts.gone.push_back(&instruction);
            if (!instruction.args.empty() && instruction.args.front().value != "NONE")
                parts.dropped = "HEALTHCHECK is left out: its program is not in the runtime image.";
            break;
        case InstructionKind::Expose:
        case InstructionKind::Label:
        case InstructionKind::Stopsignal:
        case InstructionKind::Volume: {
            parts.gone.push_back(&instruction);
            std::string lines = instruction.kind == InstructionKind::Expose && !root
                ? exposeLines(instruction, builder, parts.ports)
                : builder.linesOf(instruction);
            std::erase(lines, '\r');
            parts.moved += lines;
            if (!parts.moved.ends_with('\n'))
                parts.moved += '\n';
            break;
        }
        default: break;
        }
    }
    return parts;
}

std::string environment(const SplitSource &source, const SplitPlan &plan, const FixBuilder &builder)
{
    std::vector<const EnvValue *> values;
    for (const EnvValue *value = source.state.envAtEnd; value; value = value->previous) {
        const bool newer
            = std::ranges::any_of(values, [&](const EnvValue *other) { return other->name == value->name; });
        const bool planned = std::ranges::any_of(plan.env, [&](const auto &own) { return own.first == value->name; });
        if (!newer && !planned && value->known && !isForBuilding(value->name))
            values.push_back(value);
    }
    std::string lines;
    for (auto it = values.rbegin(); it != values.rend(); ++it)
        lines += envLine(builder, (*it)->name, (*it)->value);
    for (const auto &[name, value] : plan.env)
        lines += envLine(builder, name, value);
    return lines;
}

std::string runtimeStage(const SplitSource &source, const SplitPlan &plan, const FixBuilder &builder,
                         const Parts &parts, const std::string &buildName, const std::string &ownName)
{
    const Snapshot &snapshot = source.context.snapshot;
    std::string text = builder.keyword("FROM") + ' ' + plan.runtime
        + (ownName.empty() ? std::string() : ' ' + builder.keyword("AS") + ' ' + ownName) + '\n';
    text += environment(source, plan, builder);
    if (source.workdir.size() > 1)
        text += builder.keyword("WORKDIR") + ' ' + source.workdir + '\n';
    for (const auto &[from, to] : plan.copies)
        text += builder.keyword("COPY") + " --from=" + buildName + ' ' + edit::detail::copyArguments(snapshot, from, to)
            + '\n';
    text += parts.moved;
    const UserState &user = source.state.userAtEnd;
    if (user.setBy != InstructionId::None && user.known && user.isNumber() && !user.isRoot())
        text += builder.keyword("USER") + ' ' + user.user + (user.group.empty() ? "" : ":" + user.group) + '\n';
    if (!plan.entrypoint.empty())
        text += builder.keyword("ENTRYPOINT") + ' ' + lint::jsonList(plan.entrypoint) + '\n';
    if (!plan.cmd.empty())
        text += builder.keyword("CMD") + ' ' + lint::jsonList(plan.cmd) + '\n';
    return text;
}

} // namespace

const std::vector<std::string> *SplitSource::command(std::initializer_list<std::string_view> words) const
{
    for (const std::vector<std::string> &one : commands) {
        std::size_t i = 0;
        const bool same = words.size() <= one.size() && std::ranges::all_of(words, [&](std::string_view word) {
                              const std::string own = i == 0 ? rules::fileNameOf(one[i]) : one[i];
                              ++i;
                              return own == word;
                          });
        if (same)
            return &one;
    }
    return nullptr;
}

bool SplitSource::isAlpine() const
{
    return state.facts && state.facts->libc == "musl";
}

std::string SplitSource::env(std::string_view name) const
{
    const EnvValue *value = context.states.envAtEnd(stage, name);
    return value ? value->value : std::string();
}

std::optional<SplitSource> splitSource(const RuleContext &context, StageId stageId)
{
    const StageState &state = context.states.stage(stageId);
    if (!state.decisive || state.builtUpon || state.rootKind != BaseKind::Image || state.chain.size() != 1)
        return std::nullopt;
    const std::string_view language = languageOf(state.rootReference);
    if (language.empty() || state.sharesFiles)
        return std::nullopt;
    SplitSource source{context, stageId, state, language, {}, {}, state.workdirAtEnd, {}, {}, {}};
    for (const Instruction &instruction : context.snapshot.instructionsOf(stageId)) {
        if (instruction.kind == InstructionKind::Run)
            std::ranges::move(lint::looseCommands(context.snapshot.text(), instruction),
                              std::back_inserter(source.commands));
        if (instruction.kind == InstructionKind::Onbuild)
            return std::nullopt; // made for others to build on
    }
    readStart(source);
    const bool started = !source.start.empty() && builds(source.start);
    if (!started && std::ranges::none_of(source.commands, builds))
        return std::nullopt;
    const std::string_view reference = state.rootReference;
    const std::size_t colon = reference.find(':', reference.rfind('/') + 1);
    source.tag = colon == std::string_view::npos ? std::string() : std::string(reference.substr(colon + 1));
    source.runtime = context.catalog.runtimeFor(reference);
    return source;
}

void splitStage(const SplitSource &source, const SplitPlan &plan, std::vector<Fix> &out)
{
    if (!plan.refusal.empty())
        return;
    const Snapshot &snapshot = source.context.snapshot;
    const Stage &stage = snapshot.graph().stage(source.stage);
    const std::string buildName = edit::freeStageName(snapshot, "build");
    const std::string title = "Split into build and runtime (" + plan.runtime + ")";
    if (source.context.onlyWhether) {
        out.push_back({title, {}, "square-plus", {}, false});
        return;
    }
    FixBuilder builder(snapshot);
    const Parts parts = sortInstructions(source, plan, builder);
    // What was asked for by name is what runs, so the name goes with it.
    if (stage.name.empty())
        builder.replace(stage.nameRange, ' ' + builder.keyword("AS") + ' ' + buildName);
    else
        builder.replace(stage.nameRange, buildName);
    if (!plan.builder.empty())
        builder.replace(stage.base.range, plan.builder);
    const Instruction &from = snapshot.tree().instruction(stage.from);
    for (const std::string &line : plan.buildFirst)
        builder.insertBelow(from, line);
    std::string last;
    for (const std::string &line : plan.buildLast)
        last += line + '\n';
    last += '\n'
        + runtimeStage(source, plan, builder, parts, buildName,
                       stage.displayName.empty() || stage.name.empty() ? "" : stage.displayName);
    const auto instructions = snapshot.instructionsOf(source.stage);
    const Instruction &end = instructions.back();
    bool placed = false;
    for (const Instruction *instruction : parts.gone) {
        placed = placed || instruction == &end;
        if (instruction == &end)
            builder.replaceWithComment(*instruction, last);
        else
            builder.remove(*instruction);
    }
    if (!placed)
        builder.insertBelow(end, last);
    std::string detail = "builds in stage '" + buildName + "', runs on " + plan.runtime;
    for (const std::string_view more :
         {std::string_view(parts.dropped), std::string_view(parts.ports), std::string_view(plan.note)}) {
        if (!more.empty())
            detail += ". " + std::string(more);
    }
    out.push_back(builder.finish(title, detail, "square-plus", false));
}

} // namespace stagewright::fixes
