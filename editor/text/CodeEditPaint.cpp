// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/CodeEdit.h"

#include "text/CodeEditGutter.h"
#include "text/FindingTip.h"
#include "text/RowLayout.h"
#include "text/SyntaxHighlighter.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace stagewright {

namespace {

constexpr int IconSize = 14;
constexpr int IconLeft = 5;
constexpr int BarWidth = 4;
constexpr int SizePadding = 5;           ///< Beside a size, in its column.
constexpr double SizeFont = 10.5 / 12.0; ///< Of the text's size.

/// finalTint at 62 % over the editor's field, as one solid colour.
QColor tintOf(const Tokens &t)
{
    return mixed(t.finalTint, t.field, 0.62);
}

} // namespace

void CodeEdit::forVisibleBlocks(const QRect &clip,
                                const std::function<void(const QTextBlock &, QPointF, double)> &visit) const
{
    QTextBlock block = firstVisibleBlock();
    QPointF origin = contentOffset();
    for (; block.isValid() && origin.y() <= clip.bottom(); block = block.next()) {
        const double height = blockBoundingRect(block).height();
        if (origin.y() + height >= clip.top())
            visit(block, origin, std::min(height, m_layout->rowHeight() * std::max(1, block.layout()->lineCount())));
        origin.ry() += height;
    }
}

const CodeEdit::StageBand *CodeEdit::bandAt(std::uint32_t line) const
{
    const auto next = std::ranges::upper_bound(m_bands, line, {}, &StageBand::first);
    return next != m_bands.begin() && line <= std::prev(next)->last ? &*std::prev(next) : nullptr;
}

const CodeEdit::LineMark *CodeEdit::markAt(std::uint32_t line) const
{
    const auto found = std::ranges::lower_bound(m_lineMarks, line, {}, &LineMark::line);
    return found != m_lineMarks.end() && found->line == line ? &*found : nullptr;
}

QColor CodeEdit::lineColour(std::uint32_t line) const
{
    const Tokens &t = m_theme.tokens();
    if (static_cast<int>(line) - 1 == textCursor().blockNumber() && !textCursor().hasSelection())
        return t.accentTint;
    const StageBand *band = bandAt(line);
    return band && band->tinted && line >= band->fromLine ? tintOf(t) : t.field;
}

void CodeEdit::paintEvent(QPaintEvent *event)
{
    const QRect clip = event->rect();
    // What is seen is coloured before it is shown, however much waits.
    QTextBlock last = firstVisibleBlock();
    const int rows = static_cast<int>(viewport()->height() / m_layout->rowHeight()) + 1;
    m_highlighter->colourNow(last.blockNumber(), last.blockNumber() + rows);
    {
        QPainter painter(viewport());
        paintBackground(painter, clip);
    }
    QPlainTextEdit::paintEvent(event);
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    paintForeground(painter, clip);
}

void CodeEdit::paintBackground(QPainter &painter, const QRect &clip)
{
    const Tokens &t = m_theme.tokens();
    painter.fillRect(clip, t.field);
    forVisibleBlocks(clip, [&](const QTextBlock &block, QPointF origin, double height) {
        const auto line = static_cast<std::uint32_t>(block.blockNumber()) + 1;
        const QColor colour = lineColour(line);
        if (colour != t.field)
            painter.fillRect(QRectF(0, origin.y(), viewport()->width(), height), colour);
        const TextRange range = m_session.snapshot()->text().line(line);
        auto mark = std::ranges::lower_bound(m_marks, range.begin, {}, [](TextRange r) { return r.end; });
        for (; mark != m_marks.end() && mark->begin <= range.end; ++mark) {
            const QRectF box = rangeRect(block, origin, *mark);
            painter.fillRect(box, t.warnTint);
            painter.setPen(t.warnLine);
            painter.drawRect(box.adjusted(0, 0, -1, -1));
        }
    });
}

