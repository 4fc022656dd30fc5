// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stagewright::edit::detail {

/// Follows quotes, command substitutions and parameters of a shell command, to know where blanks mean nothing.
class ShellQuotes
{
public:
    explicit ShellQuotes(char escape)
        : m_escape(escape)
    {
    }

    void feed(std::string_view text);
    /// Whether blanks at this place are part of a word.
    [[nodiscard]] bool insideWord() const
    {
        return m_escaped || (!m_open.empty() && m_open.back() != ')' && m_open.back() != '`');
    }
    /// False when quotes are left open, or something was met that this reading cannot follow.
    [[nodiscard]] bool isClean() const { return m_open.empty() && !m_lost && !m_escaped; }

private:
    void feed(char c);
    void feedQuoted(char c);
    void feedPlain(char c);

    std::vector<char> m_open; ///< What closes each open level: ' " ` ) }
    std::string m_word;       ///< Letters up to here.
    char m_escape;
    char m_last = ' ';
    bool m_escaped = false;
    bool m_lost = false;
};

/// The command with every run of blanks that means nothing as one blank; nothing can be said where quotes stay open:
/// then it is @p command itself.
[[nodiscard]] std::string withPlainBlanks(std::string_view command, char escape);

} // namespace stagewright::edit::detail
