// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/Edits.h"
#include "graph/EdgeShape.h"
#include "graph/GraphCommands.h"
#include "graph/GraphGesture.h"
#include "graph/GraphView.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <cmath>
#include <tuple>

namespace stagewright {

namespace {

constexpr double snapReach = 24;

QString writtenName(const Snapshot &snapshot, NodeRef source)
{
    const BuildGraph &graph = snapshot.graph();
    switch (source.kind) {
    case NodeKind::Stage: {
        const Stage &stage = graph.stage(static_cast<StageId>(source.index));
        return toQString(stage.displayName);
    }
    case NodeKind::Image: return toQString(graph.image(static_cast<ImageId>(source.index)).written);
    case NodeKind::NamedContext: return toQString(graph.namedContexts()[static_cast<std::size_t>(source.index)].name);
    case NodeKind::BuildContext:
    case NodeKind::CacheMount:
    case NodeKind::Remote: break;
    }
    return {};
}

} // namespace

ConnectGesture::ConnectGesture(GraphView &view, NodeItem *source)
    : GraphGesture(view)
    , m_source(source->view().ref)
    , m_sourceName(writtenName(*view.session().snapshot(), source->view().ref))
    , m_start(source->outPort())
    , m_at(m_start)
    , m_snapped(m_start)
{
    m_view.graphScene()->finishMotion();
    m_start = source->outPort();
    m_view.graphScene()->setHotPort(source);
}

ConnectGesture::~ConnectGesture() = default;

std::pair<NodeItem *, int> ConnectGesture::nearPort(QPointF at) const
{
    std::pair<NodeItem *, int> nearest{nullptr, -1};
    double least = snapReach;
    for (NodeItem *node : m_view.graphScene()->nodeItems()) {
        if (!node->view().isStage())
            continue;
        const std::vector<RowView> &rows = node->view().rows;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            // The others take in nothing that is drawn to them.
            if (row > 0 && rows[row].kind != InstructionKind::Copy)
                continue;
            const QPointF distance = node->inPort(static_cast<int>(row)) - at;
            const double length = std::hypot(distance.x(), distance.y());
            if (length <= least && distance.x() > -metrics::portReach) {
                nearest = {node, static_cast<int>(row)};
                least = length;
            }
        }
    }
    return nearest;
}

void ConnectGesture::findTarget(QPointF at)
{
    const Snapshot &snapshot = *m_view.session().snapshot();
    m_action = Action::Empty;
    m_refusal.clear();
    m_target = StageId::None;
    m_instruction = InstructionId::None;
    m_index.reset();
    m_snapped = at;
    GraphScene::Drop drop;
    GraphHit hit = m_view.graphScene()->hitTest(at, m_view.zoom());
    if (!hit.node) // beside the card, where half of each port is
        std::tie(hit.node, hit.row) = nearPort(at);
    if (!hit.node || hit.node->view().ref == m_source) {
        m_action = hit.node ? Action::None : Action::Empty;
        m_view.graphScene()->setDrop(drop);
        return;
    }
    if (!hit.node->view().isStage()) {
        m_action = Action::None;
        m_refusal = QCoreApplication::translate("stagewright::GraphView", "Only stages take something in");
        m_view.graphScene()->setDrop(drop);
        return;
    }
    m_target = static_cast<StageId>(hit.node->view().ref.index);
    const NodeView &view = hit.node->view();
    const bool from = hit.row == 0;
    const auto why
        = from ? edit::whyNotFrom(snapshot, m_source, m_target) : edit::whyNotCopyFrom(snapshot, m_source, m_target);
    if (why) {
        m_action = Action::None;
        m_refusal = toQString(why->message);
        m_view.graphScene()->setDrop(drop);
        return;
    }
    drop.node = hit.node;
    const QString flag = m_sourceName.isEmpty() ? QString() : QStringLiteral("--from=%1 ").arg(m_sourceName);
    if (from) {
        m_action = Action::From;
        drop.row = 0;
        drop.text = QStringLiteral("FROM ") + m_sourceName;
        m_snapped = hit.node->inPort(0);
    } else if (hit.row > 0 && view.rows[static_cast<std::size_t>(hit.row)].kind == InstructionKind::Copy) {
        m_action = Action::Retarget;
        m_instruction = view.rows[static_cast<std::size_t>(hit.row)].id;
        drop.row = hit.row;
        drop.text = QStringLiteral("COPY %1… …").arg(flag);
        m_snapped = hit.node->inPort(hit.row);
    } else {
        m_action = Action::Add;
        if (hit.row > 0) {
            drop.insertion = hit.node->cardLayout().insertionAt(at.y() - hit.node->pos().y());
            m_index = static_cast<std::size_t>(drop.insertion - 1);
            m_snapped = {hit.node->pos().x(), hit.node->pos().y() + hit.node->cardLayout().insertionY(drop.insertion)};
        } else {
            drop.card = true;
        }
    }
    m_view.graphScene()->setDrop(drop);
}

void ConnectGesture::move(QPointF scenePos, QPoint, Qt::KeyboardModifiers)
{
    m_at = scenePos;
    findTarget(scenePos);
    m_view.viewport()->setCursor(m_refusal.isEmpty() ? Qt::ArrowCursor : Qt::ForbiddenCursor);
}

void ConnectGesture::finish(QPointF scenePos)
{
    findTarget(scenePos);
    m_view.viewport()->setCursor(Qt::ArrowCursor);
    m_view.graphScene()->setDrop({});
    m_view.graphScene()->setHotPort(nullptr);
    GraphCommands commands(m_view);
    switch (m_action) {
    case Action::From: commands.connectFrom(m_source, m_target); break;
    case Action::Retarget: commands.retargetCopy(m_instruction, m_source); break;
    case Action::Add: commands.connectCopy(m_source, m_target, m_index); break;
    case Action::Empty: commands.offerNewStage(m_source, scenePos); break;
    case Action::None:
        if (!m_refusal.isEmpty())
            Q_EMIT m_view.statusMessage(m_refusal);
        break;
    }
}

void ConnectGesture::cancel()
{
    m_view.viewport()->setCursor(Qt::ArrowCursor);
    m_view.graphScene()->setDrop({});
    m_view.graphScene()->setHotPort(nullptr);
}

void ConnectGesture::paint(QPainter &painter)
{
    const bool valid = m_refusal.isEmpty();
    const QPointF end = valid ? m_snapped : m_at;
    m_view.graphScene()->painters().edge.paintDrag(painter, curve(m_start + QPointF(metrics::portRadius, 0), end),
                                                   valid, m_action == Action::From);
    const Tokens &t = m_view.theme().tokens();
    if (valid) {
        paintPort(painter, t, m_action == Action::From ? PortShape::Circle : PortShape::Diamond, end, t.accent,
                  m_action != Action::Empty);
        return;
    }
    painter.setPen(QPen(t.error, 2));
    painter.setBrush(t.card);
    painter.drawEllipse(end, 8, 8);
    painter.drawLine(end + QPointF(-5.6, -5.6), end + QPointF(5.6, 5.6));
}

} // namespace stagewright
