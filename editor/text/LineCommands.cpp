// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/LineCommands.h"

#include <algorithm>
#include <string_view>

namespace stagewright::lines {

namespace {

constexpr std::string_view Blanks = " \t";

/// Bytes of blanks at the start of a line.
Offset indentation(std::string_view line)
{
    const std::size_t found = line.find_first_not_of(Blanks);
    return static_cast<Offset>(found == std::string_view::npos ? line.size() : found);
}

bool isBlank(std::string_view line)
{
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

bool isComment(std::string_view line)
{
    const Offset start = indentation(line);
    return start < line.size() && line[start] == '#';
}

template <typename Function>
void forEachLine(const SourceText &text, std::uint32_t first, std::uint32_t last, Function function)
{
    for (std::uint32_t line = std::max(first, 1U); line <= std::min(last, text.lineCount()); ++line)
        function(text.line(line), text.slice(text.line(line)));
}

bool allComments(const SourceText &text, std::uint32_t first, std::uint32_t last)
{
    bool any = false;
    bool all = true;
    forEachLine(text, first, last, [&](TextRange, std::string_view line) {
        if (isBlank(line))
            return;
        any = true;
        all = all && isComment(line);
    });
    return any && all;
}

} // namespace

EditTransaction toggleComment(const SourceText &text, std::uint32_t first, std::uint32_t last)
{
    EditTransaction edits;
    const bool uncomment = allComments(text, first, last);
    forEachLine(text, first, last, [&](TextRange range, std::string_view line) {
        const Offset start = indentation(line);
        if (isBlank(line))
            return;
        if (!uncomment) {
            edits.insert(range.begin + start, "# ");
            return;
        }
        const Offset marks = start + 1 < line.size() && line[start + 1] == ' ' ? 2 : 1;
        edits.remove({range.begin + start, range.begin + start + marks});
    });
    return edits;
}

EditTransaction indent(const SourceText &text, std::uint32_t first, std::uint32_t last)
{
    EditTransaction edits;
    const std::string unit = indentUnit(text);
    forEachLine(text, first, last, [&](TextRange range, std::string_view line) {
        if (!isBlank(line))
            edits.insert(range.begin, unit);
    });
    return edits;
}

EditTransaction unindent(const SourceText &text, std::uint32_t first, std::uint32_t last)
{
    EditTransaction edits;
    forEachLine(text, first, last, [&](TextRange range, std::string_view line) {
        Offset remove = 0;
        if (line.starts_with('\t'))
            remove = 1;
        else
            remove = std::min<Offset>(4, static_cast<Offset>(std::min(line.find_first_not_of(' '), line.size())));
        if (remove > 0)
            edits.remove({range.begin, range.begin + remove});
    });
    return edits;
}

EditTransaction moveUp(const SourceText &text, std::uint32_t first, std::uint32_t last)
{
    EditTransaction edits;
    if (first <= 1 || last > text.lineCount())
        return edits;
    // The line above goes below the block.
    const TextRange above = text.lineWithEnding(first - 1);
    const TextRange content = text.line(first - 1);
    const TextRange lowest = text.lineWithEnding(last);
    const std::string_view ending = text.slice({content.end, above.end});
    if (lowest.end != text.line(last).end) {
        edits.remove(above);
        edits.insert(lowest.end, std::string(text.slice(above)));
    } else { // The last line of the file has no ending: it takes over that of the line above.
        edits.remove(above);
        edits.insert(lowest.end, std::string(ending) + std::string(text.slice(content)));
    }
    return edits;
}

EditTransaction moveDown(const SourceText &text, std::uint32_t first, std::uint32_t last)
{
    EditTransaction edits;
    if (first < 1 || last >= text.lineCount())
        return edits;
    const TextRange below = text.lineWithEnding(last + 1);
    const TextRange content = text.line(last + 1);
    if (last + 1 == text.lineCount()
        && content.isEmpty()) // Behind the final line ending: no line to change places with.
        return edits;
    if (below.end != content.end) {
        edits.insert(text.line(first).begin, std::string(text.slice(below)));
        edits.remove(below);
    } else {
        const TextRange lowest = text.line(last);
        const TextRange ending{lowest.end, content.begin};
        edits.insert(text.line(first).begin, std::string(text.slice(content)) + std::string(text.slice(ending)));
        edits.remove({ending.begin, content.end});
    }
    return edits;
}

EditTransaction duplicate(const SourceText &text, std::uint32_t first, std::uint32_t last)
{
    EditTransaction edits;
    if (first < 1 || last > text.lineCount())
        return edits;
    const TextRange lowest = text.lineWithEnding(last);
    const std::string block(text.slice({text.line(first).begin, text.line(last).end}));
    if (lowest.end != text.line(last).end)
        edits.insert(lowest.end, block + std::string(text.slice({text.line(last).end, lowest.end})));
    else
        edits.insert(lowest.end, std::string(text.newline()) + block);
    return edits;
}

std::string indentUnit(const SourceText &text)
{
    const std::uint32_t lines = std::min(text.lineCount(), 2000U);
    for (std::uint32_t line = 1; line <= lines; ++line) {
        const std::string_view content = text.slice(text.line(line));
        if (content.starts_with('\t'))
            return "\t";
        if (content.starts_with("  "))
            return indentation(content) % 4 == 2 ? "  " : "    ";
    }
    return "    ";
}

std::string indentationBehind(const Snapshot &snapshot, Offset at)
{
    const SourceText &text = snapshot.text();
    const std::uint32_t number = text.lineAt(at);
    const TextRange range = text.line(number);
    const std::string_view before = text.slice({range.begin, std::clamp(at, range.begin, range.end)});
    std::string own(before.substr(0, indentation(before)));
    const Instruction *instruction = snapshot.tree().instructionAtLine(number);
    if (!instruction)
        return own;
    for (const Heredoc &heredoc : instruction->heredocs) {
        if (range.begin >= heredoc.body.begin && range.begin < heredoc.body.end)
            return own;
        if (heredoc.terminated && range.begin == heredoc.terminator.begin)
            return {};
    }
    const std::size_t end = before.find_last_not_of(Blanks);
    const bool continues = end != std::string_view::npos && before[end] == snapshot.tree().escapeCharacter();
    if (continues && number == instruction->firstLine)
        return own + indentUnit(text);
    if (!continues && number != instruction->firstLine && at >= range.end && number == instruction->lastLine)
        return {};
    return own;
}

} // namespace stagewright::lines
