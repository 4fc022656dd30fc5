// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "Context.h"
#include "panels/Templates.h"

#include <QMainWindow>

#include <vector>

QT_BEGIN_NAMESPACE
class QToolBar;
class QUndoGroup;
QT_END_NAMESPACE

namespace stagewright {

class Actions;
class BuildCommands;
class BuildOptionsDialog;
class DocumentArea;
class DocumentController;
class DocumentPage;
class Panels;
class Preferences;
class PreferencesDialog;
class StageCommands;
class StartPage;
class StatusBar;
struct Diagnostic;
class TargetBox;

/// The window: puts actions, documents and panels together, and connects them with the active document.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(const Context &context, QWidget *parent = nullptr);
    ~MainWindow() override;

    void openFiles(const QStringList &paths);
    void openTemplate(const QString &id);
    /// Restores size, place and panels of the last run; for the first run chooses what fits the screen.
    void restoreLayout();
    void offerRecovery();

    // For tests and for pictures of the program
    [[nodiscard]] Actions &actions() { return *m_actions; }
    [[nodiscard]] DocumentArea &documents() { return *m_area; }
    [[nodiscard]] DocumentController &controller() { return *m_controller; }
    [[nodiscard]] Panels &panels() { return *m_panels; }
    [[nodiscard]] StatusBar &statusLine() { return *m_status; }
    [[nodiscard]] DocumentPage *currentPage() const;

protected:
    void closeEvent(QCloseEvent *event) override;
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void connectFileActions();
    void connectEditActions();
    void connectStageActions();
    void fillTemplateMenu();
    void fillRecentMenu();
    void showPage(DocumentPage *page);
    void updateTitle();
    void updateState();
    void updateStatus();
    void editCommand(const char *slot);
    void showFixes();
    void showBuildOptions();
    PreferencesDialog *showPreferences();
    void changeRule(const Diagnostic &finding, bool inProject);
    void exportGraph();

    Preferences *m_preferences;
    const Context m_context;
    std::vector<Template> m_templates;
    QUndoGroup *m_undo;
    Actions *m_actions;
    StartPage *m_startPage;
    DocumentArea *m_area;
    DocumentController *m_controller;
    StageCommands *m_stages;
    TargetBox *m_target;
    BuildOptionsDialog *m_options = nullptr;          ///< Made when it is first asked for.
    PreferencesDialog *m_preferencesDialog = nullptr; ///< Made when it is first asked for.
    QToolBar *m_toolBar;
    Panels *m_panels;
    StatusBar *m_status;
    BuildCommands *m_builds;
    QList<QMetaObject::Connection> m_pageConnections;
};

} // namespace stagewright
