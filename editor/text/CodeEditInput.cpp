// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/CodeEdit.h"

#include "lint/Linter.h"
#include "session/DocumentSession.h"
#include "text/CodeEditGutter.h"
#include "text/CompletionPopup.h"
#include "text/FactsTip.h"
#include "text/FindingTip.h"
#include "text/RowLayout.h"
#include "text/SyntaxHighlighter.h"
#include "text/TextBridge.h"
#include "theme/Theme.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolTip>
#include <QUndoStack>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace stagewright {

bool CodeEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // Keys of ours that a menu may have too: they are for the text while it has the focus.
        auto *key = static_cast<QKeyEvent *>(event);
        const Qt::KeyboardModifiers modifiers = key->modifiers() & ~Qt::KeypadModifier;
        const bool line = modifiers == Qt::AltModifier
            && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down || key->key() == Qt::Key_Return
                || key->key() == Qt::Key_Enter);
        const bool popup = m_completion->isVisible() && key->key() == Qt::Key_Escape;
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo) || line || popup) {
            key->accept();
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

bool CodeEdit::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        showTip(static_cast<QHelpEvent *>(event));
        return true;
    }
    return QPlainTextEdit::viewportEvent(event);
}

void CodeEdit::showTip(QHelpEvent *event)
{
    if (const Diagnostic *finding = findingAt(event->pos()))
        QToolTip::showText(event->globalPos(), findingTip(*finding, m_session.fixesFor(*finding), m_theme), viewport());
    else if (const QString tip = stateTipAt(event->pos()); !tip.isEmpty())
        QToolTip::showText(event->globalPos(), tip, viewport());
    else
        QToolTip::hideText();
}

/// On the words of a line only: beside them a tip would be in the way.
QString CodeEdit::stateTipAt(QPoint position) const
{
    const QTextCursor cursor = cursorForPosition(position);
    const QRect end = [cursor, this] {
        QTextCursor last = cursor;
        last.movePosition(QTextCursor::EndOfBlock);
        return cursorRect(last);
    }();
    if (position.y() > end.bottom() || position.x() > end.right() + 4)
        return {};
    const auto line = static_cast<std::uint32_t>(cursor.blockNumber()) + 1;
    const Snapshot &snapshot = *m_session.snapshot();
    if (line > snapshot.text().lineCount())
        return {};
    const Instruction *instruction = snapshot.tree().instructionAtLine(line);
    return instruction ? instructionTip(snapshot, m_session.linter().catalog(), instruction->id, m_theme) : QString();
}

void CodeEdit::showStateAtCursor()
{
    const Snapshot &snapshot = *m_session.snapshot();
    const Instruction *instruction
        = snapshot.tree().instructionAtLine(static_cast<std::uint32_t>(textCursor().blockNumber()) + 1);
    const QString tip
        = instruction ? instructionTip(snapshot, m_session.linter().catalog(), instruction->id, m_theme) : QString();
    if (!tip.isEmpty())
        QToolTip::showText(viewport()->mapToGlobal(cursorRect().bottomLeft()), tip, viewport(), {}, 60000);
}

bool CodeEdit::handleLineKey(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const int key = event->key();
    if (modifiers == Qt::AltModifier && (key == Qt::Key_Up || key == Qt::Key_Down))
        moveLines(key == Qt::Key_Up);
    else if (modifiers == Qt::AltModifier && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        if (const Diagnostic *finding = findingAtCursor())
            Q_EMIT fixesRequested(*finding, anchorOf(*finding));
    } else if (modifiers == Qt::ControlModifier && key == Qt::Key_I)
        showStateAtCursor();
    else if (modifiers == Qt::ControlModifier && key == Qt::Key_Slash)
        toggleComment();
    else if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && key == Qt::Key_D)
        duplicateLines();
    else if (modifiers == Qt::ControlModifier && key == Qt::Key_Space)
        complete();
    else if (modifiers == Qt::NoModifier && key == Qt::Key_Tab) {
        if (textCursor().hasSelection())
            indentLines(true);
        else if (!isReadOnly())
            insertIndent();
    } else if (key == Qt::Key_Backtab)
        indentLines(false);
    else
        return false;
    return true;
}

bool CodeEdit::handleKey(QKeyEvent *event)
{
    if (m_completion->handleKey(event))
        return true;
    if (event->matches(QKeySequence::Undo))
        undo();
    else if (event->matches(QKeySequence::Redo))
        redo();
    else if (handleLineKey(event))
        return true;
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
             && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))) {
        // Shift too: Qt would insert U+2028, which is no line ending in a Dockerfile.
        if (!isReadOnly())
            insertNewline();
        m_completion->hide();
    } else
        return false;
    return true;
}

void CodeEdit::keyPressEvent(QKeyEvent *event)
{
    if (handleKey(event)) {
        event->accept();
        return;
    }
    const int before = textCursor().position();
    const std::uint64_t revision = m_session.snapshot()->revision();
    QPlainTextEdit::keyPressEvent(event);
    const bool changed = m_session.snapshot()->revision() != revision;
    if (!changed && textCursor().position() != before) {
        m_session.endTyping();
        m_completion->hide();
    } else if (changed) {
        const bool erased = event->key() == Qt::Key_Backspace || event->key() == Qt::Key_Delete;
        if (erased && !m_completion->isVisible())
            return;
        typed(erased ? QStringLiteral("x") : event->text());
    }
}

