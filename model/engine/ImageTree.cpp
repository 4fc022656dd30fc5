// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/ImageTree.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace stagewright::engine {

/// What goes into the tree: a path with its slash in front, never "/".
struct ImageEntry
{
    std::string_view path;
    const LayerFile *file = nullptr; ///< Null: a folder that no layer mentions.
    std::uint32_t layer = 0;
    std::optional<Change> change;
};

namespace {

std::string_view folderOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos || slash == 0 ? std::string_view("/") : path.substr(0, slash);
}

std::string_view nameOf(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

bool sameFolder(const LayerFile &a, const LayerFile &b)
{
    return a.kind == FileKind::Folder && b.kind == FileKind::Folder && a.mode == b.mode && a.uid == b.uid
        && a.gid == b.gid;
}

/// The last layer up to @p last that has each path.
std::unordered_map<std::string_view, std::uint32_t> origins(const ImageContents &contents, std::size_t last)
{
    std::unordered_map<std::string_view, std::uint32_t> result;
    for (std::size_t i = 0; i <= last && i < contents.layers.size(); ++i) {
        for (const auto &[path, file] : contents.layers[i].files) {
            if (!file.isMark())
                result.insert_or_assign(path, static_cast<std::uint32_t>(i));
        }
    }
    return result;
}

/// Adds the folders that layers leave out.
void addFolders(std::vector<ImageEntry> &entries)
{
    std::unordered_map<std::string_view, bool> known;
    known.reserve(entries.size());
    for (const ImageEntry &entry : entries)
        known.emplace(entry.path, true);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        for (std::string_view folder = folderOf(entries[i].path); folder != "/" && known.emplace(folder, true).second;
             folder = folderOf(folder))
            entries.push_back({folder, nullptr, entries[i].layer, std::nullopt});
    }
}

} // namespace

ImageTree::ImageTree()
{
    m_nodes.push_back({.name = "/"});
}

ImageTree::ImageTree(const ImageContents &contents, const ImageScope &scope)
{
    const FileTree below = contents.merged(scope.first);
    const FileTree after = contents.merged(scope.last + 1);
    const auto layers = origins(contents, scope.last);
    const bool marked = scope.onlyChanges || scope.first > 0;
    std::vector<ImageEntry> entries;
    for (const auto &[path, file] : after) {
        if (path.size() < 2)
            continue;
        const auto found = layers.find(path);
        ImageEntry entry{path, &file, found == layers.end() ? 0 : found->second, std::nullopt};
        if (marked && entry.layer >= scope.first) {
            const auto old = below.find(path);
            if (old == below.end())
                entry.change = Change::Added;
            else if (!sameFolder(old->second, file))
                entry.change = Change::Changed;
        }
        if (entry.change || !scope.onlyChanges)
            entries.push_back(entry);
    }
    for (const auto &[path, file] : below) {
        if (marked && path.size() > 1 && !after.contains(path)) {
            const auto found = layers.find(path);
            entries.push_back({path, &file, found == layers.end() ? 0 : found->second, Change::Removed});
        }
    }
    addFolders(entries);
    build(entries);
}

