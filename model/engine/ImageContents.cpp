// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/ImageContents.h"

#include "engine/RpmDatabase.h"
#include "lint/FileEffects.h"

#include <algorithm>
#include <array>

namespace stagewright::engine {

namespace {

/// Images of Azure Linux that have no rpm keep a list instead, a package a line.
constexpr std::string_view manifestOfPackages = "/var/lib/rpmmanifest/container-manifest-2";

std::string_view folderOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == 0 || slash == std::string_view::npos ? std::string_view("/") : path.substr(0, slash);
}

/// Everything below @p folder, as a range of a sorted tree.
template <typename Tree> auto below(Tree &tree, const std::string &folder)
{
    const std::string prefix = folder == "/" ? folder : folder + '/';
    const auto first = tree.lower_bound(prefix);
    auto last = first;
    while (last != tree.end() && last->first.starts_with(prefix))
        ++last;
    return std::pair(first, last);
}

/// One layer over a tree. @p gone hears of every path that stops being seen because of it.
template <typename Gone> void apply(FileTree &tree, const ImageLayer &layer, Gone gone)
{
    // First what goes away, then what comes: a layer may replace the contents of an opaque folder.
    for (const auto &[path, file] : layer.files) {
        if (!file.removed && !file.opaque)
            continue;
        const auto [first, last] = below(tree, path);
        for (auto it = first; it != last; ++it)
            gone(it->first);
        tree.erase(first, last);
        if (file.removed && tree.contains(path)) {
            gone(path);
            tree.erase(path);
        }
    }
    for (const auto &[path, file] : layer.files) {
        if (file.isMark())
            continue;
        // A file in the place of a folder takes the folder's contents away.
        if (const auto old = tree.find(path);
            old != tree.end() && old->second.kind == FileKind::Folder && file.kind != FileKind::Folder) {
            const auto [first, last] = below(tree, path);
            for (auto it = first; it != last; ++it)
                gone(it->first);
            tree.erase(first, last);
        }
        tree.insert_or_assign(path, file).first->second.opaque = false;
    }
}

/// Follows links, as far as a container would; the file or nullptr.
const LayerFile *resolved(const FileTree &tree, std::string path)
{
    for (int hops = 0; hops < 40; ++hops) {
        const auto found = tree.find(path);
        if (found != tree.end() && found->second.kind != FileKind::Link)
            return &found->second;
        if (found != tree.end()) {
            path = lint::joinPath(folderOf(path), found->second.target);
            continue;
        }
        // A folder above may be a link: /bin → usr/bin.
        bool moved = false;
        for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
            const auto link = tree.find(std::string_view(path).substr(0, slash));
            if (link != tree.end() && link->second.kind == FileKind::Link) {
                path = lint::joinPath(folderOf(link->first), link->second.target) + path.substr(slash);
                moved = true;
                break;
            }
        }
        if (!moved)
            return nullptr;
    }
    return nullptr;
}

bool isExecutable(const LayerFile *file)
{
    return file && (file->kind == FileKind::File || file->kind == FileKind::HardLink) && (file->mode & 0111U) != 0;
}

std::string firstThere(const FileTree &tree, std::string_view name)
{
    for (const std::string_view folder :
         {"/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/", "/usr/local/bin/", "/busybox/"}) {
        std::string path = std::string(folder) + std::string(name);
        if (isExecutable(resolved(tree, path)))
            return path;
    }
    return {};
}

std::uint32_t linesThatStart(std::string_view text, std::string_view with)
{
    std::uint32_t count = text.starts_with(with) ? 1 : 0;
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
        count += text.substr(at + 1).starts_with(with) ? 1U : 0U;
    return count;
}

/// 0 where rpm never was; nullopt where it was and what it says cannot be read.
std::optional<std::uint32_t>
packagesOfRpm(const FileTree &tree, const std::map<std::string, std::optional<std::uint32_t>, std::less<>> &databases)
{
    for (const std::string_view folder : rpmFolders()) {
        for (const std::string_view name : rpmDatabaseNames()) {
            const std::string path = std::string(folder) + std::string(name);
            const auto database = databases.find(path);
            if (database == databases.end() || !tree.contains(path))
                continue;
            // What SQLite has not moved from its log into the file yet is not seen by reading the file.
            const auto log = tree.find(path + "-wal");
            return log != tree.end() && log->second.bytes > 0 ? std::nullopt : database->second;
        }
        for (auto it = tree.lower_bound(folder); it != tree.end() && it->first.starts_with(folder); ++it) {
            if (it->second.kind == FileKind::File && it->second.bytes > 0)
                return std::nullopt;
        }
    }
    return 0;
}

} // namespace

std::uint64_t ImageLayer::bytes() const
{
    std::uint64_t sum = 0;
    for (const auto &[path, file] : files)
        sum += file.kind == FileKind::File ? file.bytes : 0;
    return sum;
}

