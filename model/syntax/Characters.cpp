// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "syntax/Characters.h"

#include <QChar>

namespace stagewright::chars {

CodePoint decode(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) -> char32_t {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const char32_t lead = byte(0);
    if (lead < 0xC0)
        return {lead, 1};
    if (lead < 0xE0)
        return {(lead & 0x1FU) << 6 | (byte(1) & 0x3FU), 2};
    if (lead < 0xF0)
        return {(lead & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU), 3};
    return {(lead & 0x07U) << 18 | (byte(1) & 0x3FU) << 12 | (byte(2) & 0x3FU) << 6 | (byte(3) & 0x3FU), 4};
}

bool isSpace(char32_t c)
{
    if (c < 0x80)
        return isAsciiSpace(static_cast<char>(c));
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029
        || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool isLetter(char32_t c)
{
    return c < 0x80 ? isAsciiLetter(static_cast<char>(c)) : QChar::isLetter(c);
}

bool isDecimalDigit(char32_t c)
{
    return c < 0x80 ? isDigit(static_cast<char>(c)) : QChar::isDigit(c);
}

std::string_view trimmedLeft(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t length = spaceLength(text, at);
        if (length == 0)
            break;
        at += length;
    }
    return text.substr(at);
}

std::string_view trimmedRight(std::string_view text)
{
    while (!text.empty()) {
        std::size_t at = text.size() - 1;
        while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
            --at;
        if (spaceLength(text, at) == 0)
            break;
        text = text.substr(0, at);
    }
    return text;
}

} // namespace stagewright::chars
