// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/Snapshot.h"

#include <QRectF>

#include <vector>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace stagewright {

struct Tokens;

/// A small picture of a build graph: the same arrangement as the big one, words as bars. Laid out once, painted
/// in any size and theme.
class GraphThumbnail
{
public:
    GraphThumbnail() = default;
    explicit GraphThumbnail(const Snapshot &snapshot);

    /// Fills @p area with the canvas and its dots, the graph in the middle.
    void paint(QPainter &painter, const QRectF &area, const Tokens &tokens) const;

private:
    enum class Role : std::uint8_t { Builder, Test, Final, Source };
    struct Node
    {
        QRectF rect;
        Role role = Role::Source;
        int rows = 0;
    };
    struct Link
    {
        std::size_t source = 0;
        std::size_t target = 0;
        double inY = 0;
        EdgeKind kind = EdgeKind::From;
    };
    void paintLink(QPainter &painter, const Link &link, const Tokens &tokens) const;
    static void paintNode(QPainter &painter, const Node &node, const Tokens &tokens);

    std::vector<Node> m_nodes;
    std::vector<Link> m_links;
    QRectF m_bounds;
};

} // namespace stagewright