void CodeEdit::inputMethodEvent(QInputMethodEvent *event)
{
    QPlainTextEdit::inputMethodEvent(event);
    if (!event->commitString().isEmpty())
        typed(event->commitString());
}

void CodeEdit::focusOutEvent(QFocusEvent *event)
{
    m_completion->hide();
    m_session.endTyping();
    QPlainTextEdit::focusOutEvent(event);
}

void CodeEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    updateGutterWidth();
    m_completion->hide();
}

void CodeEdit::scrollContentsBy(int dx, int dy)
{
    QPlainTextEdit::scrollContentsBy(dx, dy);
    m_gutter->update();
    m_completion->hide();
    if (dx != 0)
        viewport()->update(); // Tints reach from edge to edge.
}

void CodeEdit::wheelEvent(QWheelEvent *event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QPlainTextEdit::wheelEvent(event);
        return;
    }
    m_wheel += event->angleDelta().y() / 120.0;
    const double steps = std::trunc(m_wheel);
    m_wheel -= steps;
    if (steps != 0)
        setFontSize(m_fontSize + steps);
    event->accept();
}

// Rows are higher than their text: what is pressed above or below the letters is meant for them.
QMouseEvent CodeEdit::onText(const QMouseEvent *event) const
{
    QPointF position = event->position();
    forVisibleBlocks(viewport()->rect(), [&](const QTextBlock &block, QPointF origin, double height) {
        if (position.y() < origin.y() || position.y() >= origin.y() + height || block.layout()->lineCount() == 0)
            return;
        const auto row = std::clamp(static_cast<int>((position.y() - origin.y()) / m_layout->rowHeight()), 0,
                                    block.layout()->lineCount() - 1);
        const QTextLine line = block.layout()->lineAt(row);
        position.setY(origin.y() + line.y() + line.height() / 2);
    });
    return {event->type(),    position,           event->globalPosition(), event->button(),
            event->buttons(), event->modifiers(), event->pointingDevice()};
}

void CodeEdit::mousePressEvent(QMouseEvent *event)
{
    m_completion->hide();
    m_session.endTyping();
    QMouseEvent adjusted = onText(event);
    QPlainTextEdit::mousePressEvent(&adjusted);
    event->setAccepted(adjusted.isAccepted());
}

void CodeEdit::mouseMoveEvent(QMouseEvent *event)
{
    QMouseEvent adjusted = onText(event);
    QPlainTextEdit::mouseMoveEvent(&adjusted);
    event->setAccepted(adjusted.isAccepted());
}

void CodeEdit::mouseDoubleClickEvent(QMouseEvent *event)
{
    QMouseEvent adjusted = onText(event);
    QPlainTextEdit::mouseDoubleClickEvent(&adjusted);
    event->setAccepted(adjusted.isAccepted());
}

void CodeEdit::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    const bool editable = !isReadOnly();
    const bool selected = textCursor().hasSelection();
    const auto add = [&](const QString &text, const QKeySequence &keys, bool enabled, auto function) {
        QAction *action = menu.addAction(text, this, function);
        action->setShortcut(keys);
        action->setEnabled(enabled);
    };
    add(tr("Undo"), QKeySequence::Undo, editable && m_session.undoStack()->canUndo(), &CodeEdit::undo);
    add(tr("Redo"), QKeySequence::Redo, editable && m_session.undoStack()->canRedo(), &CodeEdit::redo);
    menu.addSeparator();
    add(tr("Cut"), QKeySequence::Cut, editable && selected, &QPlainTextEdit::cut);
    add(tr("Copy"), QKeySequence::Copy, selected, &QPlainTextEdit::copy);
    add(tr("Paste"), QKeySequence::Paste, editable && canPaste(), &QPlainTextEdit::paste);
    add(tr("Select all"), QKeySequence::SelectAll, true, &QPlainTextEdit::selectAll);
    menu.addSeparator();
    add(tr("Toggle comment"), QKeySequence(Qt::CTRL | Qt::Key_Slash), editable, &CodeEdit::toggleComment);
    add(tr("Duplicate lines"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), editable, &CodeEdit::duplicateLines);
    const Diagnostic *finding = event->reason() == QContextMenuEvent::Mouse
        ? findingAt(viewport()->mapFromGlobal(event->globalPos()))
        : findingAtCursor();
    if (finding && finding->fixable) {
        menu.addSeparator();
        const Diagnostic wanted = *finding;
        add(tr("Quick fixes…"), QKeySequence(Qt::ALT | Qt::Key_Return), editable,
            [this, wanted] { Q_EMIT fixesRequested(wanted, anchorOf(wanted)); });
    }
    menu.exec(event->globalPos());
}

// The clipboard gets and gives the exact text: a widget would turn no-break spaces into blanks and more.
QMimeData *CodeEdit::createMimeDataFromSelection() const
{
    auto *mime = new QMimeData;
    mime->setText(m_bridge->textOf(textCursor().selectionStart(), textCursor().selectionEnd()));
    return mime;
}

bool CodeEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText() && !source->hasUrls();
}

void CodeEdit::insertFromMimeData(const QMimeData *source)
{
    if (isReadOnly() || !source->hasText())
        return;
    const QTextCursor old = textCursor();
    m_session.endTyping();
    const qsizetype end = m_bridge->replace(old.selectionStart(), old.selectionEnd(), source->text(), tr("Paste"));
    m_session.endTyping();
    QTextCursor cursor = textCursor();
    cursor.setPosition(static_cast<int>(end));
    setTextCursor(cursor);
    ensureCursorVisible();
}

} // namespace stagewright
