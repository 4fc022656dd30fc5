// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "syntax/ShellWords.h"

#include "syntax/Characters.h"
#include "syntax/GoText.h"

#include <algorithm>
#include <limits>

namespace stagewright {

namespace {

/// `^\d*<<`
bool mayOpenHeredoc(std::string_view word)
{
    const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
    return word.substr(digits).starts_with("<<");
}

/// BuildKit recurses into quotes and substitutions; here a stack stands for the recursion, so that depth costs
/// neither time nor the program's stack.
class Lexer
{
public:
    Lexer(std::string_view text, bool rawQuotes, bool rawEscapes, bool onlyHeredocs)
        : m_text(text)
        , m_rawQuotes(rawQuotes)
        , m_rawEscapes(rawEscapes)
        , m_onlyHeredocs(onlyHeredocs)
    {
    }

    ShellLexing run();

private:
    enum class Frame : std::uint8_t { DoubleQuote, Substitution, Pattern };
    struct Open
    {
        Frame frame = Frame::DoubleQuote;
        bool outerRawEscapes = false;
    };

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek() const { return m_text[m_at]; }
    void put(char c);
    void putRest(bool maySplit);
    void endWord();
    void fail(std::string message) { m_error = std::move(message); }
    /// Inside of a substitution at top level every blank splits, inside of top-level quotes none does.
    [[nodiscard]] bool nestedSplit(bool outside) const
    {
        return m_open.empty() ? outside : m_open.front().frame != Frame::DoubleQuote;
    }

    bool stepQuoted();
    void stepPlain();
    void singleQuotes();
    void escape();
    void dollar();
    void substitution();
    void skipName();
    void beginConstruct();
    void open(Frame frame, bool rawEscapes);
    void close();
    [[nodiscard]] std::string endMessage() const;

