// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/CodeEdit.h"

#include "lint/Linter.h"
#include "session/StageRole.h"
#include "text/CodeEditGutter.h"
#include "text/Completion.h"
#include "text/CompletionPopup.h"
#include "text/LineCommands.h"
#include "text/RowLayout.h"
#include "text/SyntaxHighlighter.h"
#include "text/TextBridge.h"
#include "theme/Theme.h"

#include <QGuiApplication>
#include <QScrollBar>
#include <QStyleHints>
#include <QTextBlock>
#include <QTextDocument>
#include <QUndoStack>

#include <algorithm>
#include <cmath>
#include <utility>

namespace stagewright {

CodeEdit::CodeEdit(DocumentSession &session, const Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_session(session)
    , m_theme(theme)
{
    auto *text = new QTextDocument(this);
    text->setDocumentMargin(8);
    m_layout = new RowLayout(text);
    text->setDocumentLayout(m_layout);
    // The bridge hears of changes before the highlighter, and the highlighter asks the snapshot of the new text.
    m_bridge = new TextBridge(session, *text, this);
    m_highlighter = new SyntaxHighlighter(text, theme);
    m_bridge->setHighlighter(m_highlighter);
    setDocument(text);
    m_gutter = new Gutter(*this);
    m_completion = new CompletionPopup(theme, this);

    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setCursorWidth(2);
    setReadOnly(session.isReadOnly());
    setAccessibleName(tr("Dockerfile text"));
    setMouseTracking(true);

    connect(m_bridge, &TextBridge::aboutToApply, this, [this] {
        m_top = QTextCursor(firstVisibleBlock());
        m_topBlock = m_top.blockNumber();
    });
    connect(m_bridge, &TextBridge::applied, this, &CodeEdit::onApplied);
    connect(&session, &DocumentSession::changed, this, [this](const DocumentChange &change) {
        rebuildBands();
        rebuildSizes();
        if (change.origin == Origin::Load) {
            m_completion->hide();
            moveCursor(QTextCursor::Start);
        }
    });
    connect(&session, &DocumentSession::diagnosticsChanged, this, &CodeEdit::rebuildLineMarks);
    connect(&session, &DocumentSession::sizesChanged, this, &CodeEdit::rebuildSizes);
    connect(&session, &DocumentSession::readOnlyChanged, this, &CodeEdit::setReadOnly);
    connect(&theme, &Theme::changed, this, &CodeEdit::applyTheme);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        viewport()->update();
        m_gutter->update();
    });
    connect(m_completion, &CompletionPopup::accepted, this, &CodeEdit::acceptProposal);
    applyTheme();
    rebuildBands();
    rebuildLineMarks();
    rebuildSizes();
}

CodeEdit::~CodeEdit() = default;

void CodeEdit::applyTheme()
{
    const Tokens &t = m_theme.tokens();
    QPalette colours = palette();
    colours.setColor(QPalette::Base, t.field);
    colours.setColor(QPalette::Window, t.field);
    colours.setColor(QPalette::Text, t.text);
    colours.setColor(QPalette::Highlight, t.accentSel);
    colours.setColor(QPalette::HighlightedText, t.text);
    setPalette(colours);
    setFontSize(m_fontSize);
    rebuildBands();
}

void CodeEdit::setFontSize(double px)
{
    px = std::clamp(px, 8.0, 40.0);
    const bool changed = std::exchange(m_fontSize, px) != px;
    setFont(m_theme.monoFont(px));
    document()->setDefaultFont(font());
    const QFontMetricsF metrics(font());
    m_layout->setRowHeight(std::max(std::ceil(metrics.height()), std::round(px * 22 / 12)));
    setTabStopDistance(metrics.horizontalAdvance(QLatin1Char(' ')) * 4);
    updateGutterWidth();
    viewport()->update();
    if (changed)
        Q_EMIT fontSizeChanged(px);
}

// --- What is painted beside and behind the lines -------------------------------------------------------------

