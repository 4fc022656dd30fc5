// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "syntax/Parser.h"

#include "syntax/Characters.h"
#include "syntax/GoText.h"
#include "syntax/ShellWords.h"

#include <algorithm>
#include <array>

namespace stagewright {

namespace {

constexpr std::size_t MaximumLine = 65535; // what BuildKit's scanner takes, line ending not counted

bool isRegexSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

std::string_view trimmedLineEnding(std::string_view text)
{
    while (!text.empty() && (text.back() == '\r' || text.back() == '\n'))
        text.remove_suffix(1);
    return text;
}

} // namespace

bool matchDirective(std::string_view text, std::string_view &name, std::string_view &value)
{
    text = chars::trimmedLeft(text.substr(1));
    std::size_t at = 0;
    while (at < text.size() && (chars::isAsciiLetter(text[at]) || (at > 0 && chars::isDigit(text[at]))))
        ++at;
    name = text.substr(0, at);
    while (at < text.size() && isRegexSpace(text[at]))
        ++at;
    if (name.empty() || at + 1 >= text.size() || text[at] != '=')
        return false;
    value = text.substr(at + 1);
    // The value is never empty: of blanks only, the last one is the value.
    while (value.size() > 1 && isRegexSpace(value.front()))
        value.remove_prefix(1);
    while (value.size() > 1 && isRegexSpace(value.back()))
        value.remove_suffix(1);
    return true;
}

Parser::Parser(SyntaxTree::Data &tree)
    : m_tree(tree)
    , m_bytes(tree.text.bytes())
    , m_lineParser(tree)
{
    const std::uint32_t lines = tree.text.lineCount();
    const bool endsWithNewline = m_bytes.empty() || m_bytes.ends_with('\n');
    m_lineCount = endsWithNewline ? lines - 1 : lines;
    // Room that is not used costs nothing; moving instructions does.
    m_tree.instructions.reserve(lines * 2 / 3 + 4);
}

void Parser::report(std::string message, TextRange range, std::uint32_t first, std::uint32_t last)
{
    m_tree.errors.push_back({std::move(message), range, first, std::max(first, last)});
}

Parser::Line Parser::lineAt(std::uint32_t number) const
{
    const TextRange range = m_tree.text.lineWithEnding(number);
    return {trimmedLineEnding(m_bytes.substr(range.begin, range.length())), range.begin, range.end};
}

/// BuildKit's scanner gives up at such a line and never sees the rest of the file.
bool Parser::isTooLong(const Line &line, std::uint32_t number) const
{
    if (line.end - line.begin < MaximumLine)
        return false;
    const Offset begin = number == 1 ? 0 : line.begin;
    const bool hasFeed = m_bytes[line.end - 1] == '\n';
    return line.end - begin - (hasFeed ? 1 : 0) > MaximumLine;
}

void Parser::checkLength(const Line &line, std::uint32_t number)
{
    if (m_lineTooLong || !isTooLong(line, number))
        return;
    m_lineTooLong = true;
    const TextRange range = m_tree.text.line(number);
    if (m_tree.instructions.empty())
        report("file with no instructions", TextRange::at(range.begin), number - 1, number - 1);
    report("dockerfile line greater than max allowed size of 65535", range, number - 1, number - 1);
}

void Parser::run()
{
    if (m_bytes.empty()) {
        report("the Dockerfile cannot be empty", {}, 0, 0);
        return;
    }
    readHiddenDirectives();
    while (m_current < m_lineCount) {
        const Line line = lineAt(m_current + 1);
        checkLength(line, m_current + 1);
        ++m_current;
        const std::string_view text = chars::trimmedLeft(line.text);
        if (m_mayHaveDirectives && readDirective(line, text))
            continue;
        const auto begin = static_cast<Offset>(text.data() - m_bytes.data());
        if (text.starts_with('#'))
            noteComment(m_current, begin, begin + static_cast<Offset>(text.size()));
        else if (!text.empty())
            readInstruction(m_current, text);
    }
    if (m_tree.instructions.empty() && !m_lineTooLong)
        report("file with no instructions", TextRange::at(m_tree.text.size()), m_lineCount, m_lineCount);
}

/// Extends the comment block above if there is no line between.
void Parser::noteComment(std::uint32_t number, Offset begin, Offset end)
{
    if (m_commentLine + 1 != number || m_comment.isEmpty())
        m_comment = {begin, end};
    m_comment.end = end;
    m_commentLine = number;
}

bool Parser::readDirective(const Line &line, std::string_view text)
{
    static constexpr std::array<std::string_view, 3> Known{"syntax", "escape", "check"};
    std::string_view name;
    std::string_view value;
    m_mayHaveDirectives = false;
    if (!text.starts_with('#') || !matchDirective(text, name, value))
        return false;
    const auto known
        = std::ranges::find_if(Known, [&](std::string_view key) { return chars::equalsIgnoringCase(key, name); });
    if (known == Known.end())
        return false;
    m_mayHaveDirectives = true;
    const auto begin = static_cast<Offset>(text.data() - m_bytes.data());
    const auto valueBegin = static_cast<Offset>(value.data() - m_bytes.data());
    Directive directive{*known,
                        value,
                        {begin, begin + static_cast<Offset>(text.size())},
                        {valueBegin, valueBegin + static_cast<Offset>(value.size())}};
    directive.atLineStart = begin == line.begin;
    m_tree.directives.push_back(directive);
    if (std::ranges::find(m_seenDirectives, *known) != m_seenDirectives.end()) {
        report("only one " + std::string(*known) + " parser directive can be used", directive.range, m_current - 1,
               m_current - 1);
        return true;
    }
    m_seenDirectives.push_back(*known);
    if (*known == "escape") {
        if (value == "\\" || value == "`")
            m_tree.escape = value.front();
        else
            report("invalid escape token '" + std::string(value) + "' does not match ` or \\", directive.valueRange,
                   m_current - 1, m_current - 1);
    }
    return true;
}

/// The front end drops a first line with `#!` before it looks for directives; the parser takes it for a comment.
void Parser::readHiddenDirectives()
{
    if (!lineAt(1).text.starts_with("#!"))
        return;
    for (std::uint32_t number = 2; number <= m_lineCount; ++number) {
        const Line line = lineAt(number);
        std::string_view name;
        std::string_view value;
        if (!line.text.starts_with('#') || !matchDirective(line.text, name, value))
            return;
        const std::string_view lower = chars::equalsIgnoringCase(name, "syntax") ? "syntax"
            : chars::equalsIgnoringCase(name, "check")                           ? "check"
            : chars::equalsIgnoringCase(name, "escape")                          ? "escape"
                                                                                 : "";
        if (lower.empty())
            return;
        const auto valueBegin = static_cast<Offset>(value.data() - m_bytes.data());
        m_tree.hiddenDirectives.push_back({lower,
                                           value,
                                           {line.begin, line.begin + static_cast<Offset>(line.text.size())},
                                           {valueBegin, valueBegin + static_cast<Offset>(value.size())}});
    }
}

/// Cuts the escape character that continues a line, with the blanks behind it. Two of them do not continue it.
bool Parser::trimContinuation(std::string_view &text) const
{
    std::size_t end = text.size();
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t'))
        --end;
    if (end == 0 || text[end - 1] != m_tree.escape || (end > 1 && text[end - 2] == m_tree.escape))
        return false;
    text = text.substr(0, end - 1);
    return true;
}

void Parser::readInstruction(std::uint32_t first, std::string_view text)
{
    Instruction instruction;
    instruction.id = static_cast<InstructionId>(m_tree.instructions.size());
    instruction.firstLine = first;
    if (m_commentLine + 1 == first)
        instruction.leadingComment = m_comment;
    m_comment = {};
    const LogicalLine line = joinContinuations(text, instruction);
    LineParser::Problem problem = m_lineParser.parse(line, instruction);
    instruction.lastLine = m_current;
    if (!problem.message.empty())
        report(std::move(problem.message), problem.range, first, m_current);
    readHeredocs(line, instruction);
    instruction.lastLine = m_current;
    instruction.range.end = std::max(instruction.keywordRange.end, m_tree.text.line(m_current).end);
    // Inner instructions were made before the end was known.
    for (auto *inner = const_cast<Instruction *>(instruction.inner); inner != nullptr;
         inner = const_cast<Instruction *>(inner->inner)) {
        inner->range.end = instruction.range.end;
        inner->lastLine = instruction.lastLine;
    }
    m_tree.add(instruction);
}

LogicalLine Parser::joinContinuations(std::string_view first, Instruction &instruction)
{
    const auto sourceOf = [this](std::string_view part) { return static_cast<Offset>(part.data() - m_bytes.data()); };
    bool goesOn = trimContinuation(first);
    m_pieces.clear();
    m_pieces.push_back({0, sourceOf(first)});
    if (!goesOn) {
        instruction.emptyContinuationLine = 0;
        return {first, m_pieces};
    }
    m_parts.assign(1, first);
    std::size_t size = first.size();
    bool hasEmptyLine = false;
    while (goesOn && m_current < m_lineCount) {
        const Line line = lineAt(m_current + 1);
        checkLength(line, m_current + 1);
        ++m_current;
        std::string_view text = line.text;
        const std::string_view content = chars::trimmedLeft(text);
        hasEmptyLine = hasEmptyLine || content.empty();
        if (content.empty() || content.starts_with('#'))
            continue;
        goesOn = trimContinuation(text);
        if (text.empty())
            continue;
        m_pieces.push_back({static_cast<Offset>(size), sourceOf(text)});
        m_parts.push_back(text);
        size += text.size();
    }
    instruction.emptyContinuationLine = hasEmptyLine ? m_current : 0;
    if (m_parts.size() == 1)
        return {first, m_pieces};
    char *joined = m_tree.room(size);
    std::size_t at = 0;
    for (const std::string_view part : m_parts)
        at += part.copy(joined + at, part.size());
    return {{joined, size}, m_pieces};
}

void Parser::readHeredocs(const LogicalLine &line, Instruction &instruction)
{
    // BuildKit looks one ONBUILD deep.
    const Instruction *holder
        = instruction.kind == InstructionKind::Onbuild && instruction.inner ? instruction.inner : &instruction;
    const bool allowed = holder->kind == InstructionKind::Add || holder->kind == InstructionKind::Copy
        || holder->kind == InstructionKind::Run;
    if (!allowed || holder->execForm || line.text.find("<<") == std::string_view::npos)
        return;
    m_heredocs.clear();
    for (const ShellWord &word : lexShellWords(line.text, true, true, true).words) {
        HeredocWord opened = parseHeredocWord(word.text);
        if (!opened.error.empty()) {
            report(std::move(opened.error), line.rangeOf(word.begin, word.end), instruction.firstLine, m_current);
            break;
        }
        if (!opened.found)
            continue;
        m_heredocs.push_back({.name = m_tree.keep(std::string_view(opened.name)),
                              .expand = opened.expand,
                              .stripTabs = opened.stripTabs,
                              .fileDescriptor = opened.fileDescriptor,
                              .marker = line.rangeOf(word.begin, word.end),
                              .body = {},
                              .terminator = {}});
    }
    for (Heredoc &heredoc : m_heredocs)
        readHeredocBody(heredoc, instruction);
    instruction.heredocs = m_tree.keep(std::span<const Heredoc>(m_heredocs));
    if (holder != &instruction)
        const_cast<Instruction *>(holder)->heredocs = instruction.heredocs;
}

void Parser::readHeredocBody(Heredoc &heredoc, const Instruction &instruction)
{
    const Offset begin
        = m_current < m_tree.text.lineCount() ? m_tree.text.lineWithEnding(m_current + 1).begin : m_tree.text.size();
    heredoc.body = TextRange::at(begin);
    heredoc.terminator = TextRange::at(begin);
    bool cutOff = false;
    while (m_current < m_lineCount) {
        const Line line = lineAt(m_current + 1);
        if (!m_lineTooLong && isTooLong(line, m_current + 1)) {
            cutOff = true;
            report("unterminated heredoc", heredoc.marker, instruction.firstLine, m_current);
            checkLength(line, m_current + 1);
        }
        ++m_current;
        std::string_view text = line.text;
        if (heredoc.stripTabs)
            text.remove_prefix(std::min(text.find_first_not_of('\t'), text.size()));
        if (text == heredoc.name) {
            heredoc.terminator = {line.begin, line.begin + static_cast<Offset>(line.text.size())};
            return;
        }
        heredoc.body.end = m_tree.text.lineWithEnding(m_current).end;
        heredoc.terminator = TextRange::at(heredoc.body.end);
    }
    heredoc.terminated = false;
    if (!cutOff)
        report("unterminated heredoc", heredoc.marker, instruction.firstLine, m_current);
}

} // namespace stagewright