/// Lays the entries out level by level, so that the children of a folder stand side by side.
void ImageTree::build(std::vector<ImageEntry> &entries)
{
    // Views of the nodes point into the text: it must not move once they do.
    std::size_t length = 1;
    for (const ImageEntry &entry : entries)
        length += nameOf(entry.path).size() + (entry.file ? entry.file->target.size() : 0);
    m_text.reserve(length);
    const auto keep = [this](std::string_view text) {
        const std::size_t at = m_text.size();
        m_text.insert(m_text.end(), text.begin(), text.end());
        return std::string_view(m_text.data() + at, text.size());
    };
    const auto depth = [](const ImageEntry &entry) { return std::ranges::count(entry.path, '/'); };
    std::ranges::sort(entries, [&](const ImageEntry &a, const ImageEntry &b) {
        const auto levels = std::pair(depth(a), depth(b));
        if (levels.first != levels.second)
            return levels.first < levels.second;
        const std::string_view folders[2] = {folderOf(a.path), folderOf(b.path)};
        return folders[0] != folders[1] ? folders[0] < folders[1] : nameOf(a.path) < nameOf(b.path);
    });
    std::unordered_map<std::string_view, std::uint32_t> places;
    places.reserve(entries.size() + 1);
    m_nodes.reserve(entries.size() + 1);
    m_nodes.push_back({.name = keep("/")});
    places.emplace("/", 0);
    for (const ImageEntry &entry : entries) {
        const auto index = static_cast<std::uint32_t>(m_nodes.size());
        ImageNode node{
            .name = keep(nameOf(entry.path)), .parent = places.at(folderOf(entry.path)), .layer = entry.layer};
        node.change = entry.change;
        if (entry.file) {
            node.kind = entry.file->kind;
            node.mode = entry.file->mode;
            node.uid = entry.file->uid;
            node.gid = entry.file->gid;
            node.target = keep(entry.file->target);
            node.bytes = node.kind == FileKind::File ? entry.file->bytes : 0;
        }
        ImageNode &parent = m_nodes[node.parent];
        if (parent.children++ == 0)
            parent.firstChild = index;
        places.emplace(entry.path, index);
        m_nodes.push_back(node);
    }
    // Children come behind their folders: from the end on, every folder is complete when its turn comes.
    for (std::size_t i = m_nodes.size(); i-- > 1;) {
        const ImageNode &node = m_nodes[i];
        if (node.isRemoved())
            continue;
        ImageNode &parent = m_nodes[node.parent];
        parent.bytes += node.bytes;
        parent.files += node.kind == FileKind::Folder ? node.files : 1U;
    }
}

std::string ImageTree::path(std::uint32_t index) const
{
    std::string result;
    for (; index != 0; index = m_nodes[index].parent)
        result.insert(0, '/' + std::string(m_nodes[index].name));
    return result.empty() ? "/" : result;
}

std::optional<std::uint32_t> ImageTree::find(std::string_view path) const
{
    std::uint32_t at = 0;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string_view name = path.substr(0, slash);
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
        if (name.empty())
            continue;
        const auto children = nodes().subspan(m_nodes[at].firstChild, m_nodes[at].children);
        const auto found = std::ranges::lower_bound(children, name, {}, &ImageNode::name);
        if (found == children.end() || found->name != name)
            return std::nullopt;
        at = m_nodes[at].firstChild + static_cast<std::uint32_t>(found - children.begin());
    }
    return at;
}

std::vector<LayerDeletion> deletions(const ImageContents &contents)
{
    struct Seen
    {
        std::size_t layer = 0;
        std::uint64_t bytes = 0;
    };
    std::map<std::string_view, Seen> seen;
    std::map<std::pair<std::size_t, std::size_t>, LayerDeletion> found;
    for (std::size_t i = 0; i < contents.layers.size(); ++i) {
        const auto take = [&](auto it) {
            LayerDeletion &deletion = found[{i, it->second.layer}];
            deletion.by = i;
            deletion.from = it->second.layer;
            deletion.bytes += it->second.bytes;
            ++deletion.files;
            return seen.erase(it);
        };
        for (const auto &[path, file] : contents.layers[i].files) {
            if (!file.removed && !file.opaque)
                continue;
            if (const auto self = seen.find(path); file.removed && self != seen.end())
                take(self);
            const std::string prefix = path == "/" ? path : path + '/';
            for (auto it = seen.lower_bound(prefix); it != seen.end() && it->first.starts_with(prefix);)
                it = take(it);
        }
        for (const auto &[path, file] : contents.layers[i].files) {
            if (!file.isMark() && file.kind == FileKind::File)
                seen.insert_or_assign(path, Seen{i, file.bytes});
        }
    }
    std::vector<LayerDeletion> result;
    for (const auto &[layers, deletion] : found)
        result.push_back(deletion);
    std::ranges::stable_sort(result, std::ranges::greater(), &LayerDeletion::bytes);
    return result;
}

} // namespace stagewright::engine