    std::string_view m_text;
    bool m_rawQuotes;
    bool m_rawEscapes;
    bool m_onlyHeredocs;
    std::size_t m_at = 0;
    std::vector<Open> m_open;
    ShellWord m_word;
    bool m_inWord = false;
    std::size_t m_construct = 0;       ///< Where in the word the outermost quotes or variable begin…
    std::size_t m_constructSource = 0; ///< …and where in the text.
    std::vector<ShellWord> m_words;
    std::string m_error;
};

void Lexer::endWord()
{
    if (!m_word.text.empty() && (!m_onlyHeredocs || mayOpenHeredoc(m_word.text)))
        m_words.push_back(m_word);
    m_word.text.clear();
    m_construct = 0;
}

/// Emits the byte that was read last.
void Lexer::put(char c)
{
    if (m_word.text.empty())
        m_word.begin = m_at - 1;
    m_inWord = true;
    m_word.text += c;
    m_word.end = m_at;
}

/// Emits the character at the current place, which ends a word if it is white space and may split.
void Lexer::putRest(bool maySplit)
{
    const chars::CodePoint point = chars::decode(m_text, m_at);
    const std::size_t length = std::max<std::size_t>(1, std::min(point.length, m_text.size() - m_at));
    if (maySplit && chars::isSpace(point.value)) {
        if (m_inWord && !m_word.text.empty()) {
            endWord();
            m_inWord = false;
        }
        m_at += length;
        return;
    }
    for (std::size_t i = 0; i < length; ++i) {
        const char c = m_text[m_at++];
        put(c);
    }
}

/// Remembers where the outermost quotes or variable begin, before anything of them is emitted.
void Lexer::beginConstruct()
{
    if (!m_open.empty())
        return;
    m_construct = m_word.text.size();
    m_constructSource = m_at;
}

void Lexer::open(Frame frame, bool rawEscapes)
{
    if (frame != Frame::DoubleQuote && m_construct > 0) {
        // BuildKit uses one buffer for the word and for what it reads inside of a substitution: what the word had
        // in front of it is lost.
        m_word.text.erase(0, m_construct);
        m_word.begin = m_constructSource;
        m_construct = 0;
    }
    m_open.push_back({frame, m_rawEscapes});
    m_rawEscapes = rawEscapes;
}

void Lexer::close()
{
    m_rawEscapes = m_open.back().outerRawEscapes;
    m_open.pop_back();
}

void Lexer::singleQuotes()
{
    const bool split = nestedSplit(false);
    ++m_at;
    m_inWord = true;
    if (m_rawQuotes)
        put('\'');
    while (!atEnd() && peek() != '\'')
        putRest(split);
    if (atEnd())
        return fail("unexpected end of statement while looking for matching single-quote");
    ++m_at;
    if (m_rawQuotes)
        put('\'');
}

/// An escape character outside of quotes.
void Lexer::escape()
{
    ++m_at;
    if (m_rawEscapes)
        put('\\');
    if (!atEnd())
        putRest(nestedSplit(false));
}

/// Inside of double quotes. False at the end of the text.
bool Lexer::stepQuoted()
{
    const bool split = nestedSplit(false);
    if (atEnd()) {
        fail("unexpected end of statement while looking for matching double-quote");
        return false;
    }
    switch (peek()) {
    case '"':
        ++m_at;
        if (m_rawQuotes)
            put('"');
        close();
        return true;
    case '$': dollar(); return true;
    case '\\':
        ++m_at;
        if (m_rawEscapes)
            put('\\');
        if (atEnd())
            return true;
        if (peek() == '"' || peek() == '$' || peek() == '\\')
            putRest(split);
        else
            put('\\'); // kept, and with raw escapes even doubled: that is what BuildKit does
        return true;
    default: putRest(split); return true;
    }
}

void Lexer::skipName()
{
    if (atEnd())
        return;
    if (chars::isDecimalDigit(chars::decode(m_text, m_at).value)) {
        while (!atEnd() && chars::isDecimalDigit(chars::decode(m_text, m_at).value))
            putRest(false);
        return;
    }
    if (std::string_view("@*#?-$!").find(peek()) != std::string_view::npos)
        return putRest(false);
    while (!atEnd()) {
        const char32_t c = chars::decode(m_text, m_at).value;
        if (c != '_' && !chars::isLetter(c) && !chars::isDecimalDigit(c))
            break;
        putRest(false);
    }
}

void Lexer::dollar()
{
    beginConstruct();
    ++m_at;
    put('$');
    if (atEnd())
        return;
    if (peek() == '{')
        substitution();
    else
        skipName();
}

void Lexer::substitution()
{
    const bool split = nestedSplit(true);
    putRest(false);
    if (atEnd())
        return fail("syntax error: missing '}'");
    if (peek() == '{' || peek() == '}' || peek() == ':')
        return fail("syntax error: bad substitution");
    skipName();
    const auto unsupported = [&](std::size_t begin) {
        const std::string modifier
            = begin < m_text.size() ? std::string(m_text.substr(begin, m_at - begin)) : "\xEF\xBF\xBD";
        fail("unsupported modifier (" + modifier + ") in substitution");
    };
    const std::size_t modifier = m_at;
    const char first = atEnd() ? '\0' : peek();
    if (atEnd())
        return unsupported(modifier);
    putRest(split);
    if (first == '}')
        return;
    if (first == ':') {
        const char second = atEnd() ? '\0' : peek();
        if (!atEnd())
            putRest(split);
        if (second == '#' || second == '%')
            return unsupported(modifier);
        return open(Frame::Substitution, false);
    }
    if (first == '/') {
        if (!atEnd() && peek() == '/')
            putRest(split);
        return open(Frame::Pattern, true);
    }
    if (std::string_view("+-?#%").find(first) == std::string_view::npos)
        return unsupported(modifier);
    open(Frame::Substitution, first == '#' || first == '%');
}

std::string Lexer::endMessage() const
{
    return m_open.back().frame == Frame::Pattern ? "syntax error: missing '/' in ${}" : "syntax error: missing '}'";
}

/// Outside of double quotes, with at least one character left.
void Lexer::stepPlain()
{
    const char c = peek();
    if (!m_open.empty() && c == (m_open.back().frame == Frame::Pattern ? '/' : '}')) {
        putRest(nestedSplit(true));
        const bool wasPattern = m_open.back().frame == Frame::Pattern;
        close();
        if (wasPattern)
            open(Frame::Substitution, true);
        return;
    }
    switch (c) {
    case '\'': return singleQuotes();
    case '"':
        beginConstruct();
        ++m_at;
        m_inWord = true;
        if (m_rawQuotes)
            put('"');
        return open(Frame::DoubleQuote, m_rawEscapes);
    case '$': return dollar();
    case '\\': return escape();
    default: putRest(nestedSplit(true));
    }
}

ShellLexing Lexer::run()
{
    while (m_error.empty()) {
        if (!m_open.empty() && m_open.back().frame == Frame::DoubleQuote) {
            if (!stepQuoted())
                break;
        } else if (atEnd()) {
            if (!m_open.empty())
                fail(endMessage());
            break;
        } else {
            stepPlain();
        }
    }
    if (!m_error.empty())
        return {{}, "failed to process " + gotext::quote(m_text) + ": " + m_error};
    endWord();
    return {std::move(m_words), {}};
}

std::ptrdiff_t countQuotes(std::string_view text)
{
    return std::ranges::count_if(text, [](char c) { return c == '\'' || c == '"'; });
}

int descriptorOf(std::string_view digits)
{
    int value = 0;
    for (const char c : digits) {
        if (value > (std::numeric_limits<int>::max() - 9) / 10)
            return std::numeric_limits<int>::max();
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

ShellLexing lexShellWords(std::string_view text, bool rawQuotes, bool rawEscapes, bool onlyHeredocs)
{
    return Lexer(text, rawQuotes, rawEscapes, onlyHeredocs).run();
}

HeredocWord parseHeredocWord(std::string_view word)
{
    HeredocWord heredoc;
    if (!mayOpenHeredoc(word))
        return heredoc;
    const std::size_t digits = word.find('<');
    std::string_view rest = word.substr(digits + 2);
    heredoc.stripTabs = rest.starts_with('-');
    if (heredoc.stripTabs)
        rest.remove_prefix(1);
    if (rest.empty() || rest.find('<') != std::string_view::npos)
        return heredoc;
    ShellLexing plain = lexShellWords(rest, false, false, false);
    const ShellLexing raw = lexShellWords(rest, true, false, false);
    heredoc.error = plain.error;
    if (!heredoc.error.empty() || plain.words.size() != 1)
        return heredoc;
    if (raw.words.size() != 1) {
        heredoc.error = "internal lexing of heredoc produced inconsistent results: " + std::string(rest);
        return heredoc;
    }
    heredoc.name = std::move(plain.words.front().text);
    heredoc.expand = countQuotes(heredoc.name) == countQuotes(raw.words.front().text);
    heredoc.fileDescriptor = descriptorOf(word.substr(0, digits));
    heredoc.found = true;
    return heredoc;
}

} // namespace stagewright
