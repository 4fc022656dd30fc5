// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/Expansion.h"

#include "semantics/Pattern.h"
#include "semantics/Utf8.h"
#include "semantics/Wording.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace stagewright {

namespace {

constexpr std::size_t MaximumResult = 1024 * 1024;
constexpr int MaximumDepth = 400;
constexpr char32_t EndOfWord = 0xffffffff;
constexpr std::string_view MissingBrace = "syntax error: missing '}'";

bool isSpecialParameter(char32_t c)
{
    return c < 0x80 && std::string_view("@*#?-$!0").contains(static_cast<char>(c));
}

/// Collects words the way BuildKit does while a word is processed: white space from the text and from variables
/// splits, quoted and escaped characters do not.
class WordCollector
{
public:
    void add(char32_t c)
    {
        if (!chars::isSpace(c))
            addRaw(c);
        else if (m_inWord && !m_word.empty())
            finish();
    }
    void addRaw(char32_t c)
    {
        appendUtf8(m_word, c);
        m_inWord = true;
    }
    void addText(std::string_view text)
    {
        for (std::size_t at = 0; at < text.size();) {
            const chars::CodePoint c = chars::decode(text, at);
            add(c.value);
            at += c.length;
        }
    }
    void addRawText(std::string_view text)
    {
        m_word += text;
        m_inWord = true;
    }
    /// BuildKit's buffer is shared with the substitutions inside the word, which start by emptying it.
    void dropUnfinished() { m_word.clear(); }
    std::vector<std::string> take()
    {
        if (!m_word.empty())
            finish();
        return std::move(m_words);
    }

private:
    void finish()
    {
        m_words.push_back(std::move(m_word));
        m_word.clear();
        m_inWord = false;
    }
    std::string m_word;
    std::vector<std::string> m_words;
    bool m_inWord = false;
};

/// One run over one word. Functions return false after an error, with the reason in m_error.
class Processor
{
public:
    Processor(std::string_view word, const Variables &variables, char escape, bool quotesAreOrdinary, VariableUse *use)
        : m_word(word)
        , m_variables(variables)
        , m_escape(static_cast<unsigned char>(escape))
        , m_quotesAreOrdinary(quotesAreOrdinary)
        , m_use(use)
    {
    }

    bool run(std::string &out, WordCollector *words) { return untilStop(EndOfWord, false, out, words); }
    [[nodiscard]] std::string failure() const { return "failed to process " + quoted(m_word) + ": " + m_error; }

private:
    [[nodiscard]] char32_t peek() const { return m_at < m_word.size() ? chars::decode(m_word, m_at).value : EndOfWord; }
    char32_t next()
    {
        if (m_at >= m_word.size())
            return EndOfWord;
        const chars::CodePoint c = chars::decode(m_word, m_at);
        m_at += c.length;
        return c.value;
    }
    bool fail(std::string message)
    {
        m_error = std::move(message);
        return false;
    }

    bool untilStop(char32_t stop, bool rawEscapes, std::string &out, WordCollector *words);
    bool character(char32_t c, std::string &out, WordCollector *words);
    bool singleQuoted(std::string &out);
    bool doubleQuoted(std::string &out);
    bool dollar(std::string &out);
    bool braced(std::string &out);
    bool modified(std::string_view name, char32_t modifier, bool emptyIsUnset, std::string modifierText,
                  std::string &out);
    bool required(std::string_view name, const std::optional<std::string_view> &value, bool emptyIsUnset,
                  std::string word);
    bool replaced(std::string_view name, std::string &out);
    bool substitutionPart(char32_t stop, bool rawEscapes, std::string_view missing, std::string &out);
    std::string_view name();
    std::optional<std::string_view> lookUp(std::string_view name);
    static void append(std::string &out, std::string_view value)
    {
        if (out.size() + value.size() <= MaximumResult)
            out += value;
    }
    bool take(std::expected<std::string, std::string> value, std::string &out)
    {
        if (!value)
            return fail(value.error());
        append(out, *value);
        return true;
    }

