// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphCommands.h"
#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "graph/InlineEditor.h"
#include "session/DocumentSession.h"

#include <QCoreApplication>
#include <QUndoStack>

namespace stagewright {

namespace {

QString tell(const char *text)
{
    return QCoreApplication::translate("stagewright::GraphView", text);
}

/// In the view's coordinates; at least readable when the graph is small.
QRect rectInView(const GraphView &view, QRectF sceneRect)
{
    return view.mapFromScene(sceneRect).boundingRect().translated(view.viewport()->pos());
}

} // namespace

void GraphCommands::renameStage(StageId id)
{
    DocumentSession &session = m_view.session();
    if (session.isReadOnly())
        return;
    GraphScene *scene = m_view.graphScene();
    scene->finishMotion();
    NodeItem *node = scene->nodeItem(NodeRef::stage(id));
    if (!node)
        return;
    m_view.reveal(NodeRef::stage(id));
    const Stage &stage = session.snapshot()->graph().stage(id);
    InlineEditor::Setup setup;
    setup.text = stage.name.empty() ? QString() : toQString(stage.displayName);
    setup.mono = false;
    setup.name = tell("Name of the stage");
    setup.accept = [view = &m_view, id](const QString &text) -> QString {
        const SnapshotPtr &now = view->session().snapshot();
        if (indexOf(id) >= now->graph().stages().size())
            return {};
        const Stage &current = now->graph().stage(id);
        const QString name = text.trimmed();
        if (name == toQString(current.name.empty() ? std::string_view() : std::string_view(current.displayName)))
            return {};
        if (!name.isEmpty()) {
            if (const auto why = edit::whyNotStageName(*now, name.toStdString(), id))
                return toQString(why->message);
        }
        edit::Result result = edit::renameStage(*now, id, name.toStdString());
        if (!result)
            return toQString(result.error().message);
        GraphCommands(*view).push(std::move(result));
        return {};
    };
    const QRectF title(node->pos() + QPointF(40, 5), QSizeF(node->cardLayout().width - 76, 30));
    m_view.openEditor(
        new InlineEditor(m_view.theme(), std::move(setup), rectInView(m_view, title), m_view.zoom(), &m_view));
}

void GraphCommands::editInstruction(InstructionId id, bool created)
{
    DocumentSession &session = m_view.session();
    if (session.isReadOnly())
        return;
    m_view.graphScene()->finishMotion();
    m_view.reveal(id);
    const auto [node, row] = m_view.graphScene()->rowOf(id);
    if (!node)
        return;
    const Instruction &instruction = session.snapshot()->tree().instruction(id);
    const QString text = toQString(session.snapshot()->text().slice(instruction.range)).remove(u'\r');
    InlineEditor::Setup setup;
    setup.text = text;
    setup.multiLine = text.contains(u'\n');
    setup.name = tell("Instruction");
    // What is likely to be changed is selected: the paths behind --from, otherwise all behind the keyword
    const Offset start
        = instruction.argumentsRange.isEmpty() ? instruction.range.end : instruction.argumentsRange.begin;
    setup.selectFrom = static_cast<int>(
        toQString(session.snapshot()->text().slice({instruction.range.begin, start})).remove(u'\r').size());
    if (setup.multiLine)
        setup.selectLength = 0;
    const int undoIndex = session.undoStack()->index();
    const auto takeBack = [view = &m_view, undoIndex, created] {
        // Only when nothing else happened in between
        if (created && view->session().undoStack()->index() == undoIndex)
            view->session().undoStack()->undo();
    };
    setup.reject = takeBack;
    setup.accept = [view = &m_view, id, text, created, undoIndex](const QString &now) -> QString {
        DocumentSession &document = view->session();
        const SnapshotPtr after = document.snapshot();
        if (now == text || indexOf(id) >= after->tree().instructions().size())
            return {};
        if (toQString(after->text().slice(after->tree().instruction(id).range)).remove(u'\r') != text)
            return {}; // changed elsewhere meanwhile
        const edit::Result result = now.trimmed().isEmpty() ? edit::deleteInstruction(*after, id)
                                                            : edit::editInstruction(*after, id, now.toStdString());
        if (!result)
            return toQString(result.error().message);
        if (!created || document.undoStack()->index() != undoIndex) {
            GraphCommands(*view).push(result);
            return {};
        }
        // Adding and filling in is one step to the person: take the first back and do both at once
        const SourceText wanted = result->applyTo(after->text());
        const QString label = document.undoStack()->undoText();
        document.undoStack()->undo();
        EditTransaction both = EditTransaction::difference(document.snapshot()->text(), wanted);
        both.setLabel(label.toStdString());
        GraphCommands(*view).push(std::move(both));
        return {};
    };
    QRectF rect = node->rowRect(row).adjusted(metrics::rowTextX - 8, 0, -2, 0);
    m_view.openEditor(
        new InlineEditor(m_view.theme(), std::move(setup), rectInView(m_view, rect), m_view.zoom(), &m_view));
}

} // namespace stagewright
