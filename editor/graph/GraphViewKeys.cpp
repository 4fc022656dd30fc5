// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphCommands.h"
#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "graph/GraphViewParts.h"
#include "session/DocumentSession.h"

#include <QKeyEvent>

#include <algorithm>

namespace stagewright {

NodeItem *GraphView::currentNode() const
{
    const Selection &selection = m_session.selection();
    if (!selection.instructions.empty()) {
        if (const auto [node, row] = m_scene->rowOf(selection.instructions.back()); node)
            return node;
    }
    return selection.nodes.empty() ? nullptr : m_scene->nodeItem(selection.nodes.back());
}

void GraphView::goTo(NodeItem *node, int row, bool extend)
{
    Selection selection = extend ? m_session.selection() : Selection();
    if (row >= 0) {
        const InstructionId id = node->view().rows[static_cast<std::size_t>(row)].id;
        const NodeRef ref = node->view().ref;
        if (std::find(selection.instructions.begin(), selection.instructions.end(), id) == selection.instructions.end())
            selection.instructions.push_back(id);
        m_session.select(std::move(selection), this);
        m_scene->setFocusRow(m_scene->nodeItem(ref), row);
        reveal(id);
        return;
    }
    const NodeRef ref = node->view().ref;
    selection.nodes = {ref};
    m_session.select(std::move(selection), this);
    m_scene->setFocusRow(nullptr, -1);
    reveal(ref);
}

bool GraphView::walkRows(int by, bool extend)
{
    NodeItem *node = currentNode();
    if (!node) {
        if (m_scene->nodeItems().empty())
            return false;
        goTo(m_scene->nodeItems().front(), -1);
        return true;
    }
    int row = -1;
    if (!m_session.selection().instructions.empty())
        row = m_scene->rowOf(m_session.selection().instructions.back()).second;
    const int next = row + by;
    if (next < -1 || next >= static_cast<int>(node->view().rows.size()))
        return walkNodes(by);
    goTo(node, next, extend && next >= 0 && row >= 0);
    return true;
}

bool GraphView::walkNodes(int by)
{
    // File order; sources come right before the first stage that uses them
    std::vector<NodeItem *> nodes = m_scene->nodeItems();
    std::stable_sort(nodes.begin(), nodes.end(), [](const NodeItem *a, const NodeItem *b) {
        if (a->view().order != b->view().order)
            return a->view().order < b->view().order;
        return a->view().isStage() < b->view().isStage();
    });
    if (nodes.empty())
        return false;
    const auto it = std::find(nodes.begin(), nodes.end(), currentNode());
    if (it == nodes.end()) {
        goTo(by > 0 ? nodes.front() : nodes.back(), -1);
        return true;
    }
    const auto next = (it - nodes.begin()) + by;
    if (next < 0 || next >= static_cast<std::ptrdiff_t>(nodes.size()))
        return false;
    goTo(nodes[static_cast<std::size_t>(next)], -1);
    return true;
}

/// Right: to what uses this node. Left: to where this row (or the FROM) comes from. Up and down: to another user of
/// the same source.
bool GraphView::followEdge(int key)
{
    const NodeItem *node = currentNode();
    if (!node)
        return false;
    const Selection &selection = m_session.selection();
    const int row = selection.instructions.empty() ? -1 : m_scene->rowOf(selection.instructions.back()).second;
    std::vector<const EdgeItem *> edges;
    for (const auto &edge : m_scene->edgeItems())
        edges.push_back(edge.get());
    if (key == Qt::Key_Right) {
        for (const EdgeItem *edge : edges) {
            if (edge->source() == node) {
                goTo(edge->target(), edge->view().row);
                return true;
            }
        }
        return false;
    }
    const EdgeItem *in = nullptr;
    for (const EdgeItem *edge : edges) {
        if (edge->target() == node && (row < 0 ? edge->view().row == 0 : edge->view().row == row))
            in = edge;
    }
    for (const EdgeItem *edge : edges) {
        if (!in && row < 0 && edge->target() == node)
            in = edge;
    }
    if (!in)
        return false;
    if (key == Qt::Key_Left) {
        goTo(in->source(), -1);
        return true;
    }
    std::vector<const EdgeItem *> siblings;
    std::copy_if(edges.begin(), edges.end(), std::back_inserter(siblings),
                 [&](const EdgeItem *edge) { return edge->source() == in->source(); });
    const auto at = std::find(siblings.begin(), siblings.end(), in) - siblings.begin() + (key == Qt::Key_Down ? 1 : -1);
    if (at < 0 || at >= static_cast<std::ptrdiff_t>(siblings.size()))
        return false;
    goTo(siblings[static_cast<std::size_t>(at)]->target(), siblings[static_cast<std::size_t>(at)]->view().row);
    return true;
}

bool GraphView::navigate(QKeyEvent *event)
{
    const bool control = event->modifiers() & Qt::ControlModifier;
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const bool alt = event->modifiers() & Qt::AltModifier;
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const int by = event->key() == Qt::Key_Down ? 1 : -1;
        if (alt) { // move the instruction or the stage
            GraphCommands commands(*this);
            const Selection selection = m_session.selection();
            if (selection.instructions.size() == 1) {
                const InstructionId id = selection.instructions.front();
                const StageId stage = m_session.snapshot()->graph().stageOf(id);
                const int index = static_cast<int>(id)
                    - static_cast<int>(m_session.snapshot()->graph().stage(stage).firstInstruction) + (by > 0 ? 2 : -1);
                const int count = static_cast<int>(m_session.snapshot()->instructionsOf(stage).size());
                return index >= 0 && index <= count
                    && commands.moveInstructions({id}, {stage, static_cast<std::size_t>(index)});
            }
            if (const NodeItem *node = currentNode(); node && node->view().isStage())
                return commands.moveStage(static_cast<StageId>(node->view().ref.index), by);
            return false;
        }
        return control ? followEdge(event->key()) : walkRows(by, shift);
    }
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (control)
            return followEdge(event->key());
        if (NodeItem *node = currentNode()) {
            goTo(node, event->key() == Qt::Key_Right && node->view().isStage() ? 0 : -1);
            return true;
        }
        return walkNodes(1);
    default: break;
    }
    return false;
}

