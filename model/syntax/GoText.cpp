// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "syntax/GoText.h"

#include "syntax/Characters.h"

#include <QChar>
#include <QString>

#include <algorithm>
#include <numeric>
#include <vector>

namespace stagewright::gotext {

namespace {

constexpr std::size_t FarAway = 3;

void appendHex(std::string &out, char32_t value, int digits)
{
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out += "0123456789abcdef"[value >> shift & 0xFU];
}

bool isPrintable(char32_t c)
{
    if (c < 0x80)
        return c >= 0x20 && c != 0x7F;
    return QChar::isPrint(c) && !chars::isSpace(c);
}

template <typename Map> std::string mapped(std::string_view text, Map map)
{
    QString points; // not by QString::fromUcs4(), which drops a byte order mark
    for (std::size_t at = 0; at < text.size();) {
        const chars::CodePoint point = chars::decode(text, at);
        points += QChar::fromUcs4(static_cast<char32_t>(map(point.value)));
        at += point.length;
    }
    return points.toStdString();
}

std::u32string codePoints(std::string_view text)
{
    std::u32string points;
    for (std::size_t at = 0; at < text.size();) {
        const chars::CodePoint point = chars::decode(text, at);
        points += point.value;
        at += point.length;
    }
    return points;
}

std::size_t editDistance(const std::u32string &a, const std::u32string &b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

bool isAscii(std::string_view text)
{
    return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

} // namespace

std::string quote(std::string_view text)
{
    static constexpr std::string_view Escaped = "\a\b\f\n\r\t\v\\\"";
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const chars::CodePoint point = chars::decode(text, at);
        const std::size_t known = point.length == 1 ? Escaped.find(text[at]) : std::string_view::npos;
        if (known != std::string_view::npos) {
            out += '\\';
            out += "abfnrtv\\\""[known];
        } else if (isPrintable(point.value)) {
            out.append(text.substr(at, point.length));
        } else if (point.value < 0x80) {
            out += "\\x";
            appendHex(out, point.value, 2);
        } else {
            out += point.value < 0x10000 ? "\\u" : "\\U";
            appendHex(out, point.value, point.value < 0x10000 ? 4 : 8);
        }
        at += point.length;
    }
    return out + '"';
}

std::string toUpper(std::string_view text)
{
    return mapped(text, [](char32_t c) { return QChar::toUpper(c); });
}

std::string toLower(std::string_view text)
{
    if (isAscii(text)) {
        std::string lower(text);
        std::ranges::transform(lower, lower.begin(), chars::toLower);
        return lower;
    }
    return mapped(text, [](char32_t c) { return QChar::toLower(c); });
}

std::string nearestOption(std::string_view value, std::span<const std::string_view> options, bool caseSensitive)
{
    const std::u32string wanted = codePoints(caseSensitive ? std::string(value) : toLower(value));
    std::size_t nearest = FarAway;
    std::string match;
    for (const std::string_view option : options) {
        if (std::max(wanted.size(), option.size()) - std::min(wanted.size(), option.size()) >= FarAway)
            continue;
        const std::string name = caseSensitive ? std::string(option) : toLower(option);
        const std::size_t steps = editDistance(wanted, codePoints(name));
        if (steps == 0)
            return {};
        if (steps < nearest) {
            nearest = steps;
            match = name;
        }
    }
    if (!caseSensitive && value != toLower(value) && value == toUpper(value))
        match = toUpper(match);
    return match;
}

std::string suggestion(std::string_view value, std::span<const std::string_view> options, bool caseSensitive)
{
    const std::string match = nearestOption(value, options, caseSensitive);
    return match.empty() ? match : " (did you mean " + match + "?)";
}

} // namespace stagewright::gotext
