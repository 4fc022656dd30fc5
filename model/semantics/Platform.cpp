// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/Platform.h"

#include "semantics/Wording.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace stagewright {

namespace {

constexpr std::string_view OsPattern = R"(^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.%-]*)((?:\+[A-Za-z0-9_.%-]+)*)\))?$)";
constexpr std::string_view PartPattern = R"(^[A-Za-z0-9_.-]+$)";
constexpr std::string_view Invalid = "invalid argument";

constexpr auto KnownSystems = std::to_array<std::string_view>(
    {"aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl", "netbsd",
     "openbsd", "plan9", "solaris", "windows", "zos"});
constexpr auto KnownArchitectures = std::to_array<std::string_view>(
    {"386",     "amd64",   "amd64p32", "arm",    "armbe",  "arm64",    "arm64be",   "ppc64",
     "ppc64le", "loong64", "mips",     "mipsle", "mips64", "mips64le", "mips64p32", "mips64p32le",
     "ppc",     "riscv",   "riscv64",  "s390",   "s390x",  "sparc",    "sparc64",   "wasm"});

bool isAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool consistsOf(std::string_view text, std::string_view extra)
{
    return std::ranges::all_of(text, [extra](char c) { return isAlphanumeric(c) || extra.contains(c); });
}

/// Undoes %XX; nothing when an escape is malformed.
std::optional<std::string> percentDecoded(std::string_view text)
{
    const auto hex = [](char c) {
        return c >= '0' && c <= '9' ? c - '0'
            : c >= 'a' && c <= 'f'  ? c - 'a' + 10
            : c >= 'A' && c <= 'F'  ? c - 'A' + 10
                                    : -1;
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size() || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0)
            return std::nullopt;
        out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
        i += 2;
    }
    return out;
}

/// Splits "windows(10.0+feature)" into name, version and "+feature…"; false if it has another shape.
bool splitSystem(std::string_view part, std::string_view &name, std::string_view &version, std::string_view &features)
{
    const std::size_t open = part.find('(');
    name = part.substr(0, open);
    if (name.empty() || !consistsOf(name, "_-"))
        return false;
    if (open == std::string_view::npos)
        return true;
    if (!part.ends_with(')'))
        return false;
    const std::string_view inner = part.substr(open + 1, part.size() - open - 2);
    const std::size_t plus = inner.find('+');
    version = inner.substr(0, plus);
    features = plus == std::string_view::npos ? std::string_view() : inner.substr(plus);
    return consistsOf(version, "_.%-") && consistsOf(features, "_.%-+") && !features.ends_with('+')
        && !features.contains("++");
}

std::string normalizedSystem(std::string_view os)
{
    std::string lower = lowerCase(os);
    return lower == "macos" ? "darwin" : lower;
}

void normalizeArchitecture(std::string &architecture, std::string &variant)
{
    architecture = lowerCase(architecture);
    variant = lowerCase(variant);
    if (architecture == "i386") {
        architecture = "386";
        variant.clear();
    } else if (architecture == "x86_64" || architecture == "x86-64" || architecture == "amd64") {
        architecture = "amd64";
        if (variant == "v1")
            variant.clear();
    } else if (architecture == "aarch64" || architecture == "arm64") {
        architecture = "arm64";
        if (variant == "8" || variant == "v8")
            variant.clear();
    } else if (architecture == "armhf" || architecture == "armel") {
        variant = architecture == "armhf" ? "v7" : "v6";
        architecture = "arm";
    } else if (architecture == "arm") {
        if (variant.empty() || variant == "7")
            variant = "v7";
        else if (variant == "5" || variant == "6" || variant == "8")
            variant.insert(0, "v");
    }
}

std::unexpected<std::string> failure(std::string_view specifier, std::string_view what)
{
    return std::unexpected(quoted(specifier).append(": ").append(what).append(": ").append(Invalid));
}

