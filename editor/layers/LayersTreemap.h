// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "layers/TreemapView.h"
#include "session/DocumentSizes.h"

#include <vector>

namespace stagewright {

/// Stages, and in each what it starts with and what its instructions add.
class LayersTreemap : public TreemapSource
{
public:
    void setSizes(const DocumentSizes &sizes);
    /// -1 when it weighs nothing or was not measured.
    [[nodiscard]] int nodeOf(InstructionId instruction) const;
    /// Of a stage: its FROM. None for what is gone.
    [[nodiscard]] InstructionId instructionOf(int node) const;

    [[nodiscard]] int root() const override { return m_nodes.empty() ? -1 : 0; }
    [[nodiscard]] int parent(int node) const override;
    [[nodiscard]] std::vector<int> children(int node) const override;
    [[nodiscard]] double weight(int node) const override;
    [[nodiscard]] QString label(int node) const override;
    [[nodiscard]] QString sizeText(int node) const override;
    [[nodiscard]] QString tip(int node) const override;
    [[nodiscard]] bool isCode(int node) const override;
    [[nodiscard]] PartColours colours(int node, const Tokens &tokens) const override;

private:
    enum class Kind : std::uint8_t { Root, Stage, Base, Own };
    struct Node
    {
        Kind kind = Kind::Root;
        int parent = -1;
        QString label;
        std::uint64_t bytes = 0;
        std::uint64_t whole = 0; ///< Of the stage.
        QString stage;
        StageRole role = StageRole::Builder;
        InstructionId instruction = InstructionId::None;
        double weight = 0; ///< Against the heaviest of its stage, for its colour.
    };
    [[nodiscard]] const Node &at(int node) const { return m_nodes[static_cast<std::size_t>(node)]; }

    std::vector<Node> m_nodes;
};

} // namespace stagewright
