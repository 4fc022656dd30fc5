// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "graph/CardLayout.h"
#include "graph/CardPainter.h"
#include "graph/EdgePainter.h"
#include "graph/EdgeShape.h"
#include "graph/GraphModel.h"

#include <QGraphicsObject>

namespace stagewright {

/// The painters that all items of a scene share.
struct GraphPainters
{
    explicit GraphPainters(const PaintTools &tools, const Theme &theme)
        : card(tools)
        , edge(theme)
    {
    }
    CardPainter card;
    EdgePainter edge;
};

/// A node in the scene. Holds only what it shows; whoever changes anything goes through the session.
class NodeItem : public QGraphicsObject
{
    Q_OBJECT
public:
    explicit NodeItem(const std::unique_ptr<GraphPainters> &painters);

    enum { Type = UserType + 1 };
    int type() const override { return Type; }

    [[nodiscard]] const NodeView &view() const { return m_view; }
    [[nodiscard]] const CardLayout &cardLayout() const { return m_layout; }
    [[nodiscard]] const CardState &state() const { return m_state; }
    void setView(NodeView view, CardLayout layout);
    void setState(CardState state);

    /// In scene coordinates.
    [[nodiscard]] QRectF cardRect() const { return m_layout.rect().translated(pos()); }
    [[nodiscard]] QPointF outPort() const { return pos() + m_layout.outPort; }
    [[nodiscard]] QPointF inPort(int row) const { return pos() + m_layout.inPort(row); }
    [[nodiscard]] QRectF rowRect(int row) const
    {
        return m_layout.rows[static_cast<std::size_t>(row)].translated(pos());
    }

    [[nodiscard]] QRectF boundingRect() const override;
    [[nodiscard]] QPainterPath shape() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    const std::unique_ptr<GraphPainters> &m_painters; ///< Of the scene; changes with the theme.
    NodeView m_view;
    CardLayout m_layout;
    CardState m_state;
};

/// An edge in the scene.
class EdgeItem : public QGraphicsItem
{
public:
    explicit EdgeItem(const std::unique_ptr<GraphPainters> &painters);
    ~EdgeItem() override;

    enum { Type = UserType + 2 };
    int type() const override { return Type; }

    [[nodiscard]] const EdgeView &view() const { return m_view; }
    [[nodiscard]] const EdgeShape &edgeShape() const { return m_shape; }
    [[nodiscard]] const EdgeState &state() const { return m_state; }
    [[nodiscard]] NodeItem *source() const { return m_source; }
    [[nodiscard]] NodeItem *target() const { return m_target; }
    void setView(EdgeView view, NodeItem *source, NodeItem *target, std::vector<QPointF> route);
    void setRoute(std::vector<QPointF> route);
    void setState(EdgeState state);
    /// Follows its nodes.
    void updateShape();
    /// The label is an item of its own, above all edges; it has to be in the scene too.
    [[nodiscard]] QGraphicsItem *labelItem() const;

    [[nodiscard]] QRectF boundingRect() const override { return m_bounds; }
    [[nodiscard]] QPainterPath shape() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    class Label;
    const std::unique_ptr<GraphPainters> &m_painters;
    std::unique_ptr<Label> m_label;
    EdgeView m_view;
    EdgeView m_shown; ///< With the bytes of a build as label, while there are some.
    EdgeShape m_shape;
    EdgeState m_state;
    std::vector<QPointF> m_route;
    NodeItem *m_source = nullptr;
    NodeItem *m_target = nullptr;
    QRectF m_bounds;
};

} // namespace stagewright
