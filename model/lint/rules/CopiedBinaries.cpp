// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/CopiedBinaries.h"

#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/fixes/Packages.h"
#include "lint/rules/ImageUses.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace stagewright::rules {

namespace {

bool startsNothing(const StageState &state)
{
    return state.rootKind == BaseKind::Scratch && state.entrypointAtEnd.isNothing() && state.cmdAtEnd.isNothing();
}

/// Starters that hand over to the program behind them.
bool isStarter(std::string_view name)
{
    return name == "tini" || name == "dumb-init" || name == "catatonit" || name == "tini-static";
}

/// What the containers of stages and of those built upon them start. Most files copy nothing that asks.
class Started
{
public:
    explicit Started(const RuleContext &context)
        : m_context(context)
    {
    }

    bool isStarted(StageId stage, const CopiedBinary &binary)
    {
        if (m_users.empty())
            collect();
        return std::ranges::any_of(m_users[indexOf(stage)], [&](StageId user) {
            auto &paths = m_paths[indexOf(user)];
            if (!paths)
                paths = startedPaths(m_context, user);
            return std::ranges::any_of(*paths, [&](const std::string &path) {
                return binary.product.folder ? lint::isAtOrAbove(binary.path, path) : binary.path == path;
            });
        });
    }

private:
    void collect()
    {
        constexpr std::size_t most = 64; // stages that are built upon one; nobody reads more about a file
        const auto stages = m_context.snapshot.graph().stages();
        m_users.resize(stages.size());
        m_paths.resize(stages.size());
        for (const Stage &stage : stages) {
            const StageState &state = m_context.states.stage(stage.id);
            if (!state.decisive)
                continue;
            for (const StageId part : state.chain) {
                if (m_users[indexOf(part)].size() >= most)
                    break;
                m_users[indexOf(part)].push_back(stage.id);
            }
        }
    }

    const RuleContext &m_context;
    std::vector<std::vector<StageId>> m_users; ///< By stage, the decisive stages that it is part of.
    std::vector<std::optional<std::vector<std::string>>> m_paths;
};

} // namespace

bool BinaryUse::isProgram() const
{
    using enum lint::ProductKind;
    const lint::ProductKind kind = binary.product.kind;
    return kind != NodeModules && kind != PythonPackages && kind != PythonEnvironment && kind != SharedLibrary;
}

std::vector<std::string> startedPaths(const RuleContext &context, StageId stage)
{
    const StageState &state = context.states.stage(stage);
    const StartWords &words = state.entrypointAtEnd.words.empty() ? state.cmdAtEnd : state.entrypointAtEnd;
    if (!state.entrypointAtEnd.known || !words.known || words.words.empty())
        return {};
    std::vector<std::string> command = words.words;
    if (words.shellForm)
        command = lint::readExecForm(words.words.back()).words;
    std::size_t first = 0;
    while (first < command.size()
           && (isStarter(fileNameOf(command[first])) || (first > 0 && command[first].starts_with('-'))))
        ++first;
    if (first >= command.size() || command[first].find('$') != std::string::npos)
        return {};
    const std::string &program = command[first];
    if (program.find('/') != std::string::npos)
        return {lint::joinPath(state.workdirAtEnd, program)};
    const EnvValue *path = context.states.envAtEnd(stage, "PATH");
    std::vector<std::string> paths = lint::programPaths(program, state.facts, path ? path->value : std::string());
    paths.push_back("/usr/bin/" + program);
    paths.push_back("/usr/sbin/" + program);
    return paths;
}

void eachBinary(const RuleContext &context, const std::function<void(const BinaryUse &)> &each)
{
    const BuildGraph &graph = context.snapshot.graph();
    const auto stages = graph.stages();
    // Most files copy nothing from other stages, or only within one system.
    if (graph.references().empty())
        return;
    Started started(context);
    for (const Stage &stage : stages) {
        const StageState &state = context.states.stage(stage.id);
        if (startsNothing(state))
            continue;
        for (const CopiedBinary &binary : context.states.binaries(stage.id)) {
            if (graph.stageOf(binary.copy) != stage.id)
                continue; // told where it stands
            const Instruction &copy = context.snapshot.tree().instruction(binary.copy);
            if (copy.kind != InstructionKind::Copy)
                continue; // a trigger of the base
            each({copy, state, stage.id, binary, context.states.traits(stage.id), started.isStarted(stage.id, binary)});
        }
    }
}

std::vector<BinaryUse> mostTelling(std::vector<BinaryUse> uses)
{
    const auto rank = [](const BinaryUse &use) {
        return (use.started ? 8 : 0) + (use.isProgram() ? 4 : 0)
            + (use.binary.product.linking == lint::Linking::Dynamic ? 2 : 0) + (use.binary.product.native ? 1 : 0);
    };
    std::vector<BinaryUse> kept;
    std::map<InstructionId, int> best;
    for (const BinaryUse &use : uses) {
        const auto [it, fresh] = best.try_emplace(use.copy.id, rank(use));
        it->second = fresh ? it->second : std::max(it->second, rank(use));
    }
    for (const BinaryUse &use : uses) {
        const auto it = best.find(use.copy.id);
        if (it == best.end() || it->second != rank(use))
            continue;
        kept.push_back(use);
        best.erase(it);
    }
    return kept;
}

