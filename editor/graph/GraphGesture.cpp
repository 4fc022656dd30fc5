// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphGesture.h"

#include "edit/Edits.h"
#include "graph/GraphCommands.h"
#include "graph/GraphView.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace stagewright {

namespace {

QString say(const char *text, int n = -1)
{
    return QCoreApplication::translate("stagewright::GraphView", text, nullptr, n);
}

template <typename T> void toggleAll(std::vector<T> &into, const std::vector<T> &items, bool toggle)
{
    for (const T &item : items) {
        const auto it = std::find(into.begin(), into.end(), item);
        if (it == into.end())
            into.push_back(item);
        else if (toggle)
            into.erase(it);
    }
}

} // namespace

PanGesture::PanGesture(GraphView &view, QPoint start)
    : GraphGesture(view)
    , m_last(start)
{
    m_view.viewport()->setCursor(Qt::ClosedHandCursor);
}

void PanGesture::move(QPointF, QPoint viewportPos, Qt::KeyboardModifiers)
{
    const QPoint delta = viewportPos - m_last;
    m_last = viewportPos;
    m_view.stopFitting();
    m_view.horizontalScrollBar()->setValue(m_view.horizontalScrollBar()->value() - delta.x());
    m_view.verticalScrollBar()->setValue(m_view.verticalScrollBar()->value() - delta.y());
}

void PanGesture::finish(QPointF)
{
    m_view.viewport()->setCursor(Qt::ArrowCursor);
}

void PanGesture::cancel()
{
    m_view.viewport()->setCursor(Qt::ArrowCursor);
}

RubberBandGesture::RubberBandGesture(GraphView &view, QPointF start, Qt::KeyboardModifiers modifiers)
    : GraphGesture(view)
    , m_start(start)
    , m_end(start)
    , m_modifiers(modifiers)
    , m_before(modifiers & (Qt::ShiftModifier | Qt::ControlModifier) ? view.session().selection() : Selection())
{
}

void RubberBandGesture::move(QPointF scenePos, QPoint, Qt::KeyboardModifiers)
{
    m_end = scenePos;
    const QRectF box = QRectF(m_start, m_end).normalized();
    Selection found;
    for (const NodeItem *node : m_view.graphScene()->nodeItems()) {
        if (box.intersects(node->cardRect()))
            found.nodes.push_back(node->view().ref);
    }
    for (const auto &edge : m_view.graphScene()->edgeItems()) {
        if (edge->edgeShape().path.intersects(box))
            found.edges.push_back(edge->view().index);
    }
    Selection selection = m_before;
    const bool toggle = m_modifiers & Qt::ControlModifier;
    toggleAll(selection.nodes, found.nodes, toggle);
    toggleAll(selection.edges, found.edges, toggle);
    m_view.session().select(std::move(selection), &m_view);
}

void RubberBandGesture::finish(QPointF)
{
}

void RubberBandGesture::cancel()
{
    m_view.session().select(m_before, &m_view);
}

void RubberBandGesture::paint(QPainter &painter)
{
    const Tokens &t = m_view.theme().tokens();
    QColor fill = t.accent;
    fill.setAlphaF(0.1f);
    QPen pen(t.accent, 1);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.setBrush(fill);
    painter.drawRect(QRectF(m_start, m_end).normalized());
}

MoveNodesGesture::MoveNodesGesture(GraphView &view, QPointF start, std::vector<NodeItem *> nodes)
    : GraphGesture(view)
    , m_start(start)
    , m_nodes(std::move(nodes))
{
    m_view.graphScene()->finishMotion();
    for (const NodeItem *node : m_nodes)
        m_origins.push_back(node->pos());
    m_view.graphScene()->setLifted(m_nodes);
}

void MoveNodesGesture::move(QPointF scenePos, QPoint, Qt::KeyboardModifiers modifiers)
{
    const QPointF delta = scenePos - m_start;
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        QPointF to = m_origins[i] + delta;
        if (!(modifiers & Qt::AltModifier))
            to = {std::round(to.x() / metrics::snap) * metrics::snap,
                  std::round(to.y() / metrics::snap) * metrics::snap};
        m_view.graphScene()->dragNode(m_nodes[i], to);
    }
}

void MoveNodesGesture::finish(QPointF)
{
    std::map<QString, QPointF> positions;
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        if (m_nodes[i]->pos() != m_origins[i])
            positions[m_nodes[i]->view().key] = m_nodes[i]->pos();
    }
    const QString label = m_nodes.size() == 1 ? say("Move %1").arg(m_nodes.front()->view().title)
                                              : say("Move %n nodes", static_cast<int>(m_nodes.size()));
    m_view.graphScene()->setLifted({});
    if (!positions.empty())
        m_view.session().moveNodes(positions, label);
}

void MoveNodesGesture::cancel()
{
    m_view.graphScene()->setLifted({});
    m_view.graphScene()->sync(false);
}

MoveRowsGesture::MoveRowsGesture(GraphView &view, std::vector<InstructionId> instructions, QString words)
    : GraphGesture(view)
    , m_instructions(std::move(instructions))
    , m_words(std::move(words))
{
    m_view.viewport()->setCursor(Qt::ClosedHandCursor);
}

void MoveRowsGesture::move(QPointF scenePos, QPoint, Qt::KeyboardModifiers)
{
    m_at = scenePos;
    const GraphHit hit = m_view.graphScene()->hitTest(scenePos, m_view.zoom());
    m_target = hit.node && hit.node->view().isStage() ? hit.node : nullptr;
    m_insertion = m_target ? m_target->cardLayout().insertionAt(scenePos.y() - m_target->pos().y()) : -1;
    GraphScene::Drop drop;
    drop.node = m_target;
    drop.insertion = m_insertion;
    m_view.graphScene()->setDrop(drop);
}

void MoveRowsGesture::finish(QPointF)
{
    m_view.viewport()->setCursor(Qt::ArrowCursor);
    const auto stage = m_target ? static_cast<StageId>(m_target->view().ref.index) : StageId::None;
    const int insertion = m_insertion;
    m_view.graphScene()->setDrop({});
    if (stage != StageId::None)
        GraphCommands(m_view).moveInstructions(m_instructions, {stage, static_cast<std::size_t>(insertion - 1)});
}

void MoveRowsGesture::cancel()
{
    m_view.viewport()->setCursor(Qt::ArrowCursor);
    m_view.graphScene()->setDrop({});
}

void MoveRowsGesture::paint(QPainter &painter)
{
    const Tokens &t = m_view.theme().tokens();
    const QFont font = m_view.theme().monoFont(12);
    const double width = std::min(QFontMetricsF(font).horizontalAdvance(m_words) + 24, 280.0);
    const QRectF box(m_at + QPointF(10, 6), QSizeF(width, metrics::rowHeight));
    painter.setPen(QPen(t.accent, 1));
    painter.setBrush(t.accentTint);
    painter.drawRoundedRect(box, 6, 6);
    painter.setFont(font);
    painter.setPen(t.text);
    painter.drawText(box.adjusted(12, 0, -8, 0), Qt::AlignVCenter,
                     QFontMetricsF(font).elidedText(m_words, Qt::ElideRight, width - 20));
}

} // namespace stagewright