    std::string_view m_word;
    std::size_t m_at = 0;
    const Variables &m_variables;
    char32_t m_escape;
    bool m_quotesAreOrdinary;
    bool m_rawEscapes = false;
    int m_depth = 0;
    VariableUse *m_use;
    WordCollector *m_words = nullptr;
    std::string m_error;
};

bool Processor::untilStop(char32_t stop, bool rawEscapes, std::string &out, WordCollector *words)
{
    if (++m_depth > MaximumDepth)
        return fail("substitutions are nested too deeply");
    if (words)
        m_words = words;
    else if (m_words)
        m_words->dropUnfinished();
    const bool outerRawEscapes = std::exchange(m_rawEscapes, rawEscapes);
    while (m_at < m_word.size()) {
        const char32_t c = peek();
        if (c == stop) {
            next();
            m_rawEscapes = outerRawEscapes;
            --m_depth;
            return true;
        }
        if (!character(c, out, words))
            return false;
    }
    m_rawEscapes = outerRawEscapes;
    --m_depth;
    if (stop == EndOfWord)
        return true;
    return fail("unexpected end of statement while looking for matching " + toUtf8({&stop, 1}));
}

bool Processor::character(char32_t c, std::string &out, WordCollector *words)
{
    if (c == '$' || (!m_quotesAreOrdinary && (c == '\'' || c == '"'))) {
        std::string part;
        if (!(c == '$' ? dollar(part) : c == '"' ? doubleQuoted(part) : singleQuoted(part)))
            return false;
        append(out, part);
        if (words)
            c == '$' ? words->addText(part) : words->addRawText(part);
        return true;
    }
    next();
    if (c != m_escape) {
        appendUtf8(out, c);
        if (words)
            words->add(c);
        return true;
    }
    if (m_rawEscapes) {
        appendUtf8(out, c);
        if (words)
            words->addRaw(c);
    }
    const char32_t escaped = next();
    if (escaped == EndOfWord)
        return true;
    appendUtf8(out, escaped);
    if (words)
        words->addRaw(escaped);
    return true;
}

bool Processor::singleQuoted(std::string &out)
{
    next();
    while (true) {
        const char32_t c = next();
        if (c == EndOfWord)
            return fail("unexpected end of statement while looking for matching single-quote");
        if (c == '\'')
            return true;
        appendUtf8(out, c);
    }
}

bool Processor::doubleQuoted(std::string &out)
{
    next();
    while (true) {
        const char32_t c = peek();
        if (c == EndOfWord)
            return fail("unexpected end of statement while looking for matching double-quote");
        if (c == '$') {
            if (!dollar(out))
                return false;
            continue;
        }
        next();
        if (c == '"')
            return true;
        if (c != m_escape) {
            appendUtf8(out, c);
            continue;
        }
        if (m_rawEscapes)
            appendUtf8(out, c);
        const char32_t escaped = peek();
        if (escaped == EndOfWord)
            continue;
        if (escaped == '"' || escaped == '$' || escaped == m_escape) {
            next();
            appendUtf8(out, escaped);
        } else {
            appendUtf8(out, c);
        }
    }
}

bool Processor::dollar(std::string &out)
{
    next();
    if (peek() == '{') {
        next();
        return braced(out);
    }
    const std::string_view variable = name();
    if (variable.empty())
        out += '$';
    else
        append(out, lookUp(variable).value_or(std::string_view()));
    return true;
}

bool Processor::braced(std::string &out)
{
    const char32_t first = peek();
    if (first == EndOfWord)
        return fail(std::string(MissingBrace));
    if (first == '{' || first == '}' || first == ':')
        return fail("syntax error: bad substitution");
    const std::string_view variable = name();
    char32_t c = next();
    const auto text = [](char32_t character) { return toUtf8({&character, 1}); };
    std::string modifier = c == EndOfWord ? "\xef\xbf\xbd" : text(c);
    switch (c) {
    case '}': append(out, lookUp(variable).value_or(std::string_view())); return true;
    case ':':
        c = next();
        modifier += c == EndOfWord ? "\xef\xbf\xbd" : text(c);
        return modified(variable, c, true, std::move(modifier), out);
    case '+':
    case '-':
    case '?':
    case '#':
    case '%': return modified(variable, c, false, std::move(modifier), out);
    case '/': return replaced(variable, out);
    default: return fail("unsupported modifier (" + modifier + ") in substitution");
    }
}

/// Reads the word up to @p stop. When the text ends too early the message is about the substitution.
bool Processor::substitutionPart(char32_t stop, bool rawEscapes, std::string_view missing, std::string &out)
{
    if (untilStop(stop, rawEscapes, out, nullptr))
        return true;
    return peek() == EndOfWord ? fail(std::string(missing)) : false;
}

bool Processor::modified(std::string_view name, char32_t modifier, bool emptyIsUnset, std::string modifierText,
                         std::string &out)
{
    const bool isPattern = modifier == '#' || modifier == '%';
    if (emptyIsUnset && isPattern)
        return fail("unsupported modifier (" + modifierText + ") in substitution");
    std::string word;
    if (!substitutionPart('}', isPattern, MissingBrace, word))
        return false;
    const std::optional<std::string_view> value = lookUp(name);
    const bool useWord = !value || (emptyIsUnset && value->empty());
    switch (modifier) {
    case '-': append(out, useWord ? std::string_view(word) : *value); return true;
    case '+': append(out, useWord ? std::string_view() : std::string_view(word)); return true;
    case '?':
        if (!required(name, value, emptyIsUnset, std::move(word)))
            return false;
        append(out, *value);
        return true;
    case '#':
    case '%': {
        const bool longest = word.starts_with(static_cast<char>(modifier));
        const std::string_view pattern = std::string_view(word).substr(longest ? 1 : 0);
        const std::string_view text = value.value_or(std::string_view());
        return take(modifier == '#' ? withoutPrefix(text, pattern, longest) : withoutSuffix(text, pattern, longest),
                    out);
    }
    default: return fail("unsupported modifier (" + modifierText + ") in substitution");
    }
}

bool Processor::required(std::string_view name, const std::optional<std::string_view> &value, bool emptyIsUnset,
                         std::string word)
{
    if (value && !(emptyIsUnset && value->empty()))
        return true;
    if (word.empty())
        word = value ? "is not allowed to be empty" : "is not allowed to be unset";
    return fail(std::string(name) + ": " + word);
}

bool Processor::replaced(std::string_view name, std::string &out)
{
    const bool all = peek() == '/';
    if (all)
        next();
    std::string pattern;
    std::string replacement;
    if (!substitutionPart('/', true, "syntax error: missing '/' in ${}", pattern)
        || !substitutionPart('}', true, MissingBrace, replacement))
        return false;
    const std::string_view value = lookUp(name).value_or(std::string_view());
    return take(withReplacement(value, pattern, replacement, all, MaximumResult), out);
}

/// A special parameter, a number, or letters, digits and underscores.
std::string_view Processor::name()
{
    const std::size_t begin = m_at;
    const auto since = [&] { return m_word.substr(begin, m_at - begin); };
    const char32_t first = peek();
    if (first == EndOfWord)
        return {};
    if (chars::isDecimalDigit(first)) {
        while (peek() != EndOfWord && chars::isDecimalDigit(peek()))
            next();
        return since();
    }
    if (isSpecialParameter(first)) {
        next();
        return since();
    }
    for (char32_t c = first; c != EndOfWord && (c == '_' || chars::isLetter(c) || chars::isDecimalDigit(c)); c = peek())
        next();
    return since();
}

std::optional<std::string_view> Processor::lookUp(std::string_view name)
{
    const std::optional<std::string_view> value = m_variables.find(name);
    if (m_use)
        (value ? m_use->matched : m_use->unmatched).emplace_back(name);
    return value;
}

void removeRepetitions(std::vector<std::string> &names)
{
    if (names.size() < 2)
        return;
    std::unordered_set<std::string> seen; // of its own copies: erase_if moves the names
    std::erase_if(names, [&seen](const std::string &name) { return !seen.insert(name).second; });
}

void finish(VariableUse *use)
{
    if (!use)
        return;
    removeRepetitions(use->matched);
    removeRepetitions(use->unmatched);
}

} // namespace

bool WordExpander::isPlain(std::string_view word) const
{
    return std::ranges::none_of(word, [this](char c) {
        return c == '$' || c == m_escape || (!m_quotesAreOrdinary && (c == '"' || c == '\''));
    });
}

std::expected<std::string, std::string> WordExpander::expand(std::string_view word, const Variables &variables,
                                                             VariableUse *use) const
{
    if (isPlain(word))
        return std::string(word);
    Processor processor(word, variables, m_escape, m_quotesAreOrdinary, use);
    std::string out;
    const bool ok = processor.run(out, nullptr);
    finish(use);
    if (!ok)
        return std::unexpected(processor.failure());
    return out;
}

std::expected<std::vector<std::string>, std::string>
WordExpander::expandToWords(std::string_view word, const Variables &variables, VariableUse *use) const
{
    Processor processor(word, variables, m_escape, m_quotesAreOrdinary, use);
    WordCollector words;
    std::string out;
    const bool ok = processor.run(out, &words);
    finish(use);
    if (!ok)
        return std::unexpected(processor.failure());
    return words.take();
}

} // namespace stagewright
