// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/ImageReference.h"

#include "semantics/Wording.h"

#include <algorithm>
#include <array>

namespace stagewright {

namespace {

constexpr std::string_view DefaultDomain = "docker.io";
constexpr std::string_view LegacyDomain = "index.docker.io";
constexpr std::string_view OfficialPrefix = "library/";
constexpr std::string_view InvalidFormat = "invalid reference format";
constexpr std::size_t MaximumPath = 255;
constexpr std::size_t MaximumTag = 128;

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}
bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(char c)
{
    return isLower(c) || isUpper(c);
}
bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool isLowerHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f');
}
bool isHostCharacter(char c)
{
    return isLetter(c) || isDigit(c);
}

/// Lower case and digits, joined by one '.', one or two '_', or any number of '-'.
bool isPathComponent(std::string_view part)
{
    const auto isAtom = [](char c) { return isLower(c) || isDigit(c); };
    if (part.empty() || !isAtom(part.front()) || !isAtom(part.back()))
        return false;
    for (std::size_t at = 0; at < part.size();) {
        if (isAtom(part[at])) {
            ++at;
            continue;
        }
        const char separator = part[at];
        std::size_t end = at;
        while (end < part.size() && part[end] == separator)
            ++end;
        const std::size_t length = end - at;
        const bool allowed = separator == '-' || (separator == '_' && length <= 2) || (separator == '.' && length == 1);
        if (!allowed || !isAtom(part[end])) // the last character is an atom, so there is one
            return false;
        at = end;
    }
    return true;
}

bool isPath(std::string_view path)
{
    while (true) {
        const std::size_t slash = path.find('/');
        if (!isPathComponent(path.substr(0, slash)))
            return false;
        if (slash == std::string_view::npos)
            return true;
        path.remove_prefix(slash + 1);
    }
}

bool isHostName(std::string_view host)
{
    while (true) {
        const std::size_t dot = host.find('.');
        const std::string_view label = host.substr(0, dot);
        if (label.empty() || !isHostCharacter(label.front()) || !isHostCharacter(label.back()))
            return false;
        if (!std::ranges::all_of(label, [](char c) { return isHostCharacter(c) || c == '-'; }))
            return false;
        if (dot == std::string_view::npos)
            return true;
        host.remove_prefix(dot + 1);
    }
}

bool isDomain(std::string_view domain)
{
    std::string_view port;
    bool hasPort = false;
    if (domain.starts_with('[')) {
        const std::size_t close = domain.find(']');
        if (close == std::string_view::npos || close == 1)
            return false;
        if (!std::ranges::all_of(domain.substr(1, close - 1), [](char c) { return isHex(c) || c == ':'; }))
            return false;
        hasPort = close + 1 < domain.size();
        if (hasPort && domain[close + 1] != ':')
            return false;
        port = domain.substr(std::min(close + 2, domain.size()));
    } else {
        const std::size_t colon = domain.find(':');
        if (!isHostName(domain.substr(0, colon)))
            return false;
        hasPort = colon != std::string_view::npos;
        if (hasPort)
            port = domain.substr(colon + 1);
    }
    return !hasPort || (!port.empty() && std::ranges::all_of(port, isDigit));
}

bool isTag(std::string_view tag)
{
    const auto isWord = [](char c) { return isLetter(c) || isDigit(c) || c == '_'; };
    return !tag.empty() && tag.size() <= MaximumTag && isWord(tag.front())
        && std::ranges::all_of(tag, [&](char c) { return isWord(c) || c == '.' || c == '-'; });
}

/// The shape that a reference allows; digestError() is stricter.
bool isDigestShape(std::string_view digest)
{
    const std::size_t colon = digest.find(':');
    if (colon == std::string_view::npos)
        return false;
    bool atComponentStart = true;
    for (const char c : digest.substr(0, colon)) {
        if (atComponentStart ? !isLetter(c) : !isLetter(c) && !isDigit(c) && !std::string_view("-_+.").contains(c))
            return false;
        atComponentStart = !isLetter(c) && !isDigit(c);
    }
    const std::string_view hex = digest.substr(colon + 1);
    return !atComponentStart && hex.size() >= 32 && std::ranges::all_of(hex, isHex);
}

struct Split
{
    std::string_view domain;
    std::string remainder;
};

/// What is the registry and what is the repository, before anything is validated.
Split splitDomain(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos)
        return {DefaultDomain, std::string(OfficialPrefix).append(text)};
    Split split{text.substr(0, slash), std::string(text.substr(slash + 1))};
    const bool looksLikeDomain = split.domain == "localhost"
        || split.domain.find_first_of(".:") != std::string_view::npos || lowerCase(split.domain) != split.domain;
    if (split.domain == LegacyDomain)
        split.domain = DefaultDomain;
    else if (!looksLikeDomain)
        split = {DefaultDomain, std::string(text)};
    if (split.domain == DefaultDomain && !split.remainder.contains('/'))
        split.remainder.insert(0, OfficialPrefix);
    return split;
}

