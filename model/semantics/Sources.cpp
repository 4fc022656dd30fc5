// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/Sources.h"

#include "semantics/Paths.h"
#include "semantics/Values.h"
#include "semantics/Wording.h"
#include "syntax/Characters.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

namespace stagewright {

namespace {

bool isAlphanumeric(char c)
{
    return chars::isDigit(c) || chars::isAsciiLetter(c);
}

/// A piece of a URL without its %XX; nothing if one of them is malformed.
std::optional<std::string> unescaped(std::string_view text, bool plusIsBlank)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            out += text[at] == '+' && plusIsBlank ? ' ' : text[at];
            continue;
        }
        unsigned byte = 0;
        const char *digits = text.data() + at + 1;
        if (at + 2 >= text.size() || std::from_chars(digits, digits + 2, byte, 16).ptr != digits + 2)
            return std::nullopt;
        out += static_cast<char>(byte);
        at += 2;
    }
    return out;
}

/// What stands in front of the first @p separator, and what stands behind it.
std::pair<std::string_view, std::string_view> cut(std::string_view text, char separator)
{
    const std::size_t at = text.find(separator);
    if (at == std::string_view::npos)
        return {text, {}};
    return {text.substr(0, at), text.substr(at + 1)};
}

/// A URL in the parts that matter for git.
struct Address
{
    std::string path;
    std::map<std::string, std::vector<std::string>> query; ///< Sorted: BuildKit takes them in any order.
    std::string ref;
    std::string subfolder;
};

/// True if every pair was fine; what is not is left out.
bool readQuery(std::string_view text, Address &address)
{
    bool isFine = true;
    while (!text.empty()) {
        const auto [pair, rest] = cut(text, '&');
        text = rest;
        if (pair.empty())
            continue;
        const auto [keyText, valueText] = cut(pair, '=');
        auto key = unescaped(keyText, true);
        auto value = unescaped(valueText, true);
        if (key && value && !pair.contains(';'))
            address.query[*std::move(key)].push_back(*std::move(value));
        else
            isFine = false;
    }
    return isFine;
}

void readFragment(std::string_view text, Address &address)
{
    const auto [ref, subfolder] = cut(text, ':');
    address.ref = ref;
    address.subfolder = cleanedPath("/" + std::string(subfolder)).substr(1);
}

/// `scheme://…`, already known to have a scheme.
std::optional<Address> readUrl(std::string_view source)
{
    Address address;
    const auto [front, fragmentText] = cut(source, '#');
    const auto [place, queryText] = cut(front, '?');
    const std::size_t host = place.find("://") + 3;
    const std::size_t slash = std::min(place.find('/', host), place.size());
    const auto path = unescaped(place.substr(slash), false);
    const auto fragment = unescaped(fragmentText, false);
    if (!path || !fragment)
        return std::nullopt;
    address.path = *path;
    readQuery(queryText, address);
    readFragment(*fragment, address);
    return address;
}

/// `user@host:path?query#fragment`, the form of git and scp.
std::optional<Address> readScpStyle(std::string_view source)
{
    const auto consistsOf = [](std::string_view text, std::string_view extra) {
        return !text.empty()
            && std::ranges::all_of(text, [extra](char c) { return isAlphanumeric(c) || extra.contains(c); });
    };
    const auto [user, behindUser] = cut(source, '@');
    const std::size_t colon = behindUser.find(':');
    if (colon == std::string_view::npos || !consistsOf(user, "-_") || !consistsOf(behindUser.substr(0, colon), "-.")
        || behindUser.contains('\n'))
        return std::nullopt;
    Address address;
    const auto [front, fragment] = cut(behindUser.substr(colon + 1), '#');
    const auto [path, query] = cut(front, '?');
    address.path = path;
    if (!readQuery(query, address))
        return std::nullopt;
    readFragment(fragment, address);
    return address;
}

/// Reads the `?key=value` part of a git URL. What contradicts itself is an error.
class GitQuery
{
public:
    explicit GitQuery(const Address &address)
        : m_address(address)
        , m_ref(address.ref)
        , m_subfolder(address.subfolder)
    {
    }

