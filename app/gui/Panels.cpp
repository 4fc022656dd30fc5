// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Panels.h"

#include "DocumentPage.h"
#include "PanelTitleBar.h"
#include "lint/Linter.h"
#include "panels/PalettePanel.h"
#include "panels/PropertiesPanel.h"
#include "text/CodeEdit.h"
#include "theme/Theme.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QStackedWidget>
#include <QTabBar>

#include <algorithm>

namespace stagewright {

Panels::Panels(const Context &context, QMainWindow &window, const std::vector<Template> &templates)
    : QObject(&window)
    , m_context(context)
    , m_window(window)
    , m_palette(new PalettePanel(context.theme, context.linter.catalog(), templates))
    , m_properties(new PropertiesPanel(context.theme))
{
    window.setDockNestingEnabled(true);
    window.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window.setCorner(Qt::TopRightCorner, Qt::RightDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    addDock("palette", tr("Palette"), m_palette, Qt::LeftDockWidgetArea);
    makeInspector();
}

Panels::~Panels() = default;

QDockWidget *Panels::addDock(const char *name, const QString &title, QWidget *content, Qt::DockWidgetArea area)
{
    auto *dock = new QDockWidget(title, &m_window);
    dock->setObjectName(QString::fromLatin1(name));
    dock->setTitleBarWidget(new PanelTitleBar(m_context.theme, dock));
    dock->setWidget(content);
    content->setAutoFillBackground(true);
    m_window.addDockWidget(area, dock);
    m_docks << dock;
    return dock;
}

PanelTitleBar *Panels::titleOf(QDockWidget *dock) const
{
    return static_cast<PanelTitleBar *>(dock->titleBarWidget());
}

void Panels::makeInspector()
{
    m_inspector = new QStackedWidget;
    m_texts = new QStackedWidget;
    m_inspector->addWidget(m_texts);
    m_inspector->addWidget(m_properties);
    QDockWidget *dock = addDock("inspector", tr("Dockerfile and properties"), m_inspector, Qt::RightDockWidgetArea);
    m_inspectorTabs = titleOf(dock)->useTabs();
    m_inspectorTabs->setObjectName(QStringLiteral("inspectorTabs"));
    m_inspectorTabs->addTab(tr("Dockerfile"));
    m_inspectorTabs->addTab(tr("Properties"));
    connect(m_inspectorTabs, &QTabBar::currentChanged, m_inspector, &QStackedWidget::setCurrentIndex);
}

QList<QAction *> Panels::toggleActions() const
{
    QList<QAction *> actions;
    for (const QDockWidget *dock : m_docks) {
        actions << dock->toggleViewAction();
    }
    return actions;
}

CodeEdit *Panels::text() const
{
    return qobject_cast<CodeEdit *>(m_texts->currentWidget());
}

void Panels::showPage(DocumentPage *page)
{
    if (page && !m_shown) {
        m_shown = true;
        for (QDockWidget *dock : std::as_const(m_docks)) {
            dock->show();
        }
        if (m_arrangement.isEmpty() || !m_window.restoreState(m_arrangement)) {
            applyDefaultSizes();
        }
    } else if (!page) {
        if (m_shown) {
            m_arrangement = m_window.saveState();
        }
        m_shown = false;
        for (QDockWidget *dock : std::as_const(m_docks)) {
            dock->hide();
        }
    }
    for (QAction *action : toggleActions()) {
        action->setEnabled(page != nullptr);
    }
    m_page = page;
    m_properties->setSession(page ? &page->session() : nullptr);
    if (page) {
        CodeEdit *&edit = m_edits[page];
        if (!edit) {
            edit = new CodeEdit(page->session(), m_context.theme, m_texts);
            m_texts->addWidget(edit);
            // The editor must go before the session that it looks at.
            connect(page, &DocumentPage::closing, this, [this, page] {
                delete m_edits.extract(page).mapped();
            });
            connect(edit, &QPlainTextEdit::cursorPositionChanged, this, [this, edit, page] {
                if (edit == text()) {
                    Q_EMIT cursorMoved(page->session().snapshot()->text().positionAt(edit->cursorOffset()));
                }
            });
        }
        m_texts->setCurrentWidget(edit);
        Q_EMIT cursorMoved(page->session().snapshot()->text().positionAt(edit->cursorOffset()));
    }
}

void Panels::showText()
{
    m_window.findChild<QDockWidget *>(QStringLiteral("inspector"))->show();
    m_inspectorTabs->setCurrentIndex(0);
}

void Panels::showProperties()
{
    m_window.findChild<QDockWidget *>(QStringLiteral("inspector"))->show();
    m_inspectorTabs->setCurrentIndex(1);
}

void Panels::focusText()
{
    showText();
    if (CodeEdit *edit = text()) {
        edit->setFocus(Qt::ShortcutFocusReason);
    }
}

void Panels::find() { }
void Panels::findNext() { }
void Panels::showProblems() { }
void Panels::showFixes(const Diagnostic &, QPoint) { }
void Panels::showFixesAtSelection(DocumentPage &) { }

void Panels::searchPalette()
{
    m_window.findChild<QDockWidget *>(QStringLiteral("palette"))->show();
    m_palette->focusSearch();
}

QByteArray Panels::arrangement() const
{
    return m_shown ? m_window.saveState() : m_arrangement;
}

void Panels::restoreArrangement(const QByteArray &state)
{
    m_arrangement = state;
    if (m_shown && !state.isEmpty()) {
        m_window.restoreState(state);
    }
}

void Panels::resetArrangement()
{
    if (!m_shown) {
        m_arrangement.clear();
        return;
    }
    for (QDockWidget *dock : std::as_const(m_docks)) {
        dock->setFloating(false);
        dock->show();
    }
    applyDefaultSizes();
}

void Panels::applyDefaultSizes()
{
    const auto dock = [this](const char *name) { return m_window.findChild<QDockWidget *>(QString::fromLatin1(name)); };
    // What the mockup has at 1600 × 1000, and less for small windows.
    const int left = std::clamp(m_window.width() * 242 / 1600, 208, 242);
    const int right = std::clamp(m_window.width() * 374 / 1600, 300, 374);
    m_window.resizeDocks({dock("palette"), dock("inspector")}, {left, right}, Qt::Horizontal);
}

} // namespace stagewright
