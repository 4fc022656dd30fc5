// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/ShellStates.h"

#include "lint/FileEffects.h"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

namespace stagewright {

namespace {

/// One instruction that changes files; kept in order per stage.
struct FileEffect
{
    const Instruction *instruction = nullptr;
    InstructionId at = InstructionId::None; ///< Where it takes effect (a trigger: the child's FROM).
    const std::string *workdir = nullptr;
    bool run = false;
};

/// An absolute path, or a name together with every folder where PATH may find it.
std::vector<std::string> candidates(std::string_view program, const std::optional<ImageFacts> &facts)
{
    if (program.find('/') != std::string_view::npos)
        return {std::string(program)};
    std::vector<std::string> paths;
    for (const std::string_view folder : {"/bin/", "/sbin/", "/usr/local/bin/", "/usr/local/sbin/", "/busybox/"})
        paths.push_back(std::string(folder) + std::string(program));
    if (facts && !facts->shell.empty())
        paths.push_back(facts->shell.substr(0, facts->shell.rfind('/') + 1) + std::string(program));
    return paths;
}

std::string_view fileName(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

/// What the image itself brings.
Known imageHas(const std::optional<ImageFacts> &facts, std::string_view program)
{
    if (!facts)
        return Known::Unknown;
    const std::string_view name = fileName(program);
    const bool bare = program.find('/') == std::string_view::npos;
    const std::string path = lint::canonicalProgram(program);
    if (!facts->shell.empty() && (path == lint::canonicalProgram(facts->shell) || (bare && name == fileName(facts->shell))))
        return Known::Yes;
    if (path == "/bin/sh" && facts->shellFormWorks != Known::Unknown)
        return facts->shellFormWorks;
    if (name == "sh" && bare && facts->shellFormWorks == Known::Yes)
        return Known::Yes;
    if (facts->hasShell == Known::No && isShellName(name))
        return Known::No;
    // BusyBox alone, away from /bin: nothing else in the image starts a command line.
    if (!bare && facts->hasShell == Known::Yes && facts->shellFormWorks == Known::No && isShellName(name)
        && facts->shell.starts_with("/busybox/") && !path.starts_with("/busybox/"))
        return Known::No;
    return Known::Unknown;
}

} // namespace

bool isShellName(std::string_view name)
{
    static constexpr std::array<std::string_view, 12> names{"sh", "bash", "ash", "dash", "busybox", "zsh",
                                                            "ksh", "mksh", "fish", "csh", "tcsh", "toybox"};
    return std::ranges::find(names, name) != names.end();
}

struct ShellStates::Data
{
    std::vector<StageState> stages;
    std::vector<InstructionState> states;
    std::vector<std::vector<FileEffect>> effects; ///< Per stage.
    std::vector<lint::Variables> variables;       ///< Per stage, at its end (good enough for paths).
    std::vector<StageId> stageOf;                 ///< Per instruction.
    std::deque<EffectiveShell> shells;            ///< Stable addresses.
    std::deque<std::string> workdirs;
    InstructionState nothing;

    /// Whether the chain up to (not including) @p end in @p stage put @p program into the image.
    [[nodiscard]] Known has(StageId stage, InstructionId end, std::string_view program) const;
};

namespace {

/// What one effect adds to an answer that was @p before.
Known after(Known before, const FileEffect &effect, const std::vector<std::string> &paths, const lint::Variables &variables)
{
    if (before != Known::No)
        return before;
    for (const std::string &path : paths) {
        const Known one = effect.run ? lint::runProvides(*effect.instruction, path)
                                     : lint::copyProvides(*effect.instruction, path, *effect.workdir, variables);
        if (one == Known::Yes)
            return one;
        if (one == Known::Unknown)
            before = one;
    }
    return before;
}

} // namespace

Known ShellStates::Data::has(StageId stage, InstructionId end, std::string_view program) const
{
    const StageState &state = stages[indexOf(stage)];
    Known result = imageHas(state.facts, program);
    if (result != Known::No)
        return result;
    const std::vector<std::string> paths = candidates(program, state.facts);
    for (auto it = state.chain.rbegin(); it != state.chain.rend(); ++it) {
        for (const FileEffect &effect : effects[indexOf(*it)]) {
            if (*it == stage && end != InstructionId::None && effect.at >= end)
                break;
            result = after(result, effect, paths, variables[indexOf(*it)]);
        }
    }
    return result;
}

/// Walks the stages in file order; a base stage always stands before the stages built on it.
class ShellStateBuilder
{
public:
    ShellStateBuilder(const Snapshot &snapshot, const Catalog &catalog)
        : m_snapshot(snapshot), m_catalog(catalog), d(std::make_unique<ShellStates::Data>())
    {
    }

