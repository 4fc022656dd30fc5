// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/GraphThumbnail.h"

#include "layout/Layout.h"
#include "theme/Theme.h"

#include <QPainter>
#include <QPainterPath>

#include <map>

namespace stagewright {

namespace {

constexpr double headerHeight = 14;
constexpr double rowHeight = 8;
constexpr int mostRows = 5;

/// "test", "e2e-tests", "lint": a stage that checks rather than ships.
bool soundsLikeTest(const std::string &name)
{
    return name.find("test") != std::string::npos || name.find("lint") != std::string::npos
        || name.find("check") != std::string::npos;
}

} // namespace

GraphThumbnail::GraphThumbnail(const Snapshot &snapshot)
{
    const BuildGraph &graph = snapshot.graph();
    layout::Input input;
    input.columnGap = 26;
    input.rowGap = 10;
    std::map<NodeRef, std::uint32_t> indexes;
    const auto add = [&](NodeRef ref, Role role, int rows, QSizeF size) {
        indexes[ref] = static_cast<std::uint32_t>(m_nodes.size());
        m_nodes.push_back({QRectF(QPointF(), size), role, rows});
        layout::Node node;
        node.width = size.width();
        node.height = size.height();
        node.outPortY = role == Role::Source ? size.height() / 2 : headerHeight / 2;
        node.order = static_cast<std::uint32_t>(input.nodes.size());
        node.satellite = role == Role::Source;
        input.nodes.push_back(node);
    };
    for (const Stage &stage : graph.stages()) {
        const int rows = std::min(mostRows, static_cast<int>(snapshot.instructionsOf(stage.id).size()) + 1);
        const Role role = stage.isTarget ? Role::Final : soundsLikeTest(stage.name) ? Role::Test : Role::Builder;
        add(NodeRef::stage(stage.id), role, rows, {72, headerHeight + 7 + rows * rowHeight});
    }
    for (const Edge &edge : graph.edges()) {
        if (!indexes.contains(edge.source)) {
            add(edge.source, Role::Source, 1, {48, 21});
        }
        const std::uint32_t target = indexes.at(NodeRef::stage(edge.target));
        int row = 0;
        if (edge.kind != EdgeKind::From) {
            const Stage &stage = graph.stage(edge.target);
            row = static_cast<int>(edge.instruction) - static_cast<int>(stage.firstInstruction) + 1;
        }
        row = std::clamp(row, 0, std::max(0, m_nodes[target].rows - 1));
        const double inY = headerHeight + 7 + row * rowHeight;
        input.edges.push_back({indexes.at(edge.source), target, inY, edge.kind == EdgeKind::From});
        m_links.push_back({indexes.at(edge.source), target, inY, edge.kind});
    }
    const layout::Output output = layout::arrange(input);
    for (std::size_t i = 0; i < m_nodes.size() && i < output.positions.size(); ++i) {
        m_nodes[i].rect.moveTo(output.positions[i].x, output.positions[i].y);
        m_bounds = m_bounds.united(m_nodes[i].rect);
    }
}

void GraphThumbnail::paint(QPainter &painter, const QRectF &area, const Tokens &tokens) const
{
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.fillRect(area, tokens.canvas);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.dot);
    for (double y = area.top() + 7; y < area.bottom(); y += 12) {
        for (double x = area.left() + 7; x < area.right(); x += 12) {
            painter.drawRect(QRectF(x, y, 1, 1));
        }
    }
    if (!m_bounds.isEmpty()) {
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF inner = area.adjusted(16, 14, -16, -14);
        const double scale = std::min({1.15, inner.width() / m_bounds.width(), inner.height() / m_bounds.height()});
        painter.translate(inner.center());
        painter.scale(scale, scale);
        painter.translate(-m_bounds.center());
        for (const Link &link : m_links) {
            paintLink(painter, link, tokens);
        }
        for (const Node &node : m_nodes) {
            paintNode(painter, node, tokens);
        }
    }
    painter.restore();
}

void GraphThumbnail::paintLink(QPainter &painter, const Link &link, const Tokens &tokens) const
{
    const Node &source = m_nodes[link.source];
    const Node &target = m_nodes[link.target];
    const double outY = source.role == Role::Source ? source.rect.height() / 2 : headerHeight / 2;
    const QPointF from(source.rect.right(), source.rect.top() + outY);
    const QPointF to(target.rect.left(), target.rect.top() + link.inY);
    const double handle = std::clamp((to.x() - from.x()) / 2, 14.0, 60.0);
    QPainterPath path(from);
    path.cubicTo(from + QPointF(handle, 0), to - QPointF(handle, 0), to);
    QPen pen(tokens.edge, 1.4);
    if (link.kind == EdgeKind::CopyFrom) {
        pen.setColor(source.role == Role::Test         ? tokens.testLine
                         : source.role == Role::Source ? tokens.extLine
                                                       : tokens.builderLine);
        pen.setDashPattern({3, 2});
    } else if (link.kind == EdgeKind::Mount) {
        pen.setDashPattern({0.5, 2});
        pen.setCapStyle(Qt::RoundCap);
    } else if (link.kind != EdgeKind::From) {
        pen.setDashPattern({2.5, 2});
    }
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(pen.color());
    painter.drawEllipse(to, 2, 2);
}

void GraphThumbnail::paintNode(QPainter &painter, const Node &node, const Tokens &tokens)
{
    const QRectF &r = node.rect;
    if (node.role == Role::Source) {
        QPen pen(tokens.extLine, 1);
        pen.setDashPattern({3, 2});
        painter.setPen(pen);
        painter.setBrush(tokens.card);
        painter.drawRoundedRect(r, 3, 3);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.edgeDim);
        painter.drawRoundedRect(QRectF(r.left() + 10, r.center().y() - 1.5, r.width() - 20, 3), 1.5, 1.5);
        return;
    }
    const QColor role = node.role == Role::Final ? tokens.final_
        : node.role == Role::Test                ? tokens.test
                                                 : tokens.builder;
    painter.setPen(QPen(tokens.border2, 1));
    painter.setBrush(tokens.card);
    painter.drawRoundedRect(r, 4, 4);
    QPainterPath header;
    header.addRoundedRect(QRectF(r.left(), r.top(), r.width(), headerHeight + 4), 4, 4);
    painter.save();
    painter.setClipRect(QRectF(r.left(), r.top(), r.width(), headerHeight), Qt::IntersectClip);
    painter.fillPath(header, role);
    painter.restore();
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.onRole);
    painter.drawRoundedRect(QRectF(r.left() + 7, r.top() + 5.5, 20, 3), 1.5, 1.5);
    if (node.role == Role::Final) { // the flag of the final target
        const QPointF pole(r.right() - 13, r.top() + 3.5);
        painter.drawRect(QRectF(pole.x(), pole.y(), 1, 7.5));
        painter.drawRect(QRectF(pole.x() + 1, pole.y(), 5.5, 4));
    }
    painter.setBrush(tokens.border2);
    static constexpr double widths[] = {0.62, 0.42, 0.5, 0.36, 0.46};
    for (int i = 0; i < node.rows; ++i) {
        const double y = r.top() + headerHeight + 5.5 + i * rowHeight;
        painter.drawRoundedRect(QRectF(r.left() + 7, y, r.width() * widths[i % 5], 3), 1.5, 1.5);
    }
}

} // namespace stagewright