void CodeEdit::rebuildLineMarks()
{
    m_lineMarks.clear();
    const std::vector<Diagnostic> &findings = m_session.diagnostics();
    for (std::size_t i = 0; i < findings.size(); ++i) {
        if (findings[i].line != 0)
            m_lineMarks.push_back({findings[i].line, findings[i].severity, i});
    }
    std::ranges::stable_sort(m_lineMarks, [](const LineMark &a, const LineMark &b) {
        return std::pair(a.line, a.severity) < std::pair(b.line, b.severity);
    });
    const auto doubles = std::ranges::unique(m_lineMarks, {}, &LineMark::line);
    m_lineMarks.erase(doubles.begin(), doubles.end());
    viewport()->update();
    m_gutter->update();
}

void CodeEdit::rebuildBands()
{
    const Tokens &t = m_theme.tokens();
    const Snapshot &snapshot = *m_session.snapshot();
    m_bands.clear();
    for (const Stage &stage : snapshot.graph().stages()) {
        const TextRange comment = snapshot.tree().instruction(stage.from).leadingComment;
        StageBand band;
        band.fromLine = stage.firstLine;
        band.first = comment.isEmpty() ? stage.firstLine : snapshot.text().lineAt(comment.begin);
        band.last = stage.lastLine;
        const StageRole role = roleOf(stage);
        const QColor line
            = role == StageRole::Final ? t.finalLine : (role == StageRole::Test ? t.testLine : t.builderLine);
        band.dimmed = !stage.reachable;
        band.bar = band.dimmed ? mixed(line, t.field, 0.45) : line;
        band.tinted = role == StageRole::Final;
        m_bands.push_back(band);
    }
    updateDimming();
    viewport()->update();
    m_gutter->update();
}

void CodeEdit::rebuildSizes()
{
    m_sizes.clear();
    const Snapshot &snapshot = *m_session.snapshot();
    const DocumentSizes &sizes = m_session.sizes();
    if (sizes.isMeasured()) {
        for (const Instruction &instruction : snapshot.tree().instructions()) {
            const bool base = instruction.kind == InstructionKind::From;
            const auto bytes = sizes.bytesOf(instruction.id);
            if (bytes && (*bytes > 0 || base || addsLayer(instruction.kind)))
                m_sizes.push_back({instruction.firstLine, *bytes, instruction.id, base});
        }
    }
    updateGutterWidth();
}

void CodeEdit::updateDimming()
{
    QList<QTextEdit::ExtraSelection> dimmed;
    for (const StageBand &band : m_bands) {
        const QTextBlock first = document()->findBlockByNumber(static_cast<int>(band.first) - 1);
        const QTextBlock last = document()->findBlockByNumber(static_cast<int>(band.last) - 1);
        if (!band.dimmed || !first.isValid() || !last.isValid())
            continue;
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(first);
        selection.cursor.setPosition(last.position() + last.length() - 1, QTextCursor::KeepAnchor);
        selection.format.setForeground(m_theme.tokens().text3);
        dimmed.append(selection);
    }
    if (!dimmed.isEmpty() || !extraSelections().isEmpty())
        setExtraSelections(dimmed);
}

void CodeEdit::setMarks(std::vector<TextRange> marks)
{
    m_marks = std::move(marks);
    viewport()->update();
}

int CodeEdit::gutterWidth() const
{
    const int digits = static_cast<int>(std::to_string(std::max(blockCount(), 10)).size());
    return 27 + sizeColumnWidth()
        + static_cast<int>(std::ceil(QFontMetricsF(font()).horizontalAdvance(u'0') * std::max(digits, 2))) + 8 + 4;
}

void CodeEdit::updateGutterWidth()
{
    if (!m_gutter)
        return;
    setViewportMargins(gutterWidth(), 0, 0, 0);
    m_gutter->setGeometry(0, 0, gutterWidth(), height());
    m_gutter->update();
}

// --- Cursor -------------------------------------------------------------------------------------------------

Offset CodeEdit::cursorOffset() const
{
    return m_session.snapshot()->text().offsetAtDisplay(textCursor().position());
}

void CodeEdit::goTo(Offset offset)
{
    goToRange(TextRange::at(offset));
}

