// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphItems.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace stagewright {

namespace {

// What is drawn above what
constexpr double edgeLevel = 0;
constexpr double strongEdgeLevel = 1;
constexpr double labelLevel = 2;
constexpr double nodeLevel = 10;
constexpr double activeNodeLevel = 11;
constexpr double liftedLevel = 12;

double lodOf(const QPainter &painter)
{
    return QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform());
}

} // namespace

NodeItem::NodeItem(const std::unique_ptr<GraphPainters> &painters)
    : m_painters(painters)
{
    setZValue(nodeLevel);
    setAcceptedMouseButtons(Qt::NoButton); // the view handles the mouse
}

void NodeItem::setView(NodeView view, CardLayout layout)
{
    if (layout.rect() != m_layout.rect())
        prepareGeometryChange();
    m_view = std::move(view);
    m_layout = std::move(layout);
    update();
}

void NodeItem::setState(CardState state)
{
    if (state == m_state)
        return;
    m_state = std::move(state);
    setZValue(m_state.lifted ? liftedLevel : (m_state.selected || m_state.hovered ? activeNodeLevel : nodeLevel));
    update();
}

QRectF NodeItem::boundingRect() const
{
    return CardPainter::boundingRect(m_layout);
}

QPainterPath NodeItem::shape() const
{
    QPainterPath path;
    path.addRect(m_layout.rect());
    return path;
}

void NodeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const double lod = lodOf(*painter);
    m_painters->card.paint(*painter, m_view, m_layout, m_state, lod);
    m_painters->card.paintPorts(*painter, m_view, m_layout, m_state, lod);
}

class EdgeItem::Label : public QGraphicsItem
{
public:
    explicit Label(EdgeItem &edge)
        : m_edge(edge)
    {
        setZValue(labelLevel);
        setAcceptedMouseButtons(Qt::NoButton);
    }
    using QGraphicsItem::prepareGeometryChange;

    [[nodiscard]] QRectF boundingRect() const override { return m_edge.m_shape.label.adjusted(-1, -1, 1, 1); }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override
    {
        if (m_edge.m_source)
            m_edge.m_painters->edge.paintLabel(*painter, m_edge.m_shown, m_edge.m_shape, m_edge.m_source->view(),
                                               m_edge.m_state, lodOf(*painter));
    }

private:
    EdgeItem &m_edge;
};

EdgeItem::EdgeItem(const std::unique_ptr<GraphPainters> &painters)
    : m_painters(painters)
    , m_label(std::make_unique<Label>(*this))
{
    setZValue(edgeLevel);
    setAcceptedMouseButtons(Qt::NoButton);
}

EdgeItem::~EdgeItem() = default;

QGraphicsItem *EdgeItem::labelItem() const
{
    return m_label.get();
}

void EdgeItem::setView(EdgeView view, NodeItem *source, NodeItem *target, std::vector<QPointF> route)
{
    m_view = std::move(view);
    m_source = source;
    m_target = target;
    m_route = std::move(route);
    updateShape();
}

void EdgeItem::setRoute(std::vector<QPointF> route)
{
    m_route = std::move(route);
    updateShape();
}

void EdgeItem::setState(EdgeState state)
{
    if (state == m_state)
        return;
    const bool relabelled = state.build.bytes != m_state.build.bytes;
    m_state = std::move(state);
    setZValue(m_state.selected || m_state.hovered || m_state.related || m_state.build.copying ? strongEdgeLevel
                                                                                              : edgeLevel);
    if (relabelled && m_source)
        updateShape();
    update();
    m_label->update();
}

void EdgeItem::updateShape()
{
    prepareGeometryChange();
    m_label->prepareGeometryChange();
    m_shown = m_view;
    if (!m_state.build.bytes.isEmpty()) {
        m_shown.label = m_state.build.bytes;
        m_shown.labelWidth = m_painters->edge.labelWidth(m_shown.label);
    }
    m_shape = shapeEdge(m_shown, m_source->outPort(), m_target->inPort(m_view.row), m_route);
    m_bounds = m_shape.path.boundingRect().adjusted(-8, -8, 14, 8);
    update();
    m_label->update();
}

QPainterPath EdgeItem::shape() const
{
    QPainterPathStroker stroker;
    stroker.setWidth(12);
    QPainterPath path = stroker.createStroke(m_shape.path);
    path.addRect(m_shape.label);
    return path;
}

void EdgeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    if (m_source)
        m_painters->edge.paint(*painter, m_view, m_shape, m_source->view(), m_state, lodOf(*painter));
}

} // namespace stagewright
