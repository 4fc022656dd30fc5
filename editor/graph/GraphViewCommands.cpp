// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphCommands.h"
#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "graph/GraphViewParts.h"
#include "session/DocumentSession.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>

namespace stagewright {

void GraphView::autoLayout()
{
    m_session.moveNodes({}, tr("Auto-layout"));
    fitContent(true);
}

void GraphView::addStage()
{
    GraphCommands(*this).addStage(QStringLiteral("scratch"));
}

void GraphView::deleteSelection()
{
    GraphCommands(*this).deleteSelection();
}

void GraphView::duplicateSelection()
{
    GraphCommands(*this).duplicateSelection();
}

void GraphView::renameSelection()
{
    if (const NodeItem *node = currentNode(); node && node->view().isStage())
        GraphCommands(*this).renameStage(static_cast<StageId>(node->view().ref.index));
}

void GraphView::editSelection()
{
    if (!m_session.selection().instructions.empty())
        GraphCommands(*this).editInstruction(m_session.selection().instructions.front());
    else
        renameSelection();
}

void GraphView::copySelection() const
{
    const QString text = GraphCommands(const_cast<GraphView &>(*this)).copyText();
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void GraphView::cutSelection()
{
    copySelection();
    deleteSelection();
}

void GraphView::paste()
{
    GraphCommands(*this).pasteText(QGuiApplication::clipboard()->text());
}

void GraphView::selectAll()
{
    Selection selection;
    for (const NodeItem *node : m_scene->nodeItems())
        selection.nodes.push_back(node->view().ref);
    m_session.select(std::move(selection), this);
}

void GraphView::setTarget(const QString &target)
{
    AnalysisOptions options = m_session.options();
    options.target = target.toStdString();
    m_session.setOptions(std::move(options));
}

void GraphView::setTrail(const std::vector<NodeRef> &nodes)
{
    m_scene->setTrail(nodes);
    QRectF around;
    for (const NodeRef node : nodes) {
        if (const NodeItem *item = m_scene->nodeItem(node))
            around |= item->cardRect();
    }
    if (around.isEmpty())
        return;
    if (!mapToScene(viewport()->rect()).boundingRect().contains(around))
        fit(around, true);
    Q_EMIT statusMessage(tr("The way back to the base image; Esc ends it"));
}

void GraphView::requestFixes(InstructionId instruction)
{
    const Diagnostic *best = nullptr;
    for (const Diagnostic &diagnostic : m_session.diagnostics()) {
        if (diagnostic.instruction != instruction)
            continue;
        if (!best || (diagnostic.fixable && !best->fixable))
            best = &diagnostic;
    }
    if (!best) {
        Q_EMIT statusMessage(tr("Nothing to fix here"));
        return;
    }
    QPoint at = rect().center();
    if (const auto [node, row] = m_scene->rowOf(instruction); node)
        at = mapFromScene(node->rowRect(row).bottomLeft() + QPointF(metrics::rowTextX, 4));
    const Diagnostic diagnostic = *best; // the receiver may change the document
    Q_EMIT fixesRequested(diagnostic, viewport()->mapToGlobal(at));
}

bool GraphView::confirm(const QString &title, const QString &text, const QString &button) const
{
    if (m_parts->confirm)
        return m_parts->confirm(title, text);
    QMessageBox box(QMessageBox::Question, title, title, QMessageBox::Cancel, const_cast<GraphView *>(this));
    box.setInformativeText(text);
    QPushButton *yes = box.addButton(button, QMessageBox::AcceptRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == yes;
}

void GraphView::setConfirm(std::function<bool(const QString &, const QString &)> answer)
{
    m_parts->confirm = std::move(answer);
}

InlineEditor *GraphView::editor() const
{
    return m_parts->editor;
}

void GraphView::openEditor(InlineEditor *editor)
{
    if (m_parts->editor && m_parts->editor != editor)
        m_parts->editor->accept();
    m_parts->editor = editor;
}

const GraphGesture *GraphView::gesture() const
{
    return m_parts->gesture.get();
}

bool GraphView::canDelete() const
{
    return !m_session.isReadOnly() && !m_session.selection().isEmpty();
}

bool GraphView::canCopy() const
{
    return !m_session.selection().nodes.empty() || !m_session.selection().instructions.empty();
}

bool GraphView::canPaste() const
{
    return !m_session.isReadOnly() && !QGuiApplication::clipboard()->text().isEmpty();
}

} // namespace stagewright
