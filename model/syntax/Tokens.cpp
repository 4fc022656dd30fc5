// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "syntax/Characters.h"
#include "syntax/SyntaxTree.h"
#include "syntax/SyntaxTreeData.h"

#include <algorithm>

namespace stagewright {

namespace {

/// Makes the tokens of a file line by line. Kinds are known for the ranges of a "mark" (keyword, flag, JSON array,
/// heredoc); what lies between marks is split into white space, continuations, comments and words.
class Tokenizer
{
public:
    Tokenizer(const SourceText &text, char escape)
        : m_text(text)
        , m_bytes(text.bytes())
        , m_escape(escape)
    {
    }

    std::vector<Token> run(std::span<const Directive> directives, std::span<const Instruction> instructions);

private:
    void put(TokenKind kind, Offset end);
    void putLineEnding(Offset contentEnd);
    void outsideLine(const Directive *directive);
    void instruction(const Instruction &instruction);
    void mark(TokenKind kind, TextRange range);
    void commandLines(const Instruction &instruction, std::uint32_t lastLine);
    void commandLine(std::uint32_t line, bool isFirst);
    void words(Offset end);
    void heredoc(const Heredoc &heredoc);
    void collectMarks(const Instruction &instruction);
    [[nodiscard]] Offset continuationAt(Offset begin, Offset end) const;

