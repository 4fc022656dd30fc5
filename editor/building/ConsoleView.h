// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/TerminalText.h"

#include <QPlainTextEdit>
#include <QPointer>

#include <deque>
#include <functional>

namespace stagewright {

class ConsoleLog;
class Theme;

/// Shows a log, or the lines of it that a filter lets through. Follows its end until somebody scrolls up.
class ConsoleView : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit ConsoleView(const Theme &theme, QWidget *parent = nullptr);

    /// Null: nothing.
    void setLog(const ConsoleLog *log);
    /// @p shows: whether lines of a source are shown; empty: all are. Reads everything anew.
    using Filter = std::function<bool(int source)>;
    void setFilter(Filter shows, bool headings = true);
    /// What stands there when there are no lines.
    void setEmptyText(const QString &text);

    /// Marks every place with these words, and goes to the next one. False: there is none.
    bool find(const QString &words, bool backward = false);
    /// How often they stand there.
    [[nodiscard]] int count(const QString &words) const;
    [[nodiscard]] bool isFollowing() const { return m_following; }
    void scrollToEnd();

Q_SIGNALS:
    void followingChanged(bool following);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void readAll();
    void read(quint64 lowest);
    void dropFront(quint64 first);
    void append(quint64 from);
    void insertLine(QTextCursor &cursor, const engine::TerminalLine &line) const;
    [[nodiscard]] QTextCharFormat formatOf(const engine::TerminalStyle &style) const;
    void setFollowing(bool following);
    void markMatches();

    const Theme &m_theme;
    QPointer<const ConsoleLog> m_log;
    Filter m_filter;
    bool m_headings = true;
    std::deque<quint64> m_shown; ///< Numbers of the lines that are shown, one a block.
    QString m_emptyText;
    QString m_words;
    bool m_following = true;
    bool m_reading = false;
};

/// The colour of a terminal in this theme: readable on @p background whatever the program asked for.
[[nodiscard]] QColor consoleColour(const engine::TerminalColour &colour, const Theme &theme, const QColor &background,
                                   const QColor &byDefault);

} // namespace stagewright