bool isDatabase(std::string_view path)
{
    return path == "/etc/passwd" || path == manifestOfPackages || path == "/var/lib/dpkg/status"
        || path == "/lib/apk/db/installed" || path == "/usr/lib/apk/db/installed"
        || (path.starts_with("/var/lib/dpkg/status.d/") && !path.ends_with(".md5sums"));
}

FileTree ImageContents::merged(std::size_t count) const
{
    FileTree tree;
    for (std::size_t i = 0; i < std::min(count, layers.size()); ++i)
        apply(tree, layers[i], [](const std::string &) { });
    return tree;
}

std::map<std::string, Change, std::less<>> ImageContents::changes(std::size_t index) const
{
    FileTree tree;
    std::map<std::string, Change, std::less<>> result;
    for (std::size_t i = 0; i < index; ++i)
        apply(tree, layers[i], [](const std::string &) { });
    for (const auto &[path, file] : layers[index].files) {
        if (file.isMark())
            continue;
        const auto old = tree.find(path);
        if (old == tree.end())
            result.emplace(path, Change::Added);
        else if (file.kind != FileKind::Folder || old->second.kind != FileKind::Folder || old->second.mode != file.mode
                 || old->second.uid != file.uid || old->second.gid != file.gid)
            result.emplace(path, Change::Changed);
    }
    apply(tree, layers[index], [&](const std::string &path) { result.try_emplace(path, Change::Removed); });
    return result;
}

std::vector<WastedPath> ImageContents::wasted() const
{
    struct Copies
    {
        std::uint64_t bytes = 0;
        std::uint32_t count = 0;
    };
    std::map<std::string, Copies, std::less<>> all;
    for (const ImageLayer &layer : layers) {
        for (const auto &[path, file] : layer.files) {
            if (file.kind == FileKind::File && !file.removed) {
                all[path].bytes += file.bytes;
                ++all[path].count;
            }
        }
    }
    const FileTree tree = merged();
    std::vector<WastedPath> result;
    for (const auto &[path, copies] : all) {
        const auto survivor = tree.find(path);
        const std::uint64_t kept
            = survivor != tree.end() && survivor->second.kind == FileKind::File ? survivor->second.bytes : 0;
        if (copies.bytes > kept)
            result.push_back({path, copies.bytes - kept, copies.count});
    }
    std::ranges::stable_sort(result, std::ranges::greater(), &WastedPath::bytes);
    return result;
}

std::uint64_t ImageContents::bytes() const
{
    std::uint64_t sum = 0;
    for (const ImageLayer &layer : layers)
        sum += layer.bytes();
    return sum;
}

std::uint64_t ImageContents::wastedBytes() const
{
    std::uint64_t sum = 0;
    for (const WastedPath &path : wasted())
        sum += path.bytes;
    return sum;
}

double ImageContents::efficiency() const
{
    const std::uint64_t all = bytes();
    return all == 0 ? 1.0 : static_cast<double>(all - wastedBytes()) / static_cast<double>(all);
}

Exposure ImageContents::exposure() const
{
    Exposure result;
    result.user = user;
    const FileTree tree = merged();
    for (const std::string_view shell : {"sh", "bash", "ash", "dash", "busybox", "zsh", "ksh", "toybox"}) {
        if (result.shell = firstThere(tree, shell); !result.shell.empty())
            break;
    }
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> managers{{
        {"apt-get", "apt"},
        {"apk", "apk"},
        {"microdnf", "microdnf"},
        {"dnf", "dnf"},
        {"tdnf", "tdnf"},
        {"yum", "yum"},
        {"zypper", "zypper"},
        {"pacman", "pacman"},
    }};
    for (const auto &[program, name] : managers) {
        if (result.packageManager.empty() && !firstThere(tree, program).empty())
            result.packageManager = name;
    }
    std::uint32_t packages = 0;
    for (const auto &[path, text] : databases) {
        if (!tree.contains(path))
            continue;
        if (path == manifestOfPackages)
            packages += linesThatStart(text, "") - (text.empty() || text.ends_with('\n') ? 1U : 0U);
        else if (path == "/etc/passwd")
            result.users = linesThatStart(text, "") - (text.empty() || text.ends_with('\n') ? 1U : 0U);
        else
            packages += path.ends_with("/installed") ? linesThatStart(text, "P:") : linesThatStart(text, "Package: ");
    }
    if (const auto rpm = packagesOfRpm(tree, rpmPackages))
        result.packages = packages + *rpm;
    for (const auto &[path, file] : tree) {
        if (!isExecutable(&file))
            continue;
        ++result.executables;
        result.setuid += (file.mode & 06000U) != 0 ? 1U : 0U;
    }
    return result;
}

} // namespace stagewright::engine
