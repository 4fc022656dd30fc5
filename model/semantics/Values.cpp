// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/Values.h"

#include "semantics/Wording.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace stagewright {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

bool isIpv4(std::string_view text)
{
    const std::vector<std::string_view> parts = split(text, '.');
    return parts.size() == 4 && std::ranges::all_of(parts, [](std::string_view part) {
               return part.size() <= 3 && !(part.size() > 1 && part.front() == '0')
                   && parseUnsigned(part, 10, 255).has_value();
           });
}

bool isIpv6(std::string_view text)
{
    const std::size_t gap = text.find("::");
    const bool hasGap = gap != std::string_view::npos;
    if (hasGap && text.find("::", gap + 1) != std::string_view::npos)
        return false;
    std::size_t groups = 0;
    const auto count = [&groups](std::string_view half, bool mayEndInIpv4) {
        if (half.empty())
            return true;
        const std::vector<std::string_view> parts = split(half, ':');
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (mayEndInIpv4 && i + 1 == parts.size() && isIpv4(parts[i])) {
                groups += 2;
                return true;
            }
            const auto isHex = [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
            if (parts[i].empty() || parts[i].size() > 4 || !std::ranges::all_of(parts[i], isHex))
                return false;
            ++groups;
        }
        return true;
    };
    if (!hasGap)
        return count(text, true) && groups == 8;
    return count(text.substr(0, gap), false) && count(text.substr(gap + 2), true) && groups < 8;
}

/// The address in front of the ports, in brackets or not.
std::string addressError(std::string_view ip)
{
    if (ip.starts_with('[')) {
        const std::size_t close = ip.find(']');
        const std::string prefix = "invalid IP address " + std::string(ip) + ": address " + std::string(ip) + ":: ";
        if (close == std::string_view::npos)
            return prefix + "missing ']' in address";
        if (close + 1 != ip.size())
            return prefix + (ip[close + 1] == ':' ? "too many colons in address" : "missing port in address");
        ip = ip.substr(1, close - 1);
    }
    return ip.empty() || isIpv4(ip) || isIpv6(ip) ? "" : "invalid IP address: " + std::string(ip);
}

struct PortRange
{
    std::int64_t first;
    std::int64_t last;
};

std::optional<PortRange> portRange(std::string_view text)
{
    const auto port = [](std::string_view number) -> std::optional<std::int64_t> {
        const std::optional<std::int64_t> value = parseDecimal(number);
        return value && *value >= 0 && *value <= 65535 ? value : std::nullopt;
    };
    const std::size_t dash = text.find('-');
    const std::string_view firstText = text.substr(0, dash);
    const std::optional<std::int64_t> first = port(firstText);
    if (!first)
        return std::nullopt;
    if (dash == std::string_view::npos || text.substr(dash + 1) == firstText)
        return PortRange{*first, *first};
    const std::optional<std::int64_t> last = port(text.substr(dash + 1));
    if (!last || *last < *first)
        return std::nullopt;
    return PortRange{*first, *last};
}

constexpr auto SignalNames = std::to_array<std::string_view>(
    {"ABRT", "ALRM", "BUS",  "CHLD", "CLD",  "CONT", "FPE",    "HUP",    "ILL",  "INT",  "IO",    "IOT",
     "KILL", "PIPE", "POLL", "PROF", "PWR",  "QUIT", "SEGV",   "STKFLT", "STOP", "SYS",  "TERM",  "TRAP",
     "TSTP", "TTIN", "TTOU", "URG",  "USR1", "USR2", "VTALRM", "WINCH",  "XCPU", "XFSZ", "RTMIN", "RTMAX"});

/// `u=rwx,go-w` and the like.
bool isSymbolicMode(std::string_view mode)
{
    const auto skip = [&mode](std::string_view characters) {
        while (!mode.empty() && characters.contains(mode.front()))
            mode.remove_prefix(1);
    };
    while (true) {
        skip("augo");
        do {
            if (mode.empty() || !std::string_view("+-=").contains(mode.front()))
                return false;
            mode.remove_prefix(1);
            skip("rstwXxugo");
        } while (!mode.empty() && mode.front() != ',');
        if (mode.empty())
            return true;
        mode.remove_prefix(1);
    }
}

} // namespace

std::optional<bool> parseBoolean(std::string_view text)
{
    constexpr auto True = std::to_array<std::string_view>({"1", "t", "T", "TRUE", "true", "True"});
    constexpr auto False = std::to_array<std::string_view>({"0", "f", "F", "FALSE", "false", "False"});
    if (std::ranges::contains(True, text))
        return true;
    if (std::ranges::contains(False, text))
        return false;
    return std::nullopt;
}