void GraphView::keyPressEvent(QKeyEvent *event)
{
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool plain = modifiers == Qt::NoModifier;
    event->accept();
    if (event->key() == Qt::Key_Escape) {
        if (m_parts->gesture)
            endGesture(false);
        else if (!m_scene->trail().empty())
            Q_EMIT trailEnded();
        else
            m_session.select({}, this);
        return;
    }
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat() && !m_parts->gesture) {
        m_parts->space = true;
        viewport()->setCursor(Qt::OpenHandCursor);
        return;
    }
    if (m_parts->gesture)
        return; // one thing at a time
    if (navigate(event))
        return;
    if (event->matches(QKeySequence::Copy))
        return copySelection();
    if (event->matches(QKeySequence::Cut))
        return cutSelection();
    if (event->matches(QKeySequence::Paste))
        return paste();
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    if (event->matches(QKeySequence::ZoomIn))
        return zoomIn();
    if (event->matches(QKeySequence::ZoomOut))
        return zoomOut();
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && modifiers == Qt::AltModifier && !m_session.selection().instructions.empty())
        return requestFixes(m_session.selection().instructions.front());
    if (enter && plain)
        return editSelection();
    if (event->key() == Qt::Key_D && modifiers == Qt::ControlModifier)
        return duplicateSelection();
    if (event->key() == Qt::Key_A && modifiers == Qt::ShiftModifier)
        return openAddMenu();
    if (plain) {
        switch (event->key()) {
        case Qt::Key_Home: return fitAll();
        case Qt::Key_F: return fitSelection();
        case Qt::Key_I: return showFacts();
        case Qt::Key_0: return resetZoom();
        case Qt::Key_Plus:
        case Qt::Key_Equal: return zoomIn();
        case Qt::Key_Minus: return zoomOut();
        case Qt::Key_F2: return renameSelection();
        case Qt::Key_Delete:
        case Qt::Key_Backspace: return deleteSelection();
        default: break;
        }
    }
    event->ignore(); // the window's shortcuts
}

void GraphView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_parts->space = false;
        viewport()->setCursor(Qt::ArrowCursor);
        return;
    }
    QGraphicsView::keyReleaseEvent(event);
}

/// Tab walks the cards in file order, and leaves the graph behind the last one.
bool GraphView::focusNextPrevChild(bool next)
{
    if (walkNodes(next ? 1 : -1))
        return true;
    m_session.select({}, this);
    return QGraphicsView::focusNextPrevChild(next);
}

} // namespace stagewright
