// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/Completion.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <set>
#include <string_view>

namespace stagewright {

namespace {

using Kind = Proposal::Kind;

bool equalsAnyCase(char a, char b)
{
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

bool startsWith(std::string_view text, std::string_view prefix)
{
    return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(), equalsAnyCase);
}

bool contains(std::string_view text, std::string_view part)
{
    return part.empty() || !std::ranges::search(text, part, equalsAnyCase).empty();
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return result;
}

class Finder
{
public:
    Finder(const Snapshot &snapshot, const Catalog &catalog, Offset at, bool everything)
        : m_snapshot(snapshot)
        , m_catalog(catalog)
        , m_at(at)
        , m_everything(everything)
    {
        const SourceText &text = snapshot.text();
        const TextRange line = text.line(text.lineAt(at));
        m_line = text.slice({line.begin, std::clamp(at, line.begin, line.end)});
        m_rest = text.slice({std::clamp(at, line.begin, line.end), line.end});
        m_instruction = snapshot.tree().instructionAtLine(text.lineAt(at));
        m_start = m_instruction == nullptr || m_instruction->firstLine == text.lineAt(at);
    }

    Proposals find();

private:
    void addAll(Kind kind, std::initializer_list<std::string_view> texts, std::string_view suffix = {});
    void add(Kind kind, std::string text, std::string detail = {});
    void keywords();
    void flags(InstructionKind kind);
    void stages();
    void images();
    void sources();
    void variables();
    bool inHeredoc() const;
    bool valueOfFlag(std::string_view word);
    void arguments(InstructionKind kind, std::string_view before);
    void setPrefix(std::string_view prefix) { m_prefix = prefix; }

