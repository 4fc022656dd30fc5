// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"
#include "session/Selection.h"
#include "text/TextRange.h"

#include <QWidget>

namespace stagewright {

class CodeEdit;
class DocumentSession;
class FindBar;
class Theme;

/// The text of a session with everything around it: find and replace, going to a line, quick fixes, and the selection
/// that all views share.
class TextPane : public QWidget
{
    Q_OBJECT
public:
    TextPane(DocumentSession &session, const Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] CodeEdit &editor() const { return *m_edit; }
    [[nodiscard]] FindBar &findBar() const { return *m_findBar; }

    void find();
    void findAndReplace();
    void findNext();
    void findPrevious();
    void goToLine();
    /// Opens the fixes for the finding at the cursor, or says that there is none.
    void showFixes();

Q_SIGNALS:
    /// Line and column of the cursor, 1-based, and how many characters are selected.
    void cursorMoved(int line, int column, int selected);
    /// A word for the status bar ("No fix here").
    void message(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void onCursorMoved();
    void onSelectionChanged(const Selection &selection, QObject *source);
    void onReveal(TextRange range, QObject *source);
    void openFixes(const Diagnostic &finding, const QRect &anchor);

    DocumentSession &m_session;
    const Theme &m_theme;
    CodeEdit *m_edit = nullptr;
    FindBar *m_findBar = nullptr;
    bool m_following = false; ///< The cursor is being moved because of the selection.
};

} // namespace stagewright
