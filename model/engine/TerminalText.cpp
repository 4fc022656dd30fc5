// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/TerminalText.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace stagewright::engine {

namespace {

constexpr std::size_t longestSequence = 256; ///< Longer ones are no escape sequences, but garbage.
constexpr std::size_t tabWidth = 8;
constexpr std::size_t plainPiece = 256; ///< Characters that are written at once; small beside the longest line.
constexpr std::string_view replacement = "\xEF\xBF\xBD";

std::vector<std::optional<unsigned>> numbersOf(std::string_view text)
{
    std::vector<std::optional<unsigned>> numbers;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find_first_of(";:", begin), text.size());
        unsigned value = 0;
        const auto [rest, error] = std::from_chars(text.data() + begin, text.data() + end, value);
        const bool whole = error == std::errc() && rest == text.data() + end;
        numbers.push_back(whole ? std::optional(value) : std::nullopt);
        begin = end + 1;
    }
    return numbers;
}

/// Bytes that a character has, from its first one; 0 for a byte that begins none.
std::size_t lengthOf(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first < 0xE0)
        return 2;
    if (first >= 0xE0 && first < 0xF0)
        return 3;
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// Byte offset of character @p column, or of the end.
std::size_t offsetOf(std::string_view text, std::size_t column)
{
    std::size_t at = 0;
    for (; at < text.size() && column > 0; --column) {
        ++at;
        while (at < text.size() && isContinuation(text[at]))
            ++at;
    }
    return at;
}

std::size_t columnsOf(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !isContinuation(c); }));
}

const TerminalStyle &styleAt(const TerminalLine &line, std::size_t offset)
{
    static const TerminalStyle plain;
    const auto after = std::ranges::upper_bound(line.runs, offset, {}, &TerminalLine::Run::begin);
    return after == line.runs.begin() ? plain : std::prev(after)->style;
}

void addRun(std::vector<TerminalLine::Run> &runs, std::size_t begin, const TerminalStyle &style)
{
    if (runs.empty() ? style == TerminalStyle() : runs.back().style == style)
        return;
    runs.push_back({static_cast<std::uint32_t>(begin), style});
}

/// Puts @p text in place of the bytes [begin, end) of a line.
void replace(TerminalLine &line, std::size_t begin, std::size_t end, std::string_view text, const TerminalStyle &style)
{
    std::vector<TerminalLine::Run> runs;
    for (const TerminalLine::Run &run : line.runs) {
        if (run.begin < begin)
            addRun(runs, run.begin, run.style);
    }
    if (!text.empty())
        addRun(runs, begin, style);
    if (end < line.text.size()) {
        const std::size_t shift = begin + text.size();
        addRun(runs, shift, styleAt(line, end));
        for (const TerminalLine::Run &run : line.runs) {
            if (run.begin > end)
                addRun(runs, run.begin - end + shift, run.style);
        }
    }
    line.text.replace(begin, end - begin, text);
    line.runs = std::move(runs);
    line.columns = static_cast<std::uint32_t>(columnsOf(line.text));
}

TerminalColour paletteColour(unsigned index)
{
    return {TerminalColour::Kind::Palette, index};
}

/// The colour behind a 38 or 48 at @p at, which moves to its last number.
std::optional<TerminalColour> extendedColour(const std::vector<std::optional<unsigned>> &numbers, std::size_t &at)
{
    const auto number = [&](std::size_t index) { return index < numbers.size() ? numbers[index].value_or(0) : 0; };
    const unsigned kind = number(at + 1);
    if (kind == 5) {
        at += 2;
        return number(at) < 256 ? std::optional(paletteColour(number(at))) : std::nullopt;
    }
    if (kind == 2) {
        // "38:2::r:g:b" has an empty place for the colour space.
        const bool space = at + 2 < numbers.size() && !numbers[at + 2] && at + 5 < numbers.size();
        const std::size_t first = at + (space ? 3 : 2);
        at = first + 2;
        const auto part = [&](std::size_t index) { return std::min(number(index), 255U); };
        return TerminalColour{TerminalColour::Kind::Rgb, part(first) << 16U | part(first + 1) << 8U | part(first + 2)};
    }
    return std::nullopt;
}

} // namespace

