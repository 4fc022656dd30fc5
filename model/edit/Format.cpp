// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/Format.h"

#include "edit/EditSupport.h"
#include "edit/SameBuild.h"
#include "edit/ShellQuotes.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace stagewright::edit {

using namespace detail;

namespace {

constexpr std::size_t IndentWidth = 4;

bool isShellForm(const Instruction &instruction)
{
    switch (instruction.kind) {
    case InstructionKind::Run:
    case InstructionKind::Cmd:
    case InstructionKind::Entrypoint:
    case InstructionKind::Healthcheck: return !instruction.execForm;
    default: return false;
    }
}

/// The blanks between the words are part of what it says.
bool isFreeText(const Instruction &instruction)
{
    return instruction.kind == InstructionKind::Unknown || instruction.kind == InstructionKind::Maintainer
        || std::ranges::any_of(instruction.args, &Argument::spaceSeparated);
}

std::size_t blanksAtStart(std::string_view line)
{
    std::size_t count = 0;
    while (count < line.size() && (line[count] == ' ' || line[count] == '\t'))
        ++count;
    return count;
}

std::size_t columnsOf(std::string_view blanks)
{
    std::size_t columns = 0;
    for (const char c : blanks)
        columns = c == '\t' ? (columns / IndentWidth + 1) * IndentWidth : columns + 1;
    return columns;
}

/// A continued line that may be indented anew.
struct Continued
{
    std::uint32_t line = 0;
    std::size_t blanks = 0; ///< Bytes of its indentation.
    std::size_t columns = 0;
    bool comment = false;
};

class Formatter
{
public:
    explicit Formatter(const Snapshot &s)
        : m_snapshot(s)
        , m_text(s.text())
        , m_lines(s)
    {
    }

    EditTransaction run(const std::vector<bool> &leaveAlone)
    {
        m_posix = usesPosixShell();
        std::vector<std::vector<Continued>> continued;
        for (const Instruction &instruction : m_snapshot.tree().instructions())
            continued.push_back(leaveAlone[indexOf(instruction.id)] ? std::vector<Continued>()
                                                                    : continuedLines(instruction));
        const bool tabs = prefersTabs(continued);
        for (const Instruction &instruction : m_snapshot.tree().instructions()) {
            if (leaveAlone[indexOf(instruction.id)])
                continue;
            keywords(instruction);
            lines(instruction, indentation(continued[indexOf(instruction.id)], tabs));
        }
        between();
        endOfFile();
        return std::move(m_transaction);
    }

private:
    bool usesPosixShell() const
    {
        if (m_snapshot.tree().escapeCharacter() != '\\')
            return false;
        for (const ExternalImage &image : m_snapshot.graph().images()) {
            if (image.reference.contains("windows") || image.reference.contains("nanoserver"))
                return false;
        }
        static constexpr std::array Shells = {"sh", "bash", "ash", "dash", "zsh", "ksh"};
        return std::ranges::all_of(m_snapshot.tree().instructions(), [](const Instruction &one) {
            const Instruction &instruction = effective(one);
            if (instruction.kind != InstructionKind::Shell)
                return true;
            const std::string_view path
                = instruction.args.empty() ? std::string_view() : instruction.args.front().value;
            return std::ranges::contains(Shells, path.substr(path.rfind('/') + 1));
        });
    }

    std::uint32_t lastLogicalLine(const Instruction &instruction) const
    {
        const Instruction &inner = effective(instruction);
        if (inner.heredocs.empty())
            return instruction.lastLine;
        return std::max(instruction.firstLine, m_text.lineAt(inner.heredocs.front().body.begin) - 1);
    }

    void write(TextRange range, std::string text)
    {
        if (m_text.slice(range) != text)
            m_transaction.replace(range, std::move(text));
    }

    void keywords(const Instruction &instruction)
    {
        for (const Instruction *one = &instruction; one; one = one->inner) {
            if (one->kind == InstructionKind::Unknown)
                return;
            upper(one->keywordRange, keywordOf(one->kind));
            gapBehind(one->keywordRange);
        }
        // An empty line that is continued may stand in front of the keyword; its lines are those of any continuation.
        const TextRange line = m_text.line(instruction.firstLine);
        if (line.begin < instruction.range.begin && m_text.lineAt(instruction.range.begin) == instruction.firstLine)
            write({line.begin, instruction.range.begin}, {});
        const Instruction &inner = effective(instruction);
        if (inner.kind == InstructionKind::From && inner.args.size() == 3)
            upper(inner.args[1].range, "AS");
        if (inner.kind == InstructionKind::Healthcheck)
            upper({inner.argumentsRange.begin, std::min(inner.argumentsRange.begin + 3, inner.argumentsRange.end)},
                  "CMD");
    }

