// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "syntax/FlagValues.h"

#include "syntax/Characters.h"
#include "syntax/CsvReader.h"
#include "syntax/GoText.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace stagewright::flagvalues {

namespace {

/// Go's quoting in the time package: everything beyond printable ASCII as hexadecimal bytes.
std::string quoteForTime(std::string_view text)
{
    static constexpr std::string_view Digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte >= 0x80) {
            out += "\\x";
            out += Digits[byte >> 4U];
            out += Digits[byte & 0xFU];
            continue;
        }
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

struct DurationUnit
{
    std::string_view name;
    std::uint64_t nanoseconds = 0;
};

constexpr std::array<DurationUnit, 8> DurationUnits{{
    {"ns", 1},
    {"us", 1'000},
    {"\xC2\xB5s", 1'000}, // micro sign
    {"\xCE\xBCs", 1'000}, // Greek mu
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"m", 60'000'000'000},
    {"h", 3'600'000'000'000},
}};

constexpr std::uint64_t DurationLimit = std::uint64_t{1} << 63;

/// A number with an optional fraction, without exponent or sign.
class DecimalNumber
{
public:
    /// Takes the number off the front of @p text. False if there is none, or one that is too large.
    bool read(std::string_view &text);
    /// Nothing if the product is too large.
    [[nodiscard]] std::optional<std::uint64_t> times(std::uint64_t unit) const;

private:
    bool readWhole(std::string_view &text);
    void readFraction(std::string_view &text);

    std::uint64_t m_whole = 0;
    std::uint64_t m_fraction = 0;
    double m_scale = 1; ///< What the fraction is to be divided by.
};

bool DecimalNumber::readWhole(std::string_view &text)
{
    for (; !text.empty() && chars::isDigit(text.front()); text.remove_prefix(1)) {
        if (m_whole > DurationLimit / 10)
            return false;
        m_whole = m_whole * 10 + static_cast<std::uint64_t>(text.front() - '0');
        if (m_whole > DurationLimit)
            return false;
    }
    return true;
}

/// Digits that do not fit are dropped.
void DecimalNumber::readFraction(std::string_view &text)
{
    bool isFull = false;
    for (; !text.empty() && chars::isDigit(text.front()); text.remove_prefix(1)) {
        isFull = isFull || m_fraction > (DurationLimit - 10) / 10;
        if (isFull)
            continue;
        m_fraction = m_fraction * 10 + static_cast<std::uint64_t>(text.front() - '0');
        m_scale *= 10;
    }
}

bool DecimalNumber::read(std::string_view &text)
{
    const std::size_t begin = text.size();
    if (!readWhole(text))
        return false;
    std::size_t digits = begin - text.size();
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        const std::size_t point = text.size();
        readFraction(text);
        digits += point - text.size();
    }
    return digits > 0;
}

std::optional<std::uint64_t> DecimalNumber::times(std::uint64_t unit) const
{
    if (m_whole > DurationLimit / unit)
        return std::nullopt;
    const double part = static_cast<double>(m_fraction) * (static_cast<double>(unit) / m_scale);
    const std::uint64_t product = m_whole * unit + static_cast<std::uint64_t>(part);
    return product > DurationLimit ? std::nullopt : std::optional(product);
}

} // namespace

Duration parseDuration(std::string_view whole)
{
    const auto failed = [](const std::string &why) { return Duration{0, "time: " + why}; };
    const auto invalid = [&] { return failed("invalid duration " + quoteForTime(whole)); };
    std::string_view text = whole;
    const bool isNegative = text.starts_with('-');
    if (isNegative || text.starts_with('+'))
        text.remove_prefix(1);
    if (text == "0")
        return {};
    if (text.empty())
        return invalid();
    std::uint64_t total = 0;
    while (!text.empty()) {
        DecimalNumber number;
        if (!number.read(text))
            return invalid();
        const std::size_t unitEnd = std::min(text.find_first_of(".0123456789"), text.size());
        const std::string_view unit = text.substr(0, unitEnd);
        text.remove_prefix(unitEnd);
        if (unit.empty())
            return failed("missing unit in duration " + quoteForTime(whole));
        const auto known = std::ranges::find(DurationUnits, unit, &DurationUnit::name);
        if (known == DurationUnits.end())
            return failed("unknown unit " + quoteForTime(unit) + " in duration " + quoteForTime(whole));
        const std::optional<std::uint64_t> part = number.times(known->nanoseconds);
        if (!part || total + *part > DurationLimit)
            return invalid();
        total += *part;
    }
    if (isNegative)
        return {static_cast<std::int64_t>(std::uint64_t{0} - total), {}};
    if (total > DurationLimit - 1)
        return invalid();
    return {static_cast<std::int64_t>(total), {}};
}

Integer parseInt32(std::string_view text)
{
    const auto failed = [&](std::string_view why) {
        return Integer{0, "strconv.ParseInt: parsing " + gotext::quote(text) + ": " + std::string(why)};
    };
    std::string_view digits = text;
    const bool isNegative = digits.starts_with('-');
    if (isNegative || digits.starts_with('+'))
        digits.remove_prefix(1);
    if (digits.empty() || !std::ranges::all_of(digits, chars::isDigit))
        return failed("invalid syntax");
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    value = isNegative ? -value : value;
    using Limits = std::numeric_limits<std::int32_t>;
    if (read.ec != std::errc() || value > Limits::max() || value < Limits::min())
        return failed("value out of range");
    return {static_cast<std::int32_t>(value), {}};
}

std::string mountProblem(std::string_view value)
{
    std::string problem;
    CsvReader fields(value);
    while (fields.next()) {
        const std::string_view field = fields.field();
        const std::size_t equals = field.find('=');
        if (equals == std::string_view::npos || !chars::equalsIgnoringCase(field.substr(0, equals), "from"))
            continue;
        const std::size_t dollar = field.find('$', equals);
        if (dollar != std::string_view::npos && dollar + 1 < field.size())
            problem = "'from' doesn't support variable expansion, define alias stage instead";
    }
    return fields.error().empty() ? problem : "failed to parse csv mounts: " + fields.error();
}

namespace {

/// Reads one field of a `--device` value; what is wrong with it.
std::string deviceField(std::string_view field, std::string &name)
{
    static constexpr std::array<std::string_view, 12> Booleans{"1", "t", "T", "TRUE",  "true",  "True",
                                                               "0", "f", "F", "FALSE", "false", "False"};
    const std::size_t equals = field.find('=');
    const bool hasValue = equals != std::string_view::npos;
    const std::string key = gotext::toLower(field.substr(0, equals));
    const std::string assigned(hasValue ? field.substr(equals + 1) : std::string_view());
    if (key == "required") {
        const bool isBoolean = std::ranges::find(Booleans, std::string_view(assigned)) != Booleans.end();
        return hasValue && !isBoolean ? "invalid value for required: " + assigned : std::string();
    }
    if (hasValue && key == "name") {
        if (!name.empty())
            return "device name already set to " + name;
        name = assigned;
        return {};
    }
    if (name.empty()) {
        name = field;
        return {};
    }
    if (!hasValue)
        return "invalid field '" + std::string(field) + "' must be a key=value pair";
    static constexpr std::array<std::string_view, 2> Keys{"name", "required"};
    return "unexpected key '" + key + "' in '" + std::string(field) + "'" + gotext::suggestion(key, Keys, true);
}

} // namespace

std::string deviceProblem(std::string_view value)
{
    std::string problem;
    std::string name;
    CsvReader fields(value);
    while (fields.next()) {
        if (problem.empty())
            problem = deviceField(fields.field(), name);
    }
    return fields.error().empty() ? problem : "failed to parse csv devices: " + fields.error();
}

} // namespace stagewright::flagvalues
