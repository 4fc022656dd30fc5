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

/// Reads one text; stops at the first thing that needs a shell.
class Splitter
{
public:
    explicit Splitter(std::string_view text)
        : m_text(text)
    {
    }

    CommandList run()
    {
        while (m_at < m_text.size() && m_list.refusal.empty())
            step();
        finishWord();
        finishCommand(false);
        if (!m_list.refusal.empty())
            m_list.commands.clear();
        return std::move(m_list);
    }

private:
    void refuse(std::string why)
    {
        if (m_list.refusal.empty())
            m_list.refusal = std::move(why);
    }

    void step()
    {
        const char c = m_text[m_at];
        switch (c) {
        case ' ':
        case '\t':
        case '\r':
            finishWord();
            ++m_at;
            return;
        case '\\':
            if (m_at + 1 >= m_text.size())
                return refuse("it ends in a backslash");
            m_inWord = true;
            m_quoted = true;
            m_word += m_text[m_at + 1];
            m_at += 2;
            return;
        case '\'': return singleQuoted();
        case '"': return doubleQuoted();
        case '>': return redirect();
        case '&':
        case ';':
        case '\n': return separator(c);
        default: return plain(c);
        }
    }

    void plain(char c)
    {
        switch (c) {
        case '$': return refuse("it expands " + variableAt(m_at) + ", which only a shell does");
        case '`': return refuse("it uses the output of another command (backquotes)");
        case '|':
            return refuse(m_text.substr(m_at).starts_with("||") ? "it has ||, which only a shell understands"
                                                                : "it pipes one command into another (|)");
        case '<': return refuse("it redirects input (<)");
        case '(':
        case ')': return refuse("it uses parentheses, which only a shell understands");
        case '*':
        case '?':
        case '[':
            // `[` alone is a command, and one that the shell brings.
            return refuse(std::string("it has ") + c + ", which a shell expands to file names");
        case '~':
            if (!m_inWord)
                return refuse("it has ~, which a shell expands to the home folder");
            break;
        case '#':
            if (!m_inWord)
                return refuse("it has a comment (#)");
            break;
        case '{':
        case '}': return refuse("it has braces, which a shell gives a meaning");
        default: break;
        }
        m_inWord = true;
        m_word += c;
        ++m_at;
    }

    [[nodiscard]] std::string variableAt(std::size_t at) const
    {
        std::size_t end = at + 1;
        if (end < m_text.size() && m_text[end] == '{')
            end = std::min(m_text.find('}', end), m_text.size() - 1) + 1;
        else if (end < m_text.size() && m_text[end] == '(')
            return "$(…)";
        else
            while (end < m_text.size()
                   && (std::isalnum(static_cast<unsigned char>(m_text[end])) != 0 || m_text[end] == '_'))
                ++end;
        if (end == at + 1 && end < m_text.size())
            ++end; // $@, $?, $1
        return std::string(m_text.substr(at, end - at));
    }

    void singleQuoted()
    {
        const std::size_t end = m_text.find('\'', m_at + 1);
        if (end == std::string_view::npos)
            return refuse("a quotation mark is not closed");
        m_inWord = true;
        m_quoted = true;
        m_word += m_text.substr(m_at + 1, end - m_at - 1);
        m_at = end + 1;
    }

