// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "ViewCommands.h"

#include "Actions.h"
#include "DocumentArea.h"
#include "DocumentPage.h"
#include "Panels.h"
#include "Preferences.h"
#include "Settings.h"
#include "graph/GraphView.h"
#include "theme/Theme.h"

#include <QAction>

#include <utility>

namespace stagewright {

ViewCommands::ViewCommands(const Context &context, const Actions &actions, DocumentArea &area, Panels &panels,
                           QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_actions(actions)
    , m_area(area)
    , m_panels(panels)
{
    const auto withGraph = [this](void (GraphView::*method)()) {
        return [this, method] {
            if (GraphView *view = graph()) {
                (view->*method)();
            }
        };
    };
    connect(actions.zoomIn, &QAction::triggered, this, [this] { zoom(Zoom::In); });
    connect(actions.zoomOut, &QAction::triggered, this, [this] { zoom(Zoom::Out); });
    connect(actions.zoomReset, &QAction::triggered, this, [this] { zoom(Zoom::Reset); });
    connect(actions.fit, &QAction::triggered, this, withGraph(&GraphView::fitAll));
    connect(actions.autoLayout, &QAction::triggered, this, withGraph(&GraphView::autoLayout));
    connect(actions.focusGraph, &QAction::triggered, this, [this] {
        if (GraphView *view = graph()) {
            view->setFocus(Qt::ShortcutFocusReason);
        }
    });
    connect(actions.focusText, &QAction::triggered, &panels, &Panels::focusText);
    connect(actions.searchPalette, &QAction::triggered, &panels, &Panels::searchPalette);
    connect(actions.nextDocument, &QAction::triggered, this, [this] { m_area.activateNext(1); });
    connect(actions.previousDocument, &QAction::triggered, this, [this] { m_area.activateNext(-1); });
    connectTheme();
}

void ViewCommands::connectTheme()
{
    const std::pair<QAction *, ThemeMode> modes[] = {{m_actions.themeSystem, ThemeMode::System},
                                                     {m_actions.themeLight, ThemeMode::Light},
                                                     {m_actions.themeDark, ThemeMode::Dark}};
    for (const auto &[action, mode] : modes) {
        action->setChecked(m_context.theme.mode() == mode);
        connect(action, &QAction::triggered, this, [this, chosen = mode] {
            m_context.settings.setThemeMode(chosen);
            m_context.theme.setMode(chosen);
        });
    }
    m_actions.reduceMotion->setChecked(!m_context.theme.motionEnabled());
    connect(m_actions.reduceMotion, &QAction::toggled, this, [this](bool reduce) {
        m_context.settings.setReduceMotion(reduce);
        m_context.theme.setMotionEnabled(!reduce);
    });
}

GraphView *ViewCommands::graph() const
{
    const DocumentPage *page = m_area.current();
    return page ? page->graph() : nullptr;
}

void ViewCommands::zoom(Zoom how)
{
    if (m_panels.textHasFocus()) {
        Preferences &preferences = *m_context.preferences;
        preferences.setTextSize(how == Zoom::Reset ? Preferences::usualTextSize
                                                   : preferences.textSize() + static_cast<int>(how));
        return;
    }
    if (GraphView *view = graph()) {
        how == Zoom::In ? view->zoomIn() : how == Zoom::Out ? view->zoomOut() : view->resetZoom();
    }
}

} // namespace stagewright