    void upper(TextRange range, std::string_view word)
    {
        if (equalsIgnoringCase(m_text.slice(range), word))
            write(range, std::string(word));
    }

    void gapBehind(TextRange keyword)
    {
        const TextRange line = m_text.line(m_text.lineAt(keyword.begin));
        if (keyword.end >= line.end)
            return;
        const std::size_t blanks = blanksAtStart(m_text.slice({keyword.end, line.end}));
        // Blanks with nothing behind them are the end of the line, which is trimmed as a whole.
        if (blanks > 0 && keyword.end + blanks < line.begin + lengthWithoutEnd(m_text.lineAt(keyword.begin)))
            write({keyword.end, keyword.end + static_cast<Offset>(blanks)}, " ");
    }

    /// Lines behind the first whose indentation means nothing; empty when the quotes cannot be followed.
    std::vector<Continued> continuedLines(const Instruction &instruction) const
    {
        const Instruction &inner = effective(instruction);
        const std::uint32_t last = lastLogicalLine(instruction);
        if (last == instruction.firstLine || (isShellForm(inner) && !m_posix) || isFreeText(inner))
            return {};
        ShellQuotes quotes(m_snapshot.tree().escapeCharacter());
        std::vector<Continued> result;
        bool joined = false; // What has been joined so far ends in a blank.
        for (std::uint32_t line = instruction.firstLine; line <= last; ++line) {
            const std::string_view text = m_text.slice(m_text.line(line));
            const std::size_t blanks = blanksAtStart(text);
            const bool dropped = line > instruction.firstLine && (m_lines.isComment(line) || m_lines.isBlank(line));
            if (line > instruction.firstLine && !m_lines.isBlank(line) && !quotes.insideWord()
                && (dropped || blanks > 0 || joined))
                result.push_back({line, blanks, columnsOf(text.substr(0, blanks)), dropped});
            if (dropped)
                continue;
            const std::string_view content = withoutContinuation(text);
            quotes.feed(content);
            // A line of nothing leaves the end as it was, also when it is indented.
            if (!content.empty())
                joined = isBlankChar(content.back());
        }
        if (!quotes.isClean())
            return {};
        return result;
    }

    std::string_view withoutContinuation(std::string_view line) const
    {
        std::string_view content = line;
        while (!content.empty() && (content.back() == ' ' || content.back() == '\t'))
            content.remove_suffix(1);
        if (!content.ends_with(m_snapshot.tree().escapeCharacter()))
            return line;
        content.remove_suffix(1);
        return content;
    }

    static bool isTabbed(std::string_view line) { return line.starts_with('\t'); }

    bool prefersTabs(const std::vector<std::vector<Continued>> &all) const
    {
        std::size_t tabs = 0;
        std::size_t blanks = 0;
        for (const auto &lines : all) {
            for (const Continued &one : lines)
                ++(isTabbed(m_text.slice(m_text.line(one.line))) ? tabs : blanks);
        }
        return tabs > blanks;
    }

    /// The new indentation of a line.
    struct Indentation
    {
        std::uint32_t line = 0;
        TextRange blanks; ///< The old one.
        std::string text;
    };

    std::vector<Indentation> indentation(const std::vector<Continued> &lines, bool tabs) const
    {
        std::vector<Indentation> result;
        // Comments often stand at the start of the line, whatever they stand above.
        std::size_t least = std::string::npos;
        for (const Continued &one : lines)
            least = one.comment ? least : std::min(least, one.columns);
        std::size_t below = IndentWidth;
        for (const Continued &one : std::views::reverse(lines)) {
            const bool apart = one.columns < least;
            const std::size_t columns = apart ? below : IndentWidth + one.columns - least;
            if (!one.comment)
                below = columns;
            const Offset begin = m_text.line(one.line).begin;
            result.push_back({one.line,
                              {begin, begin + static_cast<Offset>(one.blanks)},
                              tabs ? std::string(columns / IndentWidth, '\t') + std::string(columns % IndentWidth, ' ')
                                   : std::string(columns, ' ')});
        }
        std::ranges::reverse(result);
        return result;
    }

    /// From the first line to the last: an edit behind all others costs nothing, one in front of them moves them.
    void lines(const Instruction &instruction, const std::vector<Indentation> &indentations)
    {
        auto next = indentations.begin();
        const std::uint32_t last = lastLogicalLine(instruction);
        for (std::uint32_t line = instruction.firstLine; line <= last; ++line) {
            if (next != indentations.end() && next->line == line) {
                write(next->blanks, next->text);
                ++next;
            }
            trimEnd(line);
        }
    }

