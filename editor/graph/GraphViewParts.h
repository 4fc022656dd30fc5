// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "graph/GraphGesture.h"
#include "graph/GraphOverlays.h"
#include "graph/GraphView.h"
#include "graph/InlineEditor.h"
#include "graph/MiniMap.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QVariantAnimation>

namespace stagewright {

/// What the view's source files share.
struct GraphView::Parts
{
    std::unique_ptr<GraphGesture> gesture;
    QPointer<InlineEditor> editor;
    ZoomControl *zoom = nullptr;
    GraphLegend *legend = nullptr;
    MiniMap *miniMap = nullptr;
    EmptyHint *hint = nullptr;
    QVariantAnimation motion; ///< Of zoom and place.
    double zoomFrom = 1, zoomTo = 1;
    QPointF centreFrom, centreTo;

    // Mouse
    GraphHit pressed; ///< Valid until the document changes.
    QPoint pressedAt;
    QPointF pressedScene;
    bool down = false;  ///< The left button, without a gesture so far.
    bool space = false; ///< Held: the left button pans.
    QPoint lastMouse{-1, -1};
    bool miniMapWanted = true;
    bool legendWanted = true;
    bool fitPending = true; ///< Fit when the view has its size and the document is there.
    /// The whole graph is shown, as fitted: it stays so when the room or the graph changes, until a person zooms or
    /// pans, or something else is brought into view.
    bool follows = true;
    double largestFit = 1;
    bool dropping = false; ///< A gesture is doing what it was about.

    // Palette drags
    QString dropText;
    bool dropIsImage = false;

    std::vector<QString> recent; ///< Of the add menu, latest first.
    std::function<bool(const QString &, const QString &)> confirm;
};

} // namespace stagewright
