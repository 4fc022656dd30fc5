// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "graph/GraphArrangement.h"
#include "graph/GraphModel.h"

#include <QRectF>
#include <QString>

#include <map>
#include <vector>

class QPainter;

namespace stagewright {

class Catalog;
class Theme;

/// A picture of a graph without a view: for export and printing. All in scene coordinates.
class GraphPicture
{
public:
    GraphPicture(const Snapshot &snapshot, const std::vector<Diagnostic> &diagnostics, const Catalog &catalog,
                 const Theme &theme, const std::map<QString, QPointF> &nodePositions = {});

    /// What the picture covers, with a margin.
    [[nodiscard]] QRectF rect() const;
    /// @p vector: icons as lines and no shadows. @p lod: pixels a scene unit gets.
    void paint(QPainter &painter, bool vector, double lod) const;

private:
    const Theme &m_theme;
    GraphModel m_model;
    std::vector<CardLayout> m_layouts;
    Arrangement m_arrangement;
};

/// Writes the graph as SVG, PNG (twice the size of 100 %, less for what would be huge) or PDF, by the ending of
/// @p path; atomically. False with a sentence in @p error when it cannot. Needs a QGuiApplication, no display.
[[nodiscard]] bool renderGraph(const Snapshot &snapshot, const std::vector<Diagnostic> &diagnostics,
                               const Catalog &catalog, const Theme &theme, const QString &path, QString *error);

} // namespace stagewright
