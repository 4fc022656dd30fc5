// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/ExecList.h"

#include "edit/EditSupport.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace stagewright::lint {

namespace {

struct Quotes
{
    std::string_view open;
    std::string_view close;
    std::string_view fault; ///< "" for the right ones.
};

constexpr std::string_view typographic = "it has typographic quotes, which a word processor makes";

const Quotes *quotesAt(std::string_view text)
{
    static constexpr std::array<Quotes, 7> known{{
        {"\"", "\"", ""},
        {"'", "'", "it has single quotes, and JSON knows only double ones"},
        {"\u201c", "\u201d", typographic},
        {"\u201d", "\u201d", typographic},
        {"\u201e", "\u201c", typographic},
        {"\u2018", "\u2019", typographic},
        {"\u00ab", "\u00bb", typographic},
    }};
    const auto *found = std::ranges::find_if(known, [&](const Quotes &one) { return text.starts_with(one.open); });
    return found == known.end() ? nullptr : found;
}

class ListReader
{
public:
    explicit ListReader(std::string_view text)
        : m_text(text)
    {
    }

    std::optional<BrokenList> run()
    {
        m_at = 1; // behind the bracket
        const bool blankFirst = m_at < m_text.size() && edit::detail::isBlankChar(m_text[m_at]);
        while (m_good && !m_closed)
            element();
        skipBlanks();
        // A list is all that there is; behind a test other commands follow.
        if (!m_good || m_at < m_text.size() || m_list.words.empty())
            return std::nullopt;
        // `[ -f x ]` and `[ "$a" = b ]` are tests: their words have no commas.
        if (m_bare && m_commas == 0 && (blankFirst || m_list.words.size() > 1))
            return std::nullopt;
        if (m_list.fault.empty())
            return std::nullopt;
        return std::move(m_list);
    }

private:
    void fault(std::string_view words)
    {
        if (m_list.fault.empty())
            m_list.fault = words;
    }

    void skipBlanks()
    {
        while (m_at < m_text.size() && (edit::detail::isBlankChar(m_text[m_at]) || m_text[m_at] == '\n'))
            ++m_at;
    }

    void element()
    {
        skipBlanks();
        if (m_at >= m_text.size()) {
            fault("the bracket at its end is missing");
            m_good = m_good && !m_bare;
            m_closed = true;
            return;
        }
        if (m_text[m_at] == ']') {
            if (m_afterComma)
                fault("it has a comma behind its last word");
            m_closed = true;
            ++m_at;
            return;
        }
        if (!m_list.words.empty() && !m_afterComma)
            fault("a comma is missing between its words");
        m_afterComma = false;
        if (const Quotes *quotes = quotesAt(m_text.substr(m_at)))
            quoted(*quotes);
        else
            bare();
        skipBlanks();
        while (m_good && m_at < m_text.size() && m_text[m_at] == ',') {
            if (m_afterComma)
                fault("it has two commas in a row");
            m_afterComma = true;
            ++m_commas;
            ++m_at;
            skipBlanks();
        }
    }

    void quoted(const Quotes &quotes)
    {
        std::string word;
        fault(quotes.fault);
        for (m_at += quotes.open.size(); m_at < m_text.size(); ++m_at) {
            const std::string_view rest = m_text.substr(m_at);
            // Typographic quotes come in pairs, and not always the right ones.
            const Quotes *other = quotes.open.size() > 1 ? quotesAt(rest) : nullptr;
            const bool ends = rest.starts_with(quotes.close) || (other && other->open.size() > 1);
            if (ends) {
                m_at += rest.starts_with(quotes.close) ? quotes.close.size() : other->open.size();
                m_list.words.push_back(std::move(word));
                return;
            }
            if (rest.front() == '\\' && rest.size() > 1 && quotes.open == "\"") {
                escape(rest[1], word);
                ++m_at;
            } else {
                word += rest.front();
            }
        }
        m_good = false; // a quotation mark that is never closed
    }

    void escape(char c, std::string &word)
    {
        constexpr std::string_view kept("\"\\/");
        if (kept.find(c) != std::string_view::npos) {
            word += c;
        } else if (c == 'n' || c == 't') {
            word += c == 'n' ? '\n' : '\t';
        } else {
            fault(std::string("it has \\") + c + ", which JSON does not know");
            (word += '\\') += c;
        }
    }

    void bare()
    {
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && !edit::detail::isBlankChar(m_text[m_at])
               && std::string_view(",]").find(m_text[m_at]) == std::string_view::npos)
            ++m_at;
        const std::string_view word = m_text.substr(begin, m_at - begin);
        m_good = m_good && !word.empty() && word.find_first_of("\"'`|&;<>()$[{") == std::string_view::npos;
        m_bare = true;
        fault("its words have no quotation marks");
        m_list.words.emplace_back(word);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_commas = 0;
    BrokenList m_list;
    bool m_good = true;
    bool m_closed = false;
    bool m_afterComma = false;
    bool m_bare = false;
};

} // namespace

std::optional<BrokenList> readBrokenList(std::string_view text)
{
    text = edit::detail::trimmed(text);
    if (!text.starts_with('['))
        return std::nullopt;
    return ListReader(text).run();
}

std::optional<BrokenList> brokenListOf(const Instruction &instruction)
{
    if (!instruction.isShellForm() || !instruction.heredocs.empty())
        return std::nullopt;
    const auto command = instruction.command();
    return command.empty() ? std::nullopt : readBrokenList(command.front().value);
}

} // namespace stagewright::lint
