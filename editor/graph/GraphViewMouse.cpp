// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphCommands.h"
#include "graph/GraphScene.h"
#include "graph/GraphSizes.h"
#include "graph/GraphView.h"
#include "graph/GraphViewParts.h"
#include "lint/Linter.h"
#include "session/DocumentSession.h"
#include "text/FactsTip.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QGestureEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace stagewright {

namespace {

template <typename T> void choose(std::vector<T> &into, const T &item, Qt::KeyboardModifiers modifiers)
{
    const auto it = std::find(into.begin(), into.end(), item);
    if (it == into.end())
        into.push_back(item);
    else if (modifiers & Qt::ControlModifier)
        into.erase(it);
}

bool isChosen(const Selection &selection, const GraphHit &hit)
{
    if (hit.edge)
        return std::find(selection.edges.begin(), selection.edges.end(), hit.edge->view().index)
            != selection.edges.end();
    if (hit.kind == GraphHit::Kind::Row)
        return std::find(selection.instructions.begin(), selection.instructions.end(),
                         hit.node->view().rows[static_cast<std::size_t>(hit.row)].id)
            != selection.instructions.end();
    return hit.node
        && std::find(selection.nodes.begin(), selection.nodes.end(), hit.node->view().ref) != selection.nodes.end();
}

} // namespace

void GraphView::startGesture(std::unique_ptr<GraphGesture> gesture)
{
    m_parts->gesture = std::move(gesture);
    m_parts->down = false;
    m_scene->setHover({});
    QToolTip::hideText();
}

void GraphView::endGesture(bool keep)
{
    // Out of the way first: what it does changes the document, and that cancels gestures
    const std::unique_ptr<GraphGesture> gesture = std::move(m_parts->gesture);
    if (!gesture)
        return;
    const QScopedValueRollback dropping(m_parts->dropping, true);
    if (keep)
        gesture->finish(mapToScene(m_parts->lastMouse));
    else
        gesture->cancel();
    viewport()->update();
}

void GraphView::click(const GraphHit &hit, Qt::KeyboardModifiers modifiers, bool pressed)
{
    const bool adds = modifiers & (Qt::ShiftModifier | Qt::ControlModifier);
    const bool chosen = isChosen(m_session.selection(), hit);
    // A plain press on what is selected may start to drag all of it; the release then selects it alone
    if (pressed ? (chosen && !adds) : (adds || !chosen))
        return;
    Selection selection = adds ? m_session.selection() : Selection();
    if (hit.edge)
        choose(selection.edges, hit.edge->view().index, modifiers);
    else if (hit.kind == GraphHit::Kind::Row)
        choose(selection.instructions, hit.node->view().rows[static_cast<std::size_t>(hit.row)].id, modifiers);
    else if (hit.node)
        choose(selection.nodes, hit.node->view().ref, modifiers);
    m_session.select(std::move(selection), this);
}

void GraphView::mousePressEvent(QMouseEvent *event)
{
    setFocus(Qt::MouseFocusReason);
    m_parts->motion.stop();
    const QPoint at = event->position().toPoint();
    m_parts->lastMouse = at;
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_parts->space)) {
        endGesture(false);
        startGesture(std::make_unique<PanGesture>(*this, at));
        return;
    }
    if (m_parts->gesture && event->button() == Qt::RightButton) {
        endGesture(false); // a way out of a drag with the mouse alone
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    m_parts->pressedScene = mapToScene(at);
    m_parts->pressedAt = at;
    const GraphHit hit = m_scene->hitTest(m_parts->pressedScene, zoom());
    if (hit.kind == GraphHit::Kind::Lightbulb) {
        requestFixes(hit.node->view().rows[static_cast<std::size_t>(hit.row)].id);
        return;
    }
    if (hit.kind == GraphHit::Kind::Log) {
        Q_EMIT logWanted(static_cast<StageId>(hit.node->view().ref.index));
        return;
    }
    m_parts->down = true;
    m_parts->pressed = hit;
    if (hit.kind == GraphHit::Kind::OutPort || hit.kind == GraphHit::Kind::Nothing)
        return;
    click(hit, event->modifiers(), true);
    // Selecting can make cards grow, which gives new hits
    m_parts->pressed = m_scene->hitTest(m_parts->pressedScene, zoom());
    m_parts->down = true;
}

