// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/Paths.h"

#include <algorithm>
#include <vector>

namespace stagewright {

namespace {

/// True if there is nothing to take out of @p path. False says nothing.
bool isClean(std::string_view path)
{
    return path.size() > 1 && path.front() != '.' && path.back() != '/' && !path.contains("//") && !path.contains("/.");
}

} // namespace

std::string cleanedPath(std::string_view path)
{
    if (isClean(path))
        return std::string(path);
    const bool absolute = path.starts_with('/');
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string_view part = path.substr(at, end - at);
        if (part == "..") {
            if (!parts.empty() && parts.back() != "..")
                parts.pop_back();
            else if (!absolute)
                parts.push_back(part);
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
        at = end + 1;
    }
    std::string out = absolute ? "/" : "";
    for (std::size_t i = 0; i < parts.size(); ++i)
        out.append(i == 0 ? "" : "/").append(parts[i]);
    return out.empty() ? "." : out;
}

std::string joinedPath(std::string_view base, std::string_view path)
{
    if (path.starts_with('/'))
        return cleanedPath(path);
    std::string joined(base.starts_with('/') ? "" : "/");
    joined.append(base);
    if (!joined.ends_with('/'))
        joined += '/';
    return cleanedPath(joined.append(path));
}

} // namespace stagewright
