// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/BuildNotes.h"

#include "semantics/Environment.h"
#include "semantics/Expansion.h"
#include "semantics/ImageReference.h"
#include "semantics/Mount.h"
#include "semantics/Platform.h"
#include "semantics/VariableWalk.h"
#include "semantics/Wording.h"
#include "syntax/GoText.h"

#include <algorithm>
#include <array>

namespace stagewright {

namespace {

constexpr std::array<std::string_view, 10> SecretWords{"apikey",   "auth",  "credential", "credentials", "key",
                                                       "password", "pword", "passwd",     "secret",      "token"};
constexpr std::array<std::string_view, 3> HarmlessWords{"public", "file", "version"};

/// True if a word of @p name, between underscores, is one of @p words in any case.
bool hasWord(std::string_view name, std::span<const std::string_view> words)
{
    while (true) {
        const std::size_t end = name.find('_');
        const std::string_view word = name.substr(0, end);
        if (std::ranges::any_of(words, [word](std::string_view w) { return equalsIgnoringCase(w, word); }))
            return true;
        if (end == std::string_view::npos)
            return false;
        name.remove_prefix(end + 1);
    }
}

bool looksSecret(std::string_view name)
{
    return hasWord(name, SecretWords) && !hasWord(name, HarmlessWords);
}

bool isAbsolute(std::string_view path, bool windows)
{
    if (windows && path.size() >= 2 && path[1] == ':')
        path.remove_prefix(2);
    return path.starts_with('/') || (windows && path.starts_with('\\'));
}

/// Makes the notes of the FROMs, then walks the instructions.
class NoteTaker final : public WalkVisitor
{
public:
    explicit NoteTaker(const Snapshot &snapshot)
        : m_snapshot(snapshot)
        , m_tree(snapshot.tree())
        , m_graph(snapshot.graph())
        , m_expander(m_tree.escapeCharacter())
        , m_inherited(m_graph.stages().size())
    {
    }

    std::vector<BuildNote> take();

    void enterStage(const Stage &stage) override;
    void visit(const WalkStep &step) override;

private:
    /// What a stage hands on to those built FROM it.
    struct Inherited
    {
        bool hasWorkdir = false;
        bool hasShell = false;
        bool knownVariables = false; ///< It starts from scratch: no image brings variables.
    };

    void noteDefaultBases();
    void noteFrom(const Stage &stage);
    void notePlatform(const Stage &stage, const Flag &flag);
    void noteUndeclared(const VariableUse &use, TextRange range, InstructionId from);
    void noteWords(const WalkStep &step);
    void notePairs(const WalkStep &step);
    void noteArgument(const WalkStep &step);
    void noteWorkdir(const WalkStep &step);
    void noteCopy(const WalkStep &step);
    void noteMounts(const WalkStep &step);
    void noteExpose(const WalkStep &step);
    void noteCommand(const WalkStep &step);
    void noteRepeated(const WalkStep &step, InstructionId &last);
    /// Notes the variables of @p word that nothing defines; the word expanded.
    std::string expand(const WalkStep &step, std::string_view word, TextRange range);
    void noteUndefined(const WalkStep &step, const VariableUse &use, TextRange range);
    void add(BuildNoteKind kind, const WalkStep &step, TextRange range, std::string subject);
    void markBehindError();

