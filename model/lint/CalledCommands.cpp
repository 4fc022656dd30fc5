// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/LooseCommands.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace stagewright::lint {

namespace {

template <std::size_t N> bool contains(const std::array<std::string_view, N> &list, std::string_view word)
{
    return std::ranges::find(list, word) != list.end();
}

/// Cuts a script into commands and remembers what stands between them.
class Caller
{
public:
    explicit Caller(std::string_view text)
        : m_text(text)
    {
    }

    std::vector<CalledCommand> run()
    {
        while (m_at < m_text.size())
            step();
        finish(Joint::End);
        // What fails in front of another list counts only under `set -e`.
        for (std::size_t i = 0; !m_stops && i < m_commands.size(); ++i)
            m_commands[i].ignored = m_commands[i].ignored || m_lists[i] != m_lists.back();
        return std::move(m_commands);
    }

private:
    enum class Joint { And, Or, Pipe, End };

    void step()
    {
        const char c = m_text[m_at];
        const std::string_view rest = m_text.substr(m_at);
        if (c == '\\' && m_at + 1 < m_text.size()) {
            add(m_text.substr(m_at + 1, 1), 2);
        } else if (c == '\'' || c == '"') {
            quoted(c);
        } else if (rest.starts_with("$(") || rest.starts_with("${")) {
            nested(c == '$' && rest[1] == '(' ? ')' : '}');
        } else if (c == '`') {
            const std::size_t end = std::min(m_text.find('`', m_at + 1), m_text.size() - 1);
            add(m_text.substr(m_at, end + 1 - m_at), end + 1 - m_at);
        } else if (c == '>' || c == '<') {
            redirect();
        } else if (rest.starts_with("&&") || rest.starts_with("||")) {
            finish(c == '&' ? Joint::And : Joint::Or);
            m_at += 2;
        } else if (c == '|') {
            finish(Joint::Pipe);
            m_at += rest.starts_with("|&") ? 2 : 1;
        } else if (c == ';' || c == '&' || c == '\n' || c == '(' || c == ')') {
            finish(Joint::End);
            ++m_at;
        } else if (c == '#' && !m_inWord) {
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            finishWord();
            ++m_at;
        } else {
            plain();
        }
    }

    /// Up to the next character that may mean something; the first is known not to.
    void plain()
    {
        const std::size_t end = std::min(m_text.find_first_of("\\'\"$`><|&;\n() \t\r\v\f", m_at + 1), m_text.size());
        add(m_text.substr(m_at, end - m_at), end - m_at);
    }

    void add(std::string_view text, std::size_t length)
    {
        if (!m_inWord)
            m_wordBegin = m_at;
        m_inWord = true;
        m_word += text;
        m_at += length;
        m_wordEnd = m_at;
    }

    void quoted(char quote)
    {
        std::string value;
        std::size_t end = m_at + 1;
        for (; end < m_text.size() && m_text[end] != quote; ++end) {
            if (quote == '"' && m_text[end] == '\\' && end + 1 < m_text.size())
                ++end;
            value += m_text[end];
        }
        add(value, std::min(end + 1, m_text.size()) - m_at);
    }

    /// A command or variable inside a word; what it calls is another matter.
    void nested(char close)
    {
        const char open = close == ')' ? '(' : '{';
        int depth = 0;
        std::size_t end = m_at + 1;
        for (; end < m_text.size(); ++end) {
            depth += m_text[end] == open ? 1 : m_text[end] == close ? -1 : 0;
            if (depth == 0)
                break;
        }
        const std::size_t length = std::min(end + 1, m_text.size()) - m_at;
        add(m_text.substr(m_at, length), length);
    }

