// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphCommands.h"
#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "graph/GraphViewParts.h"
#include "session/DocumentSession.h"

#include <QDragEnterEvent>
#include <QMimeData>

namespace stagewright {

namespace {

const QString imageType = QStringLiteral("application/x-stagewright-image");
const QString instructionType = QStringLiteral("application/x-stagewright-instruction");

} // namespace

void GraphView::dragEnterEvent(QDragEnterEvent *event)
{
    const QMimeData *mime = event->mimeData();
    m_parts->dropIsImage = mime->hasFormat(imageType);
    if ((!m_parts->dropIsImage && !mime->hasFormat(instructionType)) || m_session.isReadOnly()) {
        event->ignore(); // files go to the window
        return;
    }
    m_parts->dropText = QString::fromUtf8(mime->data(m_parts->dropIsImage ? imageType : instructionType)).trimmed();
    event->acceptProposedAction();
}

void GraphView::dragMoveEvent(QDragMoveEvent *event)
{
    if (m_parts->dropText.isEmpty()) {
        event->ignore();
        return;
    }
    const QPointF at = mapToScene(event->position().toPoint());
    const GraphHit hit = m_scene->hitTest(at, zoom());
    NodeItem *node = hit.node && hit.node->view().isStage() ? hit.node : nullptr;
    GraphScene::Drop drop;
    if (node && m_parts->dropIsImage) {
        drop.node = node;
        drop.row = 0;
        drop.text = QStringLiteral("FROM ") + m_parts->dropText;
    } else if (node) {
        drop.node = node;
        drop.insertion = node->cardLayout().insertionAt(at.y() - node->pos().y());
    }
    m_scene->setDrop(drop);
    event->setAccepted(m_parts->dropIsImage || node != nullptr);
}

void GraphView::dragLeaveEvent(QDragLeaveEvent *)
{
    m_parts->dropText.clear();
    m_scene->setDrop({});
}

void GraphView::dropEvent(QDropEvent *event)
{
    const QString text = std::exchange(m_parts->dropText, QString());
    m_scene->setDrop({});
    if (text.isEmpty()) {
        event->ignore();
        return;
    }
    const QPointF at = mapToScene(event->position().toPoint());
    const GraphHit hit = m_scene->hitTest(at, zoom());
    GraphCommands commands(*this);
    event->acceptProposedAction();
    setFocus();
    if (hit.node && hit.node->view().isStage()) {
        const auto stage = static_cast<StageId>(hit.node->view().ref.index);
        if (m_parts->dropIsImage) {
            commands.setBase(stage, text);
        } else {
            const int insertion = hit.node->cardLayout().insertionAt(at.y() - hit.node->pos().y());
            commands.addInstruction(text, {stage, static_cast<std::size_t>(insertion - 1)});
        }
    } else if (m_parts->dropIsImage) {
        commands.addStage(text, {}, at);
    } else {
        Q_EMIT statusMessage(tr("Drop an instruction on a stage"));
    }
}

} // namespace stagewright