void GraphView::beginDrag(QPoint, Qt::KeyboardModifiers modifiers)
{
    const GraphHit hit = m_parts->pressed;
    if (hit.kind == GraphHit::Kind::OutPort) {
        if (!m_session.isReadOnly())
            startGesture(std::make_unique<ConnectGesture>(*this, hit.node));
        return;
    }
    if (!hit.node) {
        startGesture(std::make_unique<RubberBandGesture>(*this, m_parts->pressedScene, modifiers));
        return;
    }
    const Selection &selection = m_session.selection();
    if (hit.kind == GraphHit::Kind::Row && hit.row > 0 && !m_session.isReadOnly()) {
        const RowView &row = hit.node->view().rows[static_cast<std::size_t>(hit.row)];
        std::vector<InstructionId> rows = selection.instructions;
        if (!isChosen(selection, hit))
            rows = {row.id};
        const QString words = rows.size() > 1 ? tr("%n instructions", nullptr, static_cast<int>(rows.size()))
                                              : row.keyword + u' ' + row.arguments;
        startGesture(std::make_unique<MoveRowsGesture>(*this, std::move(rows), words));
        return;
    }
    std::vector<NodeItem *> nodes;
    for (NodeRef ref : selection.nodes) {
        if (NodeItem *node = m_scene->nodeItem(ref))
            nodes.push_back(node);
    }
    if (std::find(nodes.begin(), nodes.end(), hit.node) == nodes.end())
        nodes = {hit.node};
    startGesture(std::make_unique<MoveNodesGesture>(*this, m_parts->pressedScene, std::move(nodes)));
}

void GraphView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    m_parts->lastMouse = at;
    if (m_parts->down && !m_parts->gesture
        && (at - m_parts->pressedAt).manhattanLength() >= QApplication::startDragDistance())
        beginDrag(at, event->modifiers());
    if (m_parts->gesture) {
        m_parts->gesture->move(mapToScene(at), at, event->modifiers());
        viewport()->update();
        return;
    }
    updateHover(at);
}

void GraphView::mouseReleaseEvent(QMouseEvent *event)
{
    m_parts->lastMouse = event->position().toPoint();
    if (m_parts->gesture) {
        endGesture(true);
        updateHover(m_parts->lastMouse);
        return;
    }
    if (event->button() != Qt::LeftButton || !m_parts->down)
        return;
    m_parts->down = false;
    const GraphHit hit = m_parts->pressed;
    m_parts->pressed = {};
    if (hit.kind == GraphHit::Kind::Nothing) {
        if (!(event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier)))
            m_session.select({}, this);
    } else {
        click(hit, event->modifiers(), false);
    }
}

void GraphView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_parts->down = false;
    const GraphHit hit = m_scene->hitTest(mapToScene(event->position().toPoint()), zoom());
    switch (hit.kind) {
    case GraphHit::Kind::Row:
        GraphCommands(*this).editInstruction(hit.node->view().rows[static_cast<std::size_t>(hit.row)].id);
        break;
    case GraphHit::Kind::Header:
    case GraphHit::Kind::Footer:
        if (hit.node->view().isStage())
            GraphCommands(*this).renameStage(static_cast<StageId>(hit.node->view().ref.index));
        break;
    case GraphHit::Kind::Edge: GraphCommands(*this).editInstruction(hit.edge->view().instruction); break;
    case GraphHit::Kind::Nothing: openAddMenu(); break;
    case GraphHit::Kind::OutPort:
    case GraphHit::Kind::Log:
    case GraphHit::Kind::Lightbulb: break;
    }
}

void GraphView::updateHover(QPoint viewportPos)
{
    const GraphHit hit = m_scene->hitTest(mapToScene(viewportPos), zoom());
    m_scene->setHover(hit);
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (m_parts->space)
        shape = Qt::OpenHandCursor;
    else if (hit.kind == GraphHit::Kind::OutPort)
        shape = Qt::CrossCursor;
    else if (hit.kind == GraphHit::Kind::Lightbulb || hit.kind == GraphHit::Kind::Log
             || hit.kind == GraphHit::Kind::Edge)
        shape = Qt::PointingHandCursor;
    viewport()->setCursor(shape);
}

void GraphView::leaveEvent(QEvent *event)
{
    QGraphicsView::leaveEvent(event);
    if (!m_parts->gesture)
        m_scene->setHover({});
}

void GraphView::wheelEvent(QWheelEvent *event)
{
    const bool touchpad
        = event->phase() != Qt::NoScrollPhase || event->device()->type() == QInputDevice::DeviceType::TouchPad;
    const bool zooms
        = (event->modifiers() & Qt::ControlModifier) || (!touchpad && !(event->modifiers() & Qt::ShiftModifier));
    if (zooms) {
        // 120 is one notch of an ordinary wheel; fine wheels send less and zoom less
        zoomAt(std::pow(1.0015, event->angleDelta().y()), event->position());
        event->accept();
        return;
    }
    QPoint delta = event->pixelDelta().isNull() ? event->angleDelta() / 2 : event->pixelDelta();
    if ((event->modifiers() & Qt::ShiftModifier) && delta.x() == 0)
        delta = {delta.y(), 0};
    m_parts->motion.stop();
    stopFitting();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - delta.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - delta.y());
    event->accept();
}

