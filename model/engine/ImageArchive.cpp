// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/ImageArchive.h"

#include "engine/RpmDatabase.h"
#include "lint/FileEffects.h"

#include <archive.h>
#include <archive_entry.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <vector>

namespace stagewright::engine {

namespace {

using Json = nlohmann::json;

struct ArchiveDeleter
{
    void operator()(archive *a) const { archive_read_free(a); }
};
using ArchivePtr = std::unique_ptr<archive, ArchiveDeleter>;

/// Configurations and manifests are a few kilobytes; package databases a few megabytes.
constexpr std::size_t mostKept = 32U << 20;     // bytes
constexpr std::size_t mostCounted = 512U << 20; // bytes; of a database of rpm's

/// What libarchive reads from: a callback with its buffer.
struct Stream
{
    ByteSource source;
    std::vector<char> buffer = std::vector<char>(256 * 1024);
    std::string pushedBack; ///< Bytes that were looked at and come first.
};

la_ssize_t readStream(archive *a, void *data, const void **bytes)
{
    auto *stream = static_cast<Stream *>(data);
    if (!stream->pushedBack.empty()) {
        const std::size_t size = std::min(stream->pushedBack.size(), stream->buffer.size());
        std::ranges::copy(stream->pushedBack.begin(), stream->pushedBack.begin() + std::ptrdiff_t(size),
                          stream->buffer.begin());
        stream->pushedBack.erase(0, size);
        *bytes = stream->buffer.data();
        return la_ssize_t(size);
    }
    const std::ptrdiff_t size = stream->source(stream->buffer);
    if (size < 0) {
        archive_set_error(a, EIO, "the image stopped in the middle");
        return ARCHIVE_FATAL;
    }
    *bytes = stream->buffer.data();
    return size;
}

ArchivePtr openTar(Stream &stream)
{
    ArchivePtr reader(archive_read_new());
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_filter_zstd(reader.get());
    archive_read_support_format_tar(reader.get());
    archive_read_support_format_empty(reader.get());
    if (archive_read_open(reader.get(), &stream, nullptr, readStream, nullptr) != ARCHIVE_OK)
        return nullptr;
    return reader;
}

std::string readAll(archive *a, std::size_t limit)
{
    std::string text;
    std::array<char, 64 * 1024> buffer{};
    while (text.size() < limit) {
        const la_ssize_t size = archive_read_data(a, buffer.data(), std::min(buffer.size(), limit - text.size()));
        if (size <= 0)
            break;
        text.append(buffer.data(), std::size_t(size));
    }
    return text;
}

/// "./a/b/" → "/a/b".
std::string pathOf(archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    return lint::joinPath("/", name ? name : "");
}

LayerFile fileOf(archive_entry *entry)
{
    LayerFile file;
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG: file.kind = FileKind::File; break;
    case AE_IFDIR: file.kind = FileKind::Folder; break;
    case AE_IFLNK: file.kind = FileKind::Link; break;
    default: file.kind = FileKind::Other; break;
    }
    if (const char *hard = archive_entry_hardlink(entry)) {
        file.kind = FileKind::HardLink;
        file.target = lint::joinPath("/", hard);
    } else if (const char *target = archive_entry_symlink(entry)) {
        file.target = target;
    }
    file.bytes = file.kind == FileKind::File ? std::uint64_t(std::max<la_int64_t>(0, archive_entry_size(entry))) : 0;
    file.mode = std::uint32_t(archive_entry_mode(entry)) & 07777U;
    file.uid = std::uint32_t(archive_entry_uid(entry));
    file.gid = std::uint32_t(archive_entry_gid(entry));
    return file;
}

/// Whiteouts are files beside what they take away.
void addFile(FileTree &files, std::string path, LayerFile file)
{
    const std::size_t slash = path.rfind('/');
    const std::string_view name = std::string_view(path).substr(slash + 1);
    const std::string folder = slash == 0 ? "/" : path.substr(0, slash);
    if (name == ".wh..wh..opq") {
        // The folder itself may come later, or not at all: then it stays as it was below.
        files.try_emplace(folder, LayerFile{.kind = FileKind::Other, .target = {}}).first->second.opaque = true;
        return;
    }
    if (name.starts_with(".wh.")) {
        LayerFile removed;
        removed.kind = FileKind::Other;
        removed.removed = true;
        files.insert_or_assign(lint::joinPath(folder, name.substr(4)), std::move(removed));
        return;
    }
    if (path == "/")
        return;
    LayerFile &entry = files[path];
    file.opaque = entry.opaque;
    entry = std::move(file);
}

struct Layer
{
    FileTree files;
    std::map<std::string, std::string, std::less<>> kept; ///< Contents of the files that were asked for.
    std::map<std::string, std::optional<std::uint32_t>, std::less<>> rpmPackages; ///< If those were asked for.
};

/// Everything in an archive by the name of its entries; layers are told by what is in them.
struct Entries
{
    std::map<std::string, Layer, std::less<>> layers;
    std::map<std::string, std::string, std::less<>> texts; ///< JSON files.
    std::map<std::string, std::string, std::less<>> links; ///< An entry that is another one again.
};

/// What to do with a file of a layer; its contents are read from the archive, if at all.
using Visit = std::function<void(Layer &layer, const std::string &path, archive *contents)>;

std::expected<Layer, std::string> readLayer(archive *outer, std::string first, const Visit &visit)
{
    Layer layer;
    Stream stream;
    stream.source = [outer](std::span<char> buffer) {
        return std::ptrdiff_t(archive_read_data(outer, buffer.data(), buffer.size()));
    };
    stream.pushedBack = std::move(first);
    const ArchivePtr reader = openTar(stream);
    if (!reader)
        return std::unexpected("a layer is no archive");
    archive_entry *entry = nullptr;
    int status = ARCHIVE_OK;
    while ((status = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK || status == ARCHIVE_WARN) {
        std::string path = pathOf(entry);
        LayerFile file = fileOf(entry);
        if (file.kind == FileKind::File)
            visit(layer, path, reader.get());
        addFile(layer.files, std::move(path), std::move(file));
    }
    if (status != ARCHIVE_EOF) {
        const char *reason = archive_error_string(reader.get());
        return std::unexpected(std::string("a layer cannot be read: ") + (reason ? reason : "it is damaged"));
    }
    return layer;
}

std::expected<Entries, std::string> readEntries(const ByteSource &source, const Visit &visit)
{
    Stream stream;
    stream.source = source;
    const ArchivePtr reader = openTar(stream);
    if (!reader)
        return std::unexpected("this is no saved image");
    Entries entries;
    archive_entry *entry = nullptr;
    int status = ARCHIVE_OK;
    while ((status = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK || status == ARCHIVE_WARN) {
        const std::string path = pathOf(entry).substr(1);
        const LayerFile file = fileOf(entry);
        if (file.kind == FileKind::Link || file.kind == FileKind::HardLink) {
            // Docker wrote a layer that occurs twice as a link to the other: "../ID/layer.tar".
            const std::string folder = path.substr(0, path.rfind('/') == std::string::npos ? 0 : path.rfind('/'));
            entries.links[path] = lint::joinPath("/" + folder, file.target).substr(1);
            continue;
        }
        if (file.kind != FileKind::File)
            continue;
        std::string first = readAll(reader.get(), 512);
        const std::size_t start = first.find_first_not_of(" \t\r\n");
        if (start != std::string::npos && (first[start] == '{' || first[start] == '[')) {
            entries.texts[path] = first + readAll(reader.get(), mostKept);
            continue;
        }
        if (path.ends_with("VERSION") || first.empty())
            continue;
        auto layer = readLayer(reader.get(), std::move(first), visit);
        if (!layer)
            return std::unexpected(layer.error());
        entries.layers[path] = std::move(*layer);
    }
    if (status != ARCHIVE_EOF) {
        const char *reason = archive_error_string(reader.get());
        return std::unexpected(std::string("the image cannot be read: ") + (reason ? reason : "it is damaged"));
    }
    return entries;
}

/// The layers of the first image in the archive, lowest first, and its configuration.
struct Manifest
{
    std::vector<std::string> layers;
    Json config;
};

std::expected<Manifest, std::string> manifestOf(const Entries &entries)
{
    const auto text = entries.texts.find("manifest.json");
    if (text == entries.texts.end())
        return std::unexpected("the image has no manifest.json");
    const Json list = Json::parse(text->second, nullptr, false);
    if (!list.is_array() || list.empty() || !list[0].is_object() || !list[0].contains("Layers")
        || !list[0]["Layers"].is_array())
        return std::unexpected("manifest.json of the image is not as expected");
    Manifest manifest;
    for (const Json &layer : list[0]["Layers"])
        manifest.layers.push_back(layer.is_string() ? layer.get<std::string>() : std::string());
    if (const auto config = list[0].find("Config"); config != list[0].end() && config->is_string()) {
        const auto found = entries.texts.find(config->get<std::string>());
        if (found != entries.texts.end())
            manifest.config = Json::parse(found->second, nullptr, false);
    }
    return manifest;
}

/// The rows of the history, in order.
std::vector<ImageHistoryRow> historyRows(const Json &config)
{
    std::vector<ImageHistoryRow> rows;
    if (!config.is_object() || !config.contains("history") || !config["history"].is_array())
        return rows;
    for (const Json &row : config["history"]) {
        if (!row.is_object())
            continue;
        const auto empty = row.find("empty_layer");
        const auto by = row.find("created_by");
        rows.push_back({by != row.end() && by->is_string() ? by->get<std::string>() : std::string(),
                        empty != row.end() && empty->is_boolean() && empty->get<bool>()});
    }
    return rows;
}

Layer *layerAt(Entries &entries, std::string path)
{
    for (int hops = 0; hops < 8; ++hops) {
        if (const auto found = entries.layers.find(path); found != entries.layers.end())
            return &found->second;
        const auto link = entries.links.find(path);
        if (link == entries.links.end())
            return nullptr;
        path = link->second;
    }
    return nullptr;
}

} // namespace

std::expected<ImageContents, std::string> readImageArchive(const ByteSource &source)
{
    auto entries = readEntries(source, [](Layer &layer, const std::string &path, archive *contents) {
        if (isDatabase(path))
            layer.kept[path] = readAll(contents, mostKept);
        else if (isRpmDatabase(path)) // counted at once: they are big, and there is one in many a layer
            layer.rpmPackages[path] = countRpmPackages(readAll(contents, mostCounted));
    });
    if (!entries)
        return std::unexpected(entries.error());
    const auto manifest = manifestOf(*entries);
    if (!manifest)
        return std::unexpected(manifest.error());
    ImageContents contents;
    contents.history = historyRows(manifest->config);
    std::vector<std::string> rows;
    for (const ImageHistoryRow &row : contents.history) {
        if (!row.empty)
            rows.push_back(row.createdBy);
    }
    for (std::size_t i = 0; i < manifest->layers.size(); ++i) {
        ImageLayer &layer = contents.layers.emplace_back();
        layer.id = manifest->layers[i];
        if (rows.size() == manifest->layers.size())
            layer.createdBy = rows[i];
        // An empty layer may have been left out as an empty file.
        if (Layer *read = layerAt(*entries, layer.id)) {
            // One layer can stand in an image twice; only the last time it can be given away.
            const bool again = std::ranges::any_of(std::span(manifest->layers).subspan(i + 1),
                                                   [&](const auto &id) { return layerAt(*entries, id) == read; });
            layer.files = again ? read->files : std::move(read->files);
            for (const auto &[path, text] : read->kept)
                contents.databases.insert_or_assign(path, text);
            for (const auto &[path, count] : read->rpmPackages)
                contents.rpmPackages.insert_or_assign(path, count);
        }
    }
    if (const Json &config = manifest->config;
        config.is_object() && config.contains("config") && config["config"].is_object()) {
        const auto user = config["config"].find("User");
        if (user != config["config"].end() && user->is_string())
            contents.user = user->get<std::string>();
    }
    return contents;
}

std::expected<std::optional<std::string>, std::string> readFileOfImage(const ByteSource &source, std::string_view path,
                                                                       std::size_t limit)
{
    auto entries = readEntries(source, [&](Layer &layer, const std::string &one, archive *contents) {
        if (one == path)
            layer.kept[one] = readAll(contents, limit);
    });
    if (!entries)
        return std::unexpected(entries.error());
    const auto manifest = manifestOf(*entries);
    if (!manifest)
        return std::unexpected(manifest.error());
    std::optional<std::string> result;
    for (const std::string &id : manifest->layers) {
        const Layer *layer = layerAt(*entries, id);
        if (!layer)
            continue;
        for (const auto &[name, file] : layer->files) {
            if ((file.removed && lint::isAtOrAbove(name, path))
                || (file.opaque && name != path && lint::isAtOrAbove(name, path)))
                result.reset();
        }
        if (const auto found = layer->kept.find(path); found != layer->kept.end())
            result = found->second;
    }
    return result;
}

} // namespace stagewright::engine
