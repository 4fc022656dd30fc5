// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "syntax/LineParser.h"

#include "syntax/Characters.h"
#include "syntax/GoText.h"

namespace stagewright {

namespace {

/// Behind @p at: the first blank, or the size.
std::size_t findBlank(std::string_view text, std::size_t at)
{
    while (at < text.size() && !chars::isBlank(text[at]))
        ++at;
    return at;
}

std::size_t skipBlanks(std::string_view text, std::size_t at)
{
    while (at < text.size() && chars::isBlank(text[at]))
        ++at;
    return at;
}

/// A byte as BuildKit's flag splitting writes it: it takes bytes for code points.
void appendLatin1(std::string &out, char c)
{
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) {
        out += static_cast<char>(0xC0 | byte >> 6);
        out += static_cast<char>(0x80 | (byte & 0x3F));
    } else {
        out += c;
    }
}

/// The end of the flag word that begins at @p at; @p out gets it without quotes and escapes.
/// The escape character here is always the backslash.
std::size_t flagWord(std::string_view text, std::size_t at, std::string &out)
{
    char quote = '\0';
    for (; at < text.size(); ++at) {
        char c = text[at];
        if (quote == '\0' && chars::isLatin1Space(c))
            break;
        if (c == quote && quote != '\0') {
            quote = '\0';
            continue;
        }
        if (quote == '\0' && (c == '\'' || c == '"')) {
            quote = c;
            continue;
        }
        if (c == '\\') {
            if (at + 1 == text.size())
                continue;
            c = text[++at];
        }
        appendLatin1(out, c);
    }
    return at;
}

/// The end of the flag word at @p at if flagWord() would not change anything in it, else npos.
std::size_t plainFlagEnd(std::string_view text, std::size_t at)
{
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (chars::isAsciiSpace(c))
            break;
        if (static_cast<unsigned char>(c) >= 0x80 || c == '\'' || c == '"' || c == '\\')
            return std::string_view::npos;
    }
    return at;
}

} // namespace

void LineParser::report(std::string message, std::string_view part)
{
    if (m_problem.message.empty())
        m_problem = {std::move(message), m_line->rangeOf(part)};
}

void LineParser::add(std::string_view value)
{
    m_args.push_back({.value = value, .range = m_line->rangeOf(value), .key = {}, .assigned = {}});
}

LineParser::Problem LineParser::parse(const LogicalLine &line, Instruction &first)
{
    m_line = &line;
    m_problem = {};
    Instruction *instruction = &first;
    std::string_view rest = chars::trimmed(line.text);
    // ONBUILD holds a whole line again; a loop, because a chain of them may be as long as the file.
    while (true) {
        rest = chars::trimmed(splitFlags(splitKeyword(rest, *instruction)));
        instruction->flags = m_tree.keep(std::span<const Flag>(m_flags));
        instruction->arguments = rest;
        instruction->argumentsRange
            = rest.empty() ? TextRange::at(line.rangeOf(line.text.size(), line.text.size()).begin) : line.rangeOf(rest);
        if (instruction->kind != InstructionKind::Onbuild || rest.empty())
            break;
        auto *inner = new (m_tree.arena.allocate(sizeof(Instruction), alignof(Instruction))) Instruction(first);
        inner->flags = {};
        inner->inner = nullptr;
        inner->leadingComment = {};
        instruction->inner = inner;
        instruction = inner;
    }
    parseArguments(*instruction);
    return std::move(m_problem);
}

/// What stands behind the keyword.
std::string_view LineParser::splitKeyword(std::string_view text, Instruction &instruction)
{
    const std::size_t end = findBlank(text, 0);
    instruction.keyword = text.substr(0, end);
    instruction.kind = instructionKindOf(instruction.keyword);
    instruction.keywordRange = m_line->rangeOf(instruction.keyword);
    instruction.range.begin = instruction.keywordRange.begin;
    return text.substr(skipBlanks(text, end));
}

void LineParser::finishFlag(std::string_view raw, std::string_view word)
{
    Flag flag;
    flag.range = m_line->rangeOf(raw);
    const std::size_t equals = word.find('=');
    flag.hasValue = equals != std::string_view::npos;
    flag.name = word.substr(2, flag.hasValue ? equals - 2 : std::string_view::npos);
    flag.value = flag.hasValue ? word.substr(equals + 1) : std::string_view();
    // The '=' in the file: quotes may stand in front of it, but none of them hides one.
    const std::size_t rawEquals = flag.hasValue ? raw.find('=') : raw.size();
    const std::string_view rawValue = raw.substr(flag.hasValue ? rawEquals + 1 : raw.size());
    flag.valueRange = m_line->rangeOf(rawValue);
    m_flags.push_back(flag);
}

/// Reads the flags in front of the arguments; returns the arguments.
std::string_view LineParser::splitFlags(std::string_view rest)
{
    m_flags.clear();
    std::size_t at = 0;
    while (true) {
        while (at < rest.size() && chars::isLatin1Space(rest[at]))
            ++at;
        if (!rest.substr(at).starts_with("--"))
            return rest.substr(at);
        std::size_t end = plainFlagEnd(rest, at);
        const bool isPlain = end != std::string_view::npos;
        m_flagWord.clear();
        if (!isPlain)
            end = flagWord(rest, at, m_flagWord);
        const std::string_view raw = rest.substr(at, end - at);
        if ((isPlain ? raw : m_flagWord) == "--")
            return rest.substr(end);
        finishFlag(raw, isPlain ? raw : m_tree.keep(std::string_view(m_flagWord)));
        at = end;
    }
}

