// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/FindBar.h"

#include "session/DocumentSession.h"
#include "text/CodeEdit.h"
#include "theme/Theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QRegularExpression>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace stagewright {

namespace {

constexpr std::size_t MaximumMatches = 100'000;

/// A replacement with \0 to \9, \n, \t and \\ put in.
QString expanded(const QString &replacement, const QRegularExpressionMatch &match)
{
    QString result;
    for (qsizetype i = 0; i < replacement.size(); ++i) {
        const QChar c = replacement[i];
        if (c != u'\\' || i + 1 == replacement.size()) {
            result += c;
            continue;
        }
        const QChar what = replacement[++i];
        if (what.isDigit())
            result += match.captured(what.digitValue());
        else if (what == u'n')
            result += u'\n';
        else if (what == u't')
            result += u'\t';
        else if (what == u'\\')
            result += u'\\';
        else
            result += QString(c) + what;
    }
    return result;
}

} // namespace

FindBar::FindBar(DocumentSession &session, CodeEdit &edit, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_edit(edit)
    , m_theme(theme)
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(8, 6, 8, 7);
    rows->setSpacing(6);
    auto *row = new QHBoxLayout;
    row->setSpacing(3);
    rows->addLayout(row);
    m_find = new QLineEdit(this);
    m_find->setPlaceholderText(tr("Find"));
    m_find->setAccessibleName(tr("Find"));
    m_count = new QLabel(this);
    row->addWidget(m_find, 1);
    row->addWidget(m_count);
    m_case = addToggle(QStringLiteral("Aa"), tr("Match case"));
    m_word = addToggle(QStringLiteral("W"), tr("Whole words"));
    m_regex = addToggle(QStringLiteral(".*"), tr("Regular expression"));
    QToolButton *previous = addButton(QStringLiteral("chevron-up"), tr("Previous match (Shift+Enter)"));
    QToolButton *next = addButton(QStringLiteral("chevron-down"), tr("Next match (Enter)"));
    QToolButton *closeButton = addButton(QStringLiteral("x"), tr("Close (Esc)"));
    for (QToolButton *button : {m_case, m_word, m_regex, previous, next, closeButton})
        row->addWidget(button);

    m_replaceRow = new QWidget(this);
    auto *second = new QHBoxLayout(m_replaceRow);
    second->setContentsMargins(0, 0, 0, 0);
    second->setSpacing(4);
    m_replace = new QLineEdit(m_replaceRow);
    m_replace->setPlaceholderText(tr("Replace with"));
    m_replace->setAccessibleName(tr("Replace with"));
    auto *one = new QToolButton(m_replaceRow);
    one->setText(tr("Replace"));
    auto *all = new QToolButton(m_replaceRow);
    all->setText(tr("All"));
    all->setToolTip(tr("Replace all matches, as one step"));
    second->addWidget(m_replace, 1);
    second->addWidget(one);
    second->addWidget(all);
    rows->addWidget(m_replaceRow);

    connect(m_find, &QLineEdit::textChanged, this, [this] { search(true); });
    for (const QToolButton *toggle : {m_case, m_word, m_regex})
        connect(toggle, &QToolButton::toggled, this, [this] { search(true); });
    connect(next, &QToolButton::clicked, this, &FindBar::findNext);
    connect(previous, &QToolButton::clicked, this, &FindBar::findPrevious);
    connect(closeButton, &QToolButton::clicked, this, &FindBar::close);
    connect(one, &QToolButton::clicked, this, &FindBar::replaceOne);
    connect(all, &QToolButton::clicked, this, &FindBar::replaceAll);
    connect(&session, &DocumentSession::changed, this, [this] {
        if (isVisible())
            search(false);
    });
    connect(&session, &DocumentSession::readOnlyChanged, m_replaceRow, &QWidget::setDisabled);
    connect(&theme, &Theme::changed, this, &FindBar::applyTheme);
    applyTheme();
    hide();
}

QToolButton *FindBar::addToggle(const QString &text, const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setCheckable(true);
    button->setAutoRaise(true);
    return button;
}

QToolButton *FindBar::addButton(const QString &icon, const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    m_icons.emplace_back(button, icon);
    return button;
}

void FindBar::applyTheme()
{
    for (const auto &[button, icon] : m_icons)
        button->setIcon(m_theme.icon(icon));
    m_find->setFont(m_theme.monoFont(12));
    m_replace->setFont(m_theme.monoFont(12));
    m_count->setFont(m_theme.uiFont(11));
    updateCount();
    update();
}

void FindBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().window);
    painter.fillRect(0, height() - 1, width(), 1, m_theme.tokens().border);
}

void FindBar::open(bool replace)
{
    const QString selected = m_edit.textCursor().selectedText();
    m_start = m_session.snapshot()->text().offsetAtDisplay(m_edit.textCursor().selectionStart());
    m_replaceRow->setVisible(replace && !m_session.isReadOnly());
    show();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator) && selected != m_find->text())
        m_find->setText(selected);
    else
        search(false);
    m_find->selectAll();
    m_find->setFocus();
}

void FindBar::close()
{
    hide();
    m_matches.clear();
    m_edit.setMarks({});
    m_edit.setFocus();
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        close();
    else if (enter && m_replace->hasFocus() && (event->modifiers() & Qt::ControlModifier))
        replaceAll();
    else if (enter && m_replace->hasFocus())
        replaceOne();
    else if (enter && (event->modifiers() & Qt::ShiftModifier))
        findPrevious();
    else if (enter)
        findNext();
    else
        QWidget::keyPressEvent(event);
}

