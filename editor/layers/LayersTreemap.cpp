// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layers/LayersTreemap.h"

#include "layers/LayersModel.h"
#include "theme/Theme.h"

#include <QCoreApplication>

#include <algorithm>

namespace stagewright {

void LayersTreemap::setSizes(const DocumentSizes &sizes)
{
    m_nodes.clear();
    if (!sizes.isMeasured())
        return;
    m_nodes.push_back({});
    m_nodes.front().label = QCoreApplication::translate("stagewright::LayersTreemap", "All stages of the target");
    for (const StageWeight &stage : sizes.stages()) {
        const int group = static_cast<int>(m_nodes.size());
        m_nodes.front().bytes += stage.total;
        m_nodes.push_back(
            {Kind::Stage, 0, stage.name, stage.total, stage.total, stage.name, stage.role, stage.from, 0});
        m_nodes.push_back(
            {Kind::Base, group, baseLine(stage), stage.below(), stage.total, stage.name, stage.role, stage.from, 0});
        std::uint64_t most = 1;
        for (const InstructionWeight &one : stage.own)
            most = std::max(most, one.bytes);
        for (const InstructionWeight &one : stage.own) {
            m_nodes.push_back({Kind::Own, group, one.text, one.bytes, stage.total, stage.name, stage.role,
                               one.instruction, static_cast<double>(one.bytes) / static_cast<double>(most)});
        }
    }
    m_nodes.front().whole = m_nodes.front().bytes;
}

int LayersTreemap::nodeOf(InstructionId instruction) const
{
    const auto found = std::ranges::find_if(m_nodes, [&](const Node &node) {
        return node.instruction == instruction && (node.kind == Kind::Base || node.kind == Kind::Own) && node.bytes > 0;
    });
    return instruction == InstructionId::None || found == m_nodes.end() ? -1
                                                                        : static_cast<int>(found - m_nodes.begin());
}

InstructionId LayersTreemap::instructionOf(int node) const
{
    return node < 0 || node >= static_cast<int>(m_nodes.size()) ? InstructionId::None : at(node).instruction;
}

int LayersTreemap::parent(int node) const
{
    return at(node).parent;
}

std::vector<int> LayersTreemap::children(int node) const
{
    std::vector<int> result;
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        if (m_nodes[i].parent == node)
            result.push_back(static_cast<int>(i));
    }
    return result;
}

double LayersTreemap::weight(int node) const
{
    return static_cast<double>(at(node).bytes);
}

QString LayersTreemap::label(int node) const
{
    return at(node).label;
}

QString LayersTreemap::sizeText(int node) const
{
    return stagewright::sizeText(at(node).bytes);
}

QString LayersTreemap::tip(int node) const
{
    const Node &n = at(node);
    const QString share = n.kind == Kind::Root || n.kind == Kind::Stage
        ? QString()
        : QCoreApplication::translate("stagewright::LayersTreemap", ", %1 of %2")
              .arg(shareText(n.bytes, n.whole), n.stage.toHtmlEscaped());
    return QStringLiteral("<p>%1</p><p>%2%3</p>")
        .arg(n.label.left(600).toHtmlEscaped(), stagewright::sizeText(n.bytes), share);
}

bool LayersTreemap::isCode(int node) const
{
    return at(node).kind == Kind::Base || at(node).kind == Kind::Own;
}

PartColours LayersTreemap::colours(int node, const Tokens &tokens) const
{
    const Node &n = at(node);
    return n.kind == Kind::Base ? baseColours(tokens) : ownColours(tokens, n.role, n.weight);
}

} // namespace stagewright