QRectF CodeEdit::rangeRect(const QTextBlock &block, QPointF origin, TextRange range) const
{
    const SourceText &text = m_session.snapshot()->text();
    const QTextLayout *layout = block.layout();
    if (layout->lineCount() == 0)
        return {};
    const int begin = std::max(0, static_cast<int>(text.displayPosition(range.begin)) - block.position());
    const int end = std::min(block.length() - 1, static_cast<int>(text.displayPosition(range.end)) - block.position());
    const QTextLine line = layout->lineAt(0); // Lines are not wrapped.
    const double left = line.cursorToX(begin);
    return {origin.x() + left, origin.y() + line.y(), std::max(0.0, line.cursorToX(std::max(begin, end)) - left),
            line.height()};
}

void CodeEdit::paintForeground(QPainter &painter, const QRect &clip)
{
    const Tokens &t = m_theme.tokens();
    const SourceText &text = m_session.snapshot()->text();
    forVisibleBlocks(clip, [&](const QTextBlock &block, QPointF origin, double height) {
        const auto number = static_cast<std::uint32_t>(block.blockNumber()) + 1;
        const TextRange line = number <= text.lineCount() ? text.line(number) : TextRange{};
        // Findings are sorted by line; those of instructions over several lines begin further up.
        for (const Diagnostic &finding : m_session.diagnostics()) {
            if (finding.line > number)
                break;
            if (finding.severity == Severity::Info || std::max(finding.line, finding.lastLine) < number)
                continue;
            TextRange range = finding.range;
            if (range.isEmpty() && finding.line == number)
                range = line;
            if (range.begin <= line.end && line.begin < range.end)
                paintWave(painter, block, origin, {std::max(range.begin, line.begin), std::min(range.end, line.end)},
                          severityLine(finding.severity, t));
        }
        if (const LineMark *mark = markAt(number))
            paintHint(painter, block, origin, height, *mark);
    });
}

