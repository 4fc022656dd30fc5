// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "session/SessionCommands.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <utility>

namespace stagewright {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool hasNewline(std::string_view text)
{
    return text.find('\n') != std::string_view::npos;
}

/// One code point.
bool isOneCharacter(std::string_view text)
{
    const auto leading
        = std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    return leading == 1;
}

/// A new undo step begins with a word behind blanks and with a line.
bool joinsWord(std::string_view typed, std::string_view next)
{
    if (hasNewline(typed) || hasNewline(next))
        return false;
    return !(isBlank(typed.back()) && !isBlank(next.front()));
}

} // namespace

EditCommand::EditCommand(DocumentSession &session, EditTransaction transaction, Origin origin)
    : m_session(session)
    , m_forward(std::move(transaction))
    , m_backward(m_forward.inverse(session.m_snapshot->text()))
    , m_positionsBefore(session.m_nodePositions)
    , m_origin(origin)
{
    const bool typing = origin == Origin::Text && m_forward.edits().size() == 1;
    if (typing) {
        const TextEdit &edit = m_forward.edits().front();
        const std::string_view removed = session.m_snapshot->text().slice(edit.range);
        m_typing = (removed.empty() && isOneCharacter(edit.replacement))
            || (edit.replacement.empty() && isOneCharacter(removed));
    }
    m_continues = m_typing && session.m_typing;
    setText(m_forward.label().empty() ? QCoreApplication::translate("EditCommand", "Typing")
                                      : QString::fromStdString(m_forward.label()));
}

void EditCommand::redo()
{
    m_session.apply(m_forward, std::exchange(m_first, false) ? m_origin : Origin::History);
}

void EditCommand::undo()
{
    m_session.apply(m_backward, Origin::History);
    m_session.changeNodePositions(m_positionsBefore);
}

bool EditCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const EditCommand *>(other);
    if (!m_typing || !next->m_continues || m_forward.edits().size() != 1 || next->m_forward.edits().size() != 1)
        return false;
    const TextEdit &mine = m_forward.edits().front();
    const TextEdit &theirs = next->m_forward.edits().front();
    const TextEdit &undoMine = m_backward.edits().front();
    const TextEdit &undoTheirs = next->m_backward.edits().front();

    EditTransaction forward(m_forward.label());
    EditTransaction backward(m_backward.label());
    const auto end = static_cast<Offset>(mine.range.begin + mine.replacement.size());
    if (mine.range.isEmpty() && theirs.range == TextRange::at(end) && joinsWord(mine.replacement, theirs.replacement)) {
        forward.insert(mine.range.begin, mine.replacement + theirs.replacement);
        backward.remove({mine.range.begin, end + static_cast<Offset>(theirs.replacement.size())});
    } else if (mine.replacement.empty() && theirs.replacement.empty() && !hasNewline(undoMine.replacement)
               && !hasNewline(undoTheirs.replacement)) {
        if (theirs.range.end == mine.range.begin) { // Backspace
            forward.remove({theirs.range.begin, mine.range.end});
            backward.insert(theirs.range.begin, undoTheirs.replacement + undoMine.replacement);
        } else if (theirs.range.begin == mine.range.begin) { // Delete
            forward.remove({mine.range.begin, mine.range.end + theirs.range.length()});
            backward.insert(mine.range.begin, undoMine.replacement + undoTheirs.replacement);
        } else {
            return false;
        }
    } else {
        return false;
    }
    m_forward = std::move(forward);
    m_backward = std::move(backward);
    return true;
}

MoveCommand::MoveCommand(DocumentSession &session, std::map<QString, QPointF> positions, const QString &label)
    : QUndoCommand(label)
    , m_session(session)
    , m_before(session.m_nodePositions)
    , m_after(std::move(positions))
{
}

void MoveCommand::undo()
{
    m_session.endTyping();
    m_session.changeNodePositions(m_before);
}

void MoveCommand::redo()
{
    m_session.endTyping();
    m_session.changeNodePositions(m_after);
}

} // namespace stagewright
