// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright::engine {

enum class FileKind : std::uint8_t { File, Folder, Link, HardLink, Other };

/// One entry of a layer.
struct LayerFile
{
    FileKind kind = FileKind::File;
    std::uint64_t bytes = 0;
    std::uint32_t mode = 0; ///< Permission bits with setuid, setgid and sticky.
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::string target; ///< Of links.
    /// The file is taken away: BuildKit and Docker write ".wh.NAME". Never set in a merged tree.
    bool removed = false;
    /// Folders: what lower layers have in it is taken away (".wh..wh..opq").
    bool opaque = false;

    /// Says something about a path without being a file.
    [[nodiscard]] bool isMark() const { return removed || (opaque && kind == FileKind::Other); }
    friend bool operator==(const LayerFile &, const LayerFile &) = default;
};

/// Files by absolute path, sorted.
using FileTree = std::map<std::string, LayerFile, std::less<>>;

/// One layer of an image.
struct ImageLayer
{
    std::string id;
    FileTree files;
    std::string createdBy; ///< Of the history row that belongs to it; "" when there is none.

    [[nodiscard]] std::uint64_t bytes() const; ///< Of all its files.
};

/// One row of an image's history as its configuration tells it.
struct ImageHistoryRow
{
    std::string createdBy;
    bool empty = false; ///< It made no layer; the others pair with the layers in order.
};

/// What a layer does to a path.
enum class Change : std::uint8_t { Added, Changed, Removed };

/// Bytes that are in the image and that nobody sees.
struct WastedPath
{
    std::string path;
    std::uint64_t bytes = 0;  ///< All copies but the one that survives; all, when none does.
    std::uint32_t copies = 0; ///< Layers that hold one.
};

/// What someone who gets into a container finds.
struct Exposure
{
    std::string shell;                     ///< The first that is found ("/bin/sh"); "" for none.
    std::string packageManager;            ///< "apt", "apk" …; "" for none.
    std::optional<std::uint32_t> packages; ///< Installed (dpkg, apk, rpm); nullopt: a database that cannot be read.
    std::uint32_t executables = 0;         ///< Regular files that somebody may execute.
    std::uint32_t setuid = 0;              ///< Of those, with setuid or setgid.
    std::uint32_t users = 0;               ///< Lines of /etc/passwd.
    std::string user;                      ///< Of the image's configuration; "" is root.
};

/// Everything that a saved image tells, without having been run or unpacked.
struct ImageContents
{
    std::vector<ImageLayer> layers;                            ///< Lowest first.
    std::vector<ImageHistoryRow> history;                      ///< Oldest first.
    std::string user;                                          ///< Config.User
    std::map<std::string, std::string, std::less<>> databases; ///< /etc/passwd and package databases, last layer's.
    /// Packages in every file that isRpmDatabase(), last layer's; nullopt: it cannot be read.
    std::map<std::string, std::optional<std::uint32_t>, std::less<>> rpmPackages;

    /// The files as a container sees them.
    [[nodiscard]] FileTree merged() const { return merged(layers.size()); }
    /// The same of the lowest @p count layers alone.
    [[nodiscard]] FileTree merged(std::size_t count) const;
    /// What layer @p index does, compared with the layers below.
    [[nodiscard]] std::map<std::string, Change, std::less<>> changes(std::size_t index) const;
    /// Biggest first.
    [[nodiscard]] std::vector<WastedPath> wasted() const;
    [[nodiscard]] std::uint64_t bytes() const; ///< Of all layers.
    [[nodiscard]] std::uint64_t wastedBytes() const;
    [[nodiscard]] double
    efficiency() const; ///< 0 … 1: the part of bytes() that a container sees; 1 for an empty image.
    [[nodiscard]] Exposure exposure() const;
};

/// The database files whose text is kept while an archive is read.
[[nodiscard]] bool isDatabase(std::string_view path);

} // namespace stagewright::engine