    ShellStates build()
    {
        const auto stages = m_snapshot.graph().stages();
        const auto instructions = m_snapshot.tree().instructions();
        const EffectiveShell &defaultShell = d->shells.emplace_back();
        d->workdirs.emplace_back();
        d->nothing.shell = &defaultShell;
        d->nothing.workdir = &d->workdirs.front();
        d->states.assign(instructions.size(), d->nothing);
        d->stageOf.assign(instructions.size(), StageId::None);
        d->stages.resize(stages.size());
        d->effects.resize(stages.size());
        d->variables.resize(stages.size());
        readGlobalArgs(instructions);
        for (const Stage &stage : stages)
            readStage(stage);
        for (const Stage &stage : stages) {
            StageState &state = d->stages[indexOf(stage.id)];
            state.decisive = stage.isTarget || !state.builtUpon;
        }
        return ShellStates(std::move(d));
    }

private:
    void readGlobalArgs(std::span<const Instruction> instructions)
    {
        for (const Instruction &instruction : instructions) {
            if (instruction.kind == InstructionKind::From)
                return;
            if (instruction.kind == InstructionKind::Arg)
                setArgs(instruction, m_global);
        }
    }

    void setArgs(const Instruction &instruction, lint::Variables &variables) const
    {
        const auto &given = m_snapshot.options().buildArgs;
        for (const Argument &argument : instruction.args) {
            const std::string name(argument.key.empty() ? argument.value : argument.key);
            if (const auto arg = given.find(name); arg != given.end())
                variables[name] = arg->second;
            else if (argument.hasAssigned)
                variables[name] = value(argument.assigned, variables);
            else if (const auto global = m_global.find(name); global != m_global.end())
                variables[name] = global->second;
        }
    }

    static std::string value(std::string_view written, const lint::Variables &variables)
    {
        if (written.size() > 1 && (written.front() == '"' || written.front() == '\'') && written.back() == written.front())
            written = written.substr(1, written.size() - 2);
        return lint::expandKnown(written, variables);
    }

    void readStage(const Stage &stage)
    {
        StageState &state = d->stages[indexOf(stage.id)];
        state.chain = {stage.id};
        m_shell = &d->shells.front();
        const std::string *workdir = &d->workdirs.front();
        if (stage.base.kind == BaseKind::Stage && stage.base.stage < stage.id && stage.base.stage != StageId::None) {
            StageState &parent = d->stages[indexOf(stage.base.stage)];
            parent.builtUpon = true;
            inherit(state, parent);
            d->variables[indexOf(stage.id)] = d->variables[indexOf(stage.base.stage)];
            m_shell = &d->shells.emplace_back(parent.shellAtEnd);
            workdir = &d->workdirs.emplace_back(parent.workdirAtEnd);
        } else {
            readRoot(stage, state);
            workdir = &d->workdirs.emplace_back(state.facts ? state.facts->workdir : std::string());
        }
        m_workdir = workdir;
        m_windows = isWindows(stage);
        if (stage.from != InstructionId::None) {
            d->states[indexOf(stage.from)] = current(state, stage.id, stage.from);
            d->stageOf[indexOf(stage.from)] = stage.id;
        }
        if (stage.base.kind == BaseKind::Stage && stage.base.stage < stage.id && stage.base.stage != StageId::None)
            runTriggers(stage, state);
        for (const Instruction &instruction : m_snapshot.instructionsOf(stage.id)) {
            d->stageOf[indexOf(instruction.id)] = stage.id;
            InstructionState at = current(state, stage.id, instruction.id);
            if (instruction.kind == InstructionKind::Run && at.shellForm == Known::No) {
                for (const std::string &path : candidates(m_shell->program(), state.facts)) {
                    if (lint::mountProvides(instruction, path, *m_workdir, d->variables[indexOf(stage.id)]) != Known::No)
                        at.shellForm = Known::Unknown;
                }
            }
            d->states[indexOf(instruction.id)] = at;
            apply(instruction, instruction.id, state, stage.id, at.shellForm);
        }
        state.shellAtEnd = *m_shell;
        state.workdirAtEnd = *m_workdir;
        state.binShAtEnd = m_windows ? Known::Unknown : d->has(stage.id, InstructionId::None, "/bin/sh");
        m_cache.clear();
    }

    static void inherit(StageState &state, const StageState &parent)
    {
        state.chain.insert(state.chain.end(), parent.chain.begin(), parent.chain.end());
        state.rootKind = parent.rootKind;
        state.rootReference = parent.rootReference;
        state.rootName = parent.rootName;
        state.facts = parent.facts;
        state.entrypoint = parent.entrypoint;
        state.cmd = parent.cmd;
        state.healthcheck = parent.healthcheck;
        state.user = parent.user;
    }

    void readRoot(const Stage &stage, StageState &state) const
    {
        state.rootKind = stage.base.kind;
        state.rootName = stage.base.resolved;
        if (stage.base.kind == BaseKind::Scratch)
            state.rootReference = "scratch";
        else if (stage.base.kind == BaseKind::Image)
            state.rootReference = stage.base.reference;
        if (!state.rootReference.empty())
            state.facts = m_catalog.lookup(state.rootReference);
    }

    [[nodiscard]] bool isWindows(const Stage &stage) const
    {
        const std::string &platform = stage.platform.empty() ? m_snapshot.options().platform : stage.platform;
        return platform.starts_with("windows");
    }