    const SourceText &m_text;
    std::string_view m_bytes;
    char m_escape;
    Offset m_at = 0;
    std::vector<Token> m_marks;
    std::size_t m_nextMark = 0;
    std::vector<Token> m_tokens;
};

void Tokenizer::put(TokenKind kind, Offset end)
{
    if (end <= m_at)
        return;
    m_tokens.push_back({kind, {m_at, end}});
    m_at = end;
}

/// The CRs in front of a line ending belong to it for BuildKit; all but the last are white space here.
void Tokenizer::putLineEnding(Offset contentEnd)
{
    put(TokenKind::Whitespace, contentEnd);
    if (m_at < m_bytes.size())
        put(TokenKind::Newline, m_text.lineWithEnding(m_text.lineAt(m_at)).end);
}

void Tokenizer::outsideLine(const Directive *directive)
{
    const std::uint32_t number = m_text.lineAt(m_at);
    const TextRange line = m_text.line(number);
    if (directive != nullptr) {
        put(TokenKind::Whitespace, directive->range.begin);
        put(TokenKind::Directive, directive->range.end);
    } else {
        const std::string_view text = m_bytes.substr(m_at, line.end > m_at ? line.end - m_at : 0);
        const std::string_view content = chars::trimmedLeft(text);
        put(TokenKind::Whitespace, static_cast<Offset>(content.data() - m_bytes.data()));
        put(content.starts_with('#') ? TokenKind::Comment : TokenKind::Error, line.end);
    }
    putLineEnding(line.end);
}

/// Tokens whose kind the parser knows, in file order. A mark may run over several lines.
void Tokenizer::collectMarks(const Instruction &outer)
{
    m_marks.clear();
    m_nextMark = 0;
    for (const Instruction *instruction = &outer; instruction != nullptr; instruction = instruction->inner) {
        m_marks.push_back({TokenKind::Keyword, instruction->keywordRange});
        for (const Flag &flag : instruction->flags)
            m_marks.push_back({TokenKind::Flag, flag.range});
        if (instruction->execForm && instruction->kind == InstructionKind::Healthcheck && instruction->args.size() < 2)
            continue;
        if (instruction->execForm) {
            const bool hasType = instruction->kind == InstructionKind::Healthcheck;
            TextRange array = instruction->argumentsRange;
            if (hasType) {
                m_marks.push_back({TokenKind::Word, instruction->args.front().range});
                array.begin = instruction->args.front().range.end;
                while (array.begin < array.end && m_bytes[array.begin] != '[')
                    ++array.begin;
            }
            m_marks.push_back({TokenKind::JsonArray, array});
        }
    }
    for (const Heredoc &heredoc : outer.heredocs)
        m_marks.push_back({TokenKind::HeredocMarker, heredoc.marker});
    std::erase_if(m_marks, [](const Token &token) { return token.range.isEmpty(); });
    std::ranges::stable_sort(m_marks, {}, [](const Token &token) { return token.range.begin; });
}

/// Where the escape character stands that continues the line [begin, end), or end.
Offset Tokenizer::continuationAt(Offset begin, Offset end) const
{
    Offset at = end;
    while (at > begin && (m_bytes[at - 1] == '\r' || m_bytes[at - 1] == '\n'))
        --at;
    while (at > begin && (m_bytes[at - 1] == ' ' || m_bytes[at - 1] == '\t'))
        --at;
    if (at == begin || m_bytes[at - 1] != m_escape || (at > begin + 1 && m_bytes[at - 2] == m_escape))
        return end;
    return at - 1;
}

/// White space and words up to @p end, kinds from the marks.
void Tokenizer::words(Offset end)
{
    while (m_at < end) {
        while (m_nextMark < m_marks.size() && m_marks[m_nextMark].range.end <= m_at)
            ++m_nextMark;
        const bool hasMark = m_nextMark < m_marks.size();
        const TextRange next = hasMark ? m_marks[m_nextMark].range : TextRange::at(end);
        if (hasMark && next.begin <= m_at) {
            put(m_marks[m_nextMark].kind, std::min(next.end, end));
            continue;
        }
        const Offset stop = std::min(next.begin, end);
        Offset at = m_at;
        while (at < stop) {
            const std::size_t space = chars::spaceLength(m_bytes, at);
            if (space == 0)
                break;
            at = std::min<Offset>(stop, at + static_cast<Offset>(space));
        }
        put(TokenKind::Whitespace, at);
        while (at < stop && chars::spaceLength(m_bytes, at) == 0)
            ++at;
        put(TokenKind::Word, at);
    }
}

void Tokenizer::commandLine(std::uint32_t number, bool isFirst)
{
    const TextRange line = m_text.line(number);
    const std::string_view text = m_text.slice(line);
    const std::string_view content = chars::trimmedLeft(text);
    if (!isFirst && content.starts_with('#')) {
        put(TokenKind::Whitespace, static_cast<Offset>(content.data() - m_bytes.data()));
        put(TokenKind::Comment, line.end);
    } else {
        const Offset stop = continuationAt(line.begin, line.end);
        words(stop);
        put(TokenKind::Continuation, line.end);
    }
    putLineEnding(line.end);
}

void Tokenizer::heredoc(const Heredoc &heredoc)
{
    put(TokenKind::HeredocBody, heredoc.body.end);
    put(TokenKind::HeredocEnd, heredoc.terminator.end);
    if (!heredoc.terminator.isEmpty())
        putLineEnding(m_text.line(m_text.lineAt(m_at)).end);
}

void Tokenizer::instruction(const Instruction &instruction)
{
    collectMarks(instruction);
    const std::uint32_t bodyLine = instruction.heredocs.empty()
        ? instruction.lastLine + 1
        : m_text.lineAt(instruction.heredocs.front().body.begin);
    // A heredoc without a line to hold its body begins at the end of the file, in the instruction's last line.
    const std::uint32_t end = std::max(bodyLine, instruction.firstLine + 1);
    for (std::uint32_t line = instruction.firstLine; line < end && line <= instruction.lastLine; ++line)
        commandLine(line, line == instruction.firstLine);
    for (const Heredoc &heredocOf : instruction.heredocs)
        heredoc(heredocOf);
}

std::vector<Token> Tokenizer::run(std::span<const Directive> directives, std::span<const Instruction> instructions)
{
    m_tokens.reserve(m_bytes.size() / 4 + 8);
    if (m_text.hasByteOrderMark())
        put(TokenKind::ByteOrderMark, 3);
    std::size_t nextDirective = 0;
    std::size_t nextInstruction = 0;
    while (m_at < m_bytes.size()) {
        const std::uint32_t line = m_text.lineAt(m_at);
        if (nextInstruction < instructions.size() && instructions[nextInstruction].firstLine == line) {
            const Instruction &next = instructions[nextInstruction++];
            const std::string_view text = m_text.slice(m_text.line(line));
            put(TokenKind::Whitespace, static_cast<Offset>(chars::trimmedLeft(text).data() - m_bytes.data()));
            instruction(next);
            continue;
        }
        const bool isDirective
            = nextDirective < directives.size() && m_text.lineAt(directives[nextDirective].range.begin) == line;
        outsideLine(isDirective ? &directives[nextDirective++] : nullptr);
    }
    return std::move(m_tokens);
}

} // namespace

std::vector<Token> SyntaxTree::tokens() const
{
    return Tokenizer(d->text, d->escape).run(d->directives, d->instructions);
}

} // namespace stagewright
