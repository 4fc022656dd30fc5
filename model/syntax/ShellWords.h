// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

/// A word as BuildKit's shell lexer hands it on, variables left as they are.
struct ShellWord
{
    std::string text;
    std::size_t begin = 0; ///< Of its first and behind its last byte in what was lexed.
    std::size_t end = 0;
};

struct ShellLexing
{
    std::vector<ShellWord> words;
    std::string error; ///< BuildKit's wording, "" if there is none; with one there are no words.
};

/// Splits @p text as the lexer does that BuildKit looks for heredocs with: white space outside of quotes ends a
/// word, `\` escapes (whatever the file's escape character is), `$name` and `${name…}` stay.
/// @param rawQuotes,rawEscapes keep quotes and escape characters in the words.
/// @param onlyHeredocs leave out words that cannot open a heredoc.
[[nodiscard]] ShellLexing lexShellWords(std::string_view text, bool rawQuotes, bool rawEscapes, bool onlyHeredocs);

/// What a word such as `3<<-"EOF"` opens.
struct HeredocWord
{
    std::string name;
    bool expand = true;
    bool stripTabs = false;
    int fileDescriptor = 0;
    bool found = false;
    std::string error; ///< As in ShellLexing.
};

[[nodiscard]] HeredocWord parseHeredocWord(std::string_view word);

} // namespace stagewright
