// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"
#include "session/DocumentSession.h"

#include <QPlainTextEdit>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace stagewright {

class CompletionPopup;
class RowLayout;
class SyntaxHighlighter;
class TextBridge;
class Theme;

/// The editor widget: a session's text with a gutter (severity, sizes when they are
/// known, line numbers, a bar in each stage's colour), findings
/// underlined and named at the line's end, completion, and the keys that work on lines.
///
/// Undo and redo, cut and paste go through the session, so nothing of a file is lost that a text widget cannot show.
class CodeEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    CodeEdit(DocumentSession &session, const Theme &theme, QWidget *parent = nullptr);
    ~CodeEdit() override;

    [[nodiscard]] TextBridge &bridge() const { return *m_bridge; }
    [[nodiscard]] SyntaxHighlighter &highlighter() const { return *m_highlighter; }

    /// Byte offset of the cursor.
    [[nodiscard]] Offset cursorOffset() const;
    /// Puts the cursor there and scrolls as little as needed (a third from the top when far away).
    void goTo(Offset offset);
    /// Selects a range and scrolls to it.
    void goToRange(TextRange range);

    // What the keys do; also for menus
    void undo();
    void redo();
    void toggleComment();
    void moveLines(bool up);
    void duplicateLines();
    void indentLines(bool in);
    void complete();
    void showStateAtCursor();    ///< As a tip: the image behind a FROM, the state in front of an instruction.
    void setFontSize(double px); ///< 8 to 40; 12 at first.
    [[nodiscard]] double fontSize() const { return m_fontSize; }

    /// Ranges to mark (search results); painted behind the text.
    void setMarks(std::vector<TextRange> marks);
    /// The finding whose underline or line is at a viewport position; null when there is none.
    [[nodiscard]] const Diagnostic *findingAt(QPoint position) const;
    /// The worst finding of the cursor's line or instruction that has a fix, or else the worst; null when there is
    /// none.
    [[nodiscard]] const Diagnostic *findingAtCursor() const;
    /// Where a popup about a finding goes: the global rectangle of the start of its line.
    [[nodiscard]] QRect anchorOf(const Diagnostic &finding) const;

    [[nodiscard]] int gutterWidth() const;

Q_SIGNALS:
    /// Alt+Enter, or a click on a severity icon.
    void fixesRequested(const stagewright::Diagnostic &finding, const QRect &globalAnchor);
    void fontSizeChanged(double px);

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override;
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    class Gutter;

    struct LineMark ///< What is painted for a line because of findings.
    {
        std::uint32_t line = 0;
        Severity severity = Severity::Info;
        std::size_t finding = 0; ///< Index of the worst.
    };
    struct LineSize ///< What the instruction that begins there adds.
    {
        std::uint32_t line = 0;
        std::uint64_t bytes = 0;
        InstructionId instruction = InstructionId::None;
        bool base = false; ///< A FROM: what it starts with.
    };
    struct StageBand ///< Lines that belong to a stage.
    {
        std::uint32_t first = 0, fromLine = 0, last = 0;
        QColor bar;
        bool tinted = false;
        bool dimmed = false;
    };

    // CodeEdit.cpp
    void applyTheme();
    void rebuildLineMarks();
    void rebuildBands();
    void rebuildSizes();
    void updateDimming();
    void updateGutterWidth();
    void onApplied(Origin origin, int end);
    bool handleKey(QKeyEvent *event);
    bool handleLineKey(QKeyEvent *event);
    void insertNewline();
    void insertIndent();
    void pushLines(EditTransaction edits, const QString &label);
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> selectedLines() const;
    void typed(const QString &text);
    void acceptProposal(const TextRange &replaces, const QString &text);
    [[nodiscard]] QMouseEvent onText(const QMouseEvent *event) const;
    void showTip(QHelpEvent *event);
    [[nodiscard]] QString stateTipAt(QPoint position) const;

    // CodeEditPaint.cpp
    void paintBackground(QPainter &painter, const QRect &clip);
    void paintForeground(QPainter &painter, const QRect &clip);
    void paintWave(QPainter &painter, const QTextBlock &block, QPointF origin, TextRange range,
                   const QColor &colour) const;
    void paintHint(QPainter &painter, const QTextBlock &block, QPointF origin, double height,
                   const LineMark &mark) const;
    void paintGutter(QPainter &painter, const QRect &clip);
    void paintSize(QPainter &painter, const QRectF &row, const LineSize &size) const;
    [[nodiscard]] int sizeColumnWidth() const; ///< 0 when no sizes are known.
    [[nodiscard]] const LineSize *sizeAt(std::uint32_t line) const;
    [[nodiscard]] QString sizeTip(const LineSize &size) const;
    [[nodiscard]] QColor lineColour(std::uint32_t line) const;
    [[nodiscard]] const StageBand *bandAt(std::uint32_t line) const;
    [[nodiscard]] const LineMark *markAt(std::uint32_t line) const;
    void forVisibleBlocks(const QRect &clip,
                          const std::function<void(const QTextBlock &, QPointF, double)> &visit) const;
    [[nodiscard]] QRectF rangeRect(const QTextBlock &block, QPointF origin, TextRange range) const;

    DocumentSession &m_session;
    const Theme &m_theme;
    TextBridge *m_bridge = nullptr;
    SyntaxHighlighter *m_highlighter = nullptr;
    RowLayout *m_layout = nullptr;
    Gutter *m_gutter = nullptr;
    CompletionPopup *m_completion = nullptr;
    std::vector<LineMark> m_lineMarks; ///< Sorted by line.
    std::vector<LineSize> m_sizes;     ///< Sorted by line.
    std::vector<StageBand> m_bands;    ///< Sorted by line.
    std::vector<TextRange> m_marks;
    QTextCursor m_top; ///< Of the first line in view, while a change by others is applied.
    int m_topBlock = 0;
    double m_fontSize = 12;
    double m_wheel = 0;
};

} // namespace stagewright
