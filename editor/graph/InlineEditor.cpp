// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/InlineEditor.h"

#include "theme/Theme.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QScopedValueRollback>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace stagewright {

InlineEditor::InlineEditor(const Theme &theme, Setup setup, QRect rect, double scale, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_theme(theme)
    , m_setup(std::move(setup))
{
    setObjectName(QStringLiteral("inlineEditor"));
    setAccessibleName(m_setup.name);
    const double size = std::clamp(std::round((m_setup.mono ? 12 : 13) * scale), 11.0, 26.0);
    setFont(m_setup.mono ? theme.monoFont(size) : theme.uiFont(size, QFont::DemiBold));
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(m_setup.multiLine ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(!m_setup.multiLine);
    setViewportMargins(0, 0, 0, 0);
    document()->setDocumentMargin(4);
    setPlainText(m_setup.text);
    m_minimumHeight = std::max(rect.height(), static_cast<int>(QFontMetricsF(font()).height()) + 10);
    double widest = rect.width();
    if (m_setup.multiLine) {
        for (const QString &line : m_setup.text.split(u'\n'))
            widest = std::max(widest, QFontMetricsF(font()).horizontalAdvance(line) + 40);
    } else {
        widest = std::max(widest, QFontMetricsF(font()).horizontalAdvance(m_setup.text) + 60);
    }
    rect.setWidth(static_cast<int>(std::min(widest, parent->width() * 0.8)));
    rect.setHeight(m_minimumHeight);
    setGeometry(rect);
    fitHeight();
    connect(document(), &QTextDocument::blockCountChanged, this, [this] { fitHeight(); });
    // Stay inside the view
    move(std::clamp(x(), 0, std::max(0, parent->width() - width())),
         std::clamp(y(), 0, std::max(0, parent->height() - height())));
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::min(m_setup.selectFrom, static_cast<int>(m_setup.text.size())));
    const int end
        = m_setup.selectLength < 0 ? static_cast<int>(m_setup.text.size()) : m_setup.selectFrom + m_setup.selectLength;
    cursor.setPosition(std::min(end, static_cast<int>(m_setup.text.size())), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    show();
    raise();
    setFocus(Qt::OtherFocusReason);
}

void InlineEditor::fitHeight()
{
    const double line = QFontMetricsF(font()).lineSpacing();
    const int wanted = static_cast<int>(std::ceil(line * blockCount())) + 10;
    const int limit = std::max(m_minimumHeight, parentWidget()->height() * 2 / 3);
    resize(width(), std::clamp(wanted, m_minimumHeight, limit));
    if (!m_setup.multiLine && height() > wanted) // one line stands in the middle
        document()->setDocumentMargin(std::max(3.0, (height() - line) / 2));
}

void InlineEditor::accept()
{
    if (m_done)
        return;
    const QScopedValueRollback busy(m_done, true); // what accept() does may take the focus away
    const QString problem = m_setup.accept ? m_setup.accept(toPlainText()) : QString();
    if (!problem.isEmpty()) {
        QToolTip::showText(mapToGlobal(QPoint(0, height() + 4)), problem, this);
        setFocus();
        return;
    }
    m_setup.accept = nullptr;
    m_setup.reject = nullptr;
    hide();
    deleteLater();
    parentWidget()->setFocus();
}

void InlineEditor::reject()
{
    if (m_done)
        return;
    m_done = true;
    if (m_setup.reject)
        m_setup.reject();
    hide();
    deleteLater();
    parentWidget()->setFocus();
}

void InlineEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        reject();
        return;
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && (!m_setup.multiLine || (event->modifiers() & Qt::ControlModifier))) {
        accept();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void InlineEditor::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (m_done || event->reason() == Qt::PopupFocusReason || event->reason() == Qt::ActiveWindowFocusReason)
        return;
    // What cannot be taken is dropped: the person has gone elsewhere
    const QScopedValueRollback busy(m_done, true);
    const bool refused = m_setup.accept && !m_setup.accept(toPlainText()).isEmpty();
    if (refused && m_setup.reject)
        m_setup.reject();
    m_setup.accept = nullptr;
    m_setup.reject = nullptr;
    hide();
    deleteLater();
}

void InlineEditor::insertFromMimeData(const QMimeData *source)
{
    QString text = source->text();
    if (!m_setup.multiLine)
        text.replace(u'\n', u' ');
    textCursor().insertText(text);
}

void InlineEditor::paintEvent(QPaintEvent *event)
{
    {
        const Tokens &t = m_theme.tokens();
        QPainter painter(viewport());
        painter.fillRect(viewport()->rect(), t.field);
        painter.setPen(QPen(t.accent, 2));
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
    QPlainTextEdit::paintEvent(event);
}

} // namespace stagewright
