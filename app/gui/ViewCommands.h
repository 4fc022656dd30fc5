// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "Context.h"

#include <QObject>

namespace stagewright {

class Actions;
class DocumentArea;
class GraphView;
class Panels;

/// The commands of the View menu: zoom of the graph or of the text, whichever has the keyboard, theme, motion, and
/// where the keyboard goes.
class ViewCommands : public QObject
{
    Q_OBJECT
public:
    /// All must outlive this; @p context has preferences.
    ViewCommands(const Context &context, const Actions &actions, DocumentArea &area, Panels &panels,
                 QObject *parent = nullptr);

private:
    enum class Zoom : std::int8_t { Out = -1, Reset = 0, In = 1 };
    void connectTheme();
    void zoom(Zoom how);
    [[nodiscard]] GraphView *graph() const; ///< Of the active document; null on the start page.

    const Context &m_context;
    const Actions &m_actions;
    DocumentArea &m_area;
    Panels &m_panels;
};

} // namespace stagewright
