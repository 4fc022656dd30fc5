// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "graph/EdgeShape.h"
#include "graph/GraphBuild.h"
#include "graph/GraphFonts.h"
#include "graph/GraphModel.h"

class QPainter;

namespace stagewright {

struct EdgeState
{
    bool selected = false;
    bool hovered = false;
    bool related = false; ///< Belongs to the selected or hovered node: drawn strongly so that it can be traced.
    bool cut = false;     ///< About to be taken away.
    EdgeBuild build;      ///< What a build moves along it.
    friend bool operator==(const EdgeState &, const EdgeState &) = default;
};

/// Draws edges and their labels.
class EdgePainter
{
public:
    explicit EdgePainter(const Theme &theme);

    void paint(QPainter &painter, const EdgeView &edge, const EdgeShape &shape, const NodeView &source,
               const EdgeState &state, double lod) const;
    void paintLabel(QPainter &painter, const EdgeView &edge, const EdgeShape &shape, const NodeView &source,
                    const EdgeState &state, double lod) const;
    /// The line that follows the pointer while a connection is dragged.
    void paintDrag(QPainter &painter, const QPainterPath &path, bool valid, bool solid) const;

    /// Where the dashes of what is being copied stand, in scene units.
    void setPhase(double offset) { m_phase = offset; }
    /// Width of a label of @p words.
    [[nodiscard]] double labelWidth(const QString &words) const;

private:
    [[nodiscard]] QColor colourOf(const EdgeView &edge, const NodeView &source, const EdgeState &state) const;

    const Theme &m_theme;
    GraphFonts m_fonts;
    double m_phase = 0;
};

} // namespace stagewright
