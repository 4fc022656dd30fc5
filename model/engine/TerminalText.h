// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright::engine {

/// A colour as a program asked for it. What it looks like is the theme's business.
struct TerminalColour
{
    enum class Kind : std::uint8_t { Default, Palette, Rgb };
    Kind kind = Kind::Default;
    std::uint32_t value = 0; ///< Palette: 0 … 255. Rgb: 0xRRGGBB.
    friend bool operator==(const TerminalColour &, const TerminalColour &) = default;
};

/// How a piece of text looks (SGR).
struct TerminalStyle
{
    TerminalColour text;
    TerminalColour background;
    bool bold = false;
    bool faint = false;
    bool italic = false;
    bool underline = false;
    bool strikeOut = false;
    bool inverse = false;
    friend bool operator==(const TerminalStyle &, const TerminalStyle &) = default;
};

/// One line: its characters and, in ascending order, where each style begins. UTF-8; what was no UTF-8 is U+FFFD.
struct TerminalLine
{
    struct Run
    {
        std::uint32_t begin = 0; ///< Byte offset into text.
        TerminalStyle style;
    };
    std::string text;
    std::vector<Run> runs;     ///< Empty: everything is plain.
    std::uint32_t columns = 0; ///< Characters.
    int source = -1;           ///< Who wrote it; see TerminalText::write().
    bool heading = false;      ///< Not output, but a heading for what follows.
};

/// What would stand in a terminal after several programs wrote to it, line by line: colours, carriage returns, and
/// progress bars that go up and write over themselves. Each source has a cursor of its own, which only reaches lines
/// of that source, so that steps that run side by side do not write over each other.
///
/// Bounded: the oldest lines go when there are too many. Lines have numbers that never change.
class TerminalText
{
public:
    static constexpr std::size_t longestLine = 4096; ///< Bytes; a longer one goes on in the next line.
    static constexpr std::size_t reach = 256;        ///< Lines that a cursor can go up.

    /// @p mostLines, @p mostBytes: at least one line is kept.
    explicit TerminalText(std::size_t mostLines = 50'000, std::size_t mostBytes = 16U * 1024 * 1024);

    /// Bytes may be cut anywhere, inside of characters and escape sequences too. @p source: any number but -1.
    void write(int source, std::string_view bytes);
    /// A line of its own that no cursor reaches.
    void addLine(int source, std::string text, const TerminalStyle &style = {}, bool heading = false);
    void clear();

    /// Number of the oldest line that is kept: so many are gone.
    [[nodiscard]] std::uint64_t first() const { return m_first; }
    /// One behind the last.
    [[nodiscard]] std::uint64_t end() const { return m_first + m_lines.size(); }
    [[nodiscard]] const TerminalLine &line(std::uint64_t number) const { return m_lines[number - m_first]; }
    /// The lowest line that changed since the last call, at least first(); end() for none. New lines count.
    [[nodiscard]] std::uint64_t takeChanged();

private:
    static constexpr std::uint64_t none = ~std::uint64_t(0);
    enum class State : std::uint8_t { Text, Escape, Sequence, String, StringEscape };
    struct Cursor
    {
        TerminalStyle style;
        State state = State::Text;
        std::string sequence; ///< What came of an escape sequence.
        std::string pending;  ///< What came of a character.
        std::deque<std::uint64_t> rows;
        std::size_t row = 0;    ///< Into rows; rows.size(): the next one, which is not there yet.
        std::size_t column = 0; ///< Characters.
    };

    void put(int source, Cursor &cursor, std::string_view characters, std::size_t columns = 1);
    void escape(int source, Cursor &cursor, char c);
    void control(int source, Cursor &cursor, char final);
    void newLine(int source, Cursor &cursor);
    void eraseInLine(Cursor &cursor, int mode);
    TerminalLine &lineOf(int source, Cursor &cursor);
    std::uint64_t append(TerminalLine line);
    void touch(std::uint64_t number);
    void trim();

    std::size_t m_mostLines;
    std::size_t m_mostBytes;
    std::deque<TerminalLine> m_lines;
    std::map<int, Cursor> m_cursors;
    std::uint64_t m_first = 0;
    std::uint64_t m_changed = none;
    std::size_t m_bytes = 0;
};

/// Applies the numbers of an SGR sequence ("1;38;5;208") to @p style. Unknown numbers are skipped.
void applySgr(TerminalStyle &style, std::string_view parameters);

} // namespace stagewright::engine