std::optional<std::uint64_t> parseUnsigned(std::string_view text, int base, std::uint64_t maximum)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value > maximum)
        return std::nullopt;
    return value;
}

std::optional<std::int64_t> parseDecimal(std::string_view text)
{
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-'))
            return std::nullopt;
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

bool isMemorySize(std::string_view text)
{
    const auto number = static_cast<std::size_t>(
        std::ranges::find_if_not(text, [](char c) { return isDigit(c) || c == '.'; }) - text.begin());
    const std::string_view digits = text.substr(0, number);
    if (digits.empty() || digits.front() == '.' || digits.back() == '.' || std::ranges::count(digits, '.') > 1)
        return false;
    const std::string unit = lowerCase(text.substr(number));
    std::string_view rest = unit;
    for (const std::string_view optional : {" ", "kmgtp", "i", "b"}) {
        if (!rest.empty() && optional.contains(rest.front()))
            rest.remove_prefix(1);
    }
    return rest.empty();
}

std::string portError(std::string_view port)
{
    std::vector<std::string_view> parts = split(port, ':');
    const std::string_view container = parts.back();
    const std::string_view hostPort = parts.size() > 1 ? parts[parts.size() - 2] : std::string_view();
    const std::string_view ip
        = parts.size() > 2 ? port.substr(0, port.size() - container.size() - hostPort.size() - 2) : std::string_view();
    const std::string_view number = container.substr(0, container.find('/'));
    const std::string_view protocol
        = number.size() == container.size() ? std::string_view() : container.substr(number.size() + 1);
    if (number.empty())
        return "invalid port: " + quoted(port) + ": no port specified";
    const std::string lower = lowerCase(protocol);
    if (!lower.empty() && lower != "tcp" && lower != "udp" && lower != "sctp")
        return "invalid port: " + quoted(port) + ": invalid proto: " + std::string(protocol);
    if (std::string error = addressError(ip); !error.empty())
        return error;
    const std::optional<PortRange> range = portRange(number);
    if (!range)
        return "invalid containerPort: " + std::string(number);
    if (hostPort.empty())
        return {};
    const std::optional<PortRange> hostRange = portRange(hostPort);
    if (!hostRange)
        return "invalid hostPort: " + std::string(hostPort);
    if (range->last - range->first != hostRange->last - hostRange->first && range->first != range->last)
        return "invalid ranges specified for container and host Ports: " + std::string(number) + " and "
            + std::string(hostPort);
    return {};
}

std::string signalError(std::string_view signal)
{
    const std::string message = "invalid signal: " + std::string(signal);
    if (const std::optional<std::int64_t> number = parseDecimal(signal))
        return *number == 0 ? message : std::string();
    const std::string upper = gotext::toUpper(signal);
    std::string_view name = upper;
    if (name.starts_with("SIG"))
        name.remove_prefix(3);
    if (std::ranges::contains(SignalNames, name))
        return {};
    const auto realTime = [name](std::string_view prefix, std::uint64_t maximum) {
        if (!name.starts_with(prefix) || name.size() == prefix.size() || name[prefix.size()] == '0')
            return false;
        return parseUnsigned(name.substr(prefix.size()), 10, maximum).has_value();
    };
    return realTime("RTMIN+", 15) || realTime("RTMAX-", 14) ? std::string() : message;
}

std::string chmodError(std::string_view mode)
{
    if (const auto octal = parseUnsigned(mode, 8, 0xffffffffu); octal ? *octal > 07777 : isDigit(mode.front()))
        return "invalid chmod parameter: '" + std::string(mode)
            + "'. it should be octal string and between 0 and 07777";
    else if (octal)
        return {};
    return isSymbolicMode(mode) ? "" : "invalid syntax";
}

std::string windowsPathError(std::string_view path)
{
    const auto isSlash = [](char c) { return c == '/' || c == '\\'; };
    if (path.size() == 2 && path[1] == ':')
        return "No relative path specified in " + quoted(path);
    if (path.size() >= 2 && isSlash(path[0]) && isSlash(path[1]))
        return "UNC paths are not supported";
    const std::size_t colon = path.find(':');
    if (colon != std::string_view::npos && !equalsIgnoringCase(path.substr(0, colon), "c"))
        return "The specified path is not on the system drive (C:)";
    return {};
}

} // namespace stagewright
