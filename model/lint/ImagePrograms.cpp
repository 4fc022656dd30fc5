// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/ImagePrograms.h"

#include "lint/FileEffects.h"

#include <algorithm>
#include <array>
#include <utility>

namespace stagewright::lint {

namespace {

std::string_view fileName(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

/// The image is made to run this program: its entrypoint or command starts it, or it is called after it.
bool isMadeFor(const ImageFacts &facts, std::string_view name)
{
    for (const auto &words : {facts.entrypoint, facts.cmd}) {
        if (words && !words->empty() && fileName(words->front()) == name)
            return true;
    }
    return fileName(facts.match).find(name) != std::string_view::npos;
}

/// A name that PATH of the image does not find, since the image starts that program by its path.
bool isOffPath(const ImageFacts &facts, std::string_view program)
{
    if (facts.path.empty() || !facts.entrypoint || facts.entrypoint->empty())
        return false;
    const std::string_view own = facts.entrypoint->front();
    return own.starts_with('/') && own != program && fileName(own) == program
        && !isOnPath(own.substr(0, own.rfind('/')), facts.path);
}

/// A package manager is there when the catalogue names it. Relatives (yum beside dnf) are nobody's promise.
Known packageManagerThere(const ImageFacts &facts, std::string_view manager, std::string_view name)
{
    if (facts.hasPackageManager == Known::No)
        return Known::No;
    if (facts.hasPackageManager == Known::Unknown || facts.packageManager.empty())
        return Known::Unknown;
    if (packageManagerOf(facts.packageManager) != manager)
        return Known::No;
    return manager != "rpm" || facts.packageManager == name ? Known::Yes : Known::Unknown;
}

Known shellThere(const ImageFacts &facts, std::string_view program, std::string_view name)
{
    const bool bare = program.find('/') == std::string_view::npos;
    const std::string path = canonicalProgram(program);
    if (!facts.shell.empty() && (path == canonicalProgram(facts.shell) || (bare && name == fileName(facts.shell))))
        return Known::Yes;
    if (path == "/bin/sh" && facts.shellFormWorks != Known::Unknown)
        return facts.shellFormWorks;
    if (name == "sh" && bare && facts.shellFormWorks == Known::Yes)
        return Known::Yes;
    if (facts.hasShell == Known::No && isShellName(name))
        return Known::No;
    // BusyBox alone, away from /bin: nothing else in the image starts a command line.
    if (!bare && facts.hasShell == Known::Yes && facts.shellFormWorks == Known::No && isShellName(name)
        && facts.shell.starts_with("/busybox/") && !path.starts_with("/busybox/"))
        return Known::No;
    return Known::Unknown;
}

} // namespace

bool isShellName(std::string_view name)
{
    static constexpr std::array<std::string_view, 12> names{"sh",  "bash", "ash",  "dash", "busybox", "zsh",
                                                            "ksh", "mksh", "fish", "csh",  "tcsh",    "toybox"};
    return std::ranges::find(names, name) != names.end();
}

bool isUserLandTool(std::string_view name)
{
    // Sorted.
    static constexpr std::array<std::string_view, 62> names{
        "addgroup", "adduser",  "awk",     "base64",   "cat",      "chgrp",  "chmod",   "chown", "chroot",
        "cp",       "curl",     "cut",     "date",     "dd",       "df",     "dirname", "du",    "echo",
        "env",      "find",     "getent",  "grep",     "groupadd", "gunzip", "gzip",    "head",  "hostname",
        "id",       "install",  "ln",      "ls",       "mkdir",    "mktemp", "mv",      "nc",    "netcat",
        "ping",     "printenv", "ps",      "readlink", "realpath", "rm",     "rmdir",   "sed",   "sleep",
        "sort",     "stat",     "su",      "tail",     "tar",      "tee",    "touch",   "tr",    "uname",
        "unzip",    "useradd",  "usermod", "wc",       "wget",     "which",  "whoami",  "xargs"};
    static_assert(std::ranges::is_sorted(names));
    return std::ranges::binary_search(names, name);
}

bool isLanguageTool(std::string_view name)
{
    static constexpr std::array<std::string_view, 26> names{
        "bun",    "bunx", "bundle", "composer", "corepack", "deno", "dotnet", "gem", "go",
        "java",   "node", "nodejs", "npm",      "npx",      "perl", "php",    "pip", "pip3",
        "pipenv", "pnpm", "poetry", "python",   "python3",  "ruby", "uv",     "yarn"};
    return std::ranges::find(names, name) != names.end();
}

std::string_view packageManagerOf(std::string_view program)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 15> managers{{
        {"apt", "apt"},
        {"apt-get", "apt"},
        {"apt-cache", "apt"},
        {"aptitude", "apt"},
        {"dpkg", "apt"},
        {"apk", "apk"},
        {"dnf", "rpm"},
        {"microdnf", "rpm"},
        {"tdnf", "rpm"},
        {"yum", "rpm"},
        {"rpm", "rpm"},
        {"zypper", "rpm"},
        {"pacman", "pacman"},
        {"opkg", "opkg"},
        {"swupd", "swupd"},
    }};
    const auto found = std::ranges::find(managers, program, &std::pair<std::string_view, std::string_view>::first);
    return found == managers.end() ? std::string_view() : found->second;
}

const DataPackage *dataPackage(std::string_view name)
{
    static constexpr std::array<DataPackage, 2> known{{
        {"ca-certificates", "/etc/ssl/certs/ca-certificates.crt", "ca", "certificates", "cert"},
        {"tzdata", "/usr/share/zoneinfo", "tz", "time zones", "zoneinfo"},
    }};
    const auto *found = std::ranges::find_if(
        known, [name](const DataPackage &one) { return one.package == name || one.provides == name; });
    return found == known.end() ? nullptr : found;
}

std::vector<std::string> programPaths(std::string_view program, const ImageFactsPtr &facts, std::string_view path)
{
    if (program.find('/') != std::string_view::npos)
        return {std::string(program)};
    std::vector<std::string> paths;
    const auto in = [&](std::string_view folder) {
        paths.push_back(std::string(folder) + (folder.ends_with('/') ? "" : "/") + std::string(program));
    };
    for (const std::string_view folder : {"/bin/", "/sbin/", "/usr/local/bin/", "/usr/local/sbin/", "/busybox/"})
        in(folder);
    if (facts && !facts->shell.empty())
        in(std::string_view(facts->shell).substr(0, facts->shell.rfind('/') + 1));
    while (!path.empty()) {
        const std::size_t colon = path.find(':');
        const std::string_view folder = path.substr(0, colon);
        path.remove_prefix(colon == std::string_view::npos ? path.size() : colon + 1);
        if (folder.starts_with('/') && folder.find('$') == std::string_view::npos)
            in(folder);
    }
    return paths;
}

bool isOnPath(std::string_view folder, std::string_view path)
{
    while (!path.empty()) {
        const std::string_view one = path.substr(0, path.find(':'));
        if (one == folder || (one.ends_with('/') && one.substr(0, one.size() - 1) == folder))
            return true;
        path.remove_prefix(std::min(one.size() + 1, path.size()));
    }
    return false;
}

Known imageHas(const ImageFactsPtr &facts, std::string_view program)
{
    if (!facts)
        return Known::Unknown;
    if (facts->entrypoint && !facts->entrypoint->empty() && facts->entrypoint->front() == program)
        return Known::Yes;
    const std::string_view name = fileName(program);
    const auto listed = facts->provides.find(name);
    if (facts->match == "scratch" || (listed != facts->provides.end() && !listed->second))
        return Known::No;
    if (const Known shell = shellThere(*facts, program, name); shell != Known::Unknown || isShellName(name))
        return shell;
    if (isOffPath(*facts, program))
        return Known::No;
    if (isMadeFor(*facts, name))
        return Known::Unknown; // it is there, though perhaps at another path
    if (const std::string_view manager = packageManagerOf(name); !manager.empty())
        return packageManagerThere(*facts, manager, name);
    // Tools come with a user land, and that comes with a shell.
    const bool plainPath = name == program || canonicalProgram(program).starts_with("/bin/")
        || canonicalProgram(program).starts_with("/sbin/");
    return facts->hasShell == Known::No && plainPath && isUserLandTool(name) ? Known::No : Known::Unknown;
}

} // namespace stagewright::lint
