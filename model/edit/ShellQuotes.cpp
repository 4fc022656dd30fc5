// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/ShellQuotes.h"

#include "edit/EditSupport.h"

#include <algorithm>

namespace stagewright::edit::detail {

void ShellQuotes::feed(std::string_view text)
{
    for (const char c : text)
        feed(c);
}

void ShellQuotes::feed(char c)
{
    const char top = m_open.empty() ? '\0' : m_open.back();
    char seen = c;
    if (top == '\'') {
        if (c == '\'')
            m_open.pop_back();
    } else if (m_escaped) {
        m_escaped = false;
        seen = '\0';
    } else if (c == m_escape) {
        m_escaped = true;
    } else if (top == '"') {
        feedQuoted(c);
    } else {
        feedPlain(c);
    }
    // The ) of a case's pattern closes nothing, and inside quotes that would turn the reading inside out.
    if (m_word == "case" && isBlankChar(c) && std::ranges::contains(m_open, '"'))
        m_lost = true;
    if (c >= 'a' && c <= 'z')
        m_word += c;
    else
        m_word.clear();
    m_last = seen;
}

void ShellQuotes::feedQuoted(char c)
{
    if (c == '"')
        m_open.pop_back();
    else if (c == '`')
        m_open.push_back('`');
    else if (c == '{' && m_last == '$')
        m_open.push_back('}');
    else if (c == '(' && m_last == '$')
        m_open.push_back(')');
}

void ShellQuotes::feedPlain(char c)
{
    const char top = m_open.empty() ? '\0' : m_open.back();
    if (c == '\'' && m_last == '$')
        m_lost = true; // $'…' means two things in two shells.
    else if (c == '\'' && top == '}' && std::ranges::contains(m_open, '"'))
        m_lost = true; // So does a single quote inside "${…}".
    else if (c == '\'' || c == '"')
        m_open.push_back(c);
    else if (c == '`' && top == '`')
        m_open.pop_back();
    else if (c == '`')
        m_open.push_back('`');
    else if (c == '{' && m_last == '$')
        m_open.push_back('}');
    else if (c == '(')
        m_open.push_back(')');
    else if ((c == ')' || c == '}') && c == top)
        m_open.pop_back();
}

std::string withPlainBlanks(std::string_view command, char escape)
{
    ShellQuotes quotes(escape);
    std::string result;
    bool blank = false;
    for (std::size_t i = 0; i < command.size(); ++i) {
        const bool plain = isBlankChar(command[i]) && !quotes.insideWord();
        if (!plain || !blank)
            result += plain ? ' ' : command[i];
        blank = plain;
        quotes.feed(command.substr(i, 1));
    }
    return quotes.isClean() ? result : std::string(command);
}

} // namespace stagewright::edit::detail
