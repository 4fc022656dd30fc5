// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Panels.h"

#include "BottomTabs.h"
#include "DocumentPage.h"
#include "PanelTitleBar.h"
#include "Preferences.h"
#include "SizePanels.h"
#include "building/BuildPanel.h"
#include "building/ConsolePanel.h"
#include "graph/GraphView.h"
#include "image/ImagePanel.h"
#include "layers/LayersPanel.h"
#include "lint/Linter.h"
#include "panels/ChoiceChips.h"
#include "panels/ExplainPanel.h"
#include "panels/FixPopup.h"
#include "panels/ImageComparison.h"
#include "panels/OutlinePanel.h"
#include "panels/PalettePanel.h"
#include "panels/ProblemsPanel.h"
#include "panels/PropertiesPanel.h"
#include "text/CodeEdit.h"
#include "text/TextPane.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QMainWindow>
#include <QStackedWidget>
#include <QTabBar>
#include <QTreeView>

#include <algorithm>

namespace stagewright {

Panels::Panels(const Context &context, QMainWindow &window, const std::vector<Template> &templates)
    : QObject(&window)
    , m_context(context)
    , m_window(window)
    , m_palette(new PalettePanel(context.theme, context.preferences->linter().catalog(), templates))
    , m_properties(new PropertiesPanel(context.theme))
    , m_outline(new OutlinePanel(context.theme))
    , m_problems(new ProblemsPanel(context.theme))
    , m_explain(new ExplainPanel(context.theme))
    , m_build(new BuildPanel(context.theme, context.engines))
    , m_console(new ConsolePanel(context.theme))
    , m_sizes(new SizePanels(context, &window))
{
    window.setDockNestingEnabled(true);
    window.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window.setCorner(Qt::TopRightCorner, Qt::RightDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    addDock("palette", tr("Palette"), m_palette, Qt::LeftDockWidgetArea);
    addDock("outline", tr("Outline"), m_outline, Qt::LeftDockWidgetArea);
    connect(m_outline, &OutlinePanel::message, this, &Panels::message);
    makeInspector();
    makeExplain();
    makeBottom();
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

void Panels::makeExplain()
{
    QDockWidget *dock = addDock("explain", tr("Explain"), m_explain, Qt::RightDockWidgetArea);
    QAction *toggle = dock->toggleViewAction();
    connect(m_explain, &ExplainPanel::titleChanged, dock, [dock, toggle](const QString &title) {
        dock->setWindowTitle(title);
        toggle->setText(tr("Explain")); // the menu's word stays
    });
    connect(m_problems, &ProblemsPanel::currentChanged, this, [this] {
        // Nothing chosen: what a newcomer should read first.
        const std::optional<Diagnostic> chosen = m_problems->current();
        m_explain->show(m_page ? &m_page->session() : nullptr, chosen ? chosen : m_problems->worst());
    });
    connect(m_explain, &ExplainPanel::chainChanged, this, [this](const std::vector<NodeRef> &nodes) {
        if (m_page) {
            m_page->graph()->setTrail(nodes);
        }
    });
    connect(m_explain, &ExplainPanel::comparisonWanted, this, &Panels::compareImages);
}

void Panels::makeBottom()
{
    m_bottom = new BottomTabs;
    QDockWidget *dock = addDock("problems", tr("Problems and build"), m_bottom, Qt::BottomDockWidgetArea);
    m_bottom->setTitleBar(titleOf(dock));
    m_bottom->add("problems", tr("Problems"), m_problems, m_problems->filterBar());
    m_bottom->add("build", tr("Build"), m_build, m_build->viewSwitch());
    m_bottom->add("layers", tr("Layers"), &m_sizes->layers(), m_sizes->layers().viewSwitch());
    m_bottom->add("image", tr("Image"), &m_sizes->image(), m_sizes->image().viewSwitch());
    m_bottom->add("console", tr("Console"), m_console, m_console->tools());
    connect(m_sizes, &SizePanels::message, this, &Panels::message);
    connect(m_build, &BuildPanel::badgeChanged, m_bottom,
            [this](const QString &badge) { m_bottom->setBadge("build", badge); });
    connect(m_problems, &ProblemsPanel::countChanged, m_bottom,
            [this](int count) { m_bottom->setBadge("problems", count > 0 ? QString::number(count) : QString()); });
}

void Panels::showBottom(const char *name)
{
    auto *dock = m_window.findChild<QDockWidget *>(QStringLiteral("problems"));
    dock->show();
    dock->raise();
    m_bottom->show(name);
}

QList<QAction *> Panels::toggleActions() const
{
    QList<QAction *> actions;
    for (const QDockWidget *dock : m_docks) {
        actions << dock->toggleViewAction();
    }
    return actions;
}

TextPane *Panels::text() const
{
    return qobject_cast<TextPane *>(m_texts->currentWidget());
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
    DocumentSession *session = page ? &page->session() : nullptr;
    m_properties->setSession(session);
    m_outline->setSession(session);
    m_problems->setSession(session);
    m_build->setBuild(page ? &page->builds() : nullptr);
    m_console->setBuild(page ? &page->builds() : nullptr);
    m_sizes->setPage(page);
    disconnect(m_catalogFollows);
    if (page) {
        m_palette->setCatalog(session->linter().catalog());
        m_catalogFollows = connect(session, &DocumentSession::changed, m_palette, [this, session](const auto &change) {
            if (change.origin == Origin::Options) // among them the catalogues of the person and the project
                m_palette->setCatalog(session->linter().catalog());
        });
        m_texts->setCurrentWidget(textOf(page));
        showCursor();
    }
}

TextPane *Panels::textOf(DocumentPage *page)
{
    TextPane *&pane = m_panes[page];
    if (!pane) {
        pane = new TextPane(page->session(), m_context.theme, m_texts);
        m_texts->addWidget(pane);
        // The pane must go before the session that it looks at.
        connect(page, &DocumentPage::closing, this, [this, page] { delete m_panes.extract(page).mapped(); });
        connect(pane, &TextPane::cursorMoved, this, &Panels::showCursor);
        connect(pane, &TextPane::message, this, &Panels::message);
        // The wheel changes it too; all texts are of one size.
        pane->editor().setFontSize(m_context.preferences->textSize());
        connect(m_context.preferences, &Preferences::textSizeChanged, &pane->editor(), &CodeEdit::setFontSize);
        connect(&pane->editor(), &CodeEdit::fontSizeChanged, m_context.preferences, &Preferences::setTextSize);
    }
    return pane;
}

void Panels::showCursor()
{
    if (m_page && text()) {
        Q_EMIT cursorMoved(m_page->session().snapshot()->text().positionAt(text()->editor().cursorOffset()));
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
    if (TextPane *pane = text()) {
        pane->editor().setFocus(Qt::ShortcutFocusReason);
    }
}

bool Panels::textHasFocus() const
{
    return text() && text()->editor().hasFocus();
}

void Panels::find()
{
    if (m_console->hasTheFocus()) {
        m_console->find();
        return;
    }
    showText();
    if (TextPane *pane = text()) {
        pane->find();
    }
}

void Panels::findNext()
{
    if (m_console->hasTheFocus()) {
        m_console->findNext();
        return;
    }
    showText();
    if (TextPane *pane = text()) {
        pane->findNext();
    }
}

void Panels::showProblems()
{
    showBottom("problems");
    m_problems->view().setFocus(Qt::OtherFocusReason);
}

void Panels::showFixes(const Diagnostic &diagnostic, QPoint globalPos)
{
    if (m_page) {
        FixPopup::open(m_page->session(), m_context.theme, diagnostic, QRect(globalPos, QSize(1, 1)), m_page->graph());
    }
}

void Panels::showFixesAtSelection(DocumentPage &page)
{
    TextPane *pane = text();
    if (pane && pane->isAncestorOf(QApplication::focusWidget())) {
        pane->showFixes();
        return;
    }
    const auto &diagnostics = page.session().diagnostics();
    const auto &selected = page.session().selection().instructions;
    auto found = std::ranges::find_if(diagnostics, [&](const Diagnostic &diagnostic) {
        return diagnostic.fixable && std::ranges::find(selected, diagnostic.instruction) != selected.end();
    });
    if (found == diagnostics.end() && selected.empty()) {
        // Nothing selected: the worst that can be fixed, which is also what is explained and stands on the card
        for (auto it = diagnostics.begin(); it != diagnostics.end(); ++it) {
            if (it->fixable && (found == diagnostics.end() || it->severity < found->severity)) {
                found = it;
            }
        }
    }
    if (found == diagnostics.end()) {
        Q_EMIT message(tr("There is no quick fix here"));
        return;
    }
    const Diagnostic diagnostic = *found; // showing it may check anew
    page.session().reveal(diagnostic.range, this);
    page.graph()->requestFixes(diagnostic.instruction);
}

StageId Panels::stageOrTarget(StageId stage) const
{
    return stage != StageId::None || !m_page ? stage : m_page->session().snapshot()->graph().target();
}

void Panels::compareImages(StageId stage)
{
    if (!m_page) {
        return;
    }
    DocumentSession &session = m_page->session();
    stage = stageOrTarget(stage);
    auto *comparison = ImageComparison::forStage(session, m_context.theme, stage, &m_window);
    if (!comparison) {
        Q_EMIT message(ImageComparison::noSiblings(ImageComparison::imageOf(session, stage)));
        return;
    }
    comparison->open();
}

void Panels::compareImage(const QString &reference)
{
    if (!m_page) {
        return;
    }
    auto *comparison = ImageComparison::forImage(m_page->session(), m_context.theme, reference, &m_window);
    if (!comparison) {
        Q_EMIT message(ImageComparison::noSiblings(reference));
        return;
    }
    connect(comparison, &ImageComparison::stageWanted, this, &Panels::stageWanted);
    comparison->open();
}

void Panels::explainShell(StageId stage)
{
    stage = stageOrTarget(stage);
    if (!m_page || stage == StageId::None) {
        return;
    }
    auto *dock = m_window.findChild<QDockWidget *>(QStringLiteral("explain"));
    dock->show();
    dock->raise();
    m_explain->showChain(m_page->session(), stage);
}

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
    const int high = m_window.height();
    m_window.resizeDocks({dock("palette"), dock("outline")}, {high * 60 / 100, high * 30 / 100}, Qt::Vertical);
    m_window.resizeDocks({dock("inspector"), dock("explain")}, {high * 48 / 100, high * 24 / 100}, Qt::Vertical);
    m_window.resizeDocks({dock("problems")}, {std::clamp(high / 5, 140, 200)}, Qt::Vertical);
}

} // namespace stagewright
