// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "BuildCommands.h"

#include "Actions.h"
#include "BottomTabs.h"
#include "BuildBar.h"
#include "DocumentPage.h"
#include "Panels.h"
#include "Prompts.h"
#include "Settings.h"
#include "SizePanels.h"
#include "StatusBar.h"
#include "building/BuildController.h"
#include "building/BuildPanel.h"
#include "building/ConsolePanel.h"
#include "building/ConsoleView.h"
#include "building/EngineList.h"
#include "graph/GraphView.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>

namespace stagewright {

BuildCommands::BuildCommands(const Context &context, const Actions &actions, Panels &panels, StatusBar &status,
                             QWidget *window)
    : QObject(window)
    , m_context(context)
    , m_actions(actions)
    , m_panels(panels)
    , m_status(status)
    , m_window(window)
    , m_bar(new BuildBar(context.theme, actions, context.engines, window))
{
    context.engines.setPreferred(context.settings.engine());
    connect(&context.engines, &EngineList::preferredChanged, this,
            [this](const QString &name) { m_context.settings.setEngine(name); });
    connect(actions.build, &QAction::triggered, this, &BuildCommands::build);
    connect(actions.stopBuild, &QAction::triggered, this, &BuildCommands::stop);
    connect(actions.copyCommand, &QAction::triggered, this, &BuildCommands::copyCommand);
    connect(actions.showBuild, &QAction::triggered, this, [this] { m_panels.showBottom("build"); });
    connect(actions.showConsole, &QAction::triggered, this, [this] {
        m_panels.showBottom("console");
        m_panels.console().view().setFocus(Qt::ShortcutFocusReason);
    });
    connect(actions.criticalPath, &QAction::toggled, this, [this](bool shown) {
        if (m_page)
            m_page->setCriticalPath(shown);
    });
    connect(m_bar->chip(), &EngineChip::helpRequested, this, [this] {
        m_panels.showBottom("build");
        m_panels.build().showEngines();
    });
    connect(&panels.build(), &BuildPanel::buildRequested, actions.build, &QAction::trigger);
    connect(&panels.sizes(), &SizePanels::buildRequested, actions.build, &QAction::trigger);
    connect(actions.showLayers, &QAction::triggered, this, [this] { m_panels.showBottom("layers"); });
    connect(actions.showImage, &QAction::triggered, this, [this] { m_panels.showBottom("image"); });
    connect(&panels.build(), &BuildPanel::optionsRequested, this, &BuildCommands::optionsRequested);
    connect(&status, &StatusBar::buildClicked, this, [this] { m_panels.showBottom("build"); });
    connect(&status, &StatusBar::failureClicked, this, &BuildCommands::showFailure);
    connect(actions.findEngines, &QAction::triggered, &context.engines, &EngineList::ask);
}

BuildCommands::~BuildCommands() = default;

BuildController *BuildCommands::builds() const
{
    return m_page ? &m_page->builds() : nullptr;
}

void BuildCommands::setPage(DocumentPage *page)
{
    for (const QMetaObject::Connection &connection : std::as_const(m_connections))
        disconnect(connection);
    m_connections.clear();
    m_page = page;
    if (page)
        page->setCriticalPath(m_actions.criticalPath->isChecked());
    if (BuildController *controller = builds()) {
        m_connections << connect(controller, &BuildController::phaseChanged, this, &BuildCommands::showState)
                      << connect(controller, &BuildController::progressed, this,
                                 [this] { m_status.showBuild(builds()); })
                      << connect(controller, &BuildController::mappingChanged, this,
                                 [this] { m_status.showBuild(builds()); })
                      << connect(controller, &BuildController::finished, this, &BuildCommands::ended)
                      << connect(page->graph(), &GraphView::logWanted, this, &BuildCommands::showLog);
    }
    showState();
}

void BuildCommands::showState()
{
    m_bar->showBuild(builds());
    m_status.showBuild(builds());
    Q_EMIT stateChanged();
}

void BuildCommands::build()
{
    if (BuildController *controller = builds()) {
        if (!m_panels.bottom().isShown("console"))
            m_panels.showBottom("build");
        controller->build();
    }
}

void BuildCommands::showFailure()
{
    m_panels.showBottom("build");
    m_panels.build().showFailure();
}

/// All of it, at its end: the engine's last words are of no step and no stage.
void BuildCommands::showLog()
{
    m_panels.showBottom("console");
    m_panels.console().showAll();
    m_panels.console().view().setFocus(Qt::OtherFocusReason);
}

void BuildCommands::stop()
{
    if (BuildController *controller = builds())
        controller->stop();
}

void BuildCommands::copyCommand()
{
    BuildController *controller = builds();
    if (!controller)
        return;
    // Which options there are depends on the engine; without one, docker's are the usual ones.
    const engine::Engine *chosen = m_context.engines.chosen();
    const auto command = controller->nextCommand(chosen ? *chosen : engine::Engine());
    if (!command) {
        m_status.showMessage(command.error(), 8000);
        return;
    }
    QGuiApplication::clipboard()->setText(*command);
    m_status.showMessage(tr("Copied: %1").arg(*command), 6000);
}

void BuildCommands::ended(engine::BuildResult result)
{
    showState();
    BuildController *controller = builds();
    if (result == engine::BuildResult::NotStarted) {
        m_panels.showBottom("build");
        if (!m_context.engines.chosen())
            m_panels.build().showEngines();
        m_status.showMessage(controller->error(), 10'000);
    } else if (result == engine::BuildResult::Failed && controller->failedStep()) {
        showFailure();
    } else if (result == engine::BuildResult::Failed) {
        m_panels.showBottom("console"); // no step failed: the engine's own words say why
    }
}

bool BuildCommands::mayClose(const std::vector<DocumentPage *> &pages) const
{
    QStringList names;
    for (const DocumentPage *page : pages) {
        if (page->builds().isBusy())
            names << page->file().name();
    }
    if (names.isEmpty())
        return true;
    return m_context.prompts.confirm(m_window, tr("Stop the build of %1?").arg(names.join(QStringLiteral(", "))),
                                     tr("It is still running. Closing stops it; what is in the cache stays there."),
                                     tr("Stop and close"));
}

} // namespace stagewright