void applySgr(TerminalStyle &style, std::string_view parameters)
{
    const std::vector<std::optional<unsigned>> numbers = numbersOf(parameters);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const unsigned number = numbers[i].value_or(0); // "ESC[m" is a reset
        switch (number) {
        case 0: style = {}; break;
        case 1: style.bold = true; break;
        case 2: style.faint = true; break;
        case 3: style.italic = true; break;
        case 4: style.underline = true; break;
        case 7: style.inverse = true; break;
        case 9: style.strikeOut = true; break;
        case 22: style.bold = style.faint = false; break;
        case 23: style.italic = false; break;
        case 24: style.underline = false; break;
        case 27: style.inverse = false; break;
        case 29: style.strikeOut = false; break;
        case 38:
            if (const auto colour = extendedColour(numbers, i))
                style.text = *colour;
            break;
        case 39: style.text = {}; break;
        case 48:
            if (const auto colour = extendedColour(numbers, i))
                style.background = *colour;
            break;
        case 49: style.background = {}; break;
        default:
            if (number >= 30 && number <= 37)
                style.text = paletteColour(number - 30);
            else if (number >= 90 && number <= 97)
                style.text = paletteColour(number - 90 + 8);
            else if (number >= 40 && number <= 47)
                style.background = paletteColour(number - 40);
            else if (number >= 100 && number <= 107)
                style.background = paletteColour(number - 100 + 8);
        }
    }
}

TerminalText::TerminalText(std::size_t mostLines, std::size_t mostBytes)
    : m_mostLines(std::max<std::size_t>(mostLines, 1))
    , m_mostBytes(mostBytes)
{
}

void TerminalText::clear()
{
    m_first = end();
    m_lines.clear();
    m_cursors.clear();
    m_bytes = 0;
    m_changed = none;
}

void TerminalText::touch(std::uint64_t number)
{
    m_changed = m_changed == none ? number : std::min(m_changed, number);
}

std::uint64_t TerminalText::takeChanged()
{
    const std::uint64_t changed = m_changed == none ? end() : std::max(m_changed, m_first);
    m_changed = none;
    return changed;
}

std::uint64_t TerminalText::append(TerminalLine line)
{
    m_bytes += line.text.size();
    m_lines.push_back(std::move(line));
    const std::uint64_t number = end() - 1;
    touch(number);
    trim();
    return number;
}

void TerminalText::trim()
{
    while (m_lines.size() > 1 && (m_lines.size() > m_mostLines || m_bytes > m_mostBytes)) {
        m_bytes -= m_lines.front().text.size();
        m_lines.pop_front();
        ++m_first;
    }
}

void TerminalText::addLine(int source, std::string text, const TerminalStyle &style, bool heading)
{
    TerminalLine line{.text = std::move(text), .runs = {}, .columns = 0, .source = source, .heading = heading};
    line.columns = static_cast<std::uint32_t>(columnsOf(line.text));
    addRun(line.runs, 0, style);
    append(std::move(line));
}

TerminalLine &TerminalText::lineOf(int source, Cursor &cursor)
{
    if (cursor.row < cursor.rows.size() && cursor.rows[cursor.row] < m_first) {
        // Older lines are gone: what the cursor pointed to stands nowhere any more.
        cursor.rows.clear();
        cursor.row = 0;
    }
    if (cursor.row >= cursor.rows.size()) {
        cursor.rows.push_back(append({.text = {}, .runs = {}, .columns = 0, .source = source, .heading = false}));
        if (cursor.rows.size() > reach)
            cursor.rows.pop_front();
        cursor.row = cursor.rows.size() - 1;
    }
    return m_lines[cursor.rows[cursor.row] - m_first];
}

void TerminalText::newLine(int source, Cursor &cursor)
{
    lineOf(source, cursor); // an empty line is one too
    ++cursor.row;
    cursor.column = 0;
}

void TerminalText::put(int source, Cursor &cursor, std::string_view characters, std::size_t columns)
{
    TerminalLine *line = &lineOf(source, cursor);
    if (line->text.size() + characters.size() > longestLine && cursor.column >= line->columns && line->columns > 0) {
        newLine(source, cursor);
        line = &lineOf(source, cursor);
    }
    const std::size_t before = line->text.size();
    if (cursor.column >= line->columns) {
        // The usual way: at the end. A cursor that went further right leaves blanks.
        if (const std::size_t gap = cursor.column - line->columns; gap > 0) {
            addRun(line->runs, before, {});
            line->text.append(gap, ' ');
        }
        addRun(line->runs, line->text.size(), cursor.style);
        line->text.append(characters);
        line->columns = static_cast<std::uint32_t>(cursor.column + columns);
    } else {
        const std::size_t at = offsetOf(line->text, cursor.column);
        const std::size_t end = at + offsetOf(std::string_view(line->text).substr(at), columns);
        replace(*line, at, end, characters, cursor.style);
    }
    m_bytes += line->text.size() - before;
    cursor.column += columns;
    touch(cursor.rows[cursor.row]);
}

