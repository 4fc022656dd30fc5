// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "text/TextRange.h"

#include <QString>
#include <QWidget>

#include <vector>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QToolButton;
QT_END_NAMESPACE

namespace stagewright {

class CodeEdit;
class DocumentSession;
class Theme;

/// Find and replace, in one or two rows above the text. Plain text, or regular expressions where a replacement may
/// use \1; matches are marked as one types.
class FindBar : public QWidget
{
    Q_OBJECT
public:
    FindBar(DocumentSession &session, CodeEdit &edit, const Theme &theme, QWidget *parent = nullptr);

    /// Shows the bar and takes the focus; what is selected (in one line) becomes what is looked for.
    void open(bool replace);
    void close();
    void findNext();
    void findPrevious();
    void replaceOne();
    void replaceAll();
    [[nodiscard]] std::size_t matchCount() const { return m_matches.size(); }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Match
    {
        TextRange range;
        QString replacement;
    };
    QToolButton *addToggle(const QString &text, const QString &tip);
    QToolButton *addButton(const QString &icon, const QString &tip);
    void applyTheme();
    void search(bool moveCursor);
    void select(std::size_t match);
    void updateCount();
    [[nodiscard]] std::vector<Match> findMatches(QString *error) const;
    [[nodiscard]] std::size_t matchAtOrBehind(Offset at) const;

    DocumentSession &m_session;
    CodeEdit &m_edit;
    const Theme &m_theme;
    QLineEdit *m_find = nullptr;
    QLineEdit *m_replace = nullptr;
    QLabel *m_count = nullptr;
    QToolButton *m_case = nullptr;
    QToolButton *m_word = nullptr;
    QToolButton *m_regex = nullptr;
    QWidget *m_replaceRow = nullptr;
    std::vector<std::pair<QToolButton *, QString>> m_icons;
    std::vector<Match> m_matches;
    Offset m_start = 0; ///< Where the search began: typing more of the word does not walk on.
};

} // namespace stagewright
