// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "session/DocumentSession.h"

#include <QUndoCommand>

namespace stagewright {

/// A text edit on the undo stack.
class EditCommand : public QUndoCommand
{
public:
    EditCommand(DocumentSession &session, EditTransaction transaction, Origin origin);

    void undo() override;
    void redo() override;
    [[nodiscard]] int id() const override { return m_typing ? 1 : -1; }
    bool mergeWith(const QUndoCommand *other) override;

private:
    DocumentSession &m_session;
    EditTransaction m_forward;
    EditTransaction m_backward;
    std::map<QString, QPointF> m_positionsBefore;
    Origin m_origin;
    bool m_typing = false;    ///< One typed or deleted character, or a run of them.
    bool m_continues = false; ///< Nothing came between this and the step before.
    bool m_first = true;
};

/// Nodes that a person moved; leaves the text alone.
class MoveCommand : public QUndoCommand
{
public:
    MoveCommand(DocumentSession &session, std::map<QString, QPointF> positions, const QString &label);
    void undo() override;
    void redo() override;

private:
    DocumentSession &m_session;
    std::map<QString, QPointF> m_before;
    std::map<QString, QPointF> m_after;
};

} // namespace stagewright
