// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/SystemPrograms.h"

#include "lint/ImagePrograms.h"

#include <algorithm>
#include <array>

namespace stagewright::lint {

namespace {

/// Where the image of a language keeps what it is there for.
struct LanguageHome
{
    std::string_view repository;
    std::string_view path;
    bool folder;
    std::string_view name;
};

constexpr std::array<LanguageHome, 14> languageHomes{{
    {"docker.io/library/node", "/usr/local/bin/node", false, "node"},
    {"docker.io/library/nginx", "/usr/sbin/nginx", false, "nginx"},
    {"docker.io/library/redis", "/usr/local/bin/redis-server", false, "redis-server"},
    {"docker.io/library/redis", "/usr/local/bin/redis-cli", false, "redis-cli"},
    {"docker.io/library/php", "/usr/local/bin/php", false, "php"},
    {"docker.io/library/ruby", "/usr/local/bin/ruby", false, "ruby"},
    {"docker.io/library/postgres", "/usr/local/bin/psql", false, "psql"},
    {"docker.io/library/httpd", "/usr/local/apache2", true, "httpd"},
    {"docker.io/library/eclipse-temurin", "/opt/java/openjdk", true, "Java"},
    {"docker.io/library/maven", "/opt/java/openjdk", true, "Java"},
    {"docker.io/library/gradle", "/opt/java/openjdk", true, "Java"},
    {"docker.io/library/amazoncorretto", "/usr/lib/jvm", true, "Java"},
    {"docker.io/library/openjdk", "/usr/local/openjdk", true, "Java"},
    {"docker.io/library/haproxy", "/usr/local/sbin/haproxy", false, "haproxy"},
}};

/// Programs that Debian, Ubuntu, Alpine and the rest all link dynamically.
bool isDynamicEverywhere(std::string_view name)
{
    static constexpr std::array<std::string_view, 26> names{
        "bash",    "chromium", "curl",    "ffmpeg", "ffprobe", "git",     "gpg",     "jq",          "mysql",
        "nginx",   "node",     "openssl", "php",    "psql",    "ruby",    "python3", "rsync",       "redis-cli",
        "sqlite3", "socat",    "ssh",     "sshd",   "perl",    "pg_dump", "su-exec", "redis-server"};
    return std::ranges::find(names, name) != names.end();
}

bool isLibrary(std::string_view name)
{
    const std::size_t so = name.find(".so");
    return name.starts_with("lib") && so != std::string_view::npos
        && (so + 3 == name.size() || name[so + 3] == '.' || name[so + 3] == '*');
}

BuildProduct product(ProductKind kind, std::string_view path, bool folder, Linking linking, std::string_view name)
{
    return {
        .kind = kind, .path = std::string(path), .folder = folder, .linking = linking, .command = std::string(name)};
}

} // namespace

std::optional<BuildProduct> systemProduct(std::string_view repository, std::string_view path)
{
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const std::string_view folder = path.substr(0, path.rfind('/'));
    for (const LanguageHome &home : languageHomes) {
        if (home.repository != repository)
            continue;
        if (path == home.path || (home.folder && path.starts_with(home.path)))
            return product(home.folder ? ProductKind::JavaRuntime : ProductKind::SystemProgram, path, home.folder,
                           Linking::Dynamic, home.name);
    }
    if (isLibrary(name))
        return product(ProductKind::SharedLibrary, path, false, Linking::Dynamic, name);
    // Shells have a rule of their own, and BusyBox is often static.
    if (isShellName(name) || repository == "docker.io/library/busybox")
        return std::nullopt;
    static constexpr std::array<std::string_view, 4> folders{"/bin", "/usr/bin", "/sbin", "/usr/sbin"};
    if (std::ranges::find(folders, folder) == folders.end() || name.empty()
        || name.find_first_of("*?[$.") != std::string_view::npos || name.find("static") != std::string_view::npos)
        return std::nullopt;
    return product(ProductKind::SystemProgram, path, false,
                   isDynamicEverywhere(name) ? Linking::Dynamic : Linking::Unknown, name);
}

} // namespace stagewright::lint