void TerminalText::write(int source, std::string_view bytes)
{
    Cursor &cursor = m_cursors[source];
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (cursor.state != State::Text) {
            escape(source, cursor, c);
            continue;
        }
        if (!cursor.pending.empty()) {
            if (isContinuation(c)) {
                cursor.pending.push_back(c);
                if (cursor.pending.size() == lengthOf(static_cast<unsigned char>(cursor.pending.front()))) {
                    put(source, cursor, cursor.pending);
                    cursor.pending.clear();
                }
                continue;
            }
            put(source, cursor, replacement);
            cursor.pending.clear();
        }
        switch (c) {
        case '\n': newLine(source, cursor); continue;
        case '\r': cursor.column = 0; continue;
        case '\b': cursor.column -= cursor.column > 0 ? 1 : 0; continue;
        case '\t': {
            const std::size_t blanks = tabWidth - cursor.column % tabWidth;
            for (std::size_t n = 0; n < blanks; ++n)
                put(source, cursor, " ");
            continue;
        }
        case '\x1B':
            cursor.state = State::Escape;
            cursor.sequence.clear();
            continue;
        default: break;
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == '\x7F')
            continue; // bells and the like
        const std::size_t length = lengthOf(static_cast<unsigned char>(c));
        if (length == 1) {
            // Most output is plain: a piece at once instead of character by character.
            std::size_t end = i + 1;
            while (end < bytes.size() && end - i < plainPiece && bytes[end] >= ' ' && bytes[end] < '\x7F')
                ++end;
            put(source, cursor, bytes.substr(i, end - i), end - i);
            i = end - 1;
        } else if (length == 0)
            put(source, cursor, replacement);
        else
            cursor.pending.assign(1, c);
    }
    trim();
}

void TerminalText::escape(int source, Cursor &cursor, char c)
{
    switch (cursor.state) {
    case State::Text: return;
    case State::Escape:
        if (c == '[')
            cursor.state = State::Sequence;
        else if (c == ']' || c == 'P' || c == '^' || c == '_')
            cursor.state = State::String; // titles and links: nothing to see
        else
            cursor.state = c >= ' ' && c < '0' ? State::Escape : State::Text; // "ESC ( B" has one more
        return;
    case State::Sequence:
        if (c >= '@' && c <= '~') {
            cursor.state = State::Text;
            control(source, cursor, c);
        } else if (cursor.sequence.size() < longestSequence && c >= ' ') {
            cursor.sequence.push_back(c);
        } else {
            cursor.state = State::Text;
        }
        return;
    case State::String:
        if (c == '\x1B')
            cursor.state = State::StringEscape;
        else if (c == '\a' || c == '\n') // a line end: it was no such string, or it was cut off
            cursor.state = State::Text;
        return;
    case State::StringEscape: cursor.state = c == '\\' ? State::Text : State::String; return;
    }
}

void TerminalText::control(int source, Cursor &cursor, char final)
{
    const auto numbers = numbersOf(cursor.sequence);
    const std::size_t count = std::clamp<unsigned>(numbers.front().value_or(1), 1, 10'000);
    switch (final) {
    case 'm':
        if (!cursor.sequence.starts_with('?') && !cursor.sequence.starts_with('>'))
            applySgr(cursor.style, cursor.sequence);
        break;
    case 'A': cursor.row -= std::min(cursor.row, count); break;
    case 'F':
        cursor.row -= std::min(cursor.row, count);
        cursor.column = 0;
        break;
    case 'B': cursor.row = std::min(cursor.row + count, cursor.rows.size()); break;
    case 'E':
        cursor.row = std::min(cursor.row + count, cursor.rows.size());
        cursor.column = 0;
        break;
    case 'C': cursor.column = std::min(cursor.column + count, longestLine); break;
    case 'D': cursor.column -= std::min(cursor.column, count); break;
    case 'G': cursor.column = std::min(count - 1, longestLine); break;
    case 'K': eraseInLine(cursor, static_cast<int>(numbers.front().value_or(0))); break;
    case 'J':
        // What stands below belongs to the same bar: written anew in a moment.
        if (numbers.front().value_or(0) == 0) {
            const std::size_t row = cursor.row;
            eraseInLine(cursor, 0);
            for (std::size_t below = row + 1; below < cursor.rows.size(); ++below) {
                cursor.row = below;
                eraseInLine(cursor, 2);
            }
            cursor.row = row;
        }
        break;
    default: break;
    }
    (void)source;
}

void TerminalText::eraseInLine(Cursor &cursor, int mode)
{
    if (cursor.row >= cursor.rows.size() || cursor.rows[cursor.row] < m_first)
        return;
    TerminalLine &line = m_lines[cursor.rows[cursor.row] - m_first];
    const std::size_t at = offsetOf(line.text, cursor.column);
    const std::size_t before = line.text.size();
    if (mode == 2)
        replace(line, 0, before, {}, {});
    else if (mode == 1)
        replace(line, 0, at, std::string(std::min<std::size_t>(cursor.column, line.columns), ' '), {});
    else
        replace(line, at, before, {}, {});
    m_bytes = m_bytes - before + line.text.size();
    touch(cursor.rows[cursor.row]);
}

} // namespace stagewright::engine