void CodeEdit::goToRange(TextRange range)
{
    const SourceText &text = m_session.snapshot()->text();
    QTextCursor cursor = textCursor();
    cursor.setPosition(static_cast<int>(text.displayPosition(range.end)));
    cursor.setPosition(static_cast<int>(text.displayPosition(range.begin)), QTextCursor::KeepAnchor);
    const int wanted = cursor.blockNumber();
    const int first = firstVisibleBlock().blockNumber();
    const int rows = std::max(1, static_cast<int>(viewport()->height() / m_layout->rowHeight()));
    if (wanted < first || wanted > first + rows - 2)
        verticalScrollBar()->setValue(std::max(0, wanted - rows / 3));
    setTextCursor(cursor);
}

void CodeEdit::onApplied(Origin origin, int end)
{
    m_completion->hide();
    // Lines that came or went above the view: what is in view stays where it is.
    if (m_topBlock > 0 && m_top.blockNumber() != m_topBlock)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + m_top.blockNumber() - m_topBlock);
    if (origin == Origin::History && hasFocus()) {
        QTextCursor cursor = textCursor();
        cursor.setPosition(end);
        setTextCursor(cursor);
        ensureCursorVisible();
    }
}

std::pair<std::uint32_t, std::uint32_t> CodeEdit::selectedLines() const
{
    const QTextCursor cursor = textCursor();
    const QTextBlock first = document()->findBlock(cursor.selectionStart());
    QTextBlock last = document()->findBlock(cursor.selectionEnd());
    // A selection of whole lines ends at the start of the next one, which does not belong to it.
    if (last.blockNumber() > first.blockNumber() && cursor.selectionEnd() == last.position())
        last = last.previous();
    return {static_cast<std::uint32_t>(first.blockNumber()) + 1, static_cast<std::uint32_t>(last.blockNumber()) + 1};
}

const Diagnostic *CodeEdit::findingAtCursor() const
{
    const auto line = static_cast<std::uint32_t>(textCursor().blockNumber()) + 1;
    const Instruction *instruction = m_session.snapshot()->tree().instructionAtLine(line);
    const Diagnostic *best = nullptr;
    const auto rank = [](const Diagnostic &d) { return std::pair(!d.fixable, d.severity); };
    for (const Diagnostic &finding : m_session.diagnostics()) {
        const bool here = (finding.line <= line && line <= std::max(finding.line, finding.lastLine))
            || (instruction && finding.instruction == instruction->id);
        if (here && (!best || rank(finding) < rank(*best)))
            best = &finding;
    }
    return best;
}

QRect CodeEdit::anchorOf(const Diagnostic &finding) const
{
    const Offset at = finding.line == 0 ? 0 : finding.range.begin;
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(m_session.snapshot()->text().displayPosition(at)));
    QRect rect = cursorRect(cursor);
    rect.setTop(std::clamp(rect.top(), 0, std::max(0, viewport()->height() - rect.height())));
    return {viewport()->mapToGlobal(rect.topLeft()), rect.size()};
}

// --- Editing ------------------------------------------------------------------------------------------------

void CodeEdit::undo()
{
    m_completion->hide();
    m_session.undoStack()->undo();
}

void CodeEdit::redo()
{
    m_completion->hide();
    m_session.undoStack()->redo();
}

void CodeEdit::pushLines(EditTransaction edits, const QString &label)
{
    if (edits.isEmpty())
        return;
    edits.setLabel(label.toStdString());
    m_completion->hide();
    m_session.endTyping();
    m_session.push(std::move(edits), Origin::Text);
    m_session.endTyping();
}

void CodeEdit::toggleComment()
{
    const auto [first, last] = selectedLines();
    pushLines(lines::toggleComment(m_session.snapshot()->text(), first, last), tr("Toggle comment"));
}

void CodeEdit::indentLines(bool in)
{
    const auto [first, last] = selectedLines();
    const SourceText &text = m_session.snapshot()->text();
    pushLines(in ? lines::indent(text, first, last) : lines::unindent(text, first, last),
              in ? tr("Indent") : tr("Unindent"));
}

