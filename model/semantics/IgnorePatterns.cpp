// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/IgnorePatterns.h"

#include "semantics/Paths.h"

#include <QFile>
#include <QFileInfo>

#include <utility>

namespace stagewright {

namespace {

constexpr qint64 LargestIgnoreFile = 1 << 20;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\v\f";
    const std::size_t begin = text.find_first_not_of(blanks);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// Reads a class behind its '['. Returns whether @p c is in it and moves @p at behind the ']'; an open class matches
/// nothing.
bool matchesClass(std::string_view pattern, std::size_t &at, char c)
{
    const bool negated = at < pattern.size() && pattern[at] == '^';
    at += negated ? 1 : 0;
    bool found = false;
    for (bool first = true; at < pattern.size() && (first || pattern[at] != ']'); first = false) {
        if (pattern[at] == '\\' && at + 1 < pattern.size())
            ++at;
        const char low = pattern[at++];
        char high = low;
        if (at + 1 < pattern.size() && pattern[at] == '-' && pattern[at + 1] != ']') {
            high = pattern[at + 1];
            at += 2;
        }
        found = found || (low <= c && c <= high);
    }
    if (at >= pattern.size())
        return false;
    ++at;
    return found != negated; // as BuildKit hands classes on: a negated one takes slashes too
}

/// One pattern against one whole path: dynamic programming over positions, so that stars cannot multiply.
bool matches(std::string_view pattern, std::string_view path)
{
    std::vector<bool> reachable(path.size() + 1); // after the pattern so far
    reachable[0] = true;
    for (std::size_t at = 0; at < pattern.size();) {
        std::vector<bool> next(path.size() + 1);
        if (pattern[at] == '*') {
            const bool deep = at + 1 < pattern.size() && pattern[at + 1] == '*';
            at += deep ? 2 : 1;
            // Anywhere but at the end, `**` stands for whole folders, with its slash or without.
            const bool folders = deep && at < pattern.size();
            at += folders && pattern[at] == '/' ? 1 : 0;
            bool open = false;
            for (std::size_t i = 0; i <= path.size(); ++i) {
                if (folders) { // nothing, or whole folders
                    next[i] = reachable[i] || (open && i > 0 && path[i - 1] == '/');
                    open = open || reachable[i];
                } else {
                    open = (open && (deep || path[i - 1] != '/')) || reachable[i];
                    next[i] = open;
                }
            }
        } else {
            const std::size_t start = at;
            std::size_t end = at + 1;
            for (std::size_t i = 0; i < path.size(); ++i) {
                if (!reachable[i] && i != 0)
                    continue;
                std::size_t cursor = start;
                const char p = pattern[cursor++];
                bool hit = false;
                if (p == '[')
                    hit = matchesClass(pattern, cursor, path[i]);
                else if (p == '?')
                    hit = path[i] != '/';
                else if (p == '\\' && cursor < pattern.size())
                    hit = pattern[cursor++] == path[i];
                else
                    hit = p == path[i];
                end = cursor;
                next[i + 1] = next[i + 1] || (hit && reachable[i]);
            }
            at = end;
        }
        reachable = std::move(next);
    }
    return reachable[path.size()];
}

} // namespace

IgnorePatterns::IgnorePatterns(std::string_view content)
{
    if (content.starts_with("\xef\xbb\xbf"))
        content.remove_prefix(3);
    while (!content.empty()) {
        const std::size_t end = content.find('\n');
        std::string_view line = content.substr(0, end);
        content = end == std::string_view::npos ? std::string_view() : content.substr(end + 1);
        if (line.starts_with('#'))
            continue;
        line = trimmed(line);
        if (line.starts_with('!')) {
            m_hasExceptions = true;
            continue;
        }
        std::string pattern = line.empty() ? std::string() : cleanedPath(line);
        if (pattern.starts_with('/'))
            pattern.erase(0, 1);
        if (!pattern.empty() && pattern != ".")
            m_patterns.push_back(std::move(pattern));
    }
}

std::string_view IgnorePatterns::leavesOut(std::string_view path) const
{
    if (path.starts_with('/'))
        path.remove_prefix(1);
    const bool isRoot = path.empty() || path == ".";
    for (const std::string &pattern : m_patterns) {
        if (isRoot) {
            if (pattern == "*" || pattern == "**" || pattern == "**/*")
                return pattern;
            continue;
        }
        for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
            if (matches(pattern, path.substr(0, end)))
                return pattern;
            if (end == std::string_view::npos)
                break;
        }
    }
    return {};
}

std::optional<std::string> readIgnoreFile(const std::string &dockerfile)
{
    if (dockerfile.empty() || dockerfile == "-")
        return std::nullopt;
    const QFileInfo info(QString::fromStdString(dockerfile));
    const QString own = info.filePath() + QStringLiteral(".dockerignore");
    for (const QString &name : {own, info.path() + QStringLiteral("/.dockerignore")}) {
        QFile file(name);
        if (!QFileInfo(name).isFile() || file.size() > LargestIgnoreFile || !file.open(QIODevice::ReadOnly))
            continue;
        return file.readAll().toStdString();
    }
    return std::nullopt;
}

} // namespace stagewright