    void doubleQuoted()
    {
        m_inWord = true;
        m_quoted = true;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '"') {
                ++m_at;
                return;
            }
            if (c == '$')
                return refuse("it expands " + variableAt(m_at) + ", which only a shell does");
            if (c == '`')
                return refuse("it uses the output of another command (backquotes)");
            if (c == '\\' && m_at + 1 < m_text.size()
                && std::string_view("\"\\$`").find(m_text[m_at + 1]) != std::string_view::npos)
                ++m_at;
            m_word += m_text[m_at];
        }
        refuse("a quotation mark is not closed");
    }

    void redirect()
    {
        const bool number = m_inWord && !m_quoted
            && std::ranges::all_of(m_word, [](unsigned char c) { return std::isdigit(c) != 0; });
        if (number)
            return refuse("it redirects output (" + m_word + ">)");
        finishWord();
        const bool append = m_text.substr(m_at).starts_with(">>");
        m_at += append ? 2 : 1;
        if (m_at < m_text.size() && m_text[m_at] == '&')
            return refuse("it redirects output (>&)");
        if (m_redirect || !m_command.outputFile.empty())
            return refuse("it redirects output twice");
        m_redirect = true;
        m_command.append = append;
    }

    void separator(char c)
    {
        if (c == '&' && !m_text.substr(m_at).starts_with("&&"))
            return refuse("it runs a command in the background (&)");
        finishWord();
        const bool emptyLine = c == '\n' && m_command.words.empty();
        m_at += c == '&' ? 2 : 1;
        if (!emptyLine)
            finishCommand(c == '&');
    }

    void finishWord()
    {
        if (!m_inWord || !m_list.refusal.empty())
            return;
        if (m_redirect) {
            m_command.outputFile = m_word;
            m_redirect = false;
        } else {
            if (m_command.words.empty() && !m_quoted)
                firstWord();
            m_command.words.push_back(m_word);
        }
        m_word.clear();
        m_inWord = false;
        m_quoted = false;
    }

    void firstWord()
    {
        static constexpr std::array<std::string_view, 15> reserved{"if",   "then",  "else",     "elif", "fi",
                                                                   "for",  "while", "until",    "do",   "done",
                                                                   "case", "esac",  "function", "!",    "time"};
        if (contains(reserved, m_word))
            refuse("it uses the shell's own word " + m_word);
        else if (isAssignment(m_word))
            refuse("it sets " + m_word.substr(0, m_word.find('=')) + " for the command, which only a shell does");
    }

    void finishCommand(bool needsAnother)
    {
        if (m_redirect)
            refuse("a redirection names no file");
        if (!m_command.words.empty())
            m_list.commands.push_back(std::move(m_command));
        else if (m_pending)
            refuse("a command is missing behind &&");
        m_pending = needsAnother;
        m_command = {};
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    CommandList m_list;
    SimpleCommand m_command;
    std::string m_word;
    bool m_inWord = false;
    bool m_quoted = false;
    bool m_redirect = false;
    bool m_pending = false;
};

} // namespace

CommandList readCommands(std::string_view text)
{
    return Splitter(text).run();
}

ExecForm readExecForm(std::string_view text)
{
    static constexpr std::array<std::string_view, 22> builtins{
        "cd",    ".",     "source", "export", "set",  "unset", "eval",     "exit",    "return", "trap",    "ulimit",
        "umask", "alias", "read",   "shift",  "wait", "local", "readonly", "command", "type",   "builtin", ":"};
    CommandList list = readCommands(text);
    if (!list.refusal.empty())
        return {{}, std::move(list.refusal)};
    if (list.commands.empty())
        return {{}, "there is no command"};
    if (list.commands.size() > 1)
        return {{}, "it runs several commands (&& or ;)"};
    SimpleCommand &command = list.commands.front();
    if (!command.outputFile.empty())
        return {{}, "it redirects output (>)"};
    if (command.words.front() == "exec")
        command.words.erase(command.words.begin());
    if (command.words.empty())
        return {{}, "exec has no command"};
    if (command.words.front().starts_with('-'))
        return {{}, "it gives exec an option"};
    if (contains(builtins, command.words.front()))
        return {{}, command.words.front() + " exists only inside a shell"};
    return {std::move(command.words), {}};
}

std::string jsonList(const std::vector<std::string> &words)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text = "[";
    for (const std::string &word : words) {
        text += text.size() > 1 ? ", \"" : "\"";
        for (const char c : word) {
            if (c == '"' || c == '\\')
                text += '\\';
            const auto code = static_cast<unsigned char>(c);
            if (c == '\n')
                text += "\\n";
            else if (c == '\t')
                text += "\\t";
            else if (code < 0x20)
                (text += "\\u00") += {digits[code >> 4], digits[code & 15]};
            else
                text += c;
        }
        text += '"';
    }
    return text + "]";
}

} // namespace stagewright::lint
