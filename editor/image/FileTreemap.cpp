// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "image/FileTreemap.h"

#include "image/ImageTreeModel.h"
#include "session/DocumentSizes.h"
#include "theme/Theme.h"

#include <algorithm>

namespace stagewright {

void FileTreemap::setTree(std::shared_ptr<const engine::ImageTree> tree, std::size_t baseLayers)
{
    m_tree = std::move(tree);
    m_baseLayers = baseLayers;
}

int FileTreemap::parent(int node) const
{
    return node == 0 ? -1 : static_cast<int>(at(node).parent);
}

std::vector<int> FileTreemap::children(int node) const
{
    std::vector<int> result;
    const engine::ImageNode &folder = at(node);
    for (std::uint32_t child = folder.firstChild; child < folder.firstChild + folder.children; ++child) {
        const engine::ImageNode &one = m_tree->node(child);
        if (one.bytes > 0 && !one.isRemoved())
            result.push_back(static_cast<int>(child));
    }
    return result;
}

double FileTreemap::weight(int node) const
{
    return static_cast<double>(at(node).bytes);
}

QString FileTreemap::label(int node) const
{
    const std::string_view name = at(node).name;
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

QString FileTreemap::sizeText(int node) const
{
    return stagewright::sizeText(at(node).bytes);
}

QString FileTreemap::tip(int node) const
{
    const engine::ImageNode &n = at(node);
    QString tip = QStringLiteral("<p>%1</p><p>%2</p>")
                      .arg(QString::fromStdString(m_tree->path(static_cast<std::uint32_t>(node))).toHtmlEscaped(),
                           sizeText(node));
    if (n.change)
        tip += QStringLiteral("<p>%1</p>").arg(changeWord(n.change));
    return tip;
}

bool FileTreemap::isCode(int) const
{
    return true;
}

PartColours FileTreemap::colours(int node, const Tokens &tokens) const
{
    const engine::ImageNode &n = at(node);
    if (n.layer < m_baseLayers)
        return baseColours(tokens);
    const std::uint64_t whole = std::max<std::uint64_t>(m_tree->node(0).bytes, 1);
    // A file of a tenth of the image stands out
    return ownColours(tokens, StageRole::Final, 10 * static_cast<double>(n.bytes) / static_cast<double>(whole));
}

} // namespace stagewright