    /// Bytes of a line in front of the blanks at its end that may go.
    std::size_t lengthWithoutEnd(std::uint32_t line) const
    {
        const std::string_view text = m_text.slice(m_text.line(line));
        std::size_t end = text.size();
        // At the end of a file without a final line ending, a lone CR is half of one.
        while (end > 0 && line == m_text.lineCount() && text[end - 1] == '\r')
            --end;
        while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t'))
            --end;
        // A CR that has blanks behind it would become half of the line ending without them.
        return end > 0 && end < text.size() && text[end - 1] == '\r' ? text.size() : end;
    }

    void trimEnd(std::uint32_t line)
    {
        const TextRange range = m_text.line(line);
        const std::size_t end = lengthWithoutEnd(line);
        if (end < range.length() && end > 0)
            m_transaction.remove({range.begin + static_cast<Offset>(end), range.end});
        else if (end < range.length() && !m_transaction.touches(range))
            m_transaction.remove(range);
    }

    /// Comments and blank lines between instructions.
    void between()
    {
        const auto instructions = m_snapshot.tree().instructions();
        if (instructions.empty())
            return;
        std::vector<std::uint32_t> headings;
        for (const Stage &stage : m_snapshot.graph().stages()) {
            if (stage.id > StageId{0})
                headings.push_back(m_lines.stageWithHeading(stage.id).first);
        }
        for (const std::uint32_t heading : headings) {
            if (!m_lines.isBlank(heading - 1))
                m_transaction.insert(m_text.lineWithEnding(heading).begin, std::string(m_text.newline()));
        }
        // The head of the file keeps its bytes: blanks there decide what is a directive.
        std::uint32_t line = instructions.front().lastLine + 1;
        for (std::size_t next = 1; line <= m_lines.count(); ++line) {
            if (next < instructions.size() && line == instructions[next].firstLine) {
                line = instructions[next++].lastLine;
                continue;
            }
            if (m_lines.isBlank(line))
                blankLine(line);
            else
                comment(line);
        }
    }

    void blankLine(std::uint32_t line)
    {
        const bool atEnd = line + m_lines.blanksBelow(line) == m_lines.count();
        const bool second = m_lines.isBlank(line - 1) && !isInsideInstruction(line - 1);
        if (second || atEnd)
            m_transaction.remove(m_text.lineWithEnding(line));
        else
            trimEnd(line);
    }

    bool isInsideInstruction(std::uint32_t line) const { return m_snapshot.tree().instructionAtLine(line) != nullptr; }

    void comment(std::uint32_t line)
    {
        const TextRange range = m_text.line(line);
        const std::size_t blanks = blanksAtStart(m_text.slice(range));
        if (blanks > 0)
            m_transaction.remove({range.begin, range.begin + static_cast<Offset>(blanks)});
        trimEnd(line);
    }

    void endOfFile()
    {
        if (!m_lines.lacksFinalNewline() || m_lines.isBlank(m_lines.count())
            || m_snapshot.tree().instructions().empty())
            return;
        const Instruction &last = effective(m_snapshot.tree().instructions().back());
        // A CR that has to stay would become a part of the line ending, and the blanks in front of it the line's end.
        const bool keepsCr
            = m_text.bytes().ends_with('\r') && !m_transaction.touches({m_text.size() - 1, m_text.size()});
        // In a heredoc that is never closed it would be one more line of text.
        if (!keepsCr && std::ranges::all_of(last.heredocs, &Heredoc::terminated))
            m_transaction.insert(m_text.size(), std::string(m_text.newline()));
    }

    const Snapshot &m_snapshot;
    const SourceText &m_text;
    const Lines m_lines;
    EditTransaction m_transaction{"Format"};
    bool m_posix = true;
};

} // namespace

Result format(const Snapshot &s)
{
    const auto instructions = s.tree().instructions();
    std::vector<bool> leaveAlone(instructions.size(), false);
    // What cannot be laid out without changing what it says stays as it is; the second round is the exception.
    for (int round = 0; round < 3; ++round) {
        EditTransaction transaction = Formatter(s).run(leaveAlone);
        const SnapshotPtr after = Snapshot::make(transaction.applyTo(s.text()), s.options());
        if (after->tree().instructions().size() != instructions.size())
            break;
        bool all = true;
        for (std::size_t i = 0; i < instructions.size(); ++i) {
            if (saysTheSame(s, instructions[i], *after, after->tree().instructions()[i]))
                continue;
            all = false;
            leaveAlone[i] = true;
        }
        if (all && buildsTheSame(s, *after))
            return transaction;
    }
    return refuse("This file cannot be laid out anew without changing what it says.");
}

} // namespace stagewright::edit