    SourceClass read()
    {
        m_result.kind = SourceKind::Git;
        for (const auto &[key, values] : m_address.query) {
            if (m_result.error.empty())
                add(key, values);
        }
        if (m_result.error.empty() && !m_tag.empty())
            addRef(prefixed(m_tag, "refs/tags/"));
        if (m_result.error.empty() && !m_branch.empty()) {
            if (m_tag.empty())
                addRef(prefixed(m_branch, "refs/heads/"));
            else
                m_result.error = "branch conflicts with tag";
        }
        return std::move(m_result);
    }

private:
    static std::string prefixed(const std::string &name, std::string_view prefix)
    {
        return name.starts_with(prefix) ? name : std::string(prefix) + name;
    }
    void addRef(const std::string &ref)
    {
        if (!m_ref.empty() && m_ref != ref)
            m_result.error = "ref conflicts: " + quoted(m_ref) + " vs " + quoted(ref);
        m_ref = ref;
    }
    void add(const std::string &key, const std::vector<std::string> &values);
    std::optional<bool> addSwitch(const std::string &key, const std::string &value);

    const Address &m_address;
    std::string m_ref;
    std::string m_subfolder;
    std::string m_tag;
    std::string m_branch;
    SourceClass m_result;
};

/// A switch without a value is on.
std::optional<bool> GitQuery::addSwitch(const std::string &key, const std::string &value)
{
    const std::optional<bool> on = value.empty() ? true : parseBoolean(value);
    if (!on)
        m_result.error = "invalid " + key + " value: " + quoted(value);
    return on;
}

void GitQuery::add(const std::string &key, const std::vector<std::string> &values)
{
    const bool isSwitch = key == "keep-git-dir" || key == "submodules" || key == "fetch-by-commit";
    const std::string &value = values.front();
    if (values.size() > 1) {
        m_result.error = "query " + quoted(key) + " has multiple values";
    } else if (value.empty() && !isSwitch) {
        m_result.error = "query " + quoted(key) + " has no value";
    } else if (key == "keep-git-dir") {
        m_result.keepGitDir = addSwitch(key, value);
    } else if (isSwitch) {
        addSwitch(key, value);
    } else if (key == "ref") {
        addRef(value);
    } else if (key == "tag") {
        m_tag = value;
    } else if (key == "branch") {
        m_branch = value;
    } else if (key == "subdir") {
        if (!m_subfolder.empty() && m_subfolder != value)
            m_result.error = "subdir conflicts: " + quoted(m_subfolder) + " vs " + quoted(value);
        m_subfolder = value;
    } else if (key == "checksum" || key == "commit") {
        m_result.checksum = value;
    } else if (key != "mtime") {
        m_result.error = "unexpected query " + quoted(key);
    } else if (value != "checkout" && value != "commit") {
        m_result.error = "invalid mtime value: " + quoted(value) + R"( (must be "checkout" or "commit"))";
    }
}

} // namespace

SourceClass classifySource(std::string_view source)
{
    // BuildKit downloads only what is spelled in lower case; the rest is a path.
    const bool isHttp = source.starts_with("http://") || source.starts_with("https://");
    SourceClass other;
    other.kind = isHttp ? SourceKind::Http : SourceKind::Local;
    const std::size_t end = source.find("://");
    const std::string_view schemeText = source.substr(0, end == std::string_view::npos ? 0 : end);
    std::optional<Address> address;
    if (!schemeText.empty() && std::ranges::all_of(schemeText, isAlphanumeric)) {
        const std::string scheme = lowerCase(schemeText);
        const bool isWeb = scheme == "http" || scheme == "https";
        if (isWeb || scheme == "ssh" || scheme == "git")
            address = readUrl(source);
        if (address && isWeb && !address->path.ends_with(".git"))
            return other;
    } else {
        address = readScpStyle(source);
    }
    return address ? GitQuery(*address).read() : other;
}

} // namespace stagewright
