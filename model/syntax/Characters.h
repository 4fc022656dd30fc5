// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stagewright::chars {

/// What BuildKit's regular expressions mean by white space between words; no newline, nothing beyond ASCII.
[[nodiscard]] constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

/// White space in ASCII (Unicode's definition restricted to it).
[[nodiscard]] constexpr bool isAsciiSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// BuildKit looks at single bytes in some places and takes them for Latin-1, where 0x85 and 0xA0 are spaces.
[[nodiscard]] constexpr bool isLatin1Space(char c)
{
    return isAsciiSpace(c) || c == '\x85' || c == '\xA0';
}

[[nodiscard]] constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool isAsciiLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

[[nodiscard]] constexpr char toLower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// ASCII letters only, as all keywords are.
[[nodiscard]] constexpr bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (toLower(a[i]) != toLower(b[i]))
            return false;
    }
    return true;
}

/// One code point of valid UTF-8 and its length in bytes.
struct CodePoint
{
    char32_t value = 0;
    std::size_t length = 0;
};

[[nodiscard]] CodePoint decode(std::string_view text, std::size_t at);
[[nodiscard]] bool isSpace(char32_t c);
[[nodiscard]] bool isLetter(char32_t c);
[[nodiscard]] bool isDecimalDigit(char32_t c);

/// Length in bytes of the white space character at @p at, 0 if there is another one.
[[nodiscard]] inline std::size_t spaceLength(std::string_view text, std::size_t at)
{
    const char c = text[at];
    if (static_cast<unsigned char>(c) < 0x80)
        return isAsciiSpace(c) ? 1 : 0;
    const CodePoint point = decode(text, at);
    return isSpace(point.value) ? point.length : 0;
}

/// Trim Unicode white space.
[[nodiscard]] std::string_view trimmedLeft(std::string_view text);
[[nodiscard]] std::string_view trimmedRight(std::string_view text);
[[nodiscard]] inline std::string_view trimmed(std::string_view text)
{
    return trimmedRight(trimmedLeft(text));
}

} // namespace stagewright::chars
