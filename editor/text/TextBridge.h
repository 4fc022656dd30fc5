// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "session/DocumentSession.h"

#include <QObject>
#include <QString>

QT_BEGIN_NAMESPACE
class QTextCursor;
class QTextDocument;
QT_END_NAMESPACE

namespace stagewright {

class SyntaxHighlighter;

/// Keeps a QTextDocument and a session's text the same. What is typed becomes a transaction; what others change is
/// applied as the same small edits, so that cursors and the scroll position stay where they are.
///
/// The QTextDocument shows SourceText::displayText(): it is never read as a whole, and never saved.
class TextBridge : public QObject
{
    Q_OBJECT
public:
    TextBridge(DocumentSession &session, QTextDocument &document, QObject *parent = nullptr);

    /// Is given each snapshot before the document reports the change.
    void setHighlighter(SyntaxHighlighter *highlighter);
    /// What the undo menu shows for the next change of the document; forgotten after it.
    void setNextLabel(const QString &label) { m_label = label; }

    /// Replaces a run of displayed text (UTF-16 positions) by @p text, keeping its special characters exactly; line
    /// endings become the document's. Answers where the inserted text ends, as a display position.
    qsizetype replace(qsizetype begin, qsizetype end, const QString &text, const QString &label);
    /// The exact text of a run of displayed text, with LF line endings: what the clipboard gets.
    [[nodiscard]] QString textOf(qsizetype begin, qsizetype end) const;

    /// True while this changes the document (as opposed to a person).
    [[nodiscard]] bool isApplying() const { return m_applying; }

Q_SIGNALS:
    void aboutToApply();
    /// A change by somebody else has been applied. @p end: where its last edit ends in the document.
    void applied(stagewright::Origin origin, int end);

private:
    void onContentsChange(int position, int removed, int added);
    void onSessionChanged(const DocumentChange &change);
    void applyEdits(const DocumentChange &change);
    /// Makes the document equal to the session, whatever happened.
    void synchronise();
    [[nodiscard]] bool lengthsAgree() const;
    [[nodiscard]] std::string encode(const QString &displayed) const;

    DocumentSession &m_session;
    QTextDocument &m_document;
    SyntaxHighlighter *m_highlighter = nullptr;
    QString m_label;
    int m_length = 0; ///< Of the document's text before the current change.
    bool m_applying = false;
    bool m_pushing = false;
};

} // namespace stagewright
