// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/ImageContents.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright::engine {

struct ImageEntry;

/// One file or folder of an ImageTree. Numbers are indexes into its nodes().
struct ImageNode
{
    std::string_view name{}; ///< Without the folder; "/" for the root.
    std::uint32_t parent = 0;
    std::uint32_t firstChild = 0; ///< Children stand side by side, by name.
    std::uint32_t children = 0;
    std::uint64_t bytes = 0; ///< Of a folder: of all files in it that are there.
    std::uint32_t files = 0; ///< In a folder, at any depth, that are there.
    std::uint32_t mode = 0;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::uint32_t layer = 0; ///< That it comes from; of a removed one the layer that had it.
    FileKind kind = FileKind::Folder;
    std::optional<Change> change{}; ///< By the layers that are looked at; nullopt: they leave it alone.
    std::string_view target{};      ///< Of links.

    [[nodiscard]] bool isRemoved() const { return change == Change::Removed; }
};

/// Which files of an image a tree holds, and what is marked in it.
struct ImageScope
{
    std::size_t first = 0; ///< Layers first … last are looked at, compared with what is below them.
    std::size_t last = 0;
    bool onlyChanges = false; ///< Only what those layers add, change and remove; otherwise everything that is seen.
};

/// The files of an image as folders in folders, in one piece of memory: about 100 bytes a file. Immutable.
class ImageTree
{
public:
    ImageTree();
    /// Without marks when everything is looked at from layer 0 on: everything would be "added".
    ImageTree(const ImageContents &contents, const ImageScope &scope);
    ImageTree(const ImageTree &) = delete;
    ImageTree &operator=(const ImageTree &) = delete;
    ImageTree(ImageTree &&) = default;
    ImageTree &operator=(ImageTree &&) = default;
    ~ImageTree() = default;

    [[nodiscard]] std::span<const ImageNode> nodes() const { return m_nodes; } ///< The root is the first.
    [[nodiscard]] const ImageNode &node(std::uint32_t index) const { return m_nodes[index]; }
    [[nodiscard]] std::string path(std::uint32_t index) const;
    /// nullopt when it is not in the tree.
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view path) const;

private:
    void build(std::vector<ImageEntry> &entries);

    std::vector<ImageNode> m_nodes;
    std::vector<char> m_text; ///< All names and targets; the nodes point into it.
};

/// Files that a layer has and a later one takes away: nobody sees them, their bytes stay in the image.
struct LayerDeletion
{
    std::size_t by = 0;
    std::size_t from = 0;
    std::uint64_t bytes = 0;
    std::uint32_t files = 0;
};

/// One for each pair of layers, heaviest first. Files that are replaced do not count: see ImageContents::wasted().
[[nodiscard]] std::vector<LayerDeletion> deletions(const ImageContents &contents);

} // namespace stagewright::engine
