// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/LooseCommands.h"

#include <algorithm>
#include <array>

namespace stagewright::lint {

namespace {

/// Words that stand in front of a command and are none.
bool isPrefix(std::string_view word)
{
    static constexpr std::array<std::string_view, 12> words{"then", "do",   "else", "!",    "{",    "time",
                                                            "exec", "sudo", "env",  "nice", "elif", "if"};
    return std::ranges::find(words, word) != words.end();
}

class Splitter
{
public:
    explicit Splitter(std::vector<Words> &commands)
        : m_commands(commands)
    {
    }

    void read(std::string_view text)
    {
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            if (m_quote) {
                if (c == m_quote)
                    m_quote = 0;
                else
                    m_word += c;
            } else if (c == '\\' && i + 1 < text.size()) {
                if (text[++i] != '\n')
                    m_word += text[i];
            } else {
                plain(c);
            }
        }
        endCommand();
    }

private:
    void plain(char c)
    {
        switch (c) {
        case '\'':
        case '"': m_quote = c; return;
        case '&':
        case '|':
        case ';':
        case '\n':
        case '(':
        case ')':
        case '`': endCommand(); return;
        case ' ':
        case '\t':
        case '\r': endWord(); return;
        case '>':
        case '<':
            endWord();
            if (m_words.empty() || m_words.back() != std::string_view(&c, 1))
                m_words.emplace_back(1, c);
            return;
        default: m_word += c;
        }
    }

    void endWord()
    {
        if (!m_word.empty())
            m_words.push_back(std::move(m_word));
        m_word.clear();
    }

    void endCommand()
    {
        endWord();
        const auto program = std::ranges::find_if_not(
            m_words, [](const std::string &word) { return isPrefix(word) || isAssignment(word); });
        Words words(program, m_words.end());
        for (auto it = m_words.begin(); it != program; ++it) {
            if (!isPrefix(*it))
                words.push_back(std::move(*it));
        }
        if (!words.empty())
            m_commands.push_back(std::move(words));
        m_words.clear();
    }

    std::vector<Words> &m_commands;
    Words m_words;
    std::string m_word;
    char m_quote = 0;
};

} // namespace

bool isAssignment(std::string_view word)
{
    const std::size_t equals = word.find('=');
    return equals != std::string_view::npos && equals > 0 && word.find_first_of("/-.") > equals;
}

std::vector<Words> looseCommands(std::string_view text)
{
    std::vector<Words> commands;
    Splitter(commands).read(text);
    return commands;
}

std::vector<Words> looseCommands(const SourceText &text, const Instruction &run)
{
    std::vector<Words> commands;
    if (run.isShellForm()) {
        Splitter(commands).read(run.arguments);
        for (const Heredoc &document : run.heredocs)
            Splitter(commands).read(text.slice(document.body));
        return commands;
    }
    Words words;
    for (const Argument &argument : run.args)
        words.emplace_back(argument.value);
    if (!words.empty())
        commands.push_back(std::move(words));
    return commands;
}

} // namespace stagewright::lint