void CodeEdit::moveLines(bool up)
{
    // The neighbour is what the transaction moves, so the cursor and the selection stay on their text, except at an
    // edge that touches the neighbour: restore them by line.
    const auto [first, last] = selectedLines();
    const QTextCursor old = textCursor();
    const int anchorColumn = old.anchor() - document()->findBlock(old.anchor()).position();
    const int column = old.positionInBlock();
    const int anchorLine = document()->findBlock(old.anchor()).blockNumber();
    const int line = old.blockNumber();
    const SourceText &text = m_session.snapshot()->text();
    EditTransaction edits = up ? lines::moveUp(text, first, last) : lines::moveDown(text, first, last);
    if (edits.isEmpty() || m_session.isReadOnly())
        return;
    pushLines(std::move(edits), up ? tr("Move lines up") : tr("Move lines down"));
    const int shift = up ? -1 : 1;
    const auto positionOf = [&](int block, int at) {
        const QTextBlock found = document()->findBlockByNumber(block + shift);
        return found.isValid() ? found.position() + std::min(at, found.length() - 1) : document()->characterCount() - 1;
    };
    QTextCursor cursor = textCursor();
    cursor.setPosition(positionOf(anchorLine, anchorColumn));
    cursor.setPosition(positionOf(line, column), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

void CodeEdit::duplicateLines()
{
    const auto [first, last] = selectedLines();
    pushLines(lines::duplicate(m_session.snapshot()->text(), first, last), tr("Duplicate lines"));
}

void CodeEdit::insertNewline()
{
    QTextCursor cursor = textCursor();
    const Offset at = m_session.snapshot()->text().offsetAtDisplay(cursor.selectionEnd());
    const std::string indent = lines::indentationBehind(*m_session.snapshot(), at);
    cursor.insertText(QStringLiteral("\n") + QString::fromStdString(indent));
    setTextCursor(cursor);
    ensureCursorVisible();
}

void CodeEdit::insertIndent()
{
    const std::string unit = lines::indentUnit(m_session.snapshot()->text());
    QTextCursor cursor = textCursor();
    if (unit == "\t")
        cursor.insertText(QStringLiteral("\t"));
    else
        cursor.insertText(
            QString(static_cast<int>(unit.size()) - cursor.positionInBlock() % static_cast<int>(unit.size()), u' '));
    setTextCursor(cursor);
}

void CodeEdit::complete()
{
    if (isReadOnly())
        return;
    const Proposals found = completionsAt(*m_session.snapshot(), m_session.linter().catalog(), cursorOffset(), true);
    m_completion->present(found, cursorRect().translated(viewport()->pos()), true);
}

void CodeEdit::typed(const QString &text)
{
    if (isReadOnly() || textCursor().hasSelection() || text.isEmpty())
        return;
    // Opened by what can begin or continue a word; after that it follows what is typed.
    const QChar last = text.back();
    const bool opens = last.isLetterOrNumber() || last == u'-' || last == u'=' || last == u'$' || last == u'{'
        || last == u',' || last == u'/' || last == u':' || last == u'.' || last == u'_';
    if (!opens) {
        m_completion->hide();
        return;
    }
    const Proposals found = completionsAt(*m_session.snapshot(), m_session.linter().catalog(), cursorOffset(), false);
    m_completion->present(found, cursorRect().translated(viewport()->pos()), false);
}

void CodeEdit::acceptProposal(const TextRange &replaces, const QString &text)
{
    const SourceText &source = m_session.snapshot()->text();
    m_session.endTyping();
    const qsizetype end = m_bridge->replace(source.displayPosition(replaces.begin),
                                            source.displayPosition(replaces.end), text, tr("Complete"));
    m_session.endTyping();
    QTextCursor cursor = textCursor();
    cursor.setPosition(static_cast<int>(end));
    setTextCursor(cursor);
    if (text.endsWith(u'='))
        typed(text); // "--from=": go on with its values.
}

} // namespace stagewright
