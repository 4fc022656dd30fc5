// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FileEffects.h"

#include "lint/CommandLine.h"
#include "lint/ImagePrograms.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace stagewright::lint {

namespace {

std::string_view baseName(std::string_view path)
{
    while (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// Whether a source looks like a folder that may hold a whole file system, or is one that the text does not name.
/// What is called "server" or "app.jar" is taken for a file; "rootfs", "out" or "*" may hold anything.
bool mayHoldPrograms(std::string_view source, bool add)
{
    if (source.ends_with('/'))
        return true;
    const std::string_view name = baseName(source);
    if (name.empty() || name.find_first_of("*?[$") != std::string_view::npos)
        return true;
    if (isArchive(name))
        return add; // COPY does not unpack
    if (add && (source.ends_with(".git") || source.starts_with("git@")))
        return true;
    static constexpr std::array<std::string_view, 44> folders{
        "/",       ".",         "..",      "bin",   "sbin",       "usr",         "local",        "lib",
        "lib64",   "busybox",   "rootfs",  "root",  "rootfs-out", "root-out",    "fs",           "filesystem",
        "overlay", "sysroot",   "chroot",  "image", "image-root", "imageroot",   "target",       "output",
        "out",     "export",    "exports", "dist",  "install",    "installroot", "install-root", "staging",
        "stage",   "destdir",   "prefix",  "build", "files",      "layer",       "layers",       "bundle",
        "system",  "container", "base",    "mnt"};
    return std::ranges::find(folders, name) != folders.end() || name.find("rootfs") != std::string_view::npos
        || name.find("root-fs") != std::string_view::npos || name.find("root_fs") != std::string_view::npos;
}

bool isNameChar(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::vector<std::pair<std::string_view, std::string_view>> mountOptions(std::string_view value)
{
    std::vector<std::pair<std::string_view, std::string_view>> options;
    while (!value.empty()) {
        const std::size_t comma = value.find(',');
        std::string_view part = value.substr(0, comma);
        value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
        if (part.size() > 1 && part.front() == '"' && part.back() == '"')
            part = part.substr(1, part.size() - 2);
        const std::size_t equals = part.find('=');
        options.emplace_back(part.substr(0, equals),
                             equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1));
    }
    return options;
}

/// Whether a path belongs to the system rather than to an application.
bool isSystemPath(std::string_view path)
{
    static constexpr std::array<std::string_view, 8> folders{"/bin/",   "/sbin/", "/usr/",     "/lib/",
                                                             "/lib64/", "/etc/",  "/busybox/", "/lib32/"};
    return std::ranges::any_of(folders, [path](std::string_view folder) { return path.starts_with(folder); });
}

/// What one source of a COPY puts at @p wanted. @p target is the destination without a slash at the end.
Known sourceProvides(std::string_view source, std::string_view target, std::string_view wanted, bool add)
{
    // Something else under a shell's name may be anything; any other program is what it is called.
    if (target == wanted)
        return isShellName(baseName(source)) || !isShellName(baseName(wanted)) ? Known::Yes : Known::Unknown;
    if (!isAtOrAbove(target, wanted))
        return Known::No;
    if (source.starts_with("<<"))
        return Known::No; // a here-document makes one file, in a folder that is not the shell itself
    if (canonicalProgram(joinPath(target, baseName(source))) == wanted)
        return Known::Yes;
    // Away from where systems keep their programs, a folder of any name may hold one: a virtual environment, a build.
    if (!isSystemPath(wanted))
        return Known::Unknown;
    return mayHoldPrograms(source, add) ? Known::Unknown : Known::No;
}

} // namespace

bool isArchive(std::string_view name)
{
    static constexpr std::array<std::string_view, 10> endings{".tar",     ".tar.gz", ".tgz",     ".tar.xz", ".txz",
                                                              ".tar.bz2", ".tbz2",   ".tar.zst", ".tzst",   ".tar.lz"};
    return std::ranges::any_of(endings, [name](std::string_view e) { return name.ends_with(e); });
}

std::string expandKnown(std::string_view text, const Variables &variables)
{
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t dollar = std::min(text.find('$', i), text.size());
        result += text.substr(i, dollar - i);
        i = dollar;
        if (i + 1 >= text.size()) {
            result += text.substr(i);
            break;
        }
        const bool braced = text[i + 1] == '{';
        const std::size_t begin = i + (braced ? 2 : 1);
        std::size_t end = begin;
        while (end < text.size() && isNameChar(text[end]))
            ++end;
        std::size_t next = end;
        std::string_view fallback;
        bool understood = end > begin;
        if (braced) {
            constexpr std::size_t longest = 1024; // of what is between the braces
            const std::size_t within = understood ? text.substr(end, longest).find('}') : std::string_view::npos;
            const std::size_t close = within == std::string_view::npos ? within : end + within;
            understood = close != std::string_view::npos;
            if (understood) {
                std::string_view operation = text.substr(end, close - end);
                if (operation.starts_with(":-"))
                    fallback = operation.substr(2);
                else if (operation.starts_with('-'))
                    fallback = operation.substr(1);
                else
                    understood = operation.empty();
                next = close + 1;
            }
        }
        const std::string *found = understood ? variables.find(text.substr(begin, end - begin)) : nullptr;
        if (found)
            result += *found;
        else if (understood && !fallback.empty() && fallback.find('$') == std::string_view::npos)
            result += fallback;
        else if (understood)
            result += text.substr(i, next - i);
        else {
            result += text[i];
            next = i + 1;
        }
        i = next;
    }
    return result;
}

std::string joinPath(std::string_view base, std::string_view path)
{
    std::string result;
    result.reserve(base.size() + path.size() + 2);
    const auto append = [&result](std::string_view rest) {
        while (!rest.empty()) {
            const std::size_t slash = rest.find('/');
            const std::string_view part = rest.substr(0, slash);
            rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
            if (part.empty() || part == ".")
                continue;
            if (part == "..") {
                result.resize(result.empty() ? 0 : result.rfind('/'));
                continue;
            }
            result += '/';
            result += part;
        }
    };
    if (!path.starts_with('/'))
        append(base);
    append(path);
    return result.empty() ? "/" : result;
}

std::string canonicalProgram(std::string_view path)
{
    for (const std::string_view merged : {"/usr/bin", "/usr/sbin"}) {
        if (path == merged || (path.starts_with(merged) && path[merged.size()] == '/'))
            return std::string(path.substr(4));
    }
    return std::string(path);
}

bool isAtOrAbove(std::string_view folder, std::string_view path)
{
    return folder == "/" || folder == path || (path.starts_with(folder) && path[folder.size()] == '/');
}

Known copyProvides(const Instruction &instruction, std::string_view path, std::string_view workdir,
                   const Variables &variables)
{
    if (instruction.args.size() < 2)
        return Known::No;
    std::string destination = expandKnown(instruction.args.back().value, variables);
    if (const std::size_t dollar = destination.find('$'); dollar != std::string::npos) {
        // "/app/$X" lands under /app; "/$X" names a file in /; a bare "$X" may be anywhere.
        const std::size_t slash = destination.rfind('/', dollar);
        if (slash == std::string::npos)
            return Known::Unknown;
        if (slash == 0)
            return Known::No;
        destination.resize(slash);
    }
    const std::string wanted = canonicalProgram(path);
    // "/usr" holds /usr/bin, which may be where /bin points to.
    std::string target = canonicalProgram(joinPath(workdir, destination));
    if (target == "/usr" && (wanted.starts_with("/bin/") || wanted.starts_with("/sbin/")))
        target = "/";
    const bool add = instruction.kind == InstructionKind::Add;
    const bool parents = instruction.flag("parents") != nullptr;
    Known result = Known::No;
    for (const Argument &argument : instruction.args.first(instruction.args.size() - 1)) {
        const std::string source = expandKnown(argument.value, variables);
        Known one = Known::No;
        if (parents && source.starts_with('/')) {
            const std::string landed = canonicalProgram(joinPath(target, source.substr(1)));
            one = landed == wanted ? Known::Yes : isAtOrAbove(landed, wanted) ? Known::Unknown : Known::No;
        } else {
            one = sourceProvides(source, target, wanted, add);
        }
        if (one == Known::Yes)
            return one;
        if (one == Known::Unknown)
            result = one;
    }
    return result;
}

std::string contextSource(const Instruction &copy, std::string_view source)
{
    if (copy.flag("from") || copy.flag("parents") || source.find("://") != std::string_view::npos
        || source.starts_with("git@") || (copy.kind == InstructionKind::Add && isArchive(source))
        || source.find_first_of("*?[$") != std::string_view::npos)
        return {};
    std::string path = joinPath("/", source);
    path.erase(0, 1);
    return path;
}

namespace {

/// A package manager comes along when a command names it as something to install, fetch or link.
Known mayBringManager(const Instruction &run, std::string_view program, CommandCache &cache)
{
    if (!run.isShellForm() || !run.heredocs.empty())
        return Known::Unknown;
    const std::string_view family = packageManagerOf(program);
    for (const CalledCommand &command : cache.of(run.arguments)) {
        const auto words = command.program();
        const bool scripted = words.front().ends_with(".sh") || isShellName(baseName(words.front()));
        if (scripted || (packageManagerOf(baseName(words.front())).empty() && words.front().starts_with("$")))
            return Known::Unknown;
        for (const std::string &word : words.subspan(1)) {
            if (word.find(program) != std::string::npos || word.find("rootfs") != std::string::npos
                || packageManagerOf(baseName(word)) == family)
                return Known::Unknown;
        }
    }
    return Known::No;
}

/// Runtimes come in many ways (packages, scripts, version managers); only what has nothing to do with it is sure.
Known mayBringLanguage(const Instruction &run, CommandCache &cache)
{
    static constexpr std::array<std::string_view, 15> harmless{"mkdir", "chown",    "chmod",    "useradd", "adduser",
                                                               "rm",    "addgroup", "groupadd", "touch",   "echo",
                                                               "true",  "set",      "usermod",  "install", "ls"};
    if (!run.isShellForm() || !run.heredocs.empty())
        return Known::Unknown;
    const auto commands = cache.of(run.arguments);
    const bool sure = std::ranges::all_of(commands, [](const CalledCommand &command) {
        const auto words = command.program();
        const std::string_view name = baseName(words.front());
        const bool ofProject = name == "npm" && words.size() > 1 && (words[1] == "ci" || words[1] == "run");
        return ofProject || std::ranges::find(harmless, name) != harmless.end();
    });
    return sure ? Known::No : Known::Unknown;
}

} // namespace

Known runProvides(const Instruction &instruction, std::string_view path, CommandCache &commands)
{
    if (!packageManagerOf(baseName(path)).empty())
        return mayBringManager(instruction, baseName(path), commands);
    if (isLanguageTool(baseName(path)))
        return mayBringLanguage(instruction, commands);
    static constexpr std::array<std::string_view, 10> installers{"apk",  "apt", "apt-get", "dnf", "microdnf",
                                                                 "tdnf", "yum", "zypper",  "rpm", "opkg"};
    const std::string folder(path.substr(0, path.rfind('/')));
    for (std::size_t i = 0; i < instruction.args.size(); ++i) {
        const std::string_view text = instruction.args[i].value;
        if (instruction.execForm && i == 0) {
            if (std::ranges::find(installers, baseName(text)) != installers.end())
                return Known::Unknown;
            continue; // the program itself is no sign that a shell comes
        }
        if (text.find("/bin") != std::string_view::npos || text.find("install") != std::string_view::npos
            || text.find(folder) != std::string_view::npos)
            return Known::Unknown;
        if (!instruction.execForm && std::ranges::any_of(installers, [text](std::string_view p) {
                return text.find(p) != std::string_view::npos;
            }))
            return Known::Unknown;
    }
    return instruction.heredocs.empty() ? Known::No : Known::Unknown;
}

std::vector<MountWords> mountsOf(const Instruction &run, std::string_view workdir, const Variables &variables)
{
    std::vector<MountWords> mounts;
    for (const Flag &flag : run.flags) {
        if (flag.name != "mount")
            continue;
        MountWords mount;
        mount.flag = &flag;
        for (const auto &[key, value] : mountOptions(flag.value)) {
            if (key == "type")
                mount.type = value;
            else if (key == "target" || key == "dst" || key == "destination")
                mount.target = expandKnown(value, variables);
            else if (key == "source" || key == "src")
                mount.source = expandKnown(value, variables);
            else if (key == "from")
                mount.from = value;
        }
        if (!mount.target.empty() && mount.target.find('$') == std::string::npos)
            mount.target = joinPath(workdir, mount.target);
        mounts.push_back(std::move(mount));
    }
    return mounts;
}

Known runBringsData(const Instruction &run, const DataPackage &data, CommandCache &cache)
{
    if (!run.isShellForm() || !run.heredocs.empty() || run.arguments.find(data.sign) != std::string_view::npos)
        return run.arguments.find(data.package) != std::string_view::npos ? Known::Yes : Known::Unknown;
    for (const CalledCommand &command : cache.of(run.arguments)) {
        const auto words = command.program();
        const std::string_view name = baseName(words.front());
        const std::string_view family = packageManagerOf(name);
        if (std::ranges::find(words, data.package) != words.end())
            return Known::Yes;
        // apk installs what it is told and what that needs; apt adds what packages merely recommend.
        const bool vague = std::ranges::any_of(words, [](const std::string &word) {
            return word.find('$') != std::string::npos || word.ends_with(".sh")
                || word.find("/etc/ssl") != std::string::npos;
        });
        if (vague || (!family.empty() && family != "apk") || isShellName(name) || name == "tar" || name == "cp")
            return Known::Unknown;
    }
    return Known::No;
}

Known copyBringsData(const Instruction &copy, const DataPackage &data, std::string_view workdir,
                     const Variables &variables)
{
    // Bundles have many names; what is called after certificates or copied among them is one.
    for (const Argument &argument : copy.args) {
        const std::string path = expandKnown(argument.value, variables);
        if (path.find(data.sign) != std::string::npos || path.find(data.package) != std::string::npos
            || path.find("/etc/ssl") != std::string::npos || path.find("/etc/pki") != std::string::npos
            || path.ends_with(".pem") || path.ends_with(".crt") || path.ends_with("zoneinfo.zip"))
            return Known::Yes;
    }
    if (copy.flag("parents"))
        return Known::Unknown;
    return copyProvides(copy, data.path, workdir, variables);
}

Known mountProvides(const Instruction &instruction, std::string_view path, std::string_view workdir,
                    const Variables &variables)
{
    const std::string wanted = canonicalProgram(path);
    for (const MountWords &mount : mountsOf(instruction, workdir, variables)) {
        if (mount.target.empty() || (mount.type != "bind" && !(mount.type == "cache" && !mount.from.empty())))
            continue;
        if (mount.target.find('$') != std::string::npos)
            return Known::Unknown;
        const std::string folder = canonicalProgram(mount.target);
        if (isAtOrAbove(folder, wanted) || (folder == "/usr" && wanted.starts_with("/bin/")))
            return Known::Unknown;
    }
    return Known::No;
}

std::string sourceOf(const std::vector<std::string> &sources, std::string_view destination, bool intoFolder,
                     std::string_view path)
{
    if (!isAtOrAbove(destination, path))
        return {};
    if (destination == path)
        return intoFolder || sources.empty() ? std::string() : sources.back();
    std::string_view rest = path.substr(destination == "/" ? 0 : destination.size());
    rest.remove_prefix(1); // the slash
    const std::string_view top = rest.substr(0, rest.find('/'));
    std::string folder;
    for (auto it = sources.rbegin(); it != sources.rend(); ++it) {
        std::string_view source = *it;
        while (source.size() > 1 && source.ends_with('/'))
            source.remove_suffix(1);
        // A file keeps its name in a folder; the contents of a folder land there without its name.
        if (baseName(source) == top && top == rest && intoFolder)
            return std::string(source);
        if (source.find_first_of("*?[") == std::string_view::npos && folder.empty())
            folder = source == "." ? std::string(rest)
                : source == "/"    ? "/" + std::string(rest)
                                   : std::string(source) + "/" + std::string(rest);
    }
    return folder;
}

} // namespace stagewright::lint
