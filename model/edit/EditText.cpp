// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/EditSupport.h"

#include <algorithm>
#include <charconv>

namespace stagewright::edit::detail {

bool isBlankChar(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

bool isBlankText(std::string_view text)
{
    return std::ranges::all_of(text, isBlankChar);
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    for (char &c : result) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

std::string uppered(std::string_view text)
{
    std::string result(text);
    for (char &c : result) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    }
    return result;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && lowered(a) == lowered(b);
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (isBlankChar(text.front()) || text.front() == '\n'))
        text.remove_prefix(1);
    while (!text.empty() && (isBlankChar(text.back()) || text.back() == '\n'))
        text.remove_suffix(1);
    return text;
}

std::string normalised(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n')
            result += text[i];
    }
    // Blank lines at both ends only: indentation and trailing blanks of the text itself may matter.
    for (std::size_t end = result.find('\n'); end != std::string::npos; end = result.find('\n')) {
        if (!isBlankText(std::string_view(result).substr(0, end)))
            break;
        result.erase(0, end + 1);
    }
    for (std::size_t start = result.rfind('\n'); start != std::string::npos; start = result.rfind('\n')) {
        if (!isBlankText(std::string_view(result).substr(start + 1)))
            break;
        result.erase(start);
    }
    return isBlankText(result) ? std::string() : result;
}

std::optional<std::size_t> stageNumber(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::string shortened(std::string_view text)
{
    constexpr std::size_t Longest = 40;
    text = trimmed(text);
    std::string line(text.substr(0, text.find('\n')));
    if (line.size() > Longest) {
        std::size_t end = Longest;
        while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80)
            --end;
        line.resize(end);
    } else if (line.size() == text.size()) {
        return line;
    }
    while (!line.empty() && (isBlankChar(line.back()) || line.back() == '\\' || line.back() == '`'))
        line.pop_back();
    return line + "…";
}

KeywordCase keywordCase(const Snapshot &snapshot)
{
    std::size_t upper = 0;
    std::size_t lower = 0;
    for (const Instruction &instruction : snapshot.tree().instructions()) {
        const bool hasLower = std::ranges::any_of(instruction.keyword, [](char c) { return c >= 'a' && c <= 'z'; });
        const bool hasUpper = std::ranges::any_of(instruction.keyword, [](char c) { return c >= 'A' && c <= 'Z'; });
        if (!hasLower)
            ++upper;
        else if (!hasUpper)
            ++lower;
    }
    if (upper + lower == 0)
        return KeywordCase::Unknown;
    return lower > upper ? KeywordCase::Lower : KeywordCase::Upper;
}

std::string keyword(const Snapshot &snapshot, std::string_view keyword)
{
    return keywordCase(snapshot) == KeywordCase::Lower ? lowered(keyword) : std::string(keyword);
}

namespace {

void followCase(std::string &text, const Instruction &instruction, Offset shift, KeywordCase wanted)
{
    if (instruction.kind == InstructionKind::Unknown)
        return;
    const std::size_t begin = instruction.keywordRange.begin - shift;
    const std::size_t length = instruction.keywordRange.length();
    const std::string word = text.substr(begin, length);
    if (word == uppered(word) && wanted == KeywordCase::Lower)
        text.replace(begin, length, lowered(word));
    else if (word == lowered(word) && wanted == KeywordCase::Upper)
        text.replace(begin, length, uppered(word));
}

/// A blank line behind it ends directive parsing.
std::string escapeHead(char escape)
{
    return escape == '`' ? "# escape=`\n\n" : "\n";
}

bool isComplete(const SyntaxTree &tree)
{
    const auto instructions = tree.instructions();
    return !instructions.empty() && std::ranges::none_of(instructions, [](const Instruction &one) {
        return one.kind == InstructionKind::Unknown;
    });
}

/// Text from a template or another file continues lines with '\\'; in a file that escapes with '`' that would
/// break the instruction in two.
std::string inFilesEscape(const Snapshot &snapshot, std::string text)
{
    if (snapshot.tree().escapeCharacter() == '\\' || !text.contains("\\"))
        return text;
    const std::string head = escapeHead('\\');
    auto here = SourceText::fromBytes(escapeHead('`') + text);
    auto there = SourceText::fromBytes(head + text);
    if (!here || !there || isComplete(SyntaxTree::parse(*std::move(here))))
        return text;
    const SyntaxTree tree = SyntaxTree::parse(*std::move(there));
    if (!isComplete(tree))
        return text;
    for (const Token &token : tree.tokens()) {
        if (token.kind == TokenKind::Continuation)
            text[token.range.begin - head.size()] = '`';
    }
    return text;
}

} // namespace

