// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "syntax/LineParser.h"
#include "syntax/LogicalLine.h"
#include "syntax/SyntaxTreeData.h"

#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

/// Goes over the lines of a file as BuildKit's parser does: directives, comments, continued lines, heredocs.
/// Where BuildKit would stop at an error it goes on, so that the rest of the file stays usable.
class Parser
{
public:
    explicit Parser(SyntaxTree::Data &tree);
    void run();

private:
    /// A line of the file without its ending (and all CRs in front of it).
    struct Line
    {
        std::string_view text;
        Offset begin = 0;
        Offset end = 0; ///< Behind the ending.
    };

    [[nodiscard]] Line lineAt(std::uint32_t number) const;
    [[nodiscard]] bool isTooLong(const Line &line, std::uint32_t number) const;
    void checkLength(const Line &line, std::uint32_t number);
    bool readDirective(const Line &line, std::string_view text);
    void readHiddenDirectives();
    void noteComment(std::uint32_t number, Offset begin, Offset end);
    bool trimContinuation(std::string_view &text) const;
    void readInstruction(std::uint32_t first, std::string_view text);
    [[nodiscard]] LogicalLine joinContinuations(std::string_view first, Instruction &instruction);
    void readHeredocs(const LogicalLine &line, Instruction &instruction);
    void readHeredocBody(Heredoc &heredoc, const Instruction &instruction);
    void report(std::string message, TextRange range, std::uint32_t first, std::uint32_t last);

    SyntaxTree::Data &m_tree;
    std::string_view m_bytes;
    std::uint32_t m_lineCount = 0; ///< As BuildKit counts: an empty line behind the last line ending is none.
    std::uint32_t m_current = 0;   ///< The line that was read last.
    bool m_mayHaveDirectives = true;
    bool m_lineTooLong = false;
    std::vector<std::string_view> m_seenDirectives;
    TextRange m_comment; ///< The block of comment lines that ends at the line before.
    std::uint32_t m_commentLine = 0;
    LineParser m_lineParser;
    std::vector<LinePiece> m_pieces;
    std::vector<std::string_view> m_parts;
    std::vector<Heredoc> m_heredocs;
};

/// The directive in a comment line, if it has the form of one; @p text begins with '#'.
[[nodiscard]] bool matchDirective(std::string_view text, std::string_view &name, std::string_view &value);

} // namespace stagewright
