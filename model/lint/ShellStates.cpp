// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/ShellStates.h"

#include "lint/Accounts.h"
#include "lint/ShellStatesData.h"
#include "semantics/ContextFiles.h"

#include <algorithm>
#include <utility>

namespace stagewright {

Known ShellStates::Data::after(Known before, const FileEffect &effect, StageId stage,
                               const std::vector<std::string> &paths) const
{
    if (before != Known::No)
        return before;
    for (const std::string &path : paths) {
        const Known one = effect.run
            ? lint::runProvides(*effect.instruction, path, commands)
            : lint::copyProvides(*effect.instruction, path, *effect.workdir, variablesOf(stage));
        if (one == Known::Yes)
            return one;
        if (one == Known::Unknown)
            before = one;
    }
    return before;
}

Known ShellStates::Data::has(StageId stage, InstructionId end, std::string_view program) const
{
    const StageState &state = stages[indexOf(stage)];
    const Known own = lint::imageHas(state.facts, program);
    if (own != Known::No)
        return own;
    if (hasTooManyEffects(stage, end))
        return Known::Unknown;
    const EnvValue *path = findEnv(end == InstructionId::None ? state.envAtEnd : states[indexOf(end)].env, "PATH");
    // What the image starts by its path has a name as soon as PATH holds that folder.
    if (path && state.facts->entrypoint && !state.facts->entrypoint->empty()) {
        const std::string_view start = state.facts->entrypoint->front();
        const std::size_t slash = start.rfind('/');
        if (slash != std::string_view::npos && start.substr(slash + 1) == program
            && lint::isOnPath(start.substr(0, slash), path->value))
            return Known::Yes;
    }
    const std::vector<std::string> paths = lint::programPaths(program, state.facts, path ? path->value : std::string());
    Progress &progress = programs[{stage, path, std::string(program)}];
    return follow(progress, stage, end, own,
                  [&](Known before, const FileEffect &effect, StageId in) { return after(before, effect, in, paths); });
}

Known ShellStates::Data::copiedAccount(const FileEffect &effect, StageId in, std::string_view name, bool group,
                                       int depth) const
{
    constexpr int deepest = 4; // stages that a list of accounts is followed through
    const std::string_view file = group ? "/etc/group" : "/etc/passwd";
    const CopiedFiles &copy = copyOf(effect, in);
    const std::string source = lint::sourceOf(copy.sources, copy.destination, copy.intoFolder, file);
    for (const Heredoc &document : effect.instruction->heredocs) {
        if ((copy.intoFolder ? lint::joinPath(copy.destination, document.name) : copy.destination) == file)
            return lint::listsAccount(snapshot.text().slice(document.body), name);
    }
    if (const std::string path = lint::contextSource(*effect.instruction, source); !path.empty()) {
        const auto text = readFromContext(snapshot.options(), path);
        return text ? lint::listsAccount(*text, name) : Known::Unknown;
    }
    if (source != file || depth >= deepest)
        return Known::Unknown;
    if (copy.from != StageId::None && copy.from < in)
        return hasAccount(copy.from, InstructionId::None, name, group, depth + 1);
    return copy.image.empty() ? Known::Unknown : lint::imageHasAccount(catalog.lookup(copy.image), name, group);
}

Known ShellStates::Data::hasAccount(StageId stage, InstructionId end, std::string_view name, bool group,
                                    int depth) const
{
    const Known own = lint::imageHasAccount(stages[indexOf(stage)].facts, name, group);
    if (hasTooManyEffects(stage, end))
        return Known::Unknown;
    const std::string_view file = group ? "/etc/group" : "/etc/passwd";
    Progress &progress = accounts[{stage, group, std::string(name)}];
    const Known result = follow(progress, stage, end, own, [&](Known before, const FileEffect &effect, StageId in) {
        if (effect.run) {
            const Known added = before == Known::Yes ? before : lint::runAddsAccount(*effect.instruction, name, group);
            return added == Known::No ? before : added; // Unknown: it may add the name
        }
        const Known there = lint::copyProvides(*effect.instruction, file, *effect.workdir, variablesOf(in));
        if (there == Known::Yes) {
            progress.replaced = &effect;
            progress.replacedIn = in;
            return Known::No;
        }
        // It may be in what is copied.
        return there == Known::Unknown && before == Known::No ? Known::Unknown : before;
    });
    if (!progress.replaced || result == Known::Yes)
        return result;
    const Known listed = copiedAccount(*progress.replaced, progress.replacedIn, name, group, depth);
    return listed == Known::No ? result : listed;
}

const CopiedFiles &ShellStates::Data::copyOf(const FileEffect &effect, StageId stage) const
{
    const auto known = copied.find(&effect);
    return known != copied.end() ? known->second : copied.emplace(&effect, readCopy(effect, stage)).first->second;
}

CopiedFiles ShellStates::Data::readCopy(const FileEffect &effect, StageId stage) const
{
    CopiedFiles result;
    result.at = effect.at;
    result.instruction = effect.instruction;
    result.stage = stage;
    const auto references = snapshot.graph().references();
    // References stand in the order of their instructions; a trigger's are those of the FROM behind which it runs.
    if (effect.instruction->flag("from")) {
        const auto own = std::ranges::equal_range(references, effect.at, {}, &StageReference::instruction);
        const auto first = std::ranges::find_if(own, [&](const StageReference &reference) {
            return reference.inStage == stage && reference.instructionKind == effect.instruction->kind;
        });
        if (first != own.end() && first->kind == ReferenceKind::Stage)
            result.from = first->stage;
        else if (first != own.end() && first->kind == ReferenceKind::Image)
            result.image = snapshot.graph().image(first->image).reference;
    }
    const auto &args = effect.instruction->args;
    const lint::Variables &known = variablesOf(stage);
    for (std::size_t i = 0; i + 1 < args.size(); ++i) {
        std::string source = lint::expandKnown(args[i].value, known);
        const bool elsewhere = result.from != StageId::None || !result.image.empty();
        result.sources.push_back(elsewhere ? lint::joinPath("/", source) : std::move(source));
    }
    if (!args.empty()) {
        const std::string written = lint::expandKnown(args.back().value, known);
        result.intoFolder = written.ends_with('/') || written.ends_with("/.") || written == "." || args.size() > 2;
        result.destination = lint::joinPath(*effect.workdir, written);
    }
    return result;
}

ShellStates::ShellStates(std::unique_ptr<Data> data)
    : d(std::move(data))
{
}
ShellStates::ShellStates(ShellStates &&) noexcept = default;
ShellStates &ShellStates::operator=(ShellStates &&) noexcept = default;
ShellStates::~ShellStates() = default;

const StageState &ShellStates::stage(StageId id) const
{
    return id == StageId::None ? d->nowhere : d->stages[indexOf(id)];
}

const InstructionState &ShellStates::at(InstructionId id) const
{
    return id == InstructionId::None || indexOf(id) >= d->states.size() ? d->nothing : d->states[indexOf(id)];
}

Known ShellStates::hasProgram(InstructionId instruction, std::string_view program) const
{
    const StageId stage = d->stageAt(instruction);
    return stage == StageId::None ? Known::Unknown : d->has(stage, instruction, program);
}

Known ShellStates::hasProgramAtEnd(StageId stage, std::string_view program) const
{
    return d->has(stage, InstructionId::None, program);
}

const ImageFactsPtr &ShellStates::facts(std::string_view reference) const
{
    return d->factsOf(reference);
}

const EnvValue *ShellStates::env(InstructionId instruction, std::string_view name) const
{
    return findEnv(at(instruction).env, name);
}

const EnvValue *ShellStates::envAtEnd(StageId stage, std::string_view name) const
{
    return findEnv(d->stages[indexOf(stage)].envAtEnd, name);
}

Known ShellStates::hasUser(InstructionId instruction, std::string_view name) const
{
    const StageId stage = d->stageAt(instruction);
    return stage == StageId::None ? Known::Unknown : d->hasAccount(stage, instruction, name, false);
}

Known ShellStates::hasGroup(InstructionId instruction, std::string_view name) const
{
    const StageId stage = d->stageAt(instruction);
    return stage == StageId::None ? Known::Unknown : d->hasAccount(stage, instruction, name, true);
}

Known ShellStates::hasUserAtEnd(StageId stage, std::string_view name) const
{
    return d->hasAccount(stage, InstructionId::None, name, false);
}

Known ShellStates::hasGroupAtEnd(StageId stage, std::string_view name) const
{
    return d->hasAccount(stage, InstructionId::None, name, true);
}

Known ShellStates::hasDataAtEnd(StageId stage, std::string_view key) const
{
    const lint::DataPackage *data = lint::dataPackage(key);
    const StageState &state = d->stages[indexOf(stage)];
    if (!data || !state.facts)
        return Known::Unknown;
    const auto own = state.facts->provides.find(key);
    Known result = own == state.facts->provides.end() ? Known::Unknown : own->second ? Known::Yes : Known::No;
    if (result == Known::Yes || d->hasTooManyEffects(stage, InstructionId::None))
        return result == Known::Yes ? result : Known::Unknown;
    d->eachEffect(stage, InstructionId::None, [&](const FileEffect &effect, StageId in) {
        const Known one = effect.run
            ? lint::runBringsData(*effect.instruction, *data, d->commands)
            : lint::copyBringsData(*effect.instruction, *data, *effect.workdir, d->variablesOf(in));
        if (one == Known::Yes || (one == Known::Unknown && result == Known::No))
            result = one;
        return result != Known::Yes;
    });
    return result;
}

const std::vector<CopiedFiles> &ShellStates::copies(StageId stage) const
{
    if (d->copies.empty())
        d->copies.resize(d->stages.size());
    auto &kept = d->copies[indexOf(stage)];
    if (kept)
        return *kept;
    std::vector<CopiedFiles> result;
    if (!d->hasTooManyEffects(stage, InstructionId::None)) {
        d->eachEffect(stage, InstructionId::None, [&](const FileEffect &effect, StageId in) {
            if (!effect.run)
                result.push_back(d->copyOf(effect, in));
            return true;
        });
    }
    kept = std::make_unique<const std::vector<CopiedFiles>>(std::move(result));
    return *kept;
}

std::optional<FileOrigin> ShellStates::originOf(StageId stage, InstructionId before, std::string_view path) const
{
    std::optional<FileOrigin> result;
    if (d->hasTooManyEffects(stage, before))
        return result;
    d->eachEffect(stage, before, [&](const FileEffect &effect, StageId in) {
        if (effect.run)
            return true;
        const CopiedFiles &copy = d->copyOf(effect, in);
        if (std::string source = lint::sourceOf(copy.sources, copy.destination, copy.intoFolder, path); !source.empty())
            result = FileOrigin{copy, std::move(source)};
        return true;
    });
    return result;
}

bool ShellStates::isTooLong(StageId stage, InstructionId end) const
{
    return d->hasTooManyEffects(stage, end);
}

StageId ShellStates::startedBy(InstructionId instruction) const
{
    if (d->startedBy.empty()) {
        d->startedBy.assign(d->states.size(), StageId::None);
        for (const Stage &stage : d->snapshot.graph().stages()) {
            const StageState &state = d->stages[indexOf(stage.id)];
            if (!state.decisive)
                continue;
            for (const InstructionId id : {state.cmd, state.entrypoint, state.healthcheck}) {
                if (id != InstructionId::None && (stage.isTarget || d->startedBy[indexOf(id)] == StageId::None))
                    d->startedBy[indexOf(id)] = stage.id;
            }
        }
    }
    return d->startedBy[indexOf(instruction)];
}

std::span<const lint::CalledCommand> ShellStates::commands(std::string_view text) const
{
    return d->commands.of(text);
}

std::string ShellStates::expanded(StageId stage, std::string_view text) const
{
    return lint::expandKnown(text, d->variablesOf(stage));
}

} // namespace stagewright