std::string productWords(const CopiedBinary &binary)
{
    const lint::BuildProduct &product = binary.product;
    const std::string made
        = product.command.empty() || product.run == InstructionId::None ? "" : " (" + product.command + ')';
    using enum lint::ProductKind;
    switch (product.kind) {
    case NodeModules:
    case PythonPackages: return binary.path + made;
    case PythonEnvironment: return "the environment " + binary.path + made;
    case SharedLibrary: return (product.folder ? "the libraries in " : "the library ") + binary.path + made;
    case JavaRuntime: return "the Java runtime " + binary.path + made;
    default: break;
    }
    if (product.folder)
        return "what " + product.command + " makes in " + product.path;
    return "the program " + binary.path + made;
}

std::string systemWords(const ImageTraits &traits, const std::string &image)
{
    const std::string name = traits.release.title.empty() ? image : traits.release.title;
    return traits.libc.empty() || traits.libc == "none" ? name : name + ", " + traits.libc;
}

namespace {

/// @p tag without words that name a distribution or its release.
std::string withoutRelease(std::string_view tag, const ImageRelease &release)
{
    std::string result;
    while (!tag.empty()) {
        const std::size_t dash = tag.find('-');
        const std::string_view word = tag.substr(0, dash);
        tag.remove_prefix(dash == std::string_view::npos ? tag.size() : dash + 1);
        const bool names = word == release.name || word.starts_with(release.distribution);
        if (names || word.empty())
            continue;
        result += (result.empty() ? "" : "-") + std::string(word);
    }
    return result;
}

/// Tags of the same version for another system, best first.
std::vector<std::string> tagsFor(const std::string &tag, const ImageTraits &from, const ImageTraits &to)
{
    std::string version = tag == "latest" ? std::string() : withoutRelease(tag, from.release);
    const bool slim = version == "slim" || version.ends_with("-slim");
    std::vector<std::string> tags;
    const auto with = [&](const std::string &base, const std::string &suffix) {
        tags.push_back(base.empty() ? suffix : suffix.empty() ? base : base + '-' + suffix);
    };
    if (slim)
        version = version == "slim" ? std::string() : version.substr(0, version.size() - 5);
    if (to.libc == "musl") {
        with(version, "alpine");
        return tags;
    }
    const std::string &name = to.release.name;
    if (name.empty()) {
        with(version, slim ? "slim" : "");
        return tags;
    }
    if (slim) {
        with(version, name + "-slim");
        with(version, "slim-" + name);
    }
    with(version, name);
    return tags;
}

/// A package manager's name in some RUN of the stage's chain: what it installs is called otherwise elsewhere.
bool installsPackages(const RuleContext &context, const StageState &state)
{
    for (const StageId part : state.chain) {
        for (const Instruction &run : context.snapshot.instructionsOf(part)) {
            if (run.kind == InstructionKind::Run && (!run.heredocs.empty() || fixes::packagesIn(run.arguments).uses))
                return true;
        }
    }
    return false;
}

} // namespace

void buildOnSameSystem(const RuleContext &context, const BinaryUse &use, std::vector<Fix> &out)
{
    if (use.binary.madeIn == StageId::None || !use.binary.product.libc.empty())
        return;
    const StageState &builder = context.states.stage(use.binary.madeIn);
    const StageBase &base = context.snapshot.graph().stage(builder.chain.back()).base;
    const ImageTraits &from = *use.binary.madeOn;
    if (base.kind != BaseKind::Image || base.written != base.resolved
        || base.written.find_first_of("$@") != std::string_view::npos
        || (from.libc != use.target.libc && installsPackages(context, builder)))
        return;
    const std::string name(base.written);
    const std::string tag = tagOf(name).empty() ? "latest" : tagOf(name);
    for (const std::string &candidate : tagsFor(tag, from, use.target)) {
        const std::string now = repositoryOf(name) + (candidate.empty() ? "" : ':' + candidate);
        const auto facts = context.catalog.lookup(now);
        const ImageTraits &traits = context.states.traits(now);
        const bool fits = facts && !facts->byNameOnly && facts->status != ImageStatus::NeverPublished
            && facts->status != ImageStatus::EndOfLife && traits.libc == use.target.libc
            && (use.target.release.name.empty() || traits.release.name == use.target.release.name);
        if (!fits || now == name)
            continue;
        checks::offerReplace(out, base.range, now, "Build on " + now,
                             "the same system as " + use.state.rootName + "; test it, other packages may be in it",
                             false);
        return;
    }
}

} // namespace stagewright::rules