    [[nodiscard]] InstructionState current(const StageState &state, StageId stage, InstructionId at)
    {
        InstructionState result;
        result.shell = m_shell;
        result.user = state.user;
        result.workdir = m_workdir;
        if (m_windows)
            return result;
        result.binSh = cached(stage, at, "/bin/sh");
        result.shellForm = cached(stage, at, m_shell->program());
        return result;
    }

    /// Most instructions change no files, so the answer of the one before still holds.
    Known cached(StageId stage, InstructionId at, std::string_view program)
    {
        if (program.empty())
            return Known::Unknown;
        for (const auto &[name, known] : m_cache) {
            if (name == program)
                return known;
        }
        const Known known = d->has(stage, at, program);
        m_cache.emplace_back(program, known);
        return known;
    }

    /// ONBUILD triggers of the direct parent run right behind the FROM.
    void runTriggers(const Stage &stage, StageState &state)
    {
        for (const Instruction &instruction : m_snapshot.instructionsOf(stage.base.stage)) {
            if (instruction.kind == InstructionKind::Onbuild && instruction.inner)
                apply(*instruction.inner, stage.from, state, stage.id, Known::Unknown);
        }
    }

    void apply(const Instruction &instruction, InstructionId at, StageState &state, StageId stage, Known starts)
    {
        lint::Variables &variables = d->variables[indexOf(stage)];
        switch (instruction.kind) {
        case InstructionKind::Shell:
            m_shell = &d->shells.emplace_back();
            d->shells.back().setBy = at;
            d->shells.back().command.clear();
            for (const Argument &argument : instruction.args)
                d->shells.back().command.emplace_back(argument.value);
            break;
        case InstructionKind::Workdir:
            setWorkdir(instruction, variables);
            break;
        case InstructionKind::Copy:
        case InstructionKind::Add:
            addEffect({&instruction, at, m_workdir, false}, state, stage);
            break;
        case InstructionKind::Run:
            // A RUN that cannot start changes nothing.
            if (instruction.execForm || starts != Known::No)
                addEffect({&instruction, at, m_workdir, true}, state, stage);
            break;
        case InstructionKind::Arg:
            setArgs(instruction, variables);
            break;
        case InstructionKind::Env:
            for (const Argument &argument : instruction.args)
                variables[std::string(argument.key)] = value(argument.assigned, variables);
            break;
        case InstructionKind::Entrypoint:
            state.entrypoint = at;
            if (state.cmd < m_snapshot.graph().stage(stage).from)
                state.cmd = InstructionId::None; // an inherited CMD is reset
            break;
        case InstructionKind::Cmd:
            state.cmd = at;
            break;
        case InstructionKind::Healthcheck:
            state.healthcheck = at;
            break;
        case InstructionKind::User:
            state.user = at;
            break;
        default:
            break;
        }
    }

    void setWorkdir(const Instruction &instruction, const lint::Variables &variables)
    {
        const std::string path = lint::expandKnown(instruction.arguments, variables);
        const bool known = path.find('$') == std::string::npos && (path.starts_with('/') || !m_workdir->empty());
        m_workdir = &d->workdirs.emplace_back(known ? lint::joinPath(*m_workdir, path) : std::string());
    }

    void addEffect(const FileEffect &effect, const StageState &state, StageId stage)
    {
        d->effects[indexOf(stage)].push_back(effect);
        for (auto &[program, known] : m_cache) {
            if (known == Known::No)
                known = after(known, effect, candidates(program, state.facts), d->variables[indexOf(stage)]);
        }
    }

    const Snapshot &m_snapshot;
    const Catalog &m_catalog;
    std::unique_ptr<ShellStates::Data> d;
    lint::Variables m_global;
    const EffectiveShell *m_shell = nullptr;
    const std::string *m_workdir = nullptr;
    bool m_windows = false;
    std::vector<std::pair<std::string, Known>> m_cache;
};

ShellStates::ShellStates(std::unique_ptr<Data> data) : d(std::move(data)) {}
ShellStates::ShellStates(ShellStates &&) noexcept = default;
ShellStates &ShellStates::operator=(ShellStates &&) noexcept = default;
ShellStates::~ShellStates() = default;

ShellStates ShellStates::compute(const Snapshot &snapshot, const Catalog &catalog)
{
    return ShellStateBuilder(snapshot, catalog).build();
}

const StageState &ShellStates::stage(StageId id) const
{
    return d->stages[indexOf(id)];
}

const InstructionState &ShellStates::at(InstructionId id) const
{
    return id == InstructionId::None || indexOf(id) >= d->states.size() ? d->nothing : d->states[indexOf(id)];
}

Known ShellStates::hasProgram(InstructionId instruction, std::string_view program) const
{
    const StageId stage = instruction == InstructionId::None ? StageId::None : d->stageOf[indexOf(instruction)];
    return stage == StageId::None ? Known::Unknown : d->has(stage, instruction, program);
}

Known ShellStates::hasProgramAtEnd(StageId stage, std::string_view program) const
{
    return d->has(stage, InstructionId::None, program);
}

} // namespace stagewright
