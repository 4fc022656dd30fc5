// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/Wording.h"
#include "semantics/Utf8.h"

#include <QString>

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

namespace stagewright {

namespace {

constexpr std::size_t NoSuggestionDistance = 3;

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void appendEscape(std::string &out, char kind, int width, std::uint32_t value)
{
    std::array<char, 16> buffer {};
    const int length = std::snprintf(buffer.data(), buffer.size(), "\\%c%0*x", kind, width, value);
    out.append(buffer.data(), static_cast<std::size_t>(length));
}

char shortEscape(char32_t c)
{
    switch (c) {
    case '\a': return 'a';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    case '\v': return 'v';
    default: return 0;
    }
}

void appendQuoted(std::string &out, char32_t c, std::string_view bytes)
{
    if (c == '"' || c == '\\') {
        out += '\\';
        out += static_cast<char>(c);
    } else if (const char escape = shortEscape(c)) {
        out += '\\';
        out += escape;
    } else if (c < 0x20 || c == 0x7f) {
        appendEscape(out, 'x', 2, static_cast<std::uint32_t>(c));
    } else if (c < 0x80 || (QChar::isPrint(c) && !QChar::isSpace(c))) {
        out += bytes;
    } else if (c < 0x10000) {
        appendEscape(out, 'u', 4, static_cast<std::uint32_t>(c));
    } else {
        appendEscape(out, 'U', 8, static_cast<std::uint32_t>(c));
    }
}

/// Levenshtein distance, or NoSuggestionDistance as soon as it is clear that it is not below.
std::size_t editDistance(std::u32string_view a, std::u32string_view b)
{
    const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (difference >= NoSuggestionDistance)
        return NoSuggestionDistance;
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        std::size_t best = row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
            best = std::min(best, row[j]);
        }
        if (best >= NoSuggestionDistance)
            return NoSuggestionDistance;
    }
    return row[b.size()];
}

} // namespace

std::string quoted(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + 2);
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        const Utf8Character c = decodeUtf8(text, at);
        const std::string_view bytes = text.substr(at, c.length);
        if (c.valid)
            appendQuoted(out, c.codePoint, bytes);
        else
            appendEscape(out, 'x', 2, static_cast<unsigned char>(bytes.front()));
        at += c.length;
    }
    out += '"';
    return out;
}

std::string_view closestOption(std::string_view value, std::span<const std::string_view> options)
{
    const std::u32string wanted = toUtf32(value);
    std::size_t best = NoSuggestionDistance;
    std::string_view match;
    for (const std::string_view option : options) {
        if (option == value)
            return {};
        const std::size_t distance = editDistance(wanted, toUtf32(option));
        if (distance < best) {
            best = distance;
            match = option;
        }
    }
    return match;
}

std::string suggestion(std::string_view value, std::span<const std::string_view> options)
{
    const std::string_view match = closestOption(value, options);
    if (match.empty())
        return {};
    return " (did you mean " + std::string(match) + "?)";
}

std::string lowerCase(std::string_view text)
{
    if (!isAscii(text))
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toLower().toStdString();
    std::string lower(text);
    for (char &c : lower) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

std::string upperCase(std::string_view text)
{
    std::string upper(text);
    for (char &c : upper) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    }
    return upper;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

} // namespace stagewright
