// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/GraphBuilder.h"

#include "semantics/ImageReference.h"
#include "semantics/Paths.h"
#include "semantics/Wording.h"

#include <algorithm>

namespace stagewright {

namespace {

constexpr std::string_view Arrow = " \xe2\x86\x92 ";

std::string_view baseName(std::string_view url)
{
    url = url.substr(0, url.find_first_of("?#"));
    const std::size_t slash = url.rfind('/');
    return slash == std::string_view::npos ? url : url.substr(slash + 1);
}

/// Tells which arguments of ADD and COPY are heredoc markers. Asked in file order.
class HeredocMarkers
{
public:
    explicit HeredocMarkers(const Instruction &instruction)
        : m_heredocs(instruction.heredocs)
    {
    }
    bool contains(const Argument &argument)
    {
        while (m_next < m_heredocs.size() && m_heredocs[m_next].marker.begin < argument.range.begin)
            ++m_next;
        return m_next < m_heredocs.size() && m_heredocs[m_next].marker.begin == argument.range.begin;
    }

private:
    std::span<const Heredoc> m_heredocs;
    std::size_t m_next = 0;
};

} // namespace

void GraphBuilder::dispatchStages()
{
    const auto firstError = static_cast<std::ptrdiff_t>(m_graph.m_errors.size());
    m_dispatching = true;
    walkVariables(m_tree, m_graph.m_stages, m_options, m_globals, *this);
    m_dispatching = false;
    // Stages were walked along their bases; BuildKit goes through the file.
    std::ranges::stable_sort(m_graph.m_errors.begin() + firstError, m_graph.m_errors.end(), {},
                             &BuildError::instruction);
}

void GraphBuilder::enterStage(const Stage &stage)
{
    const Instruction &from = instruction(stage.from);
    const Command base{&from, &from, stage.id};
    if (stage.base.kind == BaseKind::Stage)
        addEdge(base, EdgeKind::From, NodeRef::stage(stage.base.stage), {}, stage.base.range);
    else if (stage.base.kind == BaseKind::Image)
        addEdge(base, EdgeKind::From, NodeRef::image(stage.base.image), {}, stage.base.range);
    else if (stage.base.kind == BaseKind::NamedContext)
        addEdge(base, EdgeKind::From, {NodeKind::NamedContext, stage.base.context}, {}, stage.base.range);

    const StageData &own = data(stage.id);
    m_currentSources = &m_sources;
    m_sourceCursor = own.firstSource;
    if (own.triggers >= 0) { // they come first; visit() goes over to the stage's own
        m_currentSources = &m_triggers[static_cast<std::size_t>(own.triggers)].sources;
        m_sourceCursor = 0;
    }
}

void GraphBuilder::visit(const WalkStep &step)
{
    const Command command{&step.instruction, &step.location, step.stage.id};
    m_variables = &step.variables;
    m_workdir = step.workdir;
    if (!command.isTrigger() && m_currentSources != &m_sources) {
        m_currentSources = &m_sources;
        m_sourceCursor = data(command.stage).firstSource;
    }
    switch (step.instruction.kind) {
    case InstructionKind::Workdir: return dispatchWorkdir(command);
    case InstructionKind::Expose: return dispatchExpose(command);
    case InstructionKind::Add:
    case InstructionKind::Copy: return dispatchCopy(command);
    case InstructionKind::Run: return dispatchRun(command);
    case InstructionKind::Label:
    case InstructionKind::Stopsignal:
    case InstructionKind::User:
    case InstructionKind::Volume: return dispatchWords(command);
    default: return; // ARG and ENV are the walk's; the others have nothing to expand
    }
}

void GraphBuilder::failed(const WalkStep &step, const Argument &argument, std::string message)
{
    fail({&step.instruction, &step.location, step.stage.id}, std::move(message), argument.range);
}

std::optional<std::string_view> GraphBuilder::expand(const Command &command, std::string_view word, TextRange range,
                                                     std::string &buffer)
{
    if (m_expander.isPlain(word))
        return word;
    std::expected<std::string, std::string> value = m_expander.expand(word, *m_variables);
    if (!value) {
        fail(command, std::move(value.error()), range);
        return std::nullopt;
    }
    buffer = std::move(*value);
    return buffer;
}

/// The walk expands the path and reports what does not expand.
void GraphBuilder::dispatchWorkdir(const Command &command)
{
    if (!data(command.stage).isWindows || command.instruction->args.empty())
        return;
    const Argument &argument = command.instruction->args.front();
    const std::expected<std::string, std::string> path = m_expander.expand(argument.value, *m_variables);
    if (std::string error = path ? windowsPathError(*path) : std::string(); !error.empty())
        fail(command, "normalizing workdir: normalizing working directory: removing drive letter: " + error,
             argument.range);
}

void GraphBuilder::dispatchExpose(const Command &command)
{
    const auto check = [&](const Argument &argument, std::string_view word) {
        std::string error = portError(word);
        if (!error.empty())
            fail(command, std::move(error), argument.range);
        return error.empty();
    };
    for (const Argument &argument : command.instruction->args) {
        const auto words = m_expander.expandToWords(argument.value, *m_variables);
        if (!words)
            return fail(command, words.error(), argument.range);
        if (!std::ranges::all_of(*words, [&](const std::string &word) { return check(argument, word); }))
            return;
    }
}

/// LABEL, USER, VOLUME and STOPSIGNAL: words that only have to expand.
void GraphBuilder::dispatchWords(const Command &command)
{
    std::string buffer;
    const Instruction &i = *command.instruction;
    for (const Argument &argument : i.args) {
        if (i.kind == InstructionKind::Label) {
            if (!expand(command, argument.key, argument.range, buffer)
                || !expand(command, argument.assigned, argument.range, buffer))
                return;
            continue;
        }
        const std::optional<std::string_view> value = expand(command, argument.value, argument.range, buffer);
        if (!value)
            return;
        std::string error;
        if (i.kind == InstructionKind::Stopsignal)
            error = signalError(*value);
        else if (i.kind == InstructionKind::Volume && value->empty())
            error = "VOLUME specified can not be an empty string";
        if (!error.empty())
            return fail(command, std::move(error), argument.range);
    }
}

std::int32_t GraphBuilder::nextSource()
{
    return m_sourceCursor < m_currentSources->size() ? (*m_currentSources)[m_sourceCursor++] : -1;
}

void GraphBuilder::dispatchCopy(const Command &command)
{
    CopyPlan plan;
    const Instruction &i = *command.instruction;
    plan.from = i.kind == InstructionKind::Copy ? i.flag("from") : nullptr;
    if (plan.from && plan.from->value.empty())
        plan.from = nullptr; // the build context
    if (plan.from)
        plan.fromState = nextSource();
    if (i.args.size() < 2 || !planCopy(command, plan))
        return;
    addCopyEdges(command, plan);
    checkCopy(command, plan);
}

/// Expands everything in BuildKit's order. False after an error.
bool GraphBuilder::planCopy(const Command &command, CopyPlan &plan)
{
    const Instruction &i = *command.instruction;
    std::string buffer;
    for (const std::string_view name : {"chown", "chmod", "checksum"}) {
        for (const Flag &flag : i.flags) {
            if (flag.name != name)
                continue;
            const std::optional<std::string_view> value = expand(command, flag.value, flag.valueRange, buffer);
            if (!value)
                return false;
            if (name == "chmod")
                plan.mode = *value;
            else if (name == "checksum")
                plan.checksum = *value;
        }
    }
    HeredocMarkers markers(i);
    plan.sources.reserve(i.args.size() - 1);
    for (const Argument &argument : i.args.first(i.args.size() - 1)) {
        if (markers.contains(argument))
            continue;
        const std::optional<std::string_view> value = expand(command, argument.value, argument.range, buffer);
        if (!value)
            return false;
        plan.sources.push_back({&argument, std::string(*value), classifySource(*value)});
    }
    const Argument &last = i.args.back();
    const std::optional<std::string_view> destination = expand(command, last.value, last.range, buffer);
    if (!destination)
        return false;
    plan.destination = *destination;
    return expandHeredocs(command);
}

/// The bodies that COPY and ADD write; those of RUN are the shell's business.
bool GraphBuilder::expandHeredocs(const Command &command)
{
    if (command.instruction->heredocs.empty())
        return true;
    const WordExpander raw = WordExpander('\\').keepQuotes();
    for (const Heredoc &heredoc : command.instruction->heredocs) {
        const std::string_view body = m_tree.text().slice(heredoc.body);
        if (!heredoc.expand || raw.isPlain(body))
            continue;
        if (std::expected<std::string, std::string> value = raw.expand(body, *m_variables); !value) {
            fail(command, std::move(value.error()), heredoc.body);
            return false;
        }
    }
    return true;
}

bool GraphBuilder::isTooLate(const Command &command, std::int32_t source) const
{
    return source >= static_cast<std::int32_t>(command.stage)
        && source < static_cast<std::int32_t>(m_graph.m_stages.size());
}

/// What BuildKit refuses once everything is expanded, in its order.
bool GraphBuilder::checkCopy(const Command &command, const CopyPlan &plan)
{
    const Instruction &i = *command.instruction;
    const auto refuse = [&](std::string message, TextRange range) {
        fail(command, std::move(message), range);
        return false;
    };
    if (plan.from && isTooLate(command, plan.fromState)) {
        const Stage &current = m_graph.stage(command.stage);
        return refuse("cannot copy from stage " + quoted(plan.from->value)
                          + ", it needs to be defined before current stage "
                          + quoted(current.name.empty() ? current.displayName : current.name),
                      plan.from->valueRange);
    }
    if (data(command.stage).isWindows) {
        if (std::string error = windowsPathError(plan.destination); !error.empty())
            return refuse("removing drive letter: " + error, i.args.back().range);
    }
    if (std::string error = plan.mode.empty() ? std::string() : chmodError(plan.mode); !error.empty())
        return refuse(std::move(error), i.flag("chmod")->valueRange);
    if (!checkChecksum(command, plan))
        return false;
    return checkSources(command, plan);
}

/// What an option of a git URL says counts for the sources behind it too.
bool GraphBuilder::checkSources(const Command &command, const CopyPlan &plan)
{
    const Instruction &i = *command.instruction;
    const Flag *keepFlag = i.flag("keep-git-dir");
    std::optional<bool> keepGitDir;
    if (keepFlag)
        keepGitDir = !equalsIgnoringCase(keepFlag->value, "false");
    std::string checksum = plan.checksum;
    for (const CopyPlan::Source &source : plan.sources) {
        const SourceClass &kind = source.kind;
        std::string error = kind.error;
        if (!error.empty()) {
            // that comes first
        } else if (i.kind == InstructionKind::Copy && kind.kind != SourceKind::Local) {
            error = kind.kind == SourceKind::Git ? "source can't be a git ref for COPY"
                                                 : "source can't be a URL for COPY";
        } else if (kind.kind == SourceKind::Http && !checksum.empty()) {
            error = digestError(checksum);
        } else if (kind.kind == SourceKind::Git) {
            if (kind.keepGitDir && keepGitDir.value_or(*kind.keepGitDir) != *kind.keepGitDir)
                error = "inconsistent keep-git-dir configuration";
            else if (!checksum.empty() && !kind.checksum.empty() && checksum != kind.checksum)
                error = "checksum mismatch " + quoted(checksum) + " != " + quoted(kind.checksum);
            if (kind.keepGitDir)
                keepGitDir = kind.keepGitDir.value();
            checksum = kind.checksum.empty() ? checksum : kind.checksum;
        }
        if (error.empty())
            continue;
        const Flag *atFlag = kind.kind == SourceKind::Http ? i.flag("checksum") : nullptr;
        fail(command, std::move(error), atFlag ? atFlag->valueRange : source.argument->range);
        return false;
    }
    return true;
}

bool GraphBuilder::checkChecksum(const Command &command, const CopyPlan &plan)
{
    if (plan.checksum.empty())
        return true;
    const bool single = plan.sources.size() == 1;
    if (single && plan.sources.front().kind.kind != SourceKind::Local)
        return true; // what is wrong with a git URL is said later
    fail(command,
         single ? "checksum requires HTTP(S) or Git sources" : "checksum can't be specified for multiple sources",
         command.instruction->flag("checksum")->valueRange);
    return false;
}

void GraphBuilder::addCopyEdges(const Command &command, const CopyPlan &plan)
{
    const std::string_view destination = command.instruction->args.back().value;
    std::string local;
    TextRange range;
    for (const CopyPlan::Source &source : plan.sources) {
        if (source.kind.kind == SourceKind::Local) {
            range = local.empty() ? source.argument->range : range.united(source.argument->range);
            local.append(local.empty() ? "" : ", ").append(source.argument->value);
        } else if (command.instruction->kind == InstructionKind::Add) {
            const std::int32_t remote = addOther(m_graph.m_remotes, m_remoteIndex, source.expanded);
            std::string label(baseName(source.expanded));
            addEdge(command, EdgeKind::AddRemote, {NodeKind::Remote, remote}, label.append(Arrow).append(destination),
                    source.argument->range);
        }
    }
    if (local.empty())
        return; // heredocs alone need nothing from anywhere
    local.append(Arrow).append(destination);
    if (!plan.from)
        addEdge(command, EdgeKind::CopyContext, NodeRef::buildContext(), std::move(local), range);
    else if (const std::optional<NodeRef> node = nodeOf(plan.fromState))
        addEdge(command, EdgeKind::CopyFrom, *node, std::move(local), plan.from->valueRange);
}

void GraphBuilder::dispatchRun(const Command &command)
{
    struct Mounted
    {
        const Flag *flag;
        std::int32_t source;
        Mount mount;
    };
    std::vector<Mounted> mounts;
    bool ok = true;
    for (const Flag &flag : command.instruction->flags) {
        if (flag.name != "mount")
            continue;
        const std::int32_t source = nextSource(); // each has one, also behind an error
        if (!ok)
            continue;
        std::expected<Mount, std::string> mount = parseMount(flag.value, m_expander, *m_variables);
        ok = mount.has_value();
        if (!ok) {
            fail(command, mount.error(), flag.valueRange);
            continue;
        }
        addMountEdge(command, flag, source, *mount);
        mounts.push_back({&flag, source, std::move(*mount)});
    }
    for (const Mounted &mounted : mounts) {
        if (ok)
            checkMount(command, *mounted.flag, mounted.source, mounted.mount);
    }
}

void GraphBuilder::checkMount(const Command &command, const Flag &flag, std::int32_t source, const Mount &mount)
{
    const bool usesSource = !mount.from.empty() || mount.type == MountType::Cache;
    if (usesSource && isTooLate(command, source)) {
        fail(command,
             "cannot mount from stage " + quoted(mount.from.empty() ? "scratch" : mount.from) + " to "
                 + quoted(mount.target) + ", stage needs to be defined before current command",
             flag.valueRange);
    } else if (mount.type == MountType::Ssh) {
        if (!mount.source.empty())
            fail(command, "ssh does not support source", flag.valueRange);
    } else if (mount.type != MountType::Secret && joinedPath(m_workdir, mount.target) == "/") {
        fail(command, "invalid mount target \"/\"", flag.valueRange);
    }
}

void GraphBuilder::addMountEdge(const Command &command, const Flag &flag, std::int32_t source, const Mount &mount)
{
    const bool isCache = mount.type == MountType::Cache;
    if (isCache) {
        const std::int32_t cache
            = addOther(m_graph.m_cacheMounts, m_cacheIndex, mount.id.empty() ? cleanedPath(mount.target) : mount.id);
        addEdge(command, EdgeKind::Mount, {NodeKind::CacheMount, cache}, mount.target, flag.valueRange);
    }
    if (mount.from.empty() && mount.type != MountType::Bind)
        return;
    std::string label = mount.source.empty() ? std::string("/") : mount.source;
    label.append(Arrow).append(mount.target);
    if (const MountFrom from = mountFrom(flag.value); !from.value.empty()) {
        if (const std::optional<NodeRef> node = nodeOf(source))
            addEdge(command, EdgeKind::Mount, *node, std::move(label), partOf(flag, from.begin, from.value.size()));
    } else if (!isCache) {
        addEdge(command, EdgeKind::Mount, NodeRef::buildContext(), std::move(label), flag.valueRange);
    }
}

/// The node for a state; nothing for scratch and for what cannot be resolved.
std::optional<NodeRef> GraphBuilder::nodeOf(std::int32_t state) const
{
    if (state < 0)
        return std::nullopt;
    const State &found = m_states[static_cast<std::size_t>(state)];
    switch (found.kind) {
    case ReferenceKind::Stage: return NodeRef::stage(StageId(state));
    case ReferenceKind::Image: return NodeRef::image(found.image);
    case ReferenceKind::NamedContext: return NodeRef{NodeKind::NamedContext, found.context};
    case ReferenceKind::Scratch:
    case ReferenceKind::Error: break;
    }
    return std::nullopt;
}

} // namespace stagewright
