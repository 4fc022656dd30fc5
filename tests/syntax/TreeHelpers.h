// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "syntax/SyntaxTree.h"

#include <QByteArray>
#include <QString>

#include <string>
#include <string_view>

namespace stagewright::test {

inline SyntaxTree treeOf(std::string bytes)
{
    std::expected<SourceText, DecodeError> text = SourceText::fromBytes(bytes);
    return SyntaxTree::parse(text ? *text : SourceText::fromBytesLossy(bytes));
}

/// For comparisons that print.
inline QByteArray shown(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

/// The arguments in angle brackets, pairs as key=value or (old form) key:value.
inline QByteArray argumentsOf(const Instruction &instruction)
{
    QByteArray all;
    for (const Argument &argument : instruction.args) {
        const bool isPair = instruction.kind == InstructionKind::Env || instruction.kind == InstructionKind::Label
            || instruction.kind == InstructionKind::Arg;
        all += '<';
        if (isPair && argument.hasAssigned)
            all += shown(argument.key) + (argument.spaceSeparated ? ':' : '=') + shown(argument.assigned);
        else
            all += shown(argument.value);
        all += '>';
    }
    return all;
}

/// Each token as its kind and text: "Keyword(RUN) Whitespace( ) …", line endings shown as \n.
inline QByteArray tokensOf(const SyntaxTree &tree)
{
    static constexpr const char *Names[]
        = {"Mark", "Space", "Newline", "Comment", "Directive", "Continuation", "Keyword",
           "Flag", "Word",  "Json",    "Marker",  "Body",      "End",          "Error"};
    QByteArray all;
    for (const Token &token : tree.tokens()) {
        if (token.kind == TokenKind::Whitespace)
            continue;
        if (!all.isEmpty())
            all += ' ';
        all += Names[static_cast<std::size_t>(token.kind)];
        if (token.kind != TokenKind::Newline)
            all += '(' + shown(tree.text().slice(token.range)).replace("\n", "\\n") + ')';
    }
    return all;
}

/// Empty if the tokens are the file, else where they are not.
inline QByteArray tilingProblem(const SyntaxTree &tree)
{
    Offset at = 0;
    for (const Token &token : tree.tokens()) {
        if (token.range.begin != at || token.range.end <= at)
            return "at byte " + QByteArray::number(at);
        at = token.range.end;
    }
    return at == tree.text().size() ? QByteArray() : "the end is missing from " + QByteArray::number(at);
}

} // namespace stagewright::test
