// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "syntax/JsonArray.h"
#include "syntax/LogicalLine.h"
#include "syntax/SyntaxTreeData.h"

#include <string>
#include <vector>

namespace stagewright {

/// Takes one logical line apart: keyword, flags, arguments; the same splitting as BuildKit's dispatch table of line
/// parsers. One object serves all lines of a file, so that its buffers are allocated once.
class LineParser
{
public:
    explicit LineParser(SyntaxTree::Data &tree)
        : m_tree(tree)
    {
    }

    /// What is wrong with the line in the parse phase.
    struct Problem
    {
        std::string message; ///< "" if nothing is.
        TextRange range;
    };

    /// Fills keyword, flags, arguments and inner instructions of @p instruction.
    Problem parse(const LogicalLine &line, Instruction &instruction);

private:
    std::string_view splitKeyword(std::string_view text, Instruction &instruction);
    std::string_view splitFlags(std::string_view rest);
    void finishFlag(std::string_view raw, std::string_view word);
    void parseArguments(Instruction &instruction);
    void add(std::string_view value);
    void splitAtBlanks(std::string_view rest);
    bool jsonArguments(std::string_view rest, Instruction &instruction);
    void maybeJson(std::string_view rest, Instruction &instruction, bool toList);
    void healthcheck(std::string_view rest, Instruction &instruction);
    void splitWords(std::string_view rest);
    void assignment(std::string_view word);
    void nameValues(std::string_view rest, std::string_view keyword);
    void report(std::string message, std::string_view part);

    SyntaxTree::Data &m_tree;
    const LogicalLine *m_line = nullptr;
    Problem m_problem;
    std::vector<Flag> m_flags;
    std::vector<Argument> m_args;
    std::vector<std::string_view> m_words;
    std::vector<JsonElement> m_elements;
    std::string m_flagWord;
};

} // namespace stagewright