std::vector<FindBar::Match> FindBar::findMatches(QString *error) const
{
    std::vector<Match> matches;
    const QString wanted = m_find->text();
    if (wanted.isEmpty())
        return matches;
    QString pattern = m_regex->isChecked() ? wanted : QRegularExpression::escape(wanted);
    if (m_word->isChecked())
        pattern = QStringLiteral("\\b(?:%1)\\b").arg(pattern);
    QRegularExpression::PatternOptions options
        = QRegularExpression::MultilineOption | QRegularExpression::UseUnicodePropertiesOption;
    if (!m_case->isChecked())
        options |= QRegularExpression::CaseInsensitiveOption;
    const QRegularExpression expression(pattern, options);
    if (!expression.isValid()) {
        *error = expression.errorString();
        return matches;
    }
    const SourceText &text = m_session.snapshot()->text();
    auto found = expression.globalMatch(text.displayText());
    while (found.hasNext() && matches.size() < MaximumMatches) {
        const QRegularExpressionMatch match = found.next();
        if (match.capturedLength() == 0)
            continue;
        const QString replacement = m_regex->isChecked() ? expanded(m_replace->text(), match) : m_replace->text();
        matches.push_back(
            {{text.offsetAtDisplay(match.capturedStart()), text.offsetAtDisplay(match.capturedEnd())}, replacement});
    }
    return matches;
}

void FindBar::search(bool moveCursor)
{
    QString error;
    m_matches = findMatches(&error);
    std::vector<TextRange> marks;
    marks.reserve(m_matches.size());
    for (const Match &match : m_matches)
        marks.push_back(match.range);
    m_edit.setMarks(std::move(marks));
    const bool nothing = !m_find->text().isEmpty() && m_matches.empty();
    m_find->setProperty("invalid", nothing);
    m_find->setToolTip(error);
    m_find->update();
    if (moveCursor && !m_matches.empty())
        select(matchAtOrBehind(m_start));
    updateCount();
}

std::size_t FindBar::matchAtOrBehind(Offset at) const
{
    const auto found
        = std::ranges::lower_bound(m_matches, at, {}, [](const Match &match) { return match.range.begin; });
    return found == m_matches.end() ? 0 : static_cast<std::size_t>(found - m_matches.begin());
}

void FindBar::select(std::size_t match)
{
    m_edit.goToRange(m_matches[match].range);
    updateCount();
}

void FindBar::updateCount()
{
    const Offset at = m_session.snapshot()->text().offsetAtDisplay(m_edit.textCursor().selectionStart());
    const auto current = std::ranges::find(m_matches, at, [](const Match &match) { return match.range.begin; });
    QString text;
    if (m_find->text().isEmpty())
        text = QString();
    else if (m_matches.empty())
        text = tr("none");
    else if (current != m_matches.end())
        text = tr("%1 of %2").arg(current - m_matches.begin() + 1).arg(m_matches.size());
    else
        text = m_matches.size() == 1 ? tr("1 match") : tr("%1 matches").arg(m_matches.size());
    m_count->setText(text);
    QPalette colours = m_count->palette();
    colours.setColor(QPalette::WindowText, m_matches.empty() ? m_theme.tokens().error : m_theme.tokens().text3);
    m_count->setPalette(colours);
}

void FindBar::findNext()
{
    if (m_matches.empty())
        return;
    const auto at = m_session.snapshot()->text().offsetAtDisplay(m_edit.textCursor().selectionStart());
    select(matchAtOrBehind(at + 1));
    m_start = m_session.snapshot()->text().offsetAtDisplay(m_edit.textCursor().selectionStart());
}

void FindBar::findPrevious()
{
    if (m_matches.empty())
        return;
    const auto at = m_session.snapshot()->text().offsetAtDisplay(m_edit.textCursor().selectionStart());
    const std::size_t here = matchAtOrBehind(at);
    const bool past = m_matches[here].range.begin < at; // Wrapped around: none at or behind the cursor.
    select(past || here == 0 ? m_matches.size() - 1 : here - 1);
    m_start = m_session.snapshot()->text().offsetAtDisplay(m_edit.textCursor().selectionStart());
}

void FindBar::replaceOne()
{
    search(false);
    const SourceText &text = m_session.snapshot()->text();
    const Offset begin = text.offsetAtDisplay(m_edit.textCursor().selectionStart());
    const Offset end = text.offsetAtDisplay(m_edit.textCursor().selectionEnd());
    const auto current = std::ranges::find(m_matches, TextRange{begin, end}, &Match::range);
    if (current == m_matches.end()) {
        findNext();
        return;
    }
    EditTransaction edits(tr("Replace").toStdString());
    edits.replace(current->range, current->replacement.toStdString());
    const Offset behind = edits.mapOffset(current->range.end);
    m_session.endTyping();
    m_session.push(std::move(edits), Origin::Text);
    if (!m_matches.empty())
        select(matchAtOrBehind(behind));
}

void FindBar::replaceAll()
{
    search(false);
    if (m_matches.empty())
        return;
    EditTransaction edits(tr("Replace all").toStdString());
    for (const Match &match : m_matches)
        edits.replace(match.range, match.replacement.toStdString());
    m_session.endTyping();
    m_session.push(std::move(edits), Origin::Text);
}

} // namespace stagewright
