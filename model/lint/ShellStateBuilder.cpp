// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/ShellStatesData.h"

#include <charconv>
#include <ranges>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace stagewright {

/// Longer values and paths than any system takes are not followed.
constexpr std::size_t LongestValue = 4096;

/// Walks the stages in file order; a base stage always stands before the stages built on it.
class ShellStateBuilder
{
public:
    ShellStateBuilder(const Snapshot &snapshot, const Catalog &catalog)
        : m_snapshot(snapshot)
        , m_catalog(catalog)
        , d(std::make_unique<ShellStates::Data>(snapshot, catalog))
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
        d->nothing.user = &d->users.emplace_back();
        d->nowhere.shellAtEnd = &defaultShell;
        d->states.assign(instructions.size(), d->nothing);
        d->stageOf.assign(instructions.size(), StageId::None);
        d->stages.resize(stages.size());
        d->effects.resize(stages.size());
        d->parents.assign(stages.size(), StageId::None);
        d->changedBelow.assign(stages.size(), StageId::None);
        d->inherited.assign(stages.size(), 0);
        d->variables.resize(stages.size());
        readGlobalArgs(instructions);
        for (const Stage &stage : stages)
            readStage(stage);
        for (const StageReference &reference : m_snapshot.graph().references()) {
            if (reference.kind != ReferenceKind::Stage)
                continue;
            for (const StageId one : {reference.stage, reference.inStage}) {
                if (one != StageId::None)
                    d->stages[indexOf(one)].sharesFiles = true;
            }
        }
        for (const StageReference &reference : m_snapshot.graph().references()) {
            if (reference.kind == ReferenceKind::Stage && reference.stage != StageId::None)
                d->stages[indexOf(reference.stage)].copiedFrom = true;
        }
        for (const Stage &stage : stages) {
            StageState &state = d->stages[indexOf(stage.id)];
            state.decisive = stage.isTarget || !(state.builtUpon || state.copiedFrom);
            readStart(state);
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

    void setArgs(const Instruction &instruction, lint::Variables &variables)
    {
        const auto &given = m_snapshot.options().buildArgs;
        for (const Argument &argument : instruction.args) {
            const std::string name(argument.key.empty() ? argument.value : argument.key);
            if (currentEnv(name))
                continue; // ENV wins over ARG
            if (const auto arg = given.find(name); arg != given.end())
                variables.set(name, arg->second);
            else if (argument.hasAssigned)
                variables.set(name, value(argument.assigned, variables));
            else if (const std::string *global = m_global.find(name))
                variables.set(name, *global);
        }
    }

    static std::string value(std::string_view written, const lint::Variables &variables)
    {
        if (written.size() > 1 && (written.front() == '"' || written.front() == '\'')
            && written.back() == written.front())
            written = written.substr(1, written.size() - 2);
        return lint::expandKnown(written, variables);
    }

    void readStage(const Stage &stage)
    {
        StageState &state = d->stages[indexOf(stage.id)];
        m_shell = &d->shells.front();
        const std::string *workdir = &d->workdirs.front();
        if (stage.base.kind == BaseKind::Stage && stage.base.stage < stage.id && stage.base.stage != StageId::None) {
            StageState &parent = d->stages[indexOf(stage.base.stage)];
            parent.builtUpon = true;
            d->parents[indexOf(stage.id)] = stage.base.stage;
            state.chain = StageChain(d->parents, stage.id, &parent.chain);
            inherit(state, parent);
            d->variables[indexOf(stage.id)] = lint::Variables::onTop(d->variables[indexOf(stage.base.stage)]);
            const bool changes = !d->effects[indexOf(stage.base.stage)].empty();
            d->changedBelow[indexOf(stage.id)]
                = changes ? stage.base.stage : d->changedBelow[indexOf(stage.base.stage)];
            d->inherited[indexOf(stage.id)]
                = d->inherited[indexOf(stage.base.stage)] + d->effects[indexOf(stage.base.stage)].size();
            m_shell = parent.shellAtEnd;
            workdir = &d->workdirs.emplace_back(parent.workdirAtEnd);
            m_user = &d->users.emplace_back(parent.userAtEnd);
            m_env = parent.envAtEnd;
        } else {
            state.chain = StageChain(d->parents, stage.id, nullptr);
            d->variables[indexOf(stage.id)] = std::make_shared<lint::Variables>();
            readRoot(stage, state);
            workdir = &d->workdirs.emplace_back(state.facts ? state.facts->workdir : std::string());
            m_user = &d->users.emplace_back(imageUser(state.facts));
            m_env = nullptr;
        }
        m_workdir = workdir;
        m_windows = isWindows(stage);
        if (stage.from != InstructionId::None) {
            d->states[indexOf(stage.from)] = current(state, stage.id, stage.from);
            d->stageOf[indexOf(stage.from)] = stage.id;
        }
        if (stage.base.kind == BaseKind::Stage && stage.base.stage < stage.id && stage.base.stage != StageId::None)
            runTriggers(stage, state);
        const auto instructions = m_snapshot.instructionsOf(stage.id);
        d->effects[indexOf(stage.id)].reserve(std::min(instructions.size(), std::size_t{16}));
        for (const Instruction &instruction : instructions) {
            d->stageOf[indexOf(instruction.id)] = stage.id;
            InstructionState at = current(state, stage.id, instruction.id);
            if (instruction.kind == InstructionKind::Run && at.shellForm == Known::No) {
                for (const std::string &path : lint::programPaths(m_shell->program(), state.facts)) {
                    if (lint::mountProvides(instruction, path, *m_workdir, d->variablesOf(stage.id)) != Known::No)
                        at.shellForm = Known::Unknown;
                }
            }
            d->states[indexOf(instruction.id)] = at;
            apply(instruction, instruction.id, state, stage.id, at.shellForm);
        }
        state.shellAtEnd = m_shell;
        state.workdirAtEnd = *m_workdir;
        state.userAtEnd = *m_user;
        state.envAtEnd = m_env;
        state.binShAtEnd = m_windows ? Known::Unknown : cached(stage.id, InstructionId::None, "/bin/sh");
        m_cache.clear();
    }

    static void inherit(StageState &state, const StageState &parent)
    {
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
            state.facts = d->factsOf(state.rootReference);
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
        result.user = m_user;
        result.env = m_env;
        result.entrypoint = state.entrypoint;
        result.cmd = state.cmd;
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
        lint::Variables &variables = *d->variables[indexOf(stage)];
        switch (instruction.kind) {
        case InstructionKind::Shell:
            m_shell = &d->shells.emplace_back();
            d->shells.back().setBy = at;
            d->shells.back().command.clear();
            for (const Argument &argument : instruction.args)
                d->shells.back().command.emplace_back(argument.value);
            break;
        case InstructionKind::Workdir: setWorkdir(instruction, variables); break;
        case InstructionKind::Copy:
        case InstructionKind::Add: addEffect({&instruction, at, m_workdir, false}, state, stage); break;
        case InstructionKind::Run:
            // A RUN that cannot start changes nothing.
            if (instruction.execForm || starts != Known::No)
                addEffect({&instruction, at, m_workdir, true}, state, stage);
            break;
        case InstructionKind::Arg: setArgs(instruction, variables); break;
        case InstructionKind::Env: setEnv(instruction, at, variables); break;
        case InstructionKind::Entrypoint:
            state.entrypoint = at;
            if (state.cmd < m_snapshot.graph().stage(stage).from)
                state.cmd = InstructionId::None; // an inherited CMD is reset
            break;
        case InstructionKind::Cmd: state.cmd = at; break;
        case InstructionKind::Healthcheck: state.healthcheck = at; break;
        case InstructionKind::User:
            state.user = at;
            setUser(instruction, at, variables);
            break;
        default: break;
        }
    }

    /// Every value of one ENV sees the variables as they were in front of it.
    void setEnv(const Instruction &instruction, InstructionId at, lint::Variables &variables)
    {
        const EnvValue *previous = m_env;
        constexpr std::size_t few = 16;
        std::unordered_map<std::string_view, const Argument *> last; // a later value in the same ENV counts
        if (instruction.args.size() > few) {
            for (const Argument &argument : instruction.args)
                last[argument.key] = &argument;
        }
        for (std::size_t i = 0; i < instruction.args.size(); ++i) {
            const Argument &argument = instruction.args[i];
            const bool isLast = instruction.args.size() > few
                ? last[argument.key] == &argument
                : std::ranges::none_of(instruction.args.begin() + std::ptrdiff_t(i) + 1, instruction.args.end(),
                                       [&](const Argument &later) { return later.key == argument.key; });
            if (!isLast)
                continue;
            EnvValue &entry = d->env.emplace_back();
            entry.name = argument.key;
            entry.value = value(argument.assigned, variables);
            entry.known = entry.value.find('$') == std::string::npos && entry.value.size() <= LongestValue;
            if (entry.value.size() > LongestValue)
                entry.value.clear(); // doubling one in every line would fill the memory
            entry.setBy = at;
            entry.previous = m_env;
            m_env = &entry;
        }
        for (const EnvValue *entry = m_env; entry != previous; entry = entry->previous)
            variables.set(entry->name, entry->value);
    }

    /// findEnv() in the newest list, for any number of names.
    const EnvValue *currentEnv(std::string_view name)
    {
        std::vector<const EnvValue *> added;
        for (const EnvValue *entry = m_env; entry != m_indexed; entry = entry->previous) {
            if (!entry) { // another stage's list
                m_envIndex.clear();
                break;
            }
            added.push_back(entry);
        }
        m_indexed = m_env;
        for (const EnvValue *entry : std::views::reverse(added))
            m_envIndex[entry->name] = entry;
        const auto found = m_envIndex.find(name);
        return found == m_envIndex.end() ? nullptr : found->second;
    }

    void setUser(const Instruction &instruction, InstructionId at, const lint::Variables &variables)
    {
        UserState &user = d->users.emplace_back();
        std::string text = value(instruction.arguments, variables);
        const std::size_t colon = text.find(':');
        user.known = !text.empty() && text.find('$') == std::string::npos;
        if (colon != std::string::npos)
            user.group = text.substr(colon + 1);
        user.user = text.substr(0, colon);
        user.setBy = at;
        setNumber(user);
        m_user = &user;
    }

    static void setNumber(UserState &user)
    {
        std::uint32_t number = 0;
        const char *end = user.user.data() + user.user.size();
        if (const auto [rest, error] = std::from_chars(user.user.data(), end, number);
            rest == end && error == std::errc())
            user.uid = number;
        else if (user.user == "root")
            user.uid = 0;
    }

    static UserState imageUser(const ImageFactsPtr &facts)
    {
        UserState user;
        if (!facts || facts->user.empty())
            return user;
        const std::size_t colon = facts->user.find(':');
        user.user = facts->user.substr(0, colon);
        if (colon != std::string::npos)
            user.group = facts->user.substr(colon + 1);
        user.known = true;
        setNumber(user);
        if (!user.uid)
            user.uid = facts->uid;
        return user;
    }

    /// What a container of the stage starts, with what the image brings.
    void readStart(StageState &state) const
    {
        state.entrypointAtEnd = startWords(state.entrypoint);
        state.cmdAtEnd = startWords(state.cmd);
        const auto inherit = [&](StartWords &words, const std::optional<std::vector<std::string>> ImageFacts::*image) {
            const bool known = state.facts && ((*state.facts).*image).has_value();
            words = StartWords{.known = known, .words = {}, .shellForm = false, .setBy = InstructionId::None};
            if (known)
                words.words = *((*state.facts).*image);
        };
        if (state.entrypoint == InstructionId::None)
            inherit(state.entrypointAtEnd, &ImageFacts::entrypoint);
        // An ENTRYPOINT of the document resets the image's CMD.
        if (state.cmd == InstructionId::None && state.entrypoint == InstructionId::None)
            inherit(state.cmdAtEnd, &ImageFacts::cmd);
    }

    [[nodiscard]] StartWords startWords(InstructionId id) const
    {
        StartWords result{.known = true, .words = {}, .shellForm = false, .setBy = id};
        if (id == InstructionId::None)
            return result;
        const Instruction &instruction = m_snapshot.tree().instruction(id);
        if (instruction.kind != InstructionKind::Entrypoint && instruction.kind != InstructionKind::Cmd) {
            result.known = false; // a trigger of the base
            return result;
        }
        result.shellForm = instruction.isShellForm();
        if (result.shellForm) {
            result.words = d->states[indexOf(id)].shell->command;
            result.words.emplace_back(instruction.arguments);
        } else {
            for (const Argument &argument : instruction.args)
                result.words.emplace_back(argument.value);
        }
        return result;
    }

    void setWorkdir(const Instruction &instruction, const lint::Variables &variables)
    {
        const std::string path = lint::expandKnown(instruction.arguments, variables);
        const bool known = path.find('$') == std::string::npos && (path.starts_with('/') || !m_workdir->empty());
        const bool tooLong = m_workdir->size() + path.size() > LongestValue;
        m_workdir = &d->workdirs.emplace_back(known && !tooLong ? lint::joinPath(*m_workdir, path) : std::string());
    }

    void addEffect(const FileEffect &effect, const StageState &state, StageId stage)
    {
        d->effects[indexOf(stage)].push_back(effect);
        for (auto &[program, known] : m_cache) {
            if (known == Known::No)
                known = d->after(known, effect, stage, lint::programPaths(program, state.facts));
        }
    }

    const Snapshot &m_snapshot;
    const Catalog &m_catalog;
    std::unique_ptr<ShellStates::Data> d;
    lint::Variables m_global;
    const EffectiveShell *m_shell = nullptr;
    const std::string *m_workdir = nullptr;
    const UserState *m_user = nullptr;
    const EnvValue *m_env = nullptr;
    const EnvValue *m_indexed = nullptr;                               ///< What m_envIndex is of.
    std::unordered_map<std::string_view, const EnvValue *> m_envIndex; ///< By name, the newest.
    bool m_windows = false;
    std::vector<std::pair<std::string, Known>> m_cache;
};

ShellStates ShellStates::compute(const Snapshot &snapshot, const Catalog &catalog)
{
    return ShellStateBuilder(snapshot, catalog).build();
}

} // namespace stagewright