void CodeEdit::paintWave(QPainter &painter, const QTextBlock &block, QPointF origin, TextRange range,
                         const QColor &colour) const
{
    const QRectF box = rangeRect(block, origin, range);
    const double width = std::max(box.width(), 6.0);
    const QTextLine line = block.layout()->lineCount() > 0 ? block.layout()->lineAt(0) : QTextLine();
    const double y = std::floor(origin.y() + line.y() + line.ascent()) + 3.5;
    QPainterPath path(QPointF(box.left(), y));
    for (double x = 0; x < width; x += 4) {
        path.lineTo(box.left() + std::min(x + 2, width), y - 1.5);
        path.lineTo(box.left() + std::min(x + 4, width), y + 0.5);
    }
    painter.setPen(QPen(colour, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

void CodeEdit::paintHint(QPainter &painter, const QTextBlock &block, QPointF origin, double height,
                         const LineMark &mark) const
{
    const Diagnostic &finding = m_session.diagnostics()[mark.finding];
    if (finding.hint.empty() || block.layout()->lineCount() == 0)
        return;
    const double left = origin.x() + block.layout()->lineAt(0).naturalTextWidth() + 22;
    painter.setFont(m_theme.uiFont(m_fontSize * 11.5 / 12));
    painter.setPen(severityColour(finding.severity, m_theme.tokens()));
    const double room = viewport()->width() - left - 8;
    const QString words = painter.fontMetrics().elidedText(QString::fromStdString(finding.hint), Qt::ElideRight,
                                                           static_cast<int>(room));
    if (words.size() > 3) // less says nothing; the sign in the gutter does
        painter.drawText(QRectF(left, origin.y(), room, height), Qt::AlignVCenter | Qt::AlignLeft, words);
}

const Diagnostic *CodeEdit::findingAt(QPoint position) const
{
    const Diagnostic *best = nullptr;
    forVisibleBlocks(viewport()->rect(), [&](const QTextBlock &block, QPointF origin, double height) {
        if (position.y() < origin.y() || position.y() >= origin.y() + height)
            return;
        const auto line = static_cast<std::uint32_t>(block.blockNumber()) + 1;
        for (const Diagnostic &finding : m_session.diagnostics()) {
            if (line < finding.line || line > std::max(finding.line, finding.lastLine))
                continue;
            const QRectF box = rangeRect(block, origin, finding.range);
            const bool on
                = finding.range.isEmpty() || (position.x() >= box.left() - 2 && position.x() <= box.right() + 2);
            if (on && (!best || finding.severity < best->severity))
                best = &finding;
        }
        if (best || block.layout()->lineCount() == 0)
            return;
        // Behind the text: the hint.
        if (const LineMark *mark = markAt(line);
            mark && position.x() > origin.x() + block.layout()->lineAt(0).naturalTextWidth())
            best = &m_session.diagnostics()[mark->finding];
    });
    return best;
}

void CodeEdit::paintGutter(QPainter &painter, const QRect &clip)
{
    const Tokens &t = m_theme.tokens();
    const int width = gutterWidth();
    painter.fillRect(clip, t.field);
    const QFont numbers = m_theme.monoFont(m_fontSize * 11.5 / 12);
    const QFont current = m_theme.monoFont(m_fontSize * 11.5 / 12, QFont::DemiBold);
    forVisibleBlocks(clip, [&](const QTextBlock &block, QPointF origin, double height) {
        const auto line = static_cast<std::uint32_t>(block.blockNumber()) + 1;
        const QRectF row(0, origin.y(), width, height);
        if (const QColor colour = lineColour(line); colour != t.field)
            painter.fillRect(row, colour);
        const bool here = block.blockNumber() == textCursor().blockNumber();
        painter.setFont(here ? current : numbers);
        painter.setPen(here ? t.text : t.text3);
        painter.drawText(row.adjusted(0, 0, -BarWidth - 8, 0), Qt::AlignRight | Qt::AlignVCenter,
                         QString::number(line));
        if (const LineSize *size = sizeAt(line))
            paintSize(painter, row, *size);
        if (const StageBand *band = bandAt(line))
            painter.fillRect(QRectF(width - BarWidth, origin.y(), BarWidth, height), band->bar);
        if (const LineMark *mark = markAt(line); mark && mark->severity != Severity::Info) {
            const QPixmap icon = m_theme.pixmap(severityIcon(mark->severity), severityColour(mark->severity, t),
                                                IconSize, devicePixelRatioF());
            painter.drawPixmap(QPointF(IconLeft, origin.y() + std::floor((m_layout->rowHeight() - IconSize) / 2)),
                               icon);
        }
    });
}

const CodeEdit::LineSize *CodeEdit::sizeAt(std::uint32_t line) const
{
    const auto found = std::ranges::lower_bound(m_sizes, line, {}, &LineSize::line);
    return found != m_sizes.end() && found->line == line ? &*found : nullptr;
}

int CodeEdit::sizeColumnWidth() const
{
    if (m_sizes.empty())
        return 0;
    const QFontMetricsF metrics(m_theme.uiFont(m_fontSize * SizeFont));
    return static_cast<int>(std::ceil(metrics.horizontalAdvance(QStringLiteral("999 MB")))) + 2 * SizePadding + 4;
}

/// The more an instruction adds, the warmer its ground; what a FROM starts with stays grey.
void CodeEdit::paintSize(QPainter &painter, const QRectF &row, const LineSize &size) const
{
    const Tokens &t = m_theme.tokens();
    const QRectF box(IconLeft + IconSize + 4, row.top() + 2, sizeColumnWidth() - 4, row.height() - 4);
    const auto most = static_cast<double>(std::max<std::uint64_t>(m_session.sizes().biggest(), 1));
    const double share = size.base ? 0 : std::min(1.0, static_cast<double>(size.bytes) / most);
    const bool warm = share >= 0.02;
    if (warm || (size.base && size.bytes > 0)) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(warm ? mixed(t.warnTint, t.field, 0.35 + 0.65 * share) : t.extTint);
        painter.drawRoundedRect(box, 4, 4);
    }
    painter.setFont(m_theme.uiFont(m_fontSize * SizeFont, warm && share > 0.5 ? QFont::DemiBold : QFont::Normal));
    painter.setPen(warm ? (share > 0.5 ? t.text : t.text2) : t.text3);
    painter.drawText(box.adjusted(0, 0, -SizePadding, 0), Qt::AlignRight | Qt::AlignVCenter, sizeText(size.bytes));
}

QString CodeEdit::sizeTip(const LineSize &size) const
{
    const DocumentSizes &sizes = m_session.sizes();
    const StageWeight *stage = sizes.stage(m_session.snapshot()->graph().stageOf(size.instruction));
    if (!stage)
        return {};
    if (size.base)
        return tr("The stage %1 starts with %2 of %3").arg(stage->name, sizeText(size.bytes), stage->baseName);
    const auto total = static_cast<double>(std::max<std::uint64_t>(stage->total, 1));
    return tr("Adds %1, %2 % of the stage %3")
        .arg(sizeText(size.bytes), QString::number(std::lround(100 * static_cast<double>(size.bytes) / total)),
             stage->name);
}

// --- Gutter -------------------------------------------------------------------------------------------------

CodeEdit::Gutter::Gutter(CodeEdit &edit)
    : QWidget(&edit)
    , m_edit(edit)
{
    setAccessibleName(CodeEdit::tr("Line numbers"));
}

void CodeEdit::Gutter::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    m_edit.paintGutter(painter, event->rect());
}

QTextCursor CodeEdit::Gutter::lineAt(QPoint position) const
{
    QTextCursor cursor(m_edit.document());
    cursor.movePosition(position.y() < 0 ? QTextCursor::Start : QTextCursor::End);
    m_edit.forVisibleBlocks(m_edit.viewport()->rect(), [&](const QTextBlock &block, QPointF origin, double height) {
        if (position.y() >= origin.y() && position.y() < origin.y() + height)
            cursor.setPosition(block.position());
    });
    return cursor;
}

void CodeEdit::Gutter::selectLines(QPoint to)
{
    const int line = lineAt(to).blockNumber();
    const QTextBlock anchor
        = m_edit.document()->findBlockByNumber(line < m_anchorLine ? m_anchorLine : std::min(m_anchorLine, line));
    const QTextBlock end = m_edit.document()->findBlockByNumber(line);
    QTextCursor cursor(m_edit.document());
    const auto behind
        = [](const QTextBlock &block) { return block.position() + block.length() - (block.next().isValid() ? 0 : 1); };
    cursor.setPosition(line < m_anchorLine ? behind(anchor) : anchor.position());
    cursor.setPosition(line < m_anchorLine ? end.position() : behind(end), QTextCursor::KeepAnchor);
    m_edit.setTextCursor(cursor);
}

void CodeEdit::Gutter::mousePressEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    const int line = lineAt(at).blockNumber();
    if (at.x() < IconLeft + IconSize + 4) {
        if (const LineMark *mark = m_edit.markAt(static_cast<std::uint32_t>(line) + 1)) {
            const Diagnostic finding = m_edit.m_session.diagnostics()[mark->finding];
            m_edit.goTo(finding.range.begin);
            Q_EMIT m_edit.fixesRequested(finding, m_edit.anchorOf(finding));
            return;
        }
    }
    m_anchorLine = line;
    m_edit.setFocus();
    selectLines(at);
}

void CodeEdit::Gutter::mouseMoveEvent(QMouseEvent *event)
{
    if (m_anchorLine >= 0 && (event->buttons() & Qt::LeftButton))
        selectLines(event->position().toPoint());
}

void CodeEdit::Gutter::mouseReleaseEvent(QMouseEvent *)
{
    m_anchorLine = -1;
}

void CodeEdit::Gutter::wheelEvent(QWheelEvent *event)
{
    QApplication::sendEvent(m_edit.viewport(), event);
}

bool CodeEdit::Gutter::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const LineMark *mark = m_edit.markAt(static_cast<std::uint32_t>(lineAt(help->pos()).blockNumber()) + 1);
        if (mark) {
            const Diagnostic &finding = m_edit.m_session.diagnostics()[mark->finding];
            QToolTip::showText(help->globalPos(),
                               findingTip(finding, m_edit.m_session.fixesFor(finding), m_edit.m_theme), this);
        } else if (const LineSize *size
                   = m_edit.sizeAt(static_cast<std::uint32_t>(lineAt(help->pos()).blockNumber()) + 1)) {
            QToolTip::showText(help->globalPos(), m_edit.sizeTip(*size), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

} // namespace stagewright