std::expected<Platform, std::string> parseSystem(std::string_view part, std::string_view specifier)
{
    std::string_view name;
    std::string_view version;
    std::string_view features;
    if (!splitSystem(part, name, version, features)) {
        return std::unexpected(quoted(part) + " is an invalid OS component of " + quoted(specifier)
                               + ": OSAndVersion specifier component must match " + quoted(OsPattern) + ": "
                               + std::string(Invalid));
    }
    Platform platform;
    platform.os = normalizedSystem(name);
    const std::optional<std::string> decoded = percentDecoded(version);
    if (!decoded)
        return std::unexpected(quoted(specifier) + " has an invalid OS version " + quoted(version));
    platform.osVersion = *decoded;
    while (!features.empty()) {
        features.remove_prefix(1);
        const std::string_view feature = features.substr(0, features.find('+'));
        const std::optional<std::string> text = percentDecoded(feature);
        if (!text)
            return std::unexpected(quoted(specifier) + " has an invalid OS feature " + quoted(feature));
        platform.osFeatures.push_back(*text);
        features.remove_prefix(feature.size());
    }
    return platform;
}

/// The parts between slashes, at most four (the rest stays in the last).
std::vector<std::string_view> split(std::string_view specifier)
{
    std::vector<std::string_view> parts;
    while (parts.size() < 3 && specifier.contains('/')) {
        parts.push_back(specifier.substr(0, specifier.find('/')));
        specifier.remove_prefix(parts.back().size() + 1);
    }
    parts.push_back(specifier);
    return parts;
}

} // namespace

std::expected<Platform, std::string> Platform::parse(std::string_view specifier)
{
    if (specifier.contains('*'))
        return failure(specifier, "wildcards not yet supported");
    const std::vector<std::string_view> parts = split(specifier);
    std::expected<Platform, std::string> platform = parseSystem(parts[0], specifier);
    if (!platform)
        return platform;
    for (const std::string_view part : std::span(parts).subspan(1)) {
        if (part.empty() || !consistsOf(part, "_.-")) {
            return std::unexpected(quoted(part) + " is an invalid component of " + quoted(specifier)
                                   + ": platform specifier component must match " + quoted(PartPattern) + ": "
                                   + std::string(Invalid));
        }
    }
    if (parts.size() > 3)
        return failure(specifier, "cannot parse platform specifier");
    if (parts.size() == 1 && std::ranges::contains(KnownSystems, platform->os))
        return platform;
    platform->architecture = parts.size() == 1 ? parts[0] : parts[1];
    platform->variant = parts.size() == 3 ? parts[2] : std::string_view();
    normalizeArchitecture(platform->architecture, platform->variant);
    if (parts.size() < 3 && platform->architecture == "arm" && platform->variant == "v7")
        platform->variant.clear();
    if (parts.size() == 3 && platform->architecture == "arm64" && platform->variant.empty())
        platform->variant = "v8";
    if (parts.size() == 1) {
        if (!std::ranges::contains(KnownArchitectures, platform->architecture))
            return failure(specifier, "unknown operating system or architecture");
        platform->os = "linux";
    }
    return platform;
}

std::string Platform::toString() const
{
    const auto encoded = [](std::string_view text) {
        std::string out;
        for (const char c : text) {
            switch (c) {
            case '%': out += "%25"; break;
            case '+': out += "%2B"; break;
            case '(': out += "%28"; break;
            case ')': out += "%29"; break;
            case '/': out += "%2F"; break;
            default: out += c;
            }
        }
        return out;
    };
    std::string text = os;
    std::string options = encoded(osVersion);
    std::vector<std::string> features = osFeatures;
    std::ranges::sort(features);
    for (const std::string &feature : features)
        options.append("+").append(encoded(feature));
    if (!options.empty())
        text.append("(").append(options).append(")");
    if (!architecture.empty())
        text.append("/").append(architecture);
    if (!variant.empty())
        text.append("/").append(variant);
    return text;
}

} // namespace stagewright
