// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "Context.h"
#include "MessageBar.h"

#include <QWidget>

#include <vector>

QT_BEGIN_NAMESPACE
class QLabel;
class QStackedWidget;
class QTabBar;
QT_END_NAMESPACE

namespace stagewright {

class DocumentPage;
class StartPage;

/// The middle of the window: tabs with the path at their right, the documents, and the start page without any.
class DocumentArea : public QWidget
{
    Q_OBJECT
public:
    DocumentArea(const Context &context, StartPage *startPage, QWidget *parent = nullptr);

    void add(DocumentPage *page);                ///< And activates it.
    void remove(DocumentPage *page);             ///< And deletes it.
    [[nodiscard]] DocumentPage *current() const; ///< Null on the start page.
    [[nodiscard]] std::vector<DocumentPage *> pages() const;
    void activate(DocumentPage *page);
    void activateNext(int step);
    /// Bars about no document: a file that could not be opened, recovery.
    [[nodiscard]] MessageBars &bars() { return *m_bars; }
    [[nodiscard]] StartPage &startPage() { return *m_startPage; }

Q_SIGNALS:
    void currentChanged(stagewright::DocumentPage *page);
    void closeRequested(stagewright::DocumentPage *page);

private:
    void showCurrent();
    void updateTab(DocumentPage *page);
    void buildEnded(DocumentPage *page);
    void forgetNews(const DocumentPage *page);
    [[nodiscard]] QIcon buildIcon(const DocumentPage *page) const;
    [[nodiscard]] DocumentPage *pageAt(int tab) const;
    [[nodiscard]] int tabOf(const DocumentPage *page) const;

    const Context &m_context;
    StartPage *m_startPage;
    QWidget *m_strip = nullptr;
    QTabBar *m_tabs = nullptr;
    QLabel *m_path = nullptr;
    MessageBars *m_bars = nullptr;
    QStackedWidget *m_stack = nullptr;
    DocumentPage *m_shown = nullptr;
    std::vector<DocumentPage *> m_news; ///< Their build has ended and nobody has looked since; the newest is last.
};

} // namespace stagewright