    const Snapshot &m_snapshot;
    const SyntaxTree &m_tree;
    const BuildGraph &m_graph;
    WordExpander m_expander;
    VariableTable m_globals;
    std::vector<std::string_view> m_declaredGlobals;
    std::vector<BuildNote> m_notes;
    std::size_t m_firstOfWalk = 0;
    std::size_t m_comparisons = 2'000'000; ///< Of names that are left to make; nobody reads as many suggestions.
    std::vector<Inherited> m_inherited;    ///< By stage.
    InstructionId m_cmd = InstructionId::None;
    InstructionId m_entrypoint = InstructionId::None;
    InstructionId m_healthcheck = InstructionId::None;
};

std::vector<BuildNote> NoteTaker::take()
{
    const auto stages = m_graph.stages();
    if (stages.empty())
        return {};
    m_globals = globalVariables(m_tree, m_snapshot.options(), stages.back().name);
    for (const Instruction &i : m_tree.instructions()) {
        if (i.kind == InstructionKind::From)
            break;
        for (const Argument &argument : i.args)
            m_declaredGlobals.push_back(argument.key);
    }
    const std::vector<std::string_view> names = m_globals.names();
    m_declaredGlobals.insert(m_declaredGlobals.end(), names.begin(), names.end());
    noteDefaultBases();
    for (const Stage &stage : stages)
        noteFrom(stage);
    m_firstOfWalk = m_notes.size();
    walkVariables(m_tree, stages, m_snapshot.options(), m_globals, *this);
    std::ranges::stable_sort(m_notes.begin() + static_cast<std::ptrdiff_t>(m_firstOfWalk), m_notes.end(), {},
                             &BuildNote::at);
    markBehindError();
    return std::move(m_notes);
}

/// BuildKit looks whether every base is a name also when no build argument is given.
void NoteTaker::noteDefaultBases()
{
    AnalysisOptions defaults = m_snapshot.options();
    VariableTable given;
    const VariableTable *variables = &m_globals;
    if (!defaults.buildArgs.empty()) {
        defaults.buildArgs.clear();
        given = globalVariables(m_tree, defaults, m_graph.stages().back().name);
        variables = &given;
    }
    for (const Stage &stage : m_graph.stages()) {
        // With nothing given the graph has seen already that it is one.
        if (variables == &m_globals && stage.base.kind == BaseKind::Image && !stage.base.reference.empty())
            continue;
        const auto base = m_expander.expand(stage.base.written, *variables);
        if (!base)
            return;
        if (ImageReference::parse(*base))
            continue;
        m_notes.push_back({.kind = BuildNoteKind::InvalidDefaultBase,
                           .instruction = stage.from,
                           .at = stage.from,
                           .range = stage.base.range,
                           .subject = std::string(stage.base.written),
                           .suggestion = {}});
    }
}

void NoteTaker::noteFrom(const Stage &stage)
{
    VariableUse use;
    const auto base = m_expander.expand(stage.base.written, m_globals, &use);
    noteUndeclared(use, stage.base.range, stage.from);
    if (!base || base->empty())
        return;
    if (const Flag *flag = m_tree.instruction(stage.from).flag("platform"); flag && !flag->value.empty())
        notePlatform(stage, *flag);
}

void NoteTaker::noteUndeclared(const VariableUse &use, TextRange range, InstructionId from)
{
    for (const std::string_view name : use.unmatched) {
        if (std::ranges::contains(m_declaredGlobals, name))
            continue;
        m_notes.push_back({.kind = BuildNoteKind::UndeclaredFromArg,
                           .instruction = from,
                           .at = from,
                           .range = range,
                           .subject = std::string(name),
                           .suggestion = gotext::nearestOption(name, m_declaredGlobals, true)});
    }
}

void NoteTaker::notePlatform(const Stage &stage, const Flag &flag)
{
    VariableUse use;
    const auto value = m_expander.expand(flag.value, m_globals, &use);
    noteUndeclared(use, flag.valueRange, stage.from);
    BuildNote note{.instruction = stage.from, .at = stage.from, .range = flag.range, .subject = {}, .suggestion = {}};
    if (!value)
        return;
    if (use.matched.size() == 1 && use.unmatched.empty()) {
        if (use.matched.front() != "TARGETPLATFORM" || *value != m_globals.find("TARGETPLATFORM"))
            return;
        note.kind = BuildNoteKind::RedundantPlatform;
        note.subject = flag.value;
        m_notes.push_back(std::move(note));
        return;
    }
    if (!use.matched.empty() || !use.unmatched.empty())
        return;
    const auto platform = Platform::parse(*value);
    if (!platform || stage.name.contains(platform->os) || stage.name.contains(platform->architecture))
        return;
    note.kind = BuildNoteKind::ConstantPlatform;
    note.subject = *value;
    m_notes.push_back(std::move(note));
}

void NoteTaker::enterStage(const Stage &stage)
{
    Inherited &own = m_inherited[indexOf(stage.id)];
    if (stage.base.kind == BaseKind::Stage)
        own = m_inherited[indexOf(stage.base.stage)];
    else
        own.knownVariables = stage.base.kind == BaseKind::Scratch;
    m_cmd = m_entrypoint = m_healthcheck = InstructionId::None;
}

void NoteTaker::visit(const WalkStep &step)
{
    switch (step.instruction.kind) {
    case InstructionKind::Arg: return noteArgument(step);
    case InstructionKind::Env:
    case InstructionKind::Label: return notePairs(step);
    case InstructionKind::Workdir: return noteWorkdir(step);
    case InstructionKind::Add:
    case InstructionKind::Copy: return noteCopy(step);
    case InstructionKind::Run: return noteMounts(step);
    case InstructionKind::Expose: return noteExpose(step);
    case InstructionKind::Stopsignal:
    case InstructionKind::User:
    case InstructionKind::Volume: return noteWords(step);
    case InstructionKind::Cmd: noteRepeated(step, m_cmd); return noteCommand(step);
    case InstructionKind::Entrypoint: noteRepeated(step, m_entrypoint); return noteCommand(step);
    case InstructionKind::Healthcheck: return noteRepeated(step, m_healthcheck);
    case InstructionKind::Shell: m_inherited[indexOf(step.stage.id)].hasShell = !step.args.empty(); return;
    case InstructionKind::From:
    case InstructionKind::Maintainer:
    case InstructionKind::Onbuild:
    case InstructionKind::Unknown: return;
    }
}

void NoteTaker::noteWords(const WalkStep &step)
{
    for (const Argument &argument : step.args)
        expand(step, argument.value, argument.range);
}

void NoteTaker::notePairs(const WalkStep &step)
{
    std::vector<std::string> names;
    for (const Argument &argument : step.args) {
        names.push_back(expand(step, argument.key, argument.range));
        expand(step, argument.assigned, argument.range);
    }
    for (std::size_t i = 0; i < step.args.size(); ++i) {
        if (step.args[i].spaceSeparated)
            add(BuildNoteKind::LegacyPair, step, step.args[i].range, std::string(step.instruction.keyword));
        if (step.instruction.kind == InstructionKind::Env && looksSecret(names[i]))
            add(BuildNoteKind::SecretVariable, step, step.args[i].range, names[i]);
    }
}

void NoteTaker::noteArgument(const WalkStep &step)
{
    const Argument &argument = step.args.front();
    if (looksSecret(argument.key))
        add(BuildNoteKind::SecretArgument, step, argument.range, std::string(argument.key));
    const auto &given = m_snapshot.options().buildArgs;
    if (argument.hasAssigned && (given.empty() || !given.contains(std::string(argument.key))))
        expand(step, argument.assigned, argument.range);
}

void NoteTaker::noteWorkdir(const WalkStep &step)
{
    if (step.args.empty())
        return;
    const std::string path = expand(step, step.args.front().value, step.args.front().range);
    Inherited &own = m_inherited[indexOf(step.stage.id)];
    if (!own.hasWorkdir && !isAbsolute(path, step.stage.platform.starts_with("windows")))
        add(BuildNoteKind::RelativeWorkdir, step, step.args.front().range, path);
    own.hasWorkdir = true;
}

void NoteTaker::noteCopy(const WalkStep &step)
{
    for (const std::string_view name : {"chown", "chmod", "checksum"}) {
        for (const Flag &flag : step.instruction.flags) {
            if (flag.name == name)
                expand(step, flag.value, flag.valueRange);
        }
    }
    const auto isMarker = [&step](const Argument &argument) {
        return std::ranges::contains(step.instruction.heredocs, argument.range.begin,
                                     [](const Heredoc &heredoc) { return heredoc.marker.begin; });
    };
    for (const Argument &argument : step.args) {
        if (!isMarker(argument))
            expand(step, argument.value, argument.range);
    }
    WordExpander raw('\\');
    raw.keepQuotes();
    for (const Heredoc &heredoc : step.instruction.heredocs) {
        const std::string_view body = m_tree.text().slice(heredoc.body);
        if (!heredoc.expand || raw.isPlain(body))
            continue;
        VariableUse use;
        static_cast<void>(raw.expand(body, step.variables, &use));
        noteUndefined(step, use, heredoc.body);
    }
}

void NoteTaker::noteMounts(const WalkStep &step)
{
    for (const Flag &flag : step.instruction.flags) {
        if (flag.name != "mount" || !flag.value.contains('$'))
            continue;
        std::vector<VariableUse> uses;
        static_cast<void>(parseMount(flag.value, m_expander, step.variables, &uses));
        for (const VariableUse &use : uses)
            noteUndefined(step, use, flag.valueRange);
    }
}

/// `[address:]host:port/protocol`. Variables in EXPOSE are not looked up in BuildKit's check.
void NoteTaker::noteExpose(const WalkStep &step)
{
    for (const Argument &argument : step.args) {
        const auto words = m_expander.expandToWords(argument.value, step.variables);
        if (!words)
            return;
        for (const std::string &word : *words) {
            const std::size_t colon = word.rfind(':');
            const std::string_view container
                = std::string_view(word).substr(colon == std::string::npos ? 0 : colon + 1);
            const std::size_t slash = container.find('/');
            const std::string_view protocol
                = slash == std::string_view::npos ? std::string_view() : container.substr(slash + 1);
            const std::string lower = lowerCase(protocol);
            const bool isKnown = lower.empty() || lower == "tcp" || lower == "udp" || lower == "sctp";
            if (slash == 0 || container.empty() || !isKnown)
                return; // BuildKit stops here
            if (lower != protocol)
                add(BuildNoteKind::ExposeProtocolCasing, step, argument.range, word);
            const bool isMapping = colon != std::string::npos && word.find_first_not_of(':') < colon;
            if (isMapping)
                add(BuildNoteKind::ExposeMapping, step, argument.range, word);
        }
    }
}

void NoteTaker::noteCommand(const WalkStep &step)
{
    if (!step.instruction.execForm && !m_inherited[indexOf(step.stage.id)].hasShell)
        add(BuildNoteKind::ShellFormCommand, step, step.instruction.range, std::string(step.instruction.keyword));
}

void NoteTaker::noteRepeated(const WalkStep &step, InstructionId &last)
{
    if (last != InstructionId::None) {
        m_notes.push_back({.kind = BuildNoteKind::RepeatedInstruction,
                           .instruction = last,
                           .at = step.location.id,
                           .range = m_tree.instruction(last).range,
                           .subject = std::string(step.instruction.keyword),
                           .suggestion = {}});
    }
    last = step.location.id;
}

std::string NoteTaker::expand(const WalkStep &step, std::string_view word, TextRange range)
{
    if (m_expander.isPlain(word))
        return std::string(word);
    VariableUse use;
    auto value = m_expander.expand(word, step.variables, &use);
    noteUndefined(step, use, range);
    return value ? std::move(*value) : std::string();
}

void NoteTaker::noteUndefined(const WalkStep &step, const VariableUse &use, TextRange range)
{
    for (const std::string_view name : use.unmatched) {
        if (step.declared.contains(name) || name == "BUILDKIT_SBOM_SCAN_CONTEXT" || name == "BUILDKIT_SBOM_SCAN_STAGE")
            continue;
        std::vector<std::string_view> names = step.variables.names();
        if (names.size() > m_comparisons)
            names.clear();
        m_comparisons -= names.size();
        BuildNote note{.kind = BuildNoteKind::UndefinedVariable,
                       .instruction = step.location.id,
                       .at = step.location.id,
                       .range = step.isTrigger() ? step.location.range : range,
                       .subject = std::string(name),
                       .suggestion = gotext::nearestOption(name, names, true),
                       .certain = m_inherited[indexOf(step.stage.id)].knownVariables};
        m_notes.push_back(std::move(note));
    }
}

void NoteTaker::add(BuildNoteKind kind, const WalkStep &step, TextRange range, std::string subject)
{
    m_notes.push_back({.kind = kind,
                       .instruction = step.location.id,
                       .at = step.location.id,
                       .range = step.isTrigger() ? step.location.range : range,
                       .subject = std::move(subject),
                       .suggestion = {}});
}

void NoteTaker::markBehindError()
{
    if (m_graph.errors().empty())
        return;
    using Step = BuildError::Step;
    const BuildError &first = m_graph.errors().front();
    const bool converts = first.phase == BuildError::Phase::Convert;
    for (std::size_t i = 0; i < m_notes.size(); ++i) {
        BuildNote &note = m_notes[i];
        const Step step = i >= m_firstOfWalk                 ? Step::Instructions
            : note.kind == BuildNoteKind::InvalidDefaultBase ? Step::GlobalArguments
                                                             : Step::Bases;
        // The default bases are looked at before the global ARGs count.
        const bool sameStep = step == first.step && step != Step::GlobalArguments;
        note.behindError = !converts || step > first.step || first.step == Step::Options
            || (sameStep && note.at > first.instruction);
    }
}

} // namespace

std::vector<BuildNote> buildNotes(const Snapshot &snapshot)
{
    return NoteTaker(snapshot).take();
}

} // namespace stagewright
