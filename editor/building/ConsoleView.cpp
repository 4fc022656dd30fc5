// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/ConsoleView.h"

#include "building/ConsoleLog.h"
#include "theme/Theme.h"

#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>
#include <array>
#include <cmath>

namespace stagewright {

using engine::TerminalColour;

namespace {

constexpr double enoughContrast = 4.5; ///< WCAG 2.2, for text.
constexpr int mostMarks = 2000;        ///< Places that are marked; the rest is still found.

double luminance(const QColor &colour)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor mixed(const QColor &a, const QColor &b, double part)
{
    const auto mix = [part](float x, float y) { return static_cast<float>(x + (y - x) * part); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

/// The sixteen colours in the hues of the theme.
QColor namedColour(std::uint32_t index, const Tokens &t)
{
    const std::array<QColor, 8> colours{t.text, t.error, t.ok, t.warn, t.accent, t.test, t.final_, t.text2};
    if (index == 8)
        return t.text3;
    return index == 15 ? t.text : colours[index % 8];
}

QColor rgbOf(std::uint32_t value)
{
    return QColor::fromRgb(QRgb(0xFF000000U | value));
}

/// xterm's 6 × 6 × 6 cube and its greys.
QColor cubeColour(std::uint32_t index)
{
    if (index >= 232) {
        const int grey = 8 + int(index - 232) * 10;
        return {grey, grey, grey};
    }
    const auto level = [](std::uint32_t step) { return step == 0 ? 0 : 55 + int(step) * 40; };
    const std::uint32_t cube = index - 16;
    return {level(cube / 36), level(cube / 6 % 6), level(cube % 6)};
}

} // namespace

QColor consoleColour(const TerminalColour &colour, const Theme &theme, const QColor &background,
                     const QColor &byDefault)
{
    QColor wanted = byDefault;
    if (colour.kind == TerminalColour::Kind::Palette)
        wanted = colour.value < 16 ? namedColour(colour.value, theme.tokens()) : cubeColour(colour.value);
    else if (colour.kind == TerminalColour::Kind::Rgb)
        wanted = rgbOf(colour.value);
    // Programs choose for a black or a white terminal without knowing which one it is.
    const QColor pole = luminance(background) > 0.3 ? Qt::black : Qt::white;
    for (double part = 0.15; contrast(wanted, background) < enoughContrast && part <= 1; part += 0.15)
        wanted = mixed(wanted, pole, part);
    return wanted;
}

ConsoleView::ConsoleView(const Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_theme(theme)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFont(theme.monoFont(12));
    document()->setDocumentMargin(10);
    setAccessibleName(tr("Console"));
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (!m_reading)
            setFollowing(value >= verticalScrollBar()->maximum());
    });
    connect(&theme, &Theme::changed, this, &ConsoleView::readAll);
}

void ConsoleView::setLog(const ConsoleLog *log)
{
    if (m_log == log)
        return;
    if (m_log)
        m_log->disconnect(this);
    m_log = log;
    if (log)
        connect(log, &ConsoleLog::changed, this, &ConsoleView::read);
    setFollowing(true);
    readAll();
}

void ConsoleView::setFilter(Filter shows, bool headings)
{
    m_filter = std::move(shows);
    m_headings = headings;
    setFollowing(true);
    readAll();
}

void ConsoleView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void ConsoleView::setFollowing(bool following)
{
    if (m_following == following)
        return;
    m_following = following;
    Q_EMIT followingChanged(following);
}

void ConsoleView::scrollToEnd()
{
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    setFollowing(true);
}

void ConsoleView::readAll()
{
    {
        const QScopedValueRollback reading(m_reading, true);
        clear();
        m_shown.clear();
    }
    if (m_log)
        read(m_log->text().first());
    markMatches();
}

void ConsoleView::read(quint64 lowest)
{
    const engine::TerminalText &text = m_log->text();
    if (text.first() == text.end()) {
        if (!m_shown.empty()) {
            m_shown.clear();
            clear();
        }
        viewport()->update();
        return;
    }
    {
        const QScopedValueRollback reading(m_reading, true);
        const int before = verticalScrollBar()->value();
        const std::size_t blocks = m_shown.size();
        setUpdatesEnabled(false);
        dropFront(text.first());
        const int dropped = int(blocks - m_shown.size());
        append(lowest);
        setUpdatesEnabled(true);
        if (m_following)
            verticalScrollBar()->setValue(verticalScrollBar()->maximum());
        else
            verticalScrollBar()->setValue(std::max(0, before - dropped));
    }
    viewport()->update();
}

/// Takes away what the log does not have any more.
void ConsoleView::dropFront(quint64 first)
{
    const auto keep = std::ranges::lower_bound(m_shown, first);
    const auto count = int(keep - m_shown.begin());
    if (count == 0)
        return;
    m_shown.erase(m_shown.begin(), keep);
    if (m_shown.empty()) {
        clear();
        return;
    }
    QTextCursor cursor(document());
    cursor.setPosition(0);
    cursor.setPosition(document()->findBlockByNumber(count).position(), QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
}

/// Writes the lines from @p from on anew.
void ConsoleView::append(quint64 from)
{
    const engine::TerminalText &text = m_log->text();
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    const auto keep = std::ranges::lower_bound(m_shown, from);
    if (const auto kept = int(keep - m_shown.begin()); keep != m_shown.end()) {
        const QTextBlock block = document()->findBlockByNumber(kept);
        cursor.setPosition(std::max(0, block.position() - (kept > 0 ? 1 : 0)));
        cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        m_shown.erase(keep, m_shown.end());
    }
    cursor.movePosition(QTextCursor::End);
    for (quint64 number = std::max<quint64>(from, text.first()); number < text.end(); ++number) {
        const engine::TerminalLine &line = text.line(number);
        if ((m_filter && !m_filter(line.source)) || (line.heading && !m_headings))
            continue;
        if (!m_shown.empty())
            cursor.insertBlock();
        insertLine(cursor, line);
        m_shown.push_back(number);
    }
    cursor.endEditBlock();
}

QTextCharFormat ConsoleView::formatOf(const engine::TerminalStyle &style) const
{
    const Tokens &t = m_theme.tokens();
    QTextCharFormat format;
    QColor back = t.field;
    if (style.background.kind != TerminalColour::Kind::Default) {
        // A strong background would need another text colour; a tint of it does not.
        back = mixed(t.field, consoleColour(style.background, m_theme, t.field, t.text), 0.22);
        format.setBackground(back);
    }
    QColor colour = consoleColour(style.text, m_theme, back, style.faint ? t.text3 : t.text2);
    if (style.inverse) {
        format.setBackground(colour);
        colour = consoleColour({}, m_theme, colour, t.field);
    }
    format.setForeground(colour);
    if (style.bold)
        format.setFontWeight(QFont::DemiBold);
    format.setFontItalic(style.italic);
    format.setFontUnderline(style.underline);
    format.setFontStrikeOut(style.strikeOut);
    return format;
}

void ConsoleView::insertLine(QTextCursor &cursor, const engine::TerminalLine &line) const
{
    const std::string_view text = line.text;
    const auto piece = [&](std::size_t begin, std::size_t end, const QTextCharFormat &format) {
        if (begin < end)
            cursor.insertText(QString::fromUtf8(text.data() + begin, qsizetype(end - begin)), format);
    };
    if (line.heading) {
        QTextCharFormat format = formatOf({});
        const std::size_t close = text.starts_with('[') ? text.find("] ") : std::string_view::npos;
        const std::size_t end = close == std::string_view::npos ? 0 : close + 1;
        format.setForeground(m_theme.tokens().accent);
        piece(0, end, format);
        format.setForeground(m_theme.tokens().text);
        format.setFontWeight(QFont::DemiBold);
        piece(end, text.size(), format);
        return;
    }
    if (line.runs.empty() || line.runs.front().begin > 0)
        piece(0, line.runs.empty() ? text.size() : line.runs.front().begin, formatOf({}));
    for (std::size_t i = 0; i < line.runs.size(); ++i)
        piece(line.runs[i].begin, i + 1 < line.runs.size() ? line.runs[i + 1].begin : text.size(),
              formatOf(line.runs[i].style));
}

int ConsoleView::count(const QString &words) const
{
    int found = 0;
    if (words.isEmpty())
        return 0;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
        found += int(block.text().count(words, Qt::CaseInsensitive));
    return found;
}

bool ConsoleView::find(const QString &words, bool backward)
{
    m_words = words;
    markMatches();
    if (words.isEmpty())
        return true;
    const QTextDocument::FindFlags flags = backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    QTextCursor found = document()->find(words, textCursor(), flags);
    if (found.isNull()) { // from the other end
        QTextCursor start(document());
        if (backward)
            start.movePosition(QTextCursor::End);
        found = document()->find(words, start, flags);
    }
    if (found.isNull())
        return false;
    setTextCursor(found);
    setFollowing(verticalScrollBar()->value() >= verticalScrollBar()->maximum());
    return true;
}

void ConsoleView::markMatches()
{
    QList<QTextEdit::ExtraSelection> marks;
    QTextCharFormat format;
    format.setBackground(m_theme.tokens().warnTint);
    format.setForeground(m_theme.tokens().text);
    QTextCursor at(document());
    while (!m_words.isEmpty() && marks.size() < mostMarks) {
        at = document()->find(m_words, at);
        if (at.isNull())
            break;
        marks.push_back({at, format});
    }
    setExtraSelections(marks);
}

void ConsoleView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        viewport()->update();
}

void ConsoleView::paintEvent(QPaintEvent *event)
{
    QPlainTextEdit::paintEvent(event);
    if (!m_shown.empty() || m_emptyText.isEmpty())
        return;
    QPainter painter(viewport());
    painter.setFont(m_theme.uiFont(12.5));
    painter.setPen(m_theme.tokens().text2);
    painter.drawText(viewport()->rect().adjusted(20, 0, -20, 0), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

} // namespace stagewright
