// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/ImageTree.h"
#include "layers/TreemapView.h"

#include <memory>

namespace stagewright {

/// The files of an image by size; those of its base are grey.
class FileTreemap : public TreemapSource
{
public:
    /// @p baseLayers: how many of the lowest layers are the base image's.
    void setTree(std::shared_ptr<const engine::ImageTree> tree, std::size_t baseLayers);

    [[nodiscard]] int root() const override { return m_tree && m_tree->node(0).bytes > 0 ? 0 : -1; }
    [[nodiscard]] int parent(int node) const override;
    [[nodiscard]] std::vector<int> children(int node) const override;
    [[nodiscard]] double weight(int node) const override;
    [[nodiscard]] QString label(int node) const override;
    [[nodiscard]] QString sizeText(int node) const override;
    [[nodiscard]] QString tip(int node) const override;
    [[nodiscard]] bool isCode(int node) const override;
    [[nodiscard]] PartColours colours(int node, const Tokens &tokens) const override;

private:
    [[nodiscard]] const engine::ImageNode &at(int node) const { return m_tree->node(static_cast<std::uint32_t>(node)); }

    std::shared_ptr<const engine::ImageTree> m_tree;
    std::size_t m_baseLayers = 0;
};

} // namespace stagewright
