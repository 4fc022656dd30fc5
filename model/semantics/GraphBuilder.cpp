// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/GraphBuilder.h"

#include "semantics/CheckOptions.h"
#include "semantics/ImageReference.h"
#include "semantics/Platform.h"
#include "semantics/Values.h"
#include "semantics/Wording.h"
#include "syntax/InstructionCheck.h"

#include <algorithm>

namespace stagewright {

namespace {

constexpr std::string_view ScratchName = "scratch";

} // namespace

GraphBuilder::GraphBuilder(const SyntaxTree &tree, const AnalysisOptions &options)
    : m_tree(tree)
    , m_options(options)
    , m_expander(tree.escapeCharacter())
    , m_broken(tree.instructions().size())
{
}

BuildGraph GraphBuilder::build()
{
    checkDirectives();
    collectEarlierErrors();
    makeStages();
    if (m_graph.m_stages.empty()) {
        if (std::ranges::all_of(m_graph.m_errors,
                                [](const BuildError &e) { return e.phase == BuildError::Phase::Convert; }))
            fail(BuildError::Phase::Convert, "dockerfile contains no stages to build", {}, nullptr);
        m_globals = readGlobalArguments();
        return std::move(m_graph);
    }
    m_step = BuildError::Step::GlobalArguments;
    m_globals = readGlobalArguments();
    checkSourceDateEpoch();
    m_step = BuildError::Step::Bases;
    resolveBases();
    m_step = BuildError::Step::References;
    chooseTarget();
    collectReferences();
    findCycles();
    resolveBaseImages();
    markReachable();
    m_step = BuildError::Step::Instructions;
    dispatchStages();
    finish();
    return std::move(m_graph);
}

void GraphBuilder::checkDirectives()
{
    const Directive *directive = m_tree.frontEndDirective("check");
    if (!directive)
        return;
    if (const auto options = CheckOptions::parse(directive->value); !options)
        fail(BuildError::Phase::Convert, "failed to parse check options: " + options.error(), directive->valueRange,
             nullptr);
}

void GraphBuilder::collectEarlierErrors()
{
    for (const SyntaxError &error : m_tree.errors()) {
        const Instruction *at = m_tree.instructionAt(error.range.begin);
        m_graph.m_errors.push_back({BuildError::Phase::Parse, error.message, error.range, error.firstLine,
                                    error.lastLine, at ? at->id : InstructionId::None});
        if (at)
            m_broken[indexOf(at->id)] = true;
    }
    for (InstructionError &error : instructionErrors(m_tree)) {
        if (error.instruction != InstructionId::None && m_broken[indexOf(error.instruction)])
            continue;
        if (error.instruction != InstructionId::None)
            m_broken[indexOf(error.instruction)] = true;
        m_graph.m_errors.push_back({BuildError::Phase::Instructions, std::move(error.message), error.range,
                                    error.firstLine, error.lastLine, error.instruction});
    }
}

void GraphBuilder::makeStages()
{
    const auto all = m_tree.instructions();
    const auto froms = m_tree.instructions(InstructionKind::From);
    const auto count = static_cast<std::size_t>(std::ranges::distance(froms));
    m_graph.m_stages.reserve(count); // m_stageByName holds views of their names
    m_graph.m_edges.reserve(m_tree.instructions().size());
    m_stageByName.reserve(count);
    m_imageIndex.reserve(count);
    m_data.resize(count);
    m_states.resize(count);
    for (const Instruction &from : froms) {
        addStage(from);
        const auto end
            = from.nextOfKind == InstructionId::None ? all.size() : static_cast<std::size_t>(from.nextOfKind);
        Stage &added = m_graph.m_stages.back();
        added.range.end = all[end - 1].range.end;
        added.lastLine = all[end - 1].lastLine;
        added.endInstruction = InstructionId(static_cast<std::int32_t>(end));
    }
    for (const Instruction &trigger : m_tree.instructions(InstructionKind::Onbuild)) {
        if (const StageId stage = m_graph.stageOf(trigger.id); stage != StageId::None)
            data(stage).hasTriggers = true;
    }
}

void GraphBuilder::addStage(const Instruction &from)
{
    const auto index = static_cast<std::int32_t>(m_graph.m_stages.size());
    Stage &added = m_graph.m_stages.emplace_back();
    added.id = StageId(index);
    added.from = from.id;
    added.firstInstruction = added.endInstruction = InstructionId(static_cast<std::int32_t>(from.id) + 1);
    added.range = from.range;
    added.firstLine = from.firstLine;
    added.lastLine = from.lastLine;
    added.base.range = added.nameRange = TextRange::at(from.range.end);
    if (!from.args.empty()) {
        added.base.written = from.args[0].value;
        added.base.range = from.args[0].range;
        added.nameRange = TextRange::at(added.base.range.end);
    }
    if (from.args.size() >= 3 && equalsIgnoringCase(from.args[1].value, "as")) {
        added.displayName = from.args[2].value;
        added.name = lowerCase(added.displayName);
        added.nameRange = from.args[2].range;
    } else {
        added.displayName = "stage-" + std::to_string(index);
    }
}

VariableTable GraphBuilder::readGlobalArguments()
{
    const std::string_view last = m_graph.m_stages.empty() ? std::string_view() : m_graph.m_stages.back().name;
    return globalVariables(m_tree, m_options, last,
                           [this](const Instruction &i, const Argument &argument, std::string message) {
                               fail({&i, &i, StageId::None}, std::move(message), argument.range);
                           });
}

/// BuildKit resolves the build time stamp before anything else when it is given.
void GraphBuilder::checkSourceDateEpoch()
{
    const std::string key = "SOURCE_DATE_EPOCH";
    const auto given = m_options.buildArgs.find(key);
    const std::string_view value
        = given != m_options.buildArgs.end() ? given->second : m_globals.find(key).value_or(std::string_view());
    if (value.empty() || value == "context" || parseDecimal(value))
        return;
    const bool isStage = std::ranges::any_of(
        m_graph.m_stages, [value](const Stage &s) { return !s.name.empty() && equalsIgnoringCase(s.name, value); });
    if (!isStage && !m_options.namedContexts.contains(std::string(value)))
        fail(BuildError::Phase::Convert, "invalid SOURCE_DATE_EPOCH: " + std::string(value), {}, nullptr);
}

void GraphBuilder::resolveBases()
{
    for (Stage &s : m_graph.m_stages) {
        resolveBase(s);
        if (!s.name.empty())
            m_stageByName[s.name] = static_cast<std::int32_t>(s.id);
    }
}

void GraphBuilder::resolveBase(Stage &stage)
{
    const Instruction &from = instruction(stage.from);
    const Command command{&from, &from, stage.id};
    std::expected<std::string, std::string> resolved = m_expander.expand(stage.base.written, m_globals);
    if (!resolved) {
        fail(command, resolved.error(), stage.base.range);
        return;
    }
    stage.base.resolved = std::move(*resolved);
    if (stage.base.resolved.empty()) {
        fail(command, "base name (" + std::string(stage.base.written) + ") should not be blank", stage.base.range);
        return;
    }
    if (!resolvePlatform(stage, from))
        return;
    StageData &own = data(stage.id);
    const bool mayBeReplaced = !m_options.namedContexts.empty() || !ImageReference::isPlainName(stage.name);
    if (mayBeReplaced && !stage.name.empty() && stage.name != ScratchName && stage.name != "context") {
        const auto reference = ImageReference::parse(stage.name);
        if (!reference) {
            fail(BuildError::Phase::Convert, "invalid context name " + stage.name + ": " + reference.error(),
                 stage.nameRange, nullptr);
        } else if (const std::int32_t context = findContext(reference->familiar()); context >= 0) {
            stage.base.kind = BaseKind::NamedContext;
            stage.base.context = context;
            return;
        }
    }
    const auto base = m_stageByName.find(stage.base.resolved);
    if (base != m_stageByName.end()) {
        stage.base.kind = BaseKind::Stage;
        stage.base.stage = StageId(base->second);
        own.isWindows = data(stage.base.stage).isWindows;
    } else if (stage.base.resolved == ScratchName) {
        stage.base.kind = BaseKind::Scratch;
        own.isWindows = false;
    } else {
        stage.base.kind = BaseKind::Image; // resolveBaseImages() has the last word
    }
}

/// Reads --platform. False if BuildKit stops at it.
bool GraphBuilder::resolvePlatform(Stage &stage, const Instruction &from)
{
    const Flag *flag = from.flag("platform");
    if (!flag || flag->value.empty())
        return true;
    const Command command{&from, &from, stage.id};
    VariableUse use;
    const std::expected<std::string, std::string> value = m_expander.expand(flag->value, m_globals, &use);
    if (!value) {
        fail(command, "failed to process arguments for platform : " + value.error(), flag->valueRange);
        return false;
    }
    const auto proposal = [&] {
        const std::vector<std::string_view> names = m_globals.names();
        for (const std::string_view name : use.unmatched) {
            if (std::string text = suggestion(name, names); !text.empty())
                return text;
        }
        return std::string();
    };
    if (value->empty()) {
        fail(command, "empty platform value from expression " + std::string(flag->value) + proposal(),
             flag->valueRange);
        return false;
    }
    const std::expected<Platform, std::string> platform = Platform::parse(*value);
    if (!platform) {
        fail(command, "failed to parse platform " + std::string(flag->value) + ": " + platform.error() + proposal(),
             flag->valueRange);
        return false;
    }
    stage.platform = *value;
    data(stage.id).isWindows = platform->os == "windows";
    return true;
}

void GraphBuilder::resolveBaseImages()
{
    for (Stage &s : m_graph.m_stages) {
        if (s.base.kind != BaseKind::Image && s.base.kind != BaseKind::NamedContext)
            continue;
        if (const auto known = m_imageByName.find(s.base.resolved);
            known != m_imageByName.end() && s.base.kind == BaseKind::Image) {
            s.base.image = known->second;
            s.base.reference = m_graph.image(known->second).reference;
            continue;
        }
        const Instruction &from = instruction(s.from);
        const auto reference = ImageReference::parse(s.base.resolved);
        if (!reference) {
            fail({&from, &from, s.id},
                 "failed to parse stage name " + quoted(s.base.resolved) + ": " + reference.error(), s.base.range);
            if (s.base.kind == BaseKind::Image)
                s.base.kind = BaseKind::Invalid;
            continue;
        }
        if (s.base.kind == BaseKind::NamedContext)
            continue;
        if (const std::int32_t context = findContext(reference->familiar()); context >= 0) {
            s.base.kind = BaseKind::NamedContext;
            s.base.context = context;
            continue;
        }
        s.base.reference = reference->normalized();
        s.base.image = addImage(s.base.reference, s.base.resolved);
        m_imageByName.emplace(s.base.resolved, s.base.image);
    }
    for (BuildError &error : m_externalErrors) {
        if (error.instruction != InstructionId::None && m_broken[indexOf(error.instruction)])
            continue;
        if (error.instruction != InstructionId::None)
            m_broken[indexOf(error.instruction)] = true;
        m_graph.m_errors.push_back(std::move(error));
    }
    m_externalErrors.clear();
}

void GraphBuilder::chooseTarget()
{
    m_graph.m_target = m_graph.m_stages.back().id;
    const std::string_view wanted = m_options.target;
    if (wanted.empty())
        return;
    m_graph.m_target = StageId::None;
    if (wanted.starts_with('#')) {
        const auto index = parseUnsigned(wanted.substr(1), 10, m_graph.m_stages.size() - 1);
        if (index)
            m_graph.m_target = m_graph.m_stages[*index].id;
    } else if (const auto found = m_stageByName.find(lowerCase(wanted)); found != m_stageByName.end()) {
        m_graph.m_target = StageId(found->second);
    }
    if (m_graph.m_target != StageId::None)
        return;
    std::vector<std::string> names;
    for (const Stage &s : m_graph.m_stages)
        names.push_back(s.name.empty() ? s.displayName : s.name);
    const std::vector<std::string_view> options(names.begin(), names.end());
    fail(BuildError::Phase::Convert,
         "target stage " + quoted(wanted) + " could not be found" + suggestion(wanted, options), {}, nullptr);
}

void GraphBuilder::fail(const Command &command, std::string message, TextRange range)
{
    const Instruction &location = *command.location;
    if (m_dispatching && !m_options.target.empty() && !m_graph.stage(command.stage).reachable)
        return; // BuildKit looks into such a stage only when nothing in particular is asked for
    if (isBroken(location) && !command.isTrigger())
        return; // it has been said what is wrong with it; BuildKit would not have come this far
    fail(BuildError::Phase::Convert, std::move(message), range, &location);
}

void GraphBuilder::fail(BuildError::Phase phase, std::string message, TextRange range, const Instruction *location)
{
    BuildError error{phase, std::move(message), range, 0, 0, InstructionId::None, m_step};
    if (location) {
        error.firstLine = location->firstLine;
        error.lastLine = location->lastLine;
        error.instruction = location->id;
        m_broken[indexOf(location->id)] = true;
    }
    m_graph.m_errors.push_back(std::move(error));
}

ImageId GraphBuilder::addImage(std::string reference, std::string_view written)
{
    const auto next = static_cast<std::int32_t>(m_graph.m_images.size());
    const auto [entry, added] = m_imageIndex.try_emplace(reference, next);
    if (added)
        m_graph.m_images.push_back({ImageId(next), std::move(reference), std::string(written), false});
    return ImageId(entry->second);
}

std::int32_t GraphBuilder::addOther(std::vector<OtherSource> &list,
                                    std::unordered_map<std::string, std::int32_t> &index, std::string_view name)
{
    const auto [entry, added] = index.try_emplace(std::string(name), static_cast<std::int32_t>(list.size()));
    if (added)
        list.push_back({std::string(name), false});
    return entry->second;
}

std::int32_t GraphBuilder::addContext(std::string_view name)
{
    return addOther(m_graph.m_namedContexts, m_contextIndex, name);
}

std::int32_t GraphBuilder::findContext(std::string_view familiarName)
{
    if (m_options.namedContexts.empty())
        return -1;
    if (familiarName.ends_with(":latest"))
        familiarName.remove_suffix(7);
    const std::string name(familiarName);
    return m_options.namedContexts.contains(name) ? addContext(name) : -1;
}

void GraphBuilder::addEdge(const Command &command, EdgeKind kind, NodeRef source, std::string label, TextRange range)
{
    m_graph.m_edges.push_back({kind, source, command.stage, command.location->id, std::move(label), range, false});
}

TextRange GraphBuilder::partOf(const Flag &flag, std::size_t begin, std::size_t length)
{
    // Quotes, escapes and continuations make the value shorter than its text: then the whole value is meant.
    if (begin == std::string_view::npos || flag.value.size() != flag.valueRange.length())
        return flag.valueRange;
    const Offset start = flag.valueRange.begin + static_cast<Offset>(begin);
    return {start, start + static_cast<Offset>(length)};
}

} // namespace stagewright