    const Snapshot &m_snapshot;
    const Catalog &m_catalog;
    Offset m_at;
    bool m_everything;
    std::string_view m_line; ///< Up to the cursor.
    std::string_view m_rest; ///< Behind it.
    const Instruction *m_instruction = nullptr;
    bool m_start = false; ///< The cursor is in the first line of an instruction.
    std::string_view m_prefix;
    Proposals m_result;
};

void Finder::add(Kind kind, std::string text, std::string detail)
{
    const bool images = kind == Kind::Image;
    if (!(images ? contains(text, m_prefix) : startsWith(text, m_prefix)))
        return;
    m_result.items.push_back({kind, std::move(text), std::move(detail)});
}

void Finder::addAll(Kind kind, std::initializer_list<std::string_view> texts, std::string_view suffix)
{
    for (const std::string_view text : texts)
        add(kind, std::string(text) + std::string(suffix));
}

bool Finder::inHeredoc() const
{
    if (!m_instruction)
        return false;
    return std::ranges::any_of(m_instruction->heredocs, [&](const Heredoc &heredoc) {
        return m_at >= heredoc.body.begin
            && (m_at < heredoc.body.end || (!heredoc.terminated && m_at == heredoc.body.end));
    });
}

void Finder::keywords()
{
    // Lower case for who writes lower case.
    bool lower = !m_prefix.empty() && std::islower(static_cast<unsigned char>(m_prefix.front()));
    const std::span<const Instruction> all = m_snapshot.tree().instructions();
    if (m_prefix.empty() && !all.empty())
        lower = std::ranges::all_of(all, [](const Instruction &i) { return i.keyword == lowered(i.keyword); });
    constexpr InstructionKind offered[]{
        InstructionKind::From,   InstructionKind::Run,   InstructionKind::Copy,        InstructionKind::Workdir,
        InstructionKind::Env,    InstructionKind::Arg,   InstructionKind::Cmd,         InstructionKind::Entrypoint,
        InstructionKind::Expose, InstructionKind::User,  InstructionKind::Add,         InstructionKind::Label,
        InstructionKind::Volume, InstructionKind::Shell, InstructionKind::Healthcheck, InstructionKind::Stopsignal,
        InstructionKind::Onbuild};
    for (const InstructionKind kind : offered) {
        const std::string_view keyword = keywordOf(kind);
        add(Kind::Keyword, (lower ? lowered(keyword) : std::string(keyword)) + ' ');
    }
}

void Finder::flags(InstructionKind kind)
{
    switch (kind) {
    case InstructionKind::From: addAll(Kind::Flag, {"--platform="}); break;
    case InstructionKind::Copy:
        addAll(Kind::Flag, {"--from=", "--chown=", "--chmod=", "--link", "--parents", "--exclude="});
        break;
    case InstructionKind::Add:
        addAll(Kind::Flag,
               {"--chown=", "--chmod=", "--checksum=", "--link", "--keep-git-dir=", "--unpack=", "--exclude="});
        break;
    case InstructionKind::Run: addAll(Kind::Flag, {"--mount=", "--network=", "--security="}); break;
    case InstructionKind::Healthcheck:
        addAll(Kind::Flag, {"--interval=", "--timeout=", "--start-period=", "--start-interval=", "--retries="});
        break;
    default: break;
    }
}

void Finder::stages()
{
    const StageId own = m_instruction ? m_snapshot.graph().stageOf(m_instruction->id) : StageId::None;
    for (const Stage &stage : m_snapshot.graph().stages()) {
        if (own != StageId::None && stage.id >= own)
            break;
        if (!stage.name.empty())
            add(Kind::Stage, stage.displayName, "stage " + std::to_string(indexOf(stage.id)));
    }
}

void Finder::images()
{
    for (const Catalog::Offer &offer : m_catalog.offers()) {
        std::string detail;
        if (offer.facts.hasShell == Known::No)
            detail = "no shell";
        else if (!offer.facts.libc.empty() && offer.facts.libc != "none")
            detail = offer.facts.libc;
        add(Kind::Image, offer.reference, detail);
    }
}

void Finder::sources()
{
    stages();
    for (const auto &[name, value] : m_snapshot.options().namedContexts)
        add(Kind::Stage, name, "context");
    images();
}

void Finder::variables()
{
    std::set<std::string, std::less<>> names;
    const StageId own = m_instruction ? m_snapshot.graph().stageOf(m_instruction->id) : StageId::None;
    for (const Instruction &instruction : m_snapshot.tree().instructions()) {
        if (m_instruction && instruction.id >= m_instruction->id)
            break;
        const bool declares = instruction.kind == InstructionKind::Arg || instruction.kind == InstructionKind::Env;
        const StageId at = m_snapshot.graph().stageOf(instruction.id);
        if (!declares
            || (at != own && !(m_instruction && m_instruction->kind == InstructionKind::From && at == StageId::None)))
            continue;
        for (const Argument &argument : instruction.args)
            names.emplace(argument.key.empty() ? argument.value : argument.key);
    }
    if (m_instruction && m_instruction->kind == InstructionKind::From) {
        for (const char *name : {"BUILDPLATFORM", "TARGETPLATFORM", "BUILDOS", "BUILDARCH", "TARGETOS", "TARGETARCH"})
            names.emplace(name);
    }
    for (const std::string &name : names)
        add(Kind::Variable, name);
}

bool Finder::valueOfFlag(std::string_view word)
{
    const std::size_t equals = word.find('=');
    if (!word.starts_with("--") || equals == std::string_view::npos)
        return false;
    const std::string_view name = word.substr(2, equals - 2);
    std::string_view value = word.substr(equals + 1);
    if (name == "mount") {
        const std::size_t comma = value.rfind(',');
        value = comma == std::string_view::npos ? value : value.substr(comma + 1);
        if (startsWith(value, "from=")) {
            setPrefix(value.substr(5));
            sources();
        } else if (startsWith(value, "type=")) {
            setPrefix(value.substr(5));
            addAll(Kind::Value, {"cache", "bind", "secret", "ssh", "tmpfs"});
        } else if (startsWith(value, "sharing=")) {
            setPrefix(value.substr(8));
            addAll(Kind::Value, {"shared", "private", "locked"});
        } else {
            setPrefix(value);
            addAll(Kind::Flag,
                   {"type=", "target=", "source=", "from=", "id=", "sharing=", "readonly", "required",
                    "uid=", "gid=", "mode="});
        }
        return true;
    }
    setPrefix(value);
    if (name == "from")
        sources();
    else if (name == "platform")
        addAll(Kind::Value, {"$BUILDPLATFORM", "$TARGETPLATFORM", "linux/amd64", "linux/arm64", "linux/arm/v7"});
    else if (name == "network")
        addAll(Kind::Value, {"default", "none", "host"});
    else if (name == "security")
        addAll(Kind::Value, {"sandbox", "insecure"});
    return true;
}

void Finder::arguments(InstructionKind kind, std::string_view before)
{
    // `before` is what stands between the keyword and the word at the cursor, without flags.
    const bool first = before.find_first_not_of(" \t") == std::string_view::npos;
    if (kind == InstructionKind::From && first)
        sources();
    else if (kind == InstructionKind::From
             && before.find_first_of(" \t", before.find_first_not_of(" \t")) != std::string_view::npos
             && !contains(before, " as") && !m_prefix.empty())
        addAll(Kind::Keyword, {"AS "});
    else if (kind == InstructionKind::Healthcheck && first && (m_everything || !m_prefix.empty()))
        addAll(Kind::Keyword, {"CMD ", "NONE"});
}

Proposals Finder::find()
{
    const std::size_t firstWord = m_line.find_first_not_of(" \t");
    const bool comment = firstWord != std::string_view::npos && m_line[firstWord] == '#';
    const bool inWord
        = !m_rest.empty() && (std::isalnum(static_cast<unsigned char>(m_rest.front())) || m_rest.front() == '_');
    if (comment || inHeredoc() || (inWord && !m_everything))
        return {};
    const std::size_t lastBlank = m_line.find_last_of(" \t");
    const std::string_view word = lastBlank == std::string_view::npos ? m_line : m_line.substr(lastBlank + 1);
    setPrefix(word);
    const bool onlyWord = firstWord == std::string_view::npos || m_line.size() - word.size() <= firstWord;
    const std::size_t dollar = word.rfind('$');
    if (m_start && onlyWord) {
        if (!word.empty() || m_everything)
            keywords();
    } else if (m_instruction) {
        InstructionKind kind = m_instruction->kind;
        if (m_instruction->inner)
            kind = m_instruction->inner->kind;
        if (dollar != std::string_view::npos && word.find_first_of("}/:", dollar) == std::string_view::npos) {
            setPrefix(word.substr(dollar + (dollar + 1 < word.size() && word[dollar + 1] == '{' ? 2 : 1)));
            variables();
        } else if (!valueOfFlag(word)) {
            // Flags stand in front of the arguments.
            std::string_view before = m_line.substr(0, m_line.size() - word.size());
            if (m_start)
                before.remove_prefix(std::min(before.size(), before.find_first_of(" \t", firstWord)));
            std::size_t begin = before.find_first_not_of(" \t");
            while (begin != std::string_view::npos && before.substr(begin).starts_with("--")) {
                before.remove_prefix(std::min(before.size(), before.find_first_of(" \t", begin)));
                begin = before.find_first_not_of(" \t");
            }
            if (word.starts_with("--") && begin == std::string_view::npos)
                flags(kind);
            else if (!word.starts_with("-") && (m_everything || !word.empty() || kind == InstructionKind::From))
                arguments(kind, before);
        }
    }
    // What is typed already needs no proposal.
    if (!m_everything && std::ranges::any_of(m_result.items, [&](const Proposal &p) { return p.text == m_prefix; }))
        m_result.items.clear();
    std::ranges::stable_partition(m_result.items, [&](const Proposal &p) { return startsWith(p.text, m_prefix); });
    m_result.replaces = {static_cast<Offset>(m_at - m_prefix.size()), m_at};
    return m_result;
}

} // namespace

Proposals completionsAt(const Snapshot &snapshot, const Catalog &catalog, Offset at, bool everything)
{
    return Finder(snapshot, catalog, at, everything).find();
}

} // namespace stagewright