std::expected<Fragment, EditError> fragment(const Snapshot &snapshot, std::string_view text, bool followCasing)
{
    Fragment result{.text = inFilesEscape(snapshot, normalised(text))};
    if (result.text.empty())
        return refuse("There is no instruction in this text.");
    // The instruction behind it shows whether the text is complete.
    const std::string head = escapeHead(snapshot.tree().escapeCharacter());
    const std::size_t end = head.size() + result.text.size() + 1;
    auto source = SourceText::fromBytes(head + result.text + "\nCMD\n");
    if (!source)
        return refuse("The text is not valid UTF-8.");
    const SyntaxTree tree = SyntaxTree::parse(*std::move(source));
    const auto instructions = tree.instructions();
    for (const Instruction &instruction : instructions) {
        const auto open = std::ranges::find(instruction.heredocs, false, &Heredoc::terminated);
        if (open != instruction.heredocs.end())
            return refuse("The heredoc '" + std::string(open->name) + "' is never closed.");
    }
    if (instructions.empty() || instructions.back().keywordRange.begin != end)
        return refuse("The last line says that it goes on (it ends in '" + std::string(1, tree.escapeCharacter())
                      + "').");
    result.count = instructions.size() - 1;
    if (result.count == 0)
        return refuse("There is no instruction in this text.");
    result.firstKind = instructions.front().kind;
    const KeywordCase wanted = followCasing ? keywordCase(snapshot) : KeywordCase::Unknown;
    for (const Instruction &instruction : instructions.first(result.count)) {
        result.hasFrom = result.hasFrom || instruction.kind == InstructionKind::From;
        result.onlyArg = result.onlyArg && instruction.kind == InstructionKind::Arg;
        followCase(result.text, instruction, static_cast<Offset>(head.size()), wanted);
        if (instruction.inner)
            followCase(result.text, *instruction.inner, static_cast<Offset>(head.size()), wanted);
    }
    return result;
}

std::string flagValue(std::string_view value)
{
    if (std::ranges::none_of(value, [](char c) { return isBlankChar(c) || c == '"' || c == '\'' || c == '\\'; }))
        return std::string(value);
    std::string quoted = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

namespace {

std::string jsonString(std::string_view text)
{
    static constexpr char Hex[] = "0123456789abcdef";
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (c == '\t') {
            result += "\\t";
        } else if (byte < 0x20) {
            result += "\\u00";
            result += Hex[byte >> 4];
            result += Hex[byte & 15];
        } else {
            result += c;
        }
    }
    return result + '"';
}

/// Whether COPY's words can hold @p path as one of them.
bool isPlainWord(const Snapshot &snapshot, std::string_view path)
{
    const char escape = snapshot.tree().escapeCharacter();
    if (path.empty() || path.starts_with("--") || path.starts_with('[') || path.contains("<<"))
        return false;
    return std::ranges::none_of(
        path, [escape](char c) { return isBlankChar(c) || c == escape || static_cast<unsigned char>(c) < 0x20; });
}

/// BuildKit takes quotes and the escape character out of paths, in the JSON form too; variables are wanted.
std::string shellEscaped(const Snapshot &snapshot, std::string_view path)
{
    const char escape = snapshot.tree().escapeCharacter();
    std::string result;
    for (const char c : path) {
        if (c == '"' || c == '\'' || c == escape)
            result += escape;
        result += c;
    }
    return result;
}

} // namespace

std::string copyArguments(const Snapshot &snapshot, std::string_view source, std::string_view destination)
{
    const std::string from = shellEscaped(snapshot, source);
    const std::string to = shellEscaped(snapshot, destination);
    if (isPlainWord(snapshot, from) && isPlainWord(snapshot, to))
        return from + ' ' + to;
    return '[' + jsonString(from) + ", " + jsonString(to) + ']';
}

void replaceLiteral(EditTransaction &transaction, const SourceText &text, TextRange range, std::string_view old,
                    std::string_view now)
{
    const std::string slice = lowered(text.slice(range));
    const std::size_t at = old.empty() ? std::string::npos : slice.find(lowered(old));
    if (at != std::string::npos) {
        range.begin += static_cast<Offset>(at);
        range.end = range.begin + static_cast<Offset>(old.size());
    }
    if (text.slice(range) != now)
        transaction.replace(range, std::string(now));
}

} // namespace stagewright::edit::detail
