// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/EditSupport.h"

#include <algorithm>
#include <map>

namespace stagewright::edit::detail {

namespace {

/// A licence or copyright notice belongs to the file, not to the instruction that happens to follow it.
bool looksLikeFileHeader(std::string_view comment)
{
    const std::string text = lowered(comment);
    return text.starts_with("#!") || text.contains("copyright") || text.contains("spdx-") || text.contains("licen");
}

} // namespace

Lines::Lines(const Snapshot &snapshot)
    : m_snapshot(snapshot)
    , m_text(snapshot.text())
    , m_count(m_text.lineCount())
{
    if (m_count > 0 && m_text.lineWithEnding(m_count).isEmpty())
        --m_count;
    for (const Directive &directive : snapshot.tree().directives())
        m_lastDirective = std::max(m_lastDirective, m_text.lineAt(directive.range.begin));
}

bool Lines::isBlank(std::uint32_t line) const
{
    return isBlankText(m_text.slice(m_text.line(line)));
}

bool Lines::isComment(std::uint32_t line) const
{
    return trimmed(m_text.slice(m_text.line(line))).starts_with('#');
}

const Instruction *Lines::previous(const Instruction &instruction) const
{
    const std::size_t index = indexOf(instruction.id);
    return index == 0 ? nullptr : &m_snapshot.tree().instructions()[index - 1];
}

std::uint32_t Lines::lastLineBefore(const Instruction &instruction) const
{
    const Instruction *before = previous(instruction);
    return std::max(before ? before->lastLine : 0, m_lastDirective);
}

LineSpan Lines::instruction(const Instruction &instruction) const
{
    const std::uint32_t limit = lastLineBefore(instruction);
    std::uint32_t first = instruction.firstLine;
    while (first > limit + 1 && isComment(first - 1))
        --first;
    const bool headOfFile = first == m_lastDirective + 1 && !previous(instruction);
    if (headOfFile && first < instruction.firstLine && looksLikeFileHeader(text({first, instruction.firstLine - 1})))
        first = instruction.firstLine;
    return {first, instruction.lastLine};
}

LineSpan Lines::stage(StageId id) const
{
    const Stage &stage = m_snapshot.graph().stage(id);
    const auto instructions = m_snapshot.tree().instructions();
    LineSpan span = instruction(instructions[indexOf(stage.from)]);
    const std::size_t end = indexOf(stage.endInstruction);
    span.last = std::max(span.last, instructions[end - 1].lastLine);
    // Comment lines glued to the last instruction are the stage's, unless they lead on to the next stage.
    std::uint32_t tail = span.last;
    while (tail < m_count && isComment(tail + 1))
        ++tail;
    if (end < instructions.size() && tail + 1 >= instructions[end].firstLine)
        return span;
    span.last = tail;
    return span;
}

LineSpan Lines::stageWithHeading(StageId id) const
{
    LineSpan span = stage(id);
    const Instruction &from = m_snapshot.tree().instruction(m_snapshot.graph().stage(id).from);
    std::uint32_t limit = m_count;
    if (id > StageId{0})
        limit = stage(StageId{static_cast<std::int32_t>(indexOf(id)) - 1}).last;
    else if (const Instruction *before = previous(from))
        limit = std::max(before->lastLine, m_lastDirective);
    else
        return span; // What stands alone at the head of the file is about the file.
    for (std::uint32_t line = span.first; line > limit + 1; --line) {
        if (isComment(line - 1))
            span.first = line - 1;
    }
    return span;
}

std::uint32_t Lines::blanksAbove(std::uint32_t line) const
{
    std::uint32_t blanks = 0;
    while (line > blanks + 1 && isBlank(line - blanks - 1))
        ++blanks;
    return blanks;
}

std::uint32_t Lines::blanksBelow(std::uint32_t line) const
{
    std::uint32_t blanks = 0;
    while (line + blanks < m_count && isBlank(line + blanks + 1))
        ++blanks;
    return blanks;
}

std::uint32_t Lines::blanksBetweenStages() const
{
    std::map<std::uint32_t, std::size_t> habits;
    const auto stages = m_snapshot.graph().stages();
    for (std::size_t i = 1; i < stages.size(); ++i)
        ++habits[blanksAbove(stageWithHeading(stages[i].id).first)];
    const auto most = std::ranges::max_element(habits, {}, [](const auto &habit) { return habit.second; });
    return most == habits.end() ? 1 : most->first;
}

TextRange Lines::range(LineSpan span) const
{
    return {m_text.lineWithEnding(span.first).begin, m_text.lineWithEnding(span.last).end};
}

std::string Lines::text(LineSpan span) const
{
    std::string lines(m_text.slice(range(span)));
    if (!lines.ends_with('\n'))
        lines += m_text.newline();
    return lines;
}

bool Lines::lacksFinalNewline() const
{
    return m_count > 0 && !m_text.slice(m_text.lineWithEnding(m_count)).ends_with('\n');
}

void removeLines(EditTransaction &transaction, const Snapshot &snapshot, std::vector<LineSpan> spans)
{
    const Lines lines(snapshot);
    const SourceText &text = snapshot.text();
    std::ranges::sort(spans);
    std::vector<LineSpan> merged;
    for (const LineSpan &span : spans) {
        if (!merged.empty() && merged.back().last + lines.blanksBelow(merged.back().last) + 1 >= span.first)
            merged.back().last = std::max(merged.back().last, span.last);
        else
            merged.push_back(span);
    }
    for (LineSpan span : merged) {
        const std::uint32_t above = lines.blanksAbove(span.first);
        const std::uint32_t below = lines.blanksBelow(span.last);
        const bool atStart = span.first == above + 1;
        const bool atEnd = span.last + below == lines.count();
        if (atEnd && !atStart)
            span.first -= above;
        else
            span.last += atStart ? below : std::min(above, below);
        TextRange range = lines.range(span);
        if (span.last == lines.count() && lines.lacksFinalNewline() && span.first > 1)
            range.begin = text.line(span.first - 1).end;
        transaction.remove(range);
    }
}

void insertLines(EditTransaction &transaction, const Snapshot &snapshot, std::uint32_t line, std::string lines)
{
    const Lines all(snapshot);
    const SourceText &text = snapshot.text();
    if (line <= all.count()) {
        transaction.insert(text.lineWithEnding(line).begin, std::move(lines));
        return;
    }
    if (all.lacksFinalNewline()) {
        lines.pop_back(); // The ending: LF, with the CR before it.
        if (lines.ends_with('\r'))
            lines.pop_back();
        lines.insert(0, text.newline());
    }
    transaction.insert(text.size(), std::move(lines));
}

std::string editedText(const Snapshot &snapshot, LineSpan span, const EditTransaction &edits)
{
    const Lines lines(snapshot);
    const TextRange range = lines.range(span);
    std::string result;
    Offset at = range.begin;
    for (const TextEdit &edit : edits.edits()) {
        if (!range.contains(edit.range))
            continue;
        result += snapshot.text().slice({at, edit.range.begin});
        result += edit.replacement;
        at = edit.range.end;
    }
    result += snapshot.text().slice({at, range.end});
    if (!result.ends_with('\n'))
        result += snapshot.text().newline();
    return result;
}

std::string asLines(const Snapshot &snapshot, std::string_view text)
{
    std::string result;
    result.reserve(text.size() + 16);
    for (const char c : text) {
        if (c == '\n')
            result += snapshot.text().newline();
        else
            result += c;
    }
    if (!result.ends_with('\n'))
        result += snapshot.text().newline();
    return result;
}

} // namespace stagewright::edit::detail
