// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "Context.h"
#include "engine/BuildRun.h"

#include <QList>
#include <QObject>

#include <vector>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace stagewright {

class Actions;
class BuildBar;
class BuildController;
class DocumentPage;
class Panels;
class StatusBar;

/// Building from the window: the commands, the button and the engine in the tool bar, the status line.
class BuildCommands : public QObject
{
    Q_OBJECT
public:
    BuildCommands(const Context &context, const Actions &actions, Panels &panels, StatusBar &status, QWidget *window);
    ~BuildCommands() override;

    /// For the tool bar.
    [[nodiscard]] BuildBar *bar() const { return m_bar; }
    /// Null: the start page.
    void setPage(DocumentPage *page);

    /// True when no build of @p pages runs, or a person lets them be stopped.
    [[nodiscard]] bool mayClose(const std::vector<DocumentPage *> &pages) const;

Q_SIGNALS:
    void optionsRequested();
    /// What the actions can do is different.
    void stateChanged();

private:
    void build();
    void stop();
    void copyCommand();
    void showState();
    void showFailure();
    void showLog();
    void ended(engine::BuildResult result);
    [[nodiscard]] BuildController *builds() const;

    const Context &m_context;
    const Actions &m_actions;
    Panels &m_panels;
    StatusBar &m_status;
    QWidget *m_window;
    BuildBar *m_bar;
    DocumentPage *m_page = nullptr;
    QList<QMetaObject::Connection> m_connections;
};

} // namespace stagewright
