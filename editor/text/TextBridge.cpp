// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/TextBridge.h"

#include "text/SyntaxHighlighter.h"

#include <QScopedValueRollback>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>
#include <utility>

namespace stagewright {

namespace {

int lengthOf(const QTextDocument &document)
{
    return document.characterCount() - 1; // Without the paragraph separator at the end.
}

QString textBetween(QTextDocument &document, int begin, int end)
{
    QTextCursor cursor(&document);
    cursor.setPosition(begin);
    cursor.setPosition(end, QTextCursor::KeepAnchor);
    return cursor.selectedText(); // Unlike toPlainText(), keeps no-break spaces.
}

} // namespace

TextBridge::TextBridge(DocumentSession &session, QTextDocument &document, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_document(document)
{
    m_document.setUndoRedoEnabled(false);
    connect(&m_document, &QTextDocument::contentsChange, this, &TextBridge::onContentsChange);
    connect(&m_session, &DocumentSession::changed, this, &TextBridge::onSessionChanged);
    synchronise();
}

void TextBridge::setHighlighter(SyntaxHighlighter *highlighter)
{
    m_highlighter = highlighter;
    m_highlighter->setSnapshot(m_session.snapshot());
}

std::string TextBridge::encode(const QString &displayed) const
{
    std::string result;
    const std::string_view newline = m_session.snapshot()->text().newline();
    QString run;
    const auto flush = [&] {
        result += run.toUtf8().toStdString();
        run.clear();
    };
    for (qsizetype i = 0; i < displayed.size(); ++i) {
        const QChar c = displayed[i];
        if (c == u'\n' || c == QChar::ParagraphSeparator) {
            flush();
            result += newline;
        } else if (c == u'\r' && i + 1 < displayed.size() && displayed[i + 1] == u'\n') {
            continue;
        } else if (c != u'\0') { // NUL is in no text file, but may be on the clipboard.
            run += c;
        }
    }
    flush();
    return result;
}

void TextBridge::onContentsChange(int position, int removed, int added)
{
    const int before = std::exchange(m_length, lengthOf(m_document));
    if (m_applying)
        return;
    // Qt counts the last paragraph separator in for changes at the end.
    const int surplus = std::max({0, position + removed - before, position + added - m_length});
    removed -= std::min(surplus, removed);
    added -= std::min(surplus, added);
    if (position + removed > before || before - removed + added != m_length) {
        synchronise();
        return;
    }
    const SourceText &text = m_session.snapshot()->text();
    const TextRange range{text.offsetAtDisplay(position), text.offsetAtDisplay(position + removed)};
    // Between the halves of a surrogate pair there is no place in the text; it moves out of the pair.
    const bool exact
        = text.displayPosition(range.begin) == position && text.displayPosition(range.end) == position + removed;
    std::string replacement = encode(textBetween(m_document, position, position + added));
    EditTransaction transaction(std::exchange(m_label, {}).toStdString());
    if (!range.isEmpty() || !replacement.empty())
        transaction.replace(range, std::move(replacement));
    {
        const QScopedValueRollback pushing(m_pushing, true);
        m_session.push(std::move(transaction), Origin::Text);
    }
    // Otherwise: read-only, a change in the middle of another one, or characters that pair up with their neighbours.
    if (!exact || !lengthsAgree())
        synchronise();
}

void TextBridge::onSessionChanged(const DocumentChange &change)
{
    if (m_highlighter)
        m_highlighter->setSnapshot(change.after);
    if (!m_pushing) {
        if (change.origin == Origin::Load)
            synchronise();
        else
            applyEdits(change);
    }
    if (m_highlighter && m_highlighter->document()) {
        if (m_pushing) // QSyntaxHighlighter has yet to hear of the change itself; only the names elsewhere.
            QMetaObject::invokeMethod(m_highlighter, &SyntaxHighlighter::refreshNames, Qt::QueuedConnection);
        else
            m_highlighter->refreshNames();
    }
}

void TextBridge::applyEdits(const DocumentChange &change)
{
    const std::vector<TextEdit> &edits = change.edits.edits();
    if (edits.empty())
        return;
    const SourceText &before = change.before->text();
    const SourceText &after = change.after->text();
    int end = 0;
    Q_EMIT aboutToApply();
    {
        const QScopedValueRollback applying(m_applying, true);
        QTextCursor cursor(&m_document);
        cursor.beginEditBlock();
        // From the back, so that the positions in front of an edit stay what they were.
        for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
            cursor.setPosition(static_cast<int>(before.displayPosition(edit->range.begin)));
            cursor.setPosition(static_cast<int>(before.displayPosition(edit->range.end)), QTextCursor::KeepAnchor);
            const auto replacement = SourceText::fromBytes(edit->replacement);
            if (cursor.hasSelection() || (replacement && !replacement->isEmpty()))
                cursor.insertText(replacement ? replacement->displayText() : QString());
        }
        cursor.endEditBlock();
        end = static_cast<int>(after.displayPosition(change.edits.mapOffset(edits.back().range.end)));
    }
    // A replacement is displayed by itself above; a CR that met an LF, or a byte order mark, differs in its place.
    if (!lengthsAgree())
        synchronise();
    Q_EMIT applied(change.origin, std::min(end, m_length));
}

bool TextBridge::lengthsAgree() const
{
    const SourceText &text = m_session.snapshot()->text();
    return m_length == text.displayPosition(text.size())
        && m_document.blockCount() == static_cast<int>(text.lineCount());
}

void TextBridge::synchronise()
{
    const QString wanted = m_session.snapshot()->text().displayText();
    const QString shown = m_document.toRawText().replace(QChar::ParagraphSeparator, u'\n');
    const auto common = std::min(wanted.size(), shown.size());
    const auto front = std::mismatch(wanted.begin(), wanted.begin() + common, shown.begin()).first - wanted.begin();
    qsizetype back = 0;
    while (back < common - front && wanted[wanted.size() - 1 - back] == shown[shown.size() - 1 - back])
        ++back;
    const QScopedValueRollback applying(m_applying, true);
    if (wanted.size() != front + back || shown.size() != front + back) {
        QTextCursor cursor(&m_document);
        cursor.setPosition(static_cast<int>(front));
        cursor.setPosition(static_cast<int>(shown.size() - back), QTextCursor::KeepAnchor);
        cursor.insertText(wanted.sliced(front, wanted.size() - front - back));
    }
    m_length = lengthOf(m_document);
}

qsizetype TextBridge::replace(qsizetype begin, qsizetype end, const QString &text, const QString &label)
{
    const SourceText &source = m_session.snapshot()->text();
    const TextRange range{source.offsetAtDisplay(begin), source.offsetAtDisplay(end)};
    std::string replacement = encode(text);
    const auto behind = static_cast<Offset>(range.begin + replacement.size());
    EditTransaction transaction(label.toStdString());
    if (!range.isEmpty() || !replacement.empty())
        transaction.replace(range, std::move(replacement));
    m_session.push(std::move(transaction), Origin::Text);
    return m_session.snapshot()->text().displayPosition(behind);
}

QString TextBridge::textOf(qsizetype begin, qsizetype end) const
{
    const SourceText &source = m_session.snapshot()->text();
    const std::string_view bytes = source.slice({source.offsetAtDisplay(begin), source.offsetAtDisplay(end)});
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()))
        .replace(QLatin1String("\r\n"), QLatin1String("\n"));
}

} // namespace stagewright