    /// `2>file`, `>& 1`, `<in`: neither a word nor a separator.
    void redirect()
    {
        if (m_inWord && std::ranges::all_of(m_word, [](unsigned char c) { return std::isdigit(c) != 0; })) {
            m_word.clear();
            m_inWord = false;
        }
        finishWord();
        while (m_at < m_text.size() && std::string_view("<>&|").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
        m_target = true;
    }

    void finishWord()
    {
        if (!m_inWord)
            return;
        if (m_target) {
            m_target = false;
        } else {
            if (m_command.words.empty() && m_command.end == 0)
                m_command.begin = m_wordBegin;
            m_command.end = m_wordEnd;
            if (m_command.words.empty() && isAssignment(m_word))
                m_command.environment.push_back(m_word);
            else
                keep();
        }
        m_word.clear();
        m_inWord = false;
    }

    void keep()
    {
        static constexpr std::array<std::string_view, 8> opening{"if",   "while",    "until",  "for",
                                                                 "case", "function", "select", "elif"};
        static constexpr std::array<std::string_view, 9> joining{"then", "else", "do", "done", "fi",
                                                                 "esac", "{",    "}",  "!"};
        if (m_command.words.empty() && contains(opening, m_word)) {
            m_structured = true; // from here on nobody knows what is run
            if (m_word != "for" && m_word != "case" && m_word != "select" && m_word != "function")
                return;
        } else if (m_command.words.empty() && contains(joining, m_word)) {
            m_structured = m_structured || m_word == "!";
            return;
        }
        m_command.words.push_back(m_word);
    }

    void finish(Joint joint)
    {
        finishWord();
        m_target = false;
        if (m_command.words.empty()) {
            m_command = {};
            if (joint == Joint::End)
                endList();
            return;
        }
        static constexpr std::array<std::string_view, 8> tests{"[",     "[[",   "test", "command",
                                                               "which", "type", "hash", "grep"};
        m_command.conditional = m_structured || m_guarded;
        m_command.ignored = joint == Joint::Pipe;
        m_guarded = m_guarded || joint == Joint::Or
            || (joint == Joint::And && contains(tests, std::string_view(m_command.words.front())));
        if (m_command.words.front() == "set" && m_command.words.size() > 1 && m_command.words[1].starts_with('-')
            && m_command.words[1].find('e') != std::string::npos)
            m_stops = true;
        m_commands.push_back(std::move(m_command));
        m_lists.push_back(m_list);
        m_command = {};
        // Whatever stands in front of `||` may fail.
        if (joint == Joint::Or) {
            for (std::size_t i = m_commands.size(); i > m_mayFail && m_lists[i - 1] == m_list; --i)
                m_commands[i - 1].ignored = true;
            m_mayFail = m_commands.size();
        }
        if (joint == Joint::End)
            endList();
    }

    void endList()
    {
        ++m_list;
        m_guarded = false;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<CalledCommand> m_commands;
    CalledCommand m_command;
    std::string m_word;
    std::size_t m_wordBegin = 0;
    std::size_t m_wordEnd = 0;
    std::size_t m_list = 0;           ///< Counts the lists, which `;` and line ends separate.
    std::vector<std::size_t> m_lists; ///< Per command, the list that it is in.
    std::size_t m_mayFail = 0;        ///< Of the list, the commands in front of the last `||`.
    bool m_inWord = false;
    bool m_target = false; ///< The next word is a file that is redirected to.
    bool m_structured = false;
    bool m_guarded = false;
    bool m_stops = false;
};

} // namespace

std::vector<CalledCommand> calledCommands(std::string_view text)
{
    return Caller(text).run();
}

std::span<const std::string> CalledCommand::program() const
{
    static constexpr std::array<std::string_view, 9> prefixes{"sudo",  "env",  "exec",      "time",   "nice",
                                                              "nohup", "doas", "eatmydata", "command"};
    std::span<const std::string> rest(words);
    while (rest.size() > 1 && contains(prefixes, std::string_view(rest.front()).substr(rest.front().rfind('/') + 1))) {
        if (rest.front() == "command" && (rest[1] == "-v" || rest[1] == "-V"))
            break; // it asks, and calls nothing
        std::size_t next = 1;
        while (next + 1 < rest.size() && (rest[next].starts_with('-') || isAssignment(rest[next])))
            ++next;
        rest = rest.subspan(next);
    }
    return rest;
}

} // namespace stagewright::lint
