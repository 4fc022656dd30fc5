// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/GraphBuilder.h"

#include "semantics/ImageReference.h"
#include "semantics/Paths.h"
#include "semantics/Values.h"
#include "semantics/Wording.h"

#include <algorithm>

namespace stagewright {

namespace {

constexpr std::string_view DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
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
    explicit HeredocMarkers(const Instruction &instruction) : m_heredocs(instruction.heredocs) {}
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

/// Walks the stages along the tree of their bases, so that one table of variables serves them all.
void GraphBuilder::dispatchStages()
{
    struct Level { std::int32_t stage; VariableTable::Mark mark; std::string workdir; };
    const std::size_t firstError = m_graph.m_errors.size();
    bool inOrder = true;
    std::vector<Level> levels;
    for (Stage &root : m_graph.m_stages) {
        if (root.base.kind == BaseKind::Stage)
            continue;
        m_variables.rollBack(0);
        if (!data(root.id).isWindows)
            m_variables.set("PATH", std::string(DefaultPath));
        m_workdir.clear();
        dispatchStage(root);
        std::int32_t next = data(root.id).firstChild;
        while (next >= 0 || !levels.empty()) {
            if (next < 0) {
                m_variables.rollBack(levels.back().mark);
                m_workdir = std::move(levels.back().workdir);
                next = m_data[static_cast<std::size_t>(levels.back().stage)].nextSibling;
                levels.pop_back();
                continue;
            }
            inOrder = false;
            levels.push_back({next, m_variables.mark(), m_workdir});
            dispatchStage(stage(next));
            next = m_data[static_cast<std::size_t>(next)].firstChild;
        }
    }
    if (!inOrder) {
        std::ranges::stable_sort(m_graph.m_errors.begin() + static_cast<std::ptrdiff_t>(firstError), m_graph.m_errors.end(), {},
                                 [](const BuildError &error) { return error.instruction; });
    }
}

void GraphBuilder::dispatchStage(Stage &stage)
{
    const Instruction &from = instruction(stage.from);
    const Command base {&from, &from, stage.id};
    if (stage.base.kind == BaseKind::Stage)
        addEdge(base, EdgeKind::From, NodeRef::stage(stage.base.stage), {}, stage.base.range);
    else if (stage.base.kind == BaseKind::Image)
        addEdge(base, EdgeKind::From, NodeRef::image(stage.base.image), {}, stage.base.range);
    else if (stage.base.kind == BaseKind::NamedContext)
        addEdge(base, EdgeKind::From, {NodeKind::NamedContext, stage.base.context}, {}, stage.base.range);

    const StageData &own = data(stage.id);
    if (own.triggers >= 0) {
        const Triggers &triggers = m_triggers[static_cast<std::size_t>(own.triggers)];
        m_currentSources = &triggers.sources;
        m_sourceCursor = 0;
        for (const Instruction *trigger : triggers.commands)
            dispatch({trigger, &from, stage.id});
    }
    m_currentSources = &m_sources;
    m_sourceCursor = own.firstSource;
    const auto first = static_cast<std::size_t>(stage.firstInstruction);
    const auto end = static_cast<std::size_t>(stage.endInstruction);
    for (const Instruction &i : m_tree.instructions().subspan(first, end - first))
        dispatch({&i, &i, stage.id});
}

void GraphBuilder::dispatch(const Command &command)
{
    switch (command.instruction->kind) {
    case InstructionKind::Arg: return dispatchArg(command);
    case InstructionKind::Env: return dispatchEnv(command);
    case InstructionKind::Workdir: return dispatchWorkdir(command);
    case InstructionKind::Expose: return dispatchExpose(command);
    case InstructionKind::Add:
    case InstructionKind::Copy: return dispatchCopy(command);
    case InstructionKind::Run: return dispatchRun(command);
    case InstructionKind::Label:
    case InstructionKind::Stopsignal:
    case InstructionKind::User:
    case InstructionKind::Volume: return dispatchWords(command);
    case InstructionKind::Cmd:
    case InstructionKind::Entrypoint:
    case InstructionKind::From:
    case InstructionKind::Healthcheck:
    case InstructionKind::Maintainer:
    case InstructionKind::Onbuild:
    case InstructionKind::Shell:
    case InstructionKind::Unknown: return;
    }
}

std::optional<std::string_view> GraphBuilder::expand(const Command &command, std::string_view word, std::string &buffer)
{
    if (m_expander.isPlain(word))
        return word;
    std::expected<std::string, std::string> value = m_expander.expand(word, m_variables);
    if (!value) {
        fail(command, std::move(value.error()), command.location->range);
        return std::nullopt;
    }
    buffer = std::move(*value);
    return buffer;
}

void GraphBuilder::dispatchArg(const Command &command)
{
    std::string buffer;
    for (const Argument &argument : command.instruction->args) {
        const auto given = m_options.buildArgs.empty() ? m_options.buildArgs.end()
                                                       : m_options.buildArgs.find(std::string(argument.key));
        if (given != m_options.buildArgs.end()) {
            m_variables.set(argument.key, given->second);
        } else if (argument.hasAssigned) {
            const std::optional<std::string_view> value = expand(command, argument.assigned, buffer);
            if (!value)
                return;
            m_variables.set(argument.key, std::string(*value));
        } else if (const std::optional<std::string_view> global = m_globals.find(argument.key)) {
            m_variables.set(argument.key, std::string(*global));
        }
    }
}

void GraphBuilder::dispatchEnv(const Command &command)
{
    // All pairs are expanded with the variables from before the instruction.
    std::vector<std::pair<std::string, std::string>> pairs;
    std::string buffer;
    for (const Argument &argument : command.instruction->args) {
        const std::optional<std::string_view> key = expand(command, argument.key, buffer);
        if (!key)
            return;
        std::string name(*key);
        const std::optional<std::string_view> value = expand(command, argument.assigned, buffer);
        if (!value)
            return;
        pairs.emplace_back(std::move(name), std::string(*value));
    }
    for (auto &[key, value] : pairs)
        m_variables.set(key, std::move(value));
}

void GraphBuilder::dispatchWorkdir(const Command &command)
{
    if (command.instruction->args.empty())
        return;
    std::string buffer;
    const Argument &argument = command.instruction->args.front();
    const std::optional<std::string_view> path = expand(command, argument.value, buffer);
    if (!path)
        return;
    if (data(command.stage).isWindows) {
        if (std::string error = windowsPathError(*path); !error.empty())
            fail(command, "normalizing workdir: normalizing working directory: removing drive letter: " + error, argument.range);
    }
    m_workdir = joinedPath(m_workdir, *path);
}

void GraphBuilder::dispatchExpose(const Command &command)
{
    for (const Argument &argument : command.instruction->args) {
        const auto words = m_expander.expandToWords(argument.value, m_variables);
        if (!words)
            return fail(command, words.error(), argument.range);
        for (const std::string &word : *words) {
            if (std::string error = portError(word); !error.empty())
                return fail(command, std::move(error), argument.range);
        }
    }
}

/// LABEL, USER, VOLUME and STOPSIGNAL: words that only have to expand.
void GraphBuilder::dispatchWords(const Command &command)
{
    std::string buffer;
    const Instruction &i = *command.instruction;
    for (const Argument &argument : i.args) {
        if (i.kind == InstructionKind::Label) {
            if (!expand(command, argument.key, buffer) || !expand(command, argument.assigned, buffer))
                return;
            continue;
        }
        const std::optional<std::string_view> value = expand(command, argument.value, buffer);
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
    const Instruction &i = *command.instruction;
    const Flag *from = i.kind == InstructionKind::Copy ? i.flag("from") : nullptr;
    if (from && from->value.empty())
        from = nullptr;
    const std::int32_t source = from ? nextSource() : -1;
    if (i.args.size() < 2)
        return;
    std::string buffer;
    for (const std::string_view name : {"chown", "chmod", "checksum", "exclude"}) {
        for (const Flag &flag : i.flags) {
            if (flag.name == name && !expand(command, flag.value, buffer))
                return;
        }
    }
    dispatchSources(command, source, from);
}

/// The sources and the destination; adds the edges of what they name.
void GraphBuilder::dispatchSources(const Command &command, std::int32_t from, const Flag *fromFlag)
{
    const Instruction &i = *command.instruction;
    const std::span<const Argument> sources = i.args.first(i.args.size() - 1);
    const std::string_view destination = i.args.back().value;
    std::string buffer;
    std::string local;
    TextRange localRange = sources.front().range;
    struct Remote { SourceKind kind; std::string address; TextRange range; };
    std::vector<Remote> remotes;
    HeredocMarkers markers(i);
    const Flag *keepGitDir = i.flag("keep-git-dir");
    for (const Argument &argument : sources) {
        if (markers.contains(argument))
            continue;
        const std::optional<std::string_view> expanded = expand(command, argument.value, buffer);
        if (!expanded)
            return;
        SourceClass source = classifySource(*expanded, keepGitDir != nullptr);
        if (source.kind != SourceKind::Local) {
            if (!source.error.empty())
                return fail(command, std::move(source.error), argument.range);
            remotes.push_back({source.kind, std::string(*expanded), argument.range});
            continue;
        }
        localRange = local.empty() ? argument.range : localRange.united(argument.range);
        local.append(local.empty() ? "" : ", ").append(argument.value);
    }
    if (!expand(command, destination, buffer) || !expandHeredocs(command))
        return;
    if (!local.empty()) {
        std::string label = local.append(Arrow).append(destination);
        const TextRange range = fromFlag ? fromFlag->valueRange : localRange;
        if (!fromFlag)
            addEdge(command, EdgeKind::CopyContext, NodeRef::buildContext(), std::move(label), range);
        else if (const std::optional<NodeRef> node = nodeOf(from))
            addEdge(command, EdgeKind::CopyFrom, *node, std::move(label), range);
    }
    if (!checkCopy(command, from, fromFlag))
        return;
    for (const Remote &remote : remotes) {
        if (i.kind == InstructionKind::Copy) {
            return fail(command, remote.kind == SourceKind::Git ? "source can't be a git ref for COPY" : "source can't be a URL for COPY",
                        remote.range);
        }
        const std::int32_t index = addOther(m_graph.m_remotes, m_remoteIndex, remote.address);
        std::string label(baseName(remote.address));
        addEdge(command, EdgeKind::AddRemote, {NodeKind::Remote, index}, label.append(Arrow).append(destination), remote.range);
    }
    checkChecksum(command, remotes.size() == 1 && sources.size() == 1 && remotes.front().kind == SourceKind::Http);
}

/// What BuildKit refuses before it looks at the sources.
bool GraphBuilder::checkCopy(const Command &command, std::int32_t from, const Flag *fromFlag)
{
    const Instruction &i = *command.instruction;
    std::string buffer;
    if (fromFlag && from >= static_cast<std::int32_t>(command.stage) && from < static_cast<std::int32_t>(m_graph.m_stages.size())) {
        const Stage &current = m_graph.stage(command.stage);
        fail(command, "cannot copy from stage " + quoted(fromFlag->value) + ", it needs to be defined before current stage "
                 + quoted(current.name.empty() ? current.displayName : current.name), fromFlag->valueRange);
        return false;
    }
    if (data(command.stage).isWindows) {
        const std::string_view destination = expand(command, i.args.back().value, buffer).value_or(std::string_view());
        if (std::string error = windowsPathError(destination); !error.empty()) {
            fail(command, "removing drive letter: " + error, i.args.back().range);
            return false;
        }
    }
    if (const Flag *chmod = i.flag("chmod")) {
        const std::string_view mode = expand(command, chmod->value, buffer).value_or(std::string_view());
        std::string error = mode.empty() ? std::string() : chmodError(mode);
        if (!error.empty()) {
            fail(command, std::move(error), chmod->valueRange);
            return false;
        }
    }
    const Flag *checksum = i.flag("checksum");
    const std::string_view sum = checksum ? expand(command, checksum->value, buffer).value_or(std::string_view()) : std::string_view();
    if (sum.empty() || i.kind != InstructionKind::Add)
        return true;
    std::string word;
    const auto isHeredoc = [&i](const Argument &argument) { return HeredocMarkers(i).contains(argument); };
    const std::span<const Argument> sources = i.args.first(i.args.size() - 1);
    const bool single = std::ranges::count_if(sources, [&](const Argument &a) { return !isHeredoc(a); }) == 1;
    const std::string_view source = expand(command, sources.front().value, word).value_or(std::string_view());
    if (single && classifySource(source, i.flag("keep-git-dir") != nullptr).kind != SourceKind::Local)
        return true;
    fail(command, single ? "checksum requires HTTP(S) or Git sources" : "checksum can't be specified for multiple sources",
         checksum->valueRange);
    return false;
}

void GraphBuilder::checkChecksum(const Command &command, bool isDownload)
{
    const Flag *checksum = command.instruction->flag("checksum");
    if (!checksum || !isDownload)
        return;
    std::string buffer;
    const std::string_view sum = expand(command, checksum->value, buffer).value_or(std::string_view());
    if (std::string error = sum.empty() ? std::string() : digestError(sum); !error.empty())
        fail(command, std::move(error), checksum->valueRange);
}

/// The bodies that COPY and ADD write; those of RUN are the shell's business.
bool GraphBuilder::expandHeredocs(const Command &command)
{
    if (command.instruction->heredocs.empty())
        return true;
    WordExpander raw('\\');
    raw.keepQuotes();
    for (const Heredoc &heredoc : command.instruction->heredocs) {
        const std::string_view body = m_tree.text().slice(heredoc.body);
        if (!heredoc.expand || raw.isPlain(body))
            continue;
        if (std::expected<std::string, std::string> value = raw.expand(body, m_variables); !value) {
            fail(command, std::move(value.error()), heredoc.body);
            return false;
        }
    }
    return true;
}

void GraphBuilder::dispatchRun(const Command &command)
{
    for (const Flag &flag : command.instruction->flags) {
        if (flag.name == "mount")
            dispatchMount(command, flag, nextSource());
    }
}

void GraphBuilder::dispatchMount(const Command &command, const Flag &flag, std::int32_t source)
{
    const std::expected<Mount, std::string> mount = parseMount(flag.value, m_expander, m_variables);
    if (!mount) {
        fail(command, mount.error(), flag.valueRange);
        return;
    }
    addMountEdge(command, flag, source, *mount);
    const bool usesSource = !mount->from.empty() || mount->type == MountType::Cache;
    if (usesSource && source >= static_cast<std::int32_t>(command.stage)
        && source < static_cast<std::int32_t>(m_graph.m_stages.size())) {
        const std::string_view from = mount->from.empty() ? std::string_view("scratch") : std::string_view(mount->from);
        fail(command, "cannot mount from stage " + quoted(from) + " to " + quoted(mount->target)
                 + ", stage needs to be defined before current command", flag.valueRange);
    } else if (mount->type == MountType::Ssh) {
        if (!mount->source.empty())
            fail(command, "ssh does not support source", flag.valueRange);
    } else if (mount->type != MountType::Secret && mountTarget(*mount) == "/") {
        fail(command, "invalid mount target \"/\"", flag.valueRange);
    }
}

std::string GraphBuilder::mountTarget(const Mount &mount) const
{
    return joinedPath(m_workdir, mount.target);
}

void GraphBuilder::addMountEdge(const Command &command, const Flag &flag, std::int32_t source, const Mount &mount)
{
    const MountFrom from = mountFrom(flag.value);
    const TextRange range = from.value.empty() ? flag.valueRange : partOf(flag, from.begin, from.value.size());
    std::string label = mount.source.empty() ? std::string("/") : mount.source;
    label.append(Arrow).append(mount.target);
    if (mount.type == MountType::Cache) {
        const std::int32_t cache = addOther(m_graph.m_cacheMounts, m_cacheIndex,
                                            mount.id.empty() ? cleanedPath(mount.target) : mount.id);
        addEdge(command, EdgeKind::Mount, {NodeKind::CacheMount, cache}, mount.target, flag.valueRange);
    }
    if (!from.value.empty()) {
        if (const std::optional<NodeRef> node = nodeOf(source))
            addEdge(command, EdgeKind::Mount, *node, std::move(label), range);
    } else if (mount.type == MountType::Bind) {
        addEdge(command, EdgeKind::Mount, NodeRef::buildContext(), std::move(label), range);
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
    case ReferenceKind::NamedContext: return NodeRef {NodeKind::NamedContext, found.context};
    case ReferenceKind::Scratch:
    case ReferenceKind::Error: break;
    }
    return std::nullopt;
}

} // namespace stagewright
