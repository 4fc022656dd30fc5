// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "syntax/JsonArray.h"

#include "syntax/Characters.h"

namespace stagewright {

namespace {

constexpr std::size_t MaximumDepth = 10000; // the limit of the JSON decoder behind BuildKit

int hexValue(char c)
{
    if (chars::isDigit(c))
        return c - '0';
    const char lower = chars::toLower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// A walk over one JSON text.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {
    }

    JsonForm run(std::vector<JsonElement> &elements);

private:
    [[nodiscard]] bool atEnd() const { return m_at == m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool take(char c)
    {
        if (peek() != c || atEnd())
            return false;
        ++m_at;
        return true;
    }
    void skipBlanks()
    {
        while (!atEnd() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r'))
            ++m_at;
    }
    bool string(JsonElement &element);
    bool number();
    bool digits();
    bool scalar(std::vector<JsonElement> &elements);
    bool closeValues();

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<char> m_open; ///< The brackets that are open, '[' or '{'.
    bool m_onlyStrings = true;
};

bool Scanner::string(JsonElement &element)
{
    const std::size_t begin = m_at++;
    element.hasEscapes = false;
    while (!atEnd()) {
        const char c = m_text[m_at++];
        if (c == '"') {
            element.written = m_text.substr(begin, m_at - begin);
            return true;
        }
        if (static_cast<unsigned char>(c) < 0x20)
            return false;
        if (c != '\\')
            continue;
        element.hasEscapes = true;
        const char escaped = peek();
        if (atEnd() || std::string_view("\"\\/bfnrtu").find(escaped) == std::string_view::npos)
            return false;
        ++m_at;
        for (int i = 0; escaped == 'u' && i < 4; ++i) {
            if (hexValue(peek()) < 0)
                return false;
            ++m_at;
        }
    }
    return false;
}

bool Scanner::digits()
{
    const std::size_t begin = m_at;
    while (chars::isDigit(peek()))
        ++m_at;
    return m_at > begin;
}

bool Scanner::number()
{
    take('-');
    if (!take('0') && !digits())
        return false;
    if (take('.') && !digits())
        return false;
    if (take('e') || take('E')) {
        if (!take('+'))
            take('-');
        return digits();
    }
    return true;
}

bool Scanner::scalar(std::vector<JsonElement> &elements)
{
    if (peek() == '"') {
        JsonElement element;
        if (!string(element))
            return false;
        if (m_open.size() == 1)
            elements.push_back(element);
        return true;
    }
    m_onlyStrings = m_onlyStrings && m_open.size() > 1;
    for (const std::string_view word : {"true", "false", "null"}) {
        if (m_text.substr(m_at).starts_with(word)) {
            m_at += word.size();
            return true;
        }
    }
    return number();
}

/// Behind a value: closes what ends here and goes to the next value. False at a syntax error.
bool Scanner::closeValues()
{
    while (!m_open.empty()) {
        skipBlanks();
        const bool inObject = m_open.back() == '{';
        if (take(',')) {
            skipBlanks();
            if (!inObject)
                return true;
            JsonElement key;
            if (peek() != '"' || !string(key))
                return false;
            skipBlanks();
            return take(':');
        }
        if (!take(inObject ? '}' : ']'))
            return false;
        m_open.pop_back();
    }
    return true;
}

JsonForm Scanner::run(std::vector<JsonElement> &elements)
{
    do {
        skipBlanks();
        if (peek() == '[' || peek() == '{') {
            m_onlyStrings = m_onlyStrings && m_open.size() != 1;
            const bool isObject = peek() == '{';
            m_open.push_back(m_text[m_at++]);
            if (m_open.size() > MaximumDepth)
                return JsonForm::NotAnArray;
            skipBlanks();
            if (peek() != (isObject ? '}' : ']')) {
                JsonElement key;
                if (!isObject)
                    continue;
                if (peek() != '"' || !string(key))
                    return JsonForm::NotAnArray;
                skipBlanks();
                if (!take(':'))
                    return JsonForm::NotAnArray;
                continue;
            }
        } else if (!scalar(elements)) {
            return JsonForm::NotAnArray;
        }
        if (!closeValues())
            return JsonForm::NotAnArray;
    } while (!m_open.empty());
    skipBlanks();
    if (!atEnd())
        return JsonForm::NotAnArray;
    return m_onlyStrings ? JsonForm::Strings : JsonForm::NotStrings;
}

void appendUtf8(std::string &out, char32_t c)
{
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | c >> 18);
        out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

char32_t hexUnit(std::string_view text, std::size_t at)
{
    char32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i)
        value = value * 16 + static_cast<char32_t>(hexValue(text[i]));
    return value;
}

/// The character of `\uXXXX` (and of a second one that completes a surrogate pair); moves behind it.
char32_t unicodeEscape(std::string_view text, std::size_t &at)
{
    const char32_t unit = hexUnit(text, at + 2);
    at += 6;
    if (unit < 0xD800 || unit > 0xDFFF)
        return unit;
    if (unit < 0xDC00 && text.substr(at).starts_with("\\u")) {
        const char32_t low = hexUnit(text, at + 2);
        if (low >= 0xDC00 && low <= 0xDFFF) {
            at += 6;
            return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return 0xFFFD;
}

} // namespace

JsonForm scanJsonArray(std::string_view text, std::vector<JsonElement> &elements)
{
    elements.clear();
    text = chars::trimmedLeft(text);
    return text.starts_with('[') ? Scanner(text).run(elements) : JsonForm::NotAnArray;
}

std::string decodeJsonString(std::string_view written)
{
    const std::string_view text = written.substr(1, written.size() - 2);
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '\\') {
            out += text[at++];
            continue;
        }
        const char escaped = text[at + 1];
        if (escaped == 'u') {
            appendUtf8(out, unicodeEscape(text, at));
            continue;
        }
        const std::size_t control = std::string_view("bfnrt").find(escaped);
        out += control == std::string_view::npos ? escaped : "\b\f\n\r\t"[control];
        at += 2;
    }
    return out;
}

} // namespace stagewright