void LineParser::parseArguments(Instruction &instruction)
{
    m_args.clear();
    const std::string_view rest = instruction.arguments;
    using enum InstructionKind;
    switch (instruction.kind) {
    case Add:
    case Copy:
    case Volume: maybeJson(rest, instruction, true); break;
    case Run:
    case Cmd:
    case Entrypoint:
    case Shell: maybeJson(rest, instruction, false); break;
    case Expose:
    case From: splitAtBlanks(rest); break;
    case Maintainer:
    case Stopsignal:
    case User:
    case Workdir:
        if (!rest.empty())
            add(rest);
        break;
    case Env:
    case Label: nameValues(rest, keywordOf(instruction.kind)); break;
    case Arg:
        splitWords(rest);
        for (const std::string_view word : m_words)
            assignment(word);
        break;
    case Healthcheck: healthcheck(rest, instruction); break;
    case Onbuild:
    case Unknown: break;
    }
    instruction.args = m_tree.keep(std::span<const Argument>(m_args));
}

void LineParser::splitAtBlanks(std::string_view rest)
{
    for (std::size_t at = 0; at < rest.size();) {
        const std::size_t end = findBlank(rest, at);
        add(rest.substr(at, end - at));
        at = skipBlanks(rest, end);
    }
}

/// True if @p rest is a valid array of strings.
bool LineParser::jsonArguments(std::string_view rest, Instruction &instruction)
{
    const JsonForm form = rest.starts_with('[') ? scanJsonArray(rest, m_elements) : JsonForm::NotAnArray;
    if (form == JsonForm::NotStrings)
        report("when using JSON array syntax, arrays must be comprised of strings only", rest);
    if (form != JsonForm::Strings)
        return false;
    instruction.execForm = true;
    for (const JsonElement &element : m_elements) {
        const std::string_view written = element.written;
        m_args.push_back({.value = element.hasEscapes ? m_tree.keep(std::string_view(decodeJsonString(written)))
                                                      : written.substr(1, written.size() - 2),
                          .range = m_line->rangeOf(written),
                          .key = {},
                          .assigned = {}});
    }
    return true;
}

void LineParser::maybeJson(std::string_view rest, Instruction &instruction, bool toList)
{
    if (rest.empty() || jsonArguments(rest, instruction))
        return;
    if (toList)
        splitAtBlanks(rest);
    else
        add(rest);
}

void LineParser::healthcheck(std::string_view rest, Instruction &instruction)
{
    std::size_t end = 0;
    while (end < rest.size() && !chars::isLatin1Space(rest[end]))
        ++end;
    if (end == 0)
        return;
    add(rest.substr(0, end));
    while (end < rest.size() && chars::isLatin1Space(rest[end]))
        ++end;
    maybeJson(rest.substr(end), instruction, false);
}

/// The words of ENV, LABEL and ARG: quotes and escapes hold white space, and stay.
void LineParser::splitWords(std::string_view rest)
{
    m_words.clear();
    std::size_t at = 0;
    while (at < rest.size()) {
        if (const std::size_t space = chars::spaceLength(rest, at)) {
            at += space;
            continue;
        }
        const std::size_t begin = at;
        std::size_t end = rest.size();
        char quote = '\0';
        while (at < rest.size()) {
            const char c = rest[at];
            const std::size_t space = quote == '\0' ? chars::spaceLength(rest, at) : 0;
            if (space > 0) {
                end = at;
                break;
            }
            if (quote == '\0' ? c == '\'' || c == '"' : c == quote)
                quote = quote == '\0' ? c : '\0';
            if (c == m_tree.escape && quote != '\'') {
                if (at + 1 == rest.size()) {
                    end = at++; // an escape character at the very end is dropped
                    break;
                }
                at += chars::decode(rest, at + 1).length;
            }
            ++at;
        }
        if (end > begin)
            m_words.push_back(rest.substr(begin, end - begin));
    }
}

void LineParser::assignment(std::string_view word)
{
    const std::size_t equals = word.find('=');
    Argument argument{.value = word, .range = m_line->rangeOf(word), .key = word, .assigned = {}};
    if (equals != std::string_view::npos) {
        argument.key = word.substr(0, equals);
        argument.assigned = word.substr(equals + 1);
        argument.hasAssigned = true;
    }
    m_args.push_back(argument);
}

/// ENV and LABEL: `name=value…`, or the old `name value` if the first word has no '='.
void LineParser::nameValues(std::string_view rest, std::string_view keyword)
{
    splitWords(rest);
    if (m_words.empty())
        return;
    if (m_words.front().find('=') == std::string_view::npos) {
        const std::size_t end = findBlank(rest, 0);
        Argument argument{.value = rest, .range = m_line->rangeOf(rest), .key = rest.substr(0, end), .assigned = {}};
        argument.spaceSeparated = end < rest.size();
        argument.hasAssigned = argument.spaceSeparated;
        argument.assigned = rest.substr(skipBlanks(rest, end));
        m_args.push_back(argument);
        if (!argument.hasAssigned)
            report(std::string(keyword) + " must have two arguments", rest);
        return;
    }
    for (const std::string_view word : m_words) {
        assignment(word);
        if (!m_args.back().hasAssigned)
            report("Syntax error - can't find = in " + gotext::quote(word) + ". Must be of the form: name=value", word);
    }
}

} // namespace stagewright
