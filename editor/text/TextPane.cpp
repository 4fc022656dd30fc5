// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/TextPane.h"

#include "lint/Ignores.h"
#include "panels/FixPopup.h"
#include "session/DocumentSession.h"
#include "text/CodeEdit.h"
#include "text/FindBar.h"
#include "text/GoToLine.h"
#include "text/TextBridge.h"
#include "theme/Theme.h"

#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QTextBlock>
#include <QVBoxLayout>

namespace stagewright {

TextPane::TextPane(DocumentSession &session, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
    , m_edit(new CodeEdit(session, theme, this))
    , m_findBar(new FindBar(session, *m_edit, theme, this))
{
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(0);
    box->addWidget(m_findBar);
    box->addWidget(m_edit, 1);
    setFocusProxy(m_edit);
    m_edit->installEventFilter(this);
    connect(m_edit, &QPlainTextEdit::cursorPositionChanged, this, &TextPane::onCursorMoved);
    connect(m_edit, &QPlainTextEdit::selectionChanged, this, &TextPane::onCursorMoved);
    connect(m_edit, &CodeEdit::fixesRequested, this, &TextPane::openFixes);
    connect(&session, &DocumentSession::selectionChanged, this, &TextPane::onSelectionChanged);
    connect(&session, &DocumentSession::revealRequested, this, &TextPane::onReveal);
}

bool TextPane::eventFilter(QObject *watched, QEvent *event)
{
    // Find and go to line work without a menu, too; a window that has actions for these keys is asked first.
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool plain = key->modifiers() == Qt::NoModifier;
        if (key->matches(QKeySequence::Find))
            find();
        else if (key->modifiers() == Qt::ControlModifier && key->key() == Qt::Key_H)
            findAndReplace();
        else if (key->modifiers() == Qt::ControlModifier && key->key() == Qt::Key_G)
            goToLine();
        else if (plain && key->key() == Qt::Key_F3)
            findNext();
        else if (key->modifiers() == Qt::ShiftModifier && key->key() == Qt::Key_F3)
            findPrevious();
        else if (plain && key->key() == Qt::Key_Escape && m_findBar->isVisible())
            m_findBar->close();
        else
            return QWidget::eventFilter(watched, event);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void TextPane::find()
{
    m_findBar->open(false);
}

void TextPane::findAndReplace()
{
    m_findBar->open(true);
}

void TextPane::findNext()
{
    if (m_findBar->isVisible())
        m_findBar->findNext();
    else
        find();
}

void TextPane::findPrevious()
{
    if (m_findBar->isVisible())
        m_findBar->findPrevious();
    else
        find();
}

void TextPane::goToLine()
{
    auto *bar = new GoToLine(m_session, *m_edit, m_theme);
    bar->open();
}

void TextPane::showFixes()
{
    if (const Diagnostic *finding = m_edit->findingAtCursor())
        openFixes(*finding, m_edit->anchorOf(*finding));
    else
        Q_EMIT message(tr("Nothing to fix in this line"));
}

void TextPane::openFixes(const Diagnostic &finding, const QRect &anchor)
{
    if (!FixPopup::open(m_session, m_theme, finding, anchor, this))
        Q_EMIT message(tr("There is no quick fix for this finding"));
}

void TextPane::onCursorMoved()
{
    const QTextCursor cursor = m_edit->textCursor();
    const LineColumn at = m_session.snapshot()->text().positionAt(m_edit->cursorOffset());
    Q_EMIT cursorMoved(static_cast<int>(at.line), static_cast<int>(at.column),
                       cursor.selectionEnd() - cursor.selectionStart());
    // While a change by others is applied, positions are in between.
    if (m_following || m_edit->bridge().isApplying() || m_session.isPublishing())
        return;
    const Snapshot &snapshot = *m_session.snapshot();
    Selection selection;
    if (const Instruction *instruction = snapshot.tree().instructionAtLine(at.line)) {
        selection.instructions.push_back(instruction->id);
        const StageId stage = snapshot.graph().stageOf(instruction->id);
        if (instruction->kind == InstructionKind::From && stage != StageId::None)
            selection.nodes.push_back(NodeRef::stage(stage));
    }
    // On blank lines and comments the selection of the other views stays.
    if (!selection.isEmpty())
        m_session.select(std::move(selection), this);
}

void TextPane::onSelectionChanged(const Selection &selection, QObject *source)
{
    if (source == this || source == &m_session)
        return;
    const Snapshot &snapshot = *m_session.snapshot();
    InstructionId wanted = InstructionId::None;
    if (!selection.instructions.empty())
        wanted = selection.instructions.front();
    else if (!selection.nodes.empty() && selection.nodes.front().kind == NodeKind::Stage)
        wanted = snapshot.graph().stages()[static_cast<std::size_t>(selection.nodes.front().index)].from;
    else if (!selection.edges.empty())
        wanted = snapshot.graph().edges()[selection.edges.front()].instruction;
    if (wanted == InstructionId::None)
        return;
    const Instruction &instruction = snapshot.tree().instruction(wanted);
    const auto line = static_cast<std::uint32_t>(m_edit->textCursor().blockNumber()) + 1;
    if (instruction.firstLine <= line && line <= instruction.lastLine)
        return;
    const QScopedValueRollback following(m_following, true);
    m_edit->goTo(instruction.range.begin);
}

void TextPane::onReveal(TextRange range, QObject *source)
{
    if (source == this)
        return;
    const QScopedValueRollback following(m_following, true);
    m_edit->goTo(range.begin);
    const SourceText &text = m_session.snapshot()->text();
    if (text.slice(range) != IgnoreReasonPlaceholder)
        return;
    // What a fix leaves for a person to fill in is there to be typed over.
    QTextCursor cursor = m_edit->textCursor();
    cursor.setPosition(static_cast<int>(text.displayPosition(range.begin)));
    cursor.setPosition(static_cast<int>(text.displayPosition(range.end)), QTextCursor::KeepAnchor);
    m_edit->setTextCursor(cursor);
    m_edit->setFocus(Qt::OtherFocusReason);
}

} // namespace stagewright