/// Validates `domain/remainder` against the grammar.
bool match(std::string_view domain, std::string_view remainder, ImageReference &out)
{
    std::string_view path = remainder.substr(0, remainder.find_first_of(":@"));
    std::string_view rest = remainder.substr(path.size());
    std::string_view tag;
    std::string_view digest;
    if (rest.starts_with(':')) {
        tag = rest.substr(1, rest.find('@') == std::string_view::npos ? rest.size() : rest.find('@') - 1);
        if (!isTag(tag))
            return false;
        rest.remove_prefix(1 + tag.size());
    }
    if (rest.starts_with('@')) {
        digest = rest.substr(1);
        if (!isDigestShape(digest))
            return false;
    }
    if (!isPath(path))
        return false;
    if (isDomain(domain))
        out = {std::string(domain), std::string(path), std::string(tag), std::string(digest)};
    else if (isPathComponent(domain))
        out = {{}, std::string(domain).append("/").append(path), std::string(tag), std::string(digest)};
    else
        return false;
    return true;
}

} // namespace

std::string digestError(std::string_view digest)
{
    struct Algorithm
    {
        std::string_view name;
        std::size_t hexDigits;
    };
    constexpr std::array<Algorithm, 3> Algorithms{{{"sha256", 64}, {"sha384", 96}, {"sha512", 128}}};
    const std::size_t colon = digest.find(':');
    if (colon == 0 || colon == std::string_view::npos || colon + 1 == digest.size())
        return "invalid checksum digest format";
    const std::string_view algorithm = digest.substr(0, colon);
    const std::string_view encoded = digest.substr(colon + 1);
    const auto known = std::ranges::find(Algorithms, algorithm, &Algorithm::name);
    if (known != Algorithms.end()) {
        if (encoded.size() != known->hexDigits)
            return "invalid checksum digest length";
        return std::ranges::all_of(encoded, isLowerHex) ? "" : "invalid checksum digest format";
    }
    bool atComponentStart = true;
    for (const char c : algorithm) {
        const bool isAtom = isLower(c) || isDigit(c);
        if (!isAtom && (atComponentStart || !std::string_view(".+_-").contains(c)))
            return "invalid checksum digest format";
        atComponentStart = !isAtom;
    }
    const auto isEncoded = [](char c) { return isLetter(c) || isDigit(c) || c == '=' || c == '_' || c == '-'; };
    if (atComponentStart || !std::ranges::all_of(encoded, isEncoded))
        return "invalid checksum digest format";
    return "unsupported digest algorithm";
}

std::expected<ImageReference, std::string> ImageReference::parse(std::string_view text)
{
    if (text.size() == 64 && std::ranges::all_of(text, isLowerHex)) {
        return std::unexpected("invalid repository name (" + std::string(text)
                               + "), cannot specify 64-byte hexadecimal strings");
    }
    const Split split = splitDomain(text);
    const std::string_view remainder = split.remainder;
    const std::string_view repository = remainder.substr(0, remainder.find(':'));
    if (lowerCase(repository) != repository) {
        return std::unexpected(std::string(InvalidFormat) + ": repository name (" + std::string(repository)
                               + ") must be lowercase");
    }
    ImageReference reference;
    if (!match(split.domain, remainder, reference)) {
        ImageReference ignored;
        const std::string domain = lowerCase(split.domain);
        const std::string lower = lowerCase(remainder);
        if ((domain != split.domain || lower != remainder) && match(domain, lower, ignored))
            return std::unexpected("repository name must be lowercase");
        return std::unexpected(std::string(InvalidFormat));
    }
    if (reference.path.size() > MaximumPath)
        return std::unexpected("repository name must not be more than 255 characters");
    if (!reference.digest.empty()) {
        if (std::string error = digestError(reference.digest); !error.empty())
            return std::unexpected(std::move(error));
    }
    return reference;
}

bool ImageReference::isPlainName(std::string_view text)
{
    constexpr std::size_t HexName = 64; // that may be an image's id
    return text.size() < HexName && isPathComponent(text);
}

std::string ImageReference::name() const
{
    return domain.empty() ? path : domain + "/" + path;
}

std::string ImageReference::normalized() const
{
    constexpr std::size_t Latest = 7; // ":latest"
    std::string text;
    text.reserve(domain.size() + path.size() + tag.size() + digest.size() + 3 + Latest);
    if (!domain.empty())
        text.append(domain).append("/");
    text.append(path);
    if (!tag.empty())
        text.append(":").append(tag);
    if (!digest.empty())
        text.append("@").append(digest);
    else if (tag.empty())
        text.append(":latest");
    return text;
}

std::string ImageReference::familiar() const
{
    std::string text = name();
    if (domain == DefaultDomain) {
        text = path;
        const std::string_view official = std::string_view(path).substr(std::min(path.size(), OfficialPrefix.size()));
        if (path.starts_with(OfficialPrefix) && !official.contains('/'))
            text = official;
    }
    if (!tag.empty())
        text.append(":").append(tag);
    if (!digest.empty())
        text.append("@").append(digest);
    return text;
}

} // namespace stagewright