bool GraphView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::NativeGesture) {
        auto *native = static_cast<QNativeGestureEvent *>(event);
        if (native->gestureType() == Qt::ZoomNativeGesture) {
            zoomAt(1 + native->value(), native->position());
            return true;
        }
    } else if (event->type() == QEvent::Gesture) {
        if (auto *pinch
            = static_cast<QPinchGesture *>(static_cast<QGestureEvent *>(event)->gesture(Qt::PinchGesture))) {
            zoomAt(pinch->scaleFactor(), viewport()->mapFromGlobal(pinch->centerPoint().toPoint()));
            return true;
        }
    } else if (event->type() == QEvent::ToolTip && !m_parts->gesture) {
        auto *help = static_cast<QHelpEvent *>(event);
        const QString words = toolTipAt(help->pos());
        if (words.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), words, viewport());
        return true;
    }
    return QGraphicsView::viewportEvent(event);
}

QString GraphView::toolTipAt(QPoint viewportPos) const
{
    const GraphHit hit = m_scene->hitTest(mapToScene(viewportPos), zoom());
    const Snapshot &snapshot = *m_session.snapshot();
    const auto findings = [&](InstructionId id) {
        QString words;
        for (const Diagnostic &diagnostic : m_session.diagnostics()) {
            if (diagnostic.instruction == id)
                words += QStringLiteral("<div style='margin-top:4px'><b>%1</b> %2</div>")
                             .arg(toQString(diagnostic.ruleId), toQString(diagnostic.message).toHtmlEscaped());
        }
        return words;
    };
    switch (hit.kind) {
    case GraphHit::Kind::Row: {
        const RowView &row = hit.node->view().rows[static_cast<std::size_t>(hit.row)];
        const Instruction &instruction = snapshot.tree().instruction(row.id);
        QString text = toQString(snapshot.text().slice(instruction.range).substr(0, 2000)).toHtmlEscaped();
        text.replace(u'\n', QStringLiteral("<br>")).remove(u'\r');
        return QStringLiteral("<div style='white-space:pre'><tt>%1</tt></div>%2").arg(text, findings(row.id))
            + instructionTip(snapshot, m_session.linter().catalog(), row.id, m_theme);
    }
    case GraphHit::Kind::Edge: {
        const Instruction &instruction = snapshot.tree().instruction(hit.edge->view().instruction);
        return QStringLiteral("<p>%1 → %2<br><tt>%3</tt></p>")
            .arg(hit.edge->source()->view().title.toHtmlEscaped(), hit.edge->target()->view().title.toHtmlEscaped(),
                 toQString(snapshot.text().slice(instruction.range).substr(0, 300)).toHtmlEscaped());
    }
    case GraphHit::Kind::OutPort: return tr("Drag to a card to copy from it, to a FROM to build on it");
    case GraphHit::Kind::Lightbulb: return tr("Show fixes (Alt+Enter)");
    case GraphHit::Kind::Log: return tr("Show what the build said of this stage");
    case GraphHit::Kind::Header:
    case GraphHit::Kind::Footer: {
        const NodeView &view = hit.node->view();
        const QString finding
            = view.finding.isEmpty() ? QString() : QStringLiteral("<p><b>%1</b></p>").arg(view.finding.toHtmlEscaped());
        const QString size = view.isStage() && hit.kind == GraphHit::Kind::Footer
            ? sizeTip(m_session.sizes(), static_cast<StageId>(view.ref.index)).toHtmlEscaped()
            : QString();
        return finding + (size.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(size)) + factsTipOf(view.ref);
    }
    case GraphHit::Kind::Nothing: break;
    }
    return {};
}

QString GraphView::factsTipOf(NodeRef node) const
{
    const Snapshot &snapshot = *m_session.snapshot();
    const Catalog &catalog = m_session.linter().catalog();
    if (node.kind == NodeKind::Image) {
        const std::string &reference = snapshot.graph().image(static_cast<ImageId>(node.index)).reference;
        return imageTip(toQString(reference), catalog.lookup(reference), m_theme);
    }
    if (node.kind == NodeKind::Stage)
        return instructionTip(snapshot, catalog, snapshot.graph().stage(static_cast<StageId>(node.index)).from,
                              m_theme);
    return {};
}

void GraphView::showFacts()
{
    const NodeItem *node = currentNode();
    if (!node)
        return;
    const auto &selected = m_session.selection().instructions;
    const bool row = selected.size() == 1 && m_scene->rowOf(selected.front()).first == node;
    const QString tip = row
        ? instructionTip(*m_session.snapshot(), m_session.linter().catalog(), selected.front(), m_theme)
        : factsTipOf(node->view().ref);
    if (tip.isEmpty())
        Q_EMIT statusMessage(tr("There is nothing to tell about this"));
    else
        QToolTip::showText(viewport()->mapToGlobal(mapFromScene(node->cardRect().bottomLeft())), tip, viewport(), {},
                           60000);
}

} // namespace stagewright
