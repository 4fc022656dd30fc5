// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "MainWindow.h"

#include "Actions.h"
#include "BuildBar.h"
#include "BuildChoicesForm.h"
#include "BuildCommands.h"
#include "BuildOptionsDialog.h"
#include "Dialogs.h"
#include "DocumentArea.h"
#include "DocumentController.h"
#include "DocumentPage.h"
#include "Panels.h"
#include "Preferences.h"
#include "PreferencesDialog.h"
#include "Prompts.h"
#include "Settings.h"
#include "StageCommands.h"
#include "StatusBar.h"
#include "TargetBox.h"
#include "ViewCommands.h"
#include "building/BuildController.h"
#include "graph/GraphPicture.h"
#include "graph/GraphView.h"
#include "panels/ExplainPanel.h"
#include "panels/PalettePanel.h"
#include "panels/ProblemsPanel.h"
#include "panels/StartPage.h"
#include "session/ConfigurationWatch.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDropEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QToolBar>
#include <QUndoGroup>

namespace stagewright {

namespace {

Context withPreferences(Context context, Preferences *preferences)
{
    context.preferences = preferences;
    return context;
}

} // namespace

MainWindow::MainWindow(const Context &context, QWidget *parent)
    : QMainWindow(parent)
    , m_preferences(new Preferences(context.settings, context.linter, this))
    , m_context(withPreferences(context, m_preferences))
    , m_templates(builtInTemplates())
    , m_undo(new QUndoGroup(this))
    , m_actions(new Actions(context.theme, *m_undo, this))
    , m_startPage(new StartPage(context.theme, m_preferences->linter(), m_templates))
    , m_area(new DocumentArea(m_context, m_startPage, this))
    , m_controller(new DocumentController(m_context, *m_area, m_templates, this))
    , m_stages(new StageCommands(m_context, this))
    , m_target(new TargetBox(context.theme, this))
    , m_toolBar(new QToolBar(tr("Tool bar"), this))
    , m_panels(new Panels(m_context, *this, m_templates))
    , m_status(new StatusBar(context.theme, this))
    , m_builds(new BuildCommands(m_context, *m_actions, *m_panels, *m_status, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    qApp->installEventFilter(this);
    setCentralWidget(m_area);
    setStatusBar(m_status);
    m_actions->fillMenus(menuBar());
    m_toolBar->setObjectName(QStringLiteral("toolBar"));
    m_toolBar->setMovable(false);
    m_toolBar->setFixedHeight(42);
    m_actions->fillToolBar(m_toolBar, m_target, m_builds->bar());
    addToolBar(m_toolBar);
    for (QAction *action : m_panels->toggleActions()) {
        m_actions->panels->addAction(action);
    }
    m_actions->panels->addSeparator();
    QAction *reset = m_actions->panels->addAction(tr("&Back to where they were at first"));
    connect(reset, &QAction::triggered, m_panels, &Panels::resetArrangement);

    connectFileActions();
    connectEditActions();
    new ViewCommands(m_context, *m_actions, *m_area, *m_panels, this);
    connect(m_actions->shortcuts, &QAction::triggered, this,
            [this] { showShortcuts(m_context.theme, m_actions->menus(), this); });
    connect(m_actions->about, &QAction::triggered, this, [this] { showAbout(m_context.theme, this); });
    connectStageActions();
    fillTemplateMenu();
    connect(m_builds, &BuildCommands::optionsRequested, this, &MainWindow::showBuildOptions);
    connect(m_builds, &BuildCommands::stateChanged, this, &MainWindow::updateState);
    m_controller->setCloseGuard([this](const auto &pages) { return m_builds->mayClose(pages); });
    connect(m_area, &DocumentArea::currentChanged, this, &MainWindow::showPage);
    connect(m_status, &StatusBar::findingsClicked, m_panels, &Panels::showProblems);
    connect(m_panels, &Panels::cursorMoved, m_status, &StatusBar::showCursor);
    connect(m_panels, &Panels::message, m_status, [this](const QString &text) { m_status->showMessage(text, 6000); });
    m_startPage->setRecentFiles(m_context.settings.recentFiles());
    showPage(nullptr);
}

MainWindow::~MainWindow()
{
    m_area->disconnect(this);
    const auto pages = m_area->pages();
    showPage(nullptr);
    for (DocumentPage *page : pages) {
        m_area->remove(page);
    }
}

DocumentPage *MainWindow::currentPage() const
{
    return m_area->current();
}

void MainWindow::connectFileActions()
{
    const Actions &a = *m_actions;
    const auto withPage = [this](auto action) {
        return [this, action] {
            if (DocumentPage *page = currentPage()) {
                action(page);
            }
        };
    };
    connect(a.newFile, &QAction::triggered, m_controller, &DocumentController::newDocument);
    connect(a.open, &QAction::triggered, m_controller, &DocumentController::openWithDialog);
    connect(a.save, &QAction::triggered, this, withPage([this](DocumentPage *page) { m_controller->save(page); }));
    connect(a.saveAs, &QAction::triggered, this, withPage([this](DocumentPage *page) { m_controller->saveAs(page); }));
    connect(a.saveAll, &QAction::triggered, m_controller, &DocumentController::saveAll);
    connect(a.revert, &QAction::triggered, this, withPage([this](DocumentPage *page) { m_controller->revert(page); }));
    connect(a.close, &QAction::triggered, this, withPage([this](DocumentPage *page) { m_controller->close(page); }));
    connect(a.startPage, &QAction::triggered, m_controller, &DocumentController::closeAll);
    connect(a.quit, &QAction::triggered, this, &QWidget::close);
    connect(a.exportGraph, &QAction::triggered, this, &MainWindow::exportGraph);
    connect(a.recentFiles, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    connect(m_startPage, &StartPage::newRequested, m_controller, &DocumentController::newDocument);
    connect(m_startPage, &StartPage::openRequested, m_controller, &DocumentController::openWithDialog);
    connect(m_startPage, &StartPage::fileRequested, this, [this](const QString &path) { m_controller->open({path}); });
    connect(m_startPage, &StartPage::templateRequested, m_controller, &DocumentController::newFromTemplate);
    connect(m_startPage, &StartPage::shortcutsRequested, a.shortcuts, &QAction::trigger);
    connect(m_startPage, &StartPage::clearRecentRequested, this, [this] {
        m_context.settings.clearRecentFiles();
        m_startPage->setRecentFiles({});
    });
    connect(m_startPage, &StartPage::forgetRequested, this, [this](const QString &path) {
        m_context.settings.forgetRecentFile(path);
        m_startPage->setRecentFiles(m_context.settings.recentFiles());
    });
    connect(m_controller, &DocumentController::recentFilesChanged, this,
            [this] { m_startPage->setRecentFiles(m_context.settings.recentFiles()); });
    connect(m_controller, &DocumentController::savedAt, this, &MainWindow::updateStatus);
}

void MainWindow::connectEditActions()
{
    const Actions &a = *m_actions;
    connect(a.cut, &QAction::triggered, this, [this] { editCommand("cut"); });
    connect(a.copy, &QAction::triggered, this, [this] { editCommand("copy"); });
    connect(a.paste, &QAction::triggered, this, [this] { editCommand("paste"); });
    connect(a.selectAll, &QAction::triggered, this, [this] { editCommand("selectAll"); });
    connect(a.find, &QAction::triggered, m_panels, &Panels::find);
    connect(a.findNext, &QAction::triggered, m_panels, &Panels::findNext);
    connect(a.format, &QAction::triggered, m_stages, &StageCommands::format);
    connect(a.quickFix, &QAction::triggered, this, &MainWindow::showFixes);
    connect(a.preferences, &QAction::triggered, this, &MainWindow::showPreferences);
    connect(&m_panels->problems(), &ProblemsPanel::ruleOffRequested, this, &MainWindow::changeRule);
}

void MainWindow::editCommand(const char *slot)
{
    QWidget *focus = QApplication::focusWidget();
    // Whatever edits text has these slots; everything else is the graph's.
    if (focus && focus->metaObject()->indexOfMethod(QByteArray(slot) + "()") >= 0
        && !qobject_cast<GraphView *>(focus)) {
        QMetaObject::invokeMethod(focus, slot);
        return;
    }
    DocumentPage *page = currentPage();
    if (!page) {
        return;
    }
    GraphView *graph = page->graph();
    const QByteArray name(slot);
    if (name == "copy") {
        graph->copySelection();
    } else if (name == "cut") {
        graph->cutSelection();
    } else if (name == "paste") {
        graph->paste();
    } else {
        graph->selectAll();
    }
}

void MainWindow::connectStageActions()
{
    const Actions &a = *m_actions;
    connect(a.addStage, &QAction::triggered, m_stages, [this] { m_stages->addStage(); });
    connect(a.renameStage, &QAction::triggered, m_stages, &StageCommands::rename);
    connect(a.duplicateStage, &QAction::triggered, m_stages, &StageCommands::duplicate);
    connect(a.deleteStage, &QAction::triggered, m_stages, &StageCommands::remove);
    connect(a.moveStageUp, &QAction::triggered, m_stages, [this] { m_stages->move(-1); });
    connect(a.moveStageDown, &QAction::triggered, m_stages, [this] { m_stages->move(1); });
    connect(a.setTarget, &QAction::triggered, m_stages, &StageCommands::toggleTarget);
    connect(a.buildOptions, &QAction::triggered, this, &MainWindow::showBuildOptions);
    connect(a.compareImages, &QAction::triggered, m_panels,
            [this] { m_panels->compareImages(m_stages->selectedStage()); });
    connect(a.explainShell, &QAction::triggered, m_panels,
            [this] { m_panels->explainShell(m_stages->selectedStage()); });
    connect(m_panels, &Panels::stageWanted, m_stages,
            [this](const QString &reference) { m_stages->addStage(reference.toStdString()); });
    connect(m_target, &TargetBox::targetChosen, m_stages,
            [this](const QString &target) { m_stages->setTarget(target.toStdString()); });
    PalettePanel &palette = m_panels->palette();
    connect(&palette, &PalettePanel::imageActivated, m_stages,
            [this](const QString &reference) { m_stages->addStage(reference.toStdString()); });
    connect(&palette, &PalettePanel::comparisonWanted, m_panels, &Panels::compareImage);
    connect(&palette, &PalettePanel::instructionActivated, m_stages, &StageCommands::addInstruction);
    connect(&palette, &PalettePanel::templateActivated, m_controller, &DocumentController::newFromTemplate);
}

void MainWindow::fillTemplateMenu()
{
    bool broken = false;
    for (const Template &item : m_templates) {
        if (item.broken && !broken) {
            m_actions->newFromTemplate->addSection(tr("Broken on purpose"));
            broken = true;
        }
        QAction *action = m_actions->newFromTemplate->addAction(item.title);
        action->setToolTip(item.description);
        connect(action, &QAction::triggered, m_controller, [this, id = item.id] { m_controller->newFromTemplate(id); });
    }
}

void MainWindow::fillRecentMenu()
{
    QMenu *menu = m_actions->recentFiles;
    menu->clear();
    for (const RecentFile &file : m_context.settings.recentFiles()) {
        QString text = file.path;
        if (text.startsWith(QDir::homePath() + QLatin1Char('/'))) {
            text = QLatin1Char('~') + text.mid(QDir::homePath().size());
        }
        QAction *action = menu->addAction(text.replace(QLatin1Char('&'), QLatin1StringView("&&")));
        action->setEnabled(QFileInfo::exists(file.path));
        connect(action, &QAction::triggered, m_controller, [this, path = file.path] { m_controller->open({path}); });
    }
    if (menu->isEmpty()) {
        menu->addAction(tr("No files yet"))->setEnabled(false);
    }
}

void MainWindow::showPage(DocumentPage *page)
{
    for (const QMetaObject::Connection &connection : std::as_const(m_pageConnections)) {
        disconnect(connection);
    }
    m_pageConnections.clear();
    m_stages->setPage(page);
    m_toolBar->setVisible(page != nullptr);
    m_panels->showPage(page);
    m_builds->setPage(page);
    if (m_options) {
        m_options->showBuild(page ? &page->builds() : nullptr);
    }
    if (m_preferencesDialog) {
        m_preferencesDialog->showDocument(page);
    }
    if (page) {
        DocumentSession &session = page->session();
        m_undo->addStack(session.undoStack()); // a stack that goes away leaves the group by itself
        m_undo->setActiveStack(session.undoStack());
        const auto refresh = [this] {
            updateState();
            updateStatus();
        };
        m_pageConnections << connect(&session, &DocumentSession::changed, this, refresh)
                          << connect(&session, &DocumentSession::diagnosticsChanged, this, &MainWindow::updateStatus)
                          << connect(&session, &DocumentSession::selectionChanged, this, &MainWindow::updateState)
                          << connect(&session, &DocumentSession::readOnlyChanged, this, &MainWindow::updateState)
                          << connect(&session, &DocumentSession::buildChoicesChanged, this, &MainWindow::updateState)
                          << connect(page, &DocumentPage::titleChanged, this, &MainWindow::updateTitle)
                          << connect(&page->file(), &DocumentFile::saved, this, refresh)
                          << connect(page->graph(), &GraphView::fixesRequested, m_panels, &Panels::showFixes)
                          << connect(page->graph(), &GraphView::comparisonWanted, m_panels, &Panels::compareImages)
                          << connect(page->graph(), &GraphView::shellChainWanted, m_panels, &Panels::explainShell)
                          << connect(page->graph(), &GraphView::trailEnded, &m_panels->explain(),
                                     &ExplainPanel::endChain)
                          << connect(page->graph(), &GraphView::statusMessage, m_status,
                                     [this](const QString &text) { m_status->showMessage(text, 6000); });
    } else {
        m_undo->setActiveStack(nullptr);
        m_startPage->setFocus();
    }
    updateTitle();
    updateState();
    updateStatus();
}

void MainWindow::updateTitle()
{
    const DocumentPage *page = currentPage();
    setWindowModified(page && page->file().isModified());
    setWindowTitle(page ? tr("%1[*] – Stagewright").arg(page->file().name()) : QStringLiteral("Stagewright"));
}

void MainWindow::updateState()
{
    Actions::State state;
    if (const DocumentPage *page = currentPage()) {
        const BuildGraph &graph = page->session().snapshot()->graph();
        state.document = true;
        state.writable = !page->session().isReadOnly();
        state.file = !page->file().path().isEmpty();
        m_panels->problems().setInProject(state.file);
        const StageId id = m_stages->selectedStage();
        state.stage = id != StageId::None;
        state.canMoveUp = state.stage && indexOf(id) > 0;
        state.canMoveDown = state.stage && indexOf(id) + 1 < graph.stages().size();
        state.isTarget = state.stage && graph.stage(id).isTarget && !page->session().options().target.empty();
        state.building = page->builds().isBusy();
        state.options = optionsInForce(page->session().options()) + choicesInForce(page->session().buildChoices());
        state.optionsText = optionsText(page->session().options());
        m_target->showStages(page->session().snapshot().get());
    } else {
        m_target->showStages(nullptr);
    }
    m_actions->update(state);
}

void MainWindow::updateStatus()
{
    m_status->showDocument(currentPage());
}

void MainWindow::showFixes()
{
    if (DocumentPage *page = currentPage()) {
        m_panels->showFixesAtSelection(*page);
    }
}

void MainWindow::showBuildOptions()
{
    if (!m_options) {
        m_options = new BuildOptionsDialog(m_context.theme, this);
        m_options->showBuild(currentPage() ? &currentPage()->builds() : nullptr);
        // Over the text, not over the graph that is to be watched.
        m_options->move(mapToGlobal(QPoint(std::max(0, width() - m_options->width() - 24), 110)));
    }
    m_options->show();
    m_options->raise();
    m_options->activateWindow();
}

PreferencesDialog *MainWindow::showPreferences()
{
    if (!m_preferencesDialog) {
        m_preferencesDialog = new PreferencesDialog(m_context, *m_actions, this);
        m_preferencesDialog->showDocument(currentPage());
    }
    m_preferencesDialog->show();
    m_preferencesDialog->raise();
    m_preferencesDialog->activateWindow();
    return m_preferencesDialog;
}

void MainWindow::changeRule(const Diagnostic &finding, bool inProject)
{
    if (!inProject) {
        showPreferences()->showRule(finding.ruleId);
    } else if (DocumentPage *page = currentPage()) {
        page->setProjectLevel(finding.ruleId, RuleLevel::Off);
    }
}

void MainWindow::exportGraph()
{
    DocumentPage *page = currentPage();
    if (!page) {
        return;
    }
    const QFileInfo file(page->file().path());
    const QString folder = page->file().path().isEmpty() ? m_context.settings.lastFolder() : file.absolutePath();
    QString path
        = m_context.prompts.exportFile(this, QDir(folder).filePath(page->file().name() + QStringLiteral(".svg")));
    if (path.isEmpty()) {
        return;
    }
    if (QFileInfo(path).suffix().isEmpty()) {
        path += QStringLiteral(".svg");
    }
    QString error;
    const DocumentSession &session = page->session();
    if (renderGraph(*session.snapshot(), session.diagnostics(), session.linter().catalog(), m_context.theme, path,
                    &error)) {
        m_status->showMessage(tr("The graph is in %1").arg(path), 8000);
    } else {
        page->bars().show(MessageBars::Subject::Save, MessageBar::Level::Error, error);
    }
}

void MainWindow::openFiles(const QStringList &paths)
{
    m_controller->open(paths);
}

void MainWindow::openTemplate(const QString &id)
{
    m_controller->newFromTemplate(id);
}

void MainWindow::offerRecovery()
{
    m_controller->offerRecovery();
}

void MainWindow::restoreLayout()
{
    if (!restoreGeometry(m_context.settings.geometry())) {
        // The frame comes on top of that; how big it is, is not known before the window is shown.
        const QSize frame(8, 40);
        const QRect room = screen()->availableGeometry();
        resize(QSize(1600, 1000).boundedTo(room.size() - frame));
        move(room.center() - QPoint((width() + frame.width()) / 2, (height() + frame.height()) / 2));
    }
    m_panels->restoreArrangement(m_context.settings.windowState());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    const QByteArray state = m_panels->arrangement();
    const QByteArray geometry = saveGeometry();
    if (!m_controller->closeAll()) {
        event->ignore();
        return;
    }
    m_context.settings.setWindow(geometry, state);
    event->accept();
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    // Files may be dropped anywhere: editors and views would take them for text, or for nothing.
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::DragMove && event->type() != QEvent::Drop) {
        return QMainWindow::eventFilter(watched, event);
    }
    const auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget || widget->window() != this) {
        return QMainWindow::eventFilter(watched, event);
    }
    auto *drop = static_cast<QDropEvent *>(event);
    QStringList paths;
    const QList<QUrl> urls = drop->mimeData()->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile()) {
            paths << url.toLocalFile();
        }
    }
    if (paths.isEmpty()) {
        return QMainWindow::eventFilter(watched, event);
    }
    drop->acceptProposedAction();
    if (event->type() == QEvent::Drop) {
        openFiles(paths);
    }
    return true;
}

bool MainWindow::event(QEvent *event)
{
    if (event->type() == QEvent::WindowActivate) {
        const auto pages = m_area->pages();
        m_preferences->check();
        for (DocumentPage *page : pages) {
            page->file().checkDisk(); // somebody may have changed a file on a disk that cannot be watched
            page->configuration().check();
        }
    }
    return QMainWindow::event(event);
}

} // namespace stagewright
