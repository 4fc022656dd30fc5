// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "graph/CardLayout.h"
#include "graph/GraphBuild.h"
#include "graph/GraphFonts.h"
#include "graph/GraphModel.h"

#include <QString>

#include <vector>

class QPainter;

namespace stagewright {

class PaintTools;

/// What a node looks like beyond what it is.
struct CardState
{
    bool selected = false;
    bool hovered = false;
    bool lifted = false; ///< Being dragged.
    int hoverRow = -1;
    int focusRow = -1;             ///< The keyboard is on this row.
    std::vector<int> selectedRows; ///< Sorted.
    int lightbulbRow = -1;         ///< Fixes are offered beside this row.
    int dropRow = -1;              ///< A connection would land here …
    QString dropText;              ///< … and turn the row into this.
    bool dropCard = false;         ///< A connection would land on the card.
    int insertion = -1;            ///< A row would be inserted in front of this one.
    bool outPortHot = false;
    bool logHot = false;             ///< The pointer is on the link to the log.
    StageBuild build;                ///< Of the build that runs or ran.
    std::vector<RowBuild> buildRows; ///< The same per row; empty for none.
    QString sent;                    ///< The build context: what of it was sent.

    friend bool operator==(const CardState &, const CardState &) = default;
};

/// Draws nodes. Below 55 % the rows become bars, below 30 % a card is its name.
class CardPainter
{
public:
    explicit CardPainter(const PaintTools &tools);

    void paint(QPainter &painter, const NodeView &node, const CardLayout &layout, const CardState &state,
               double lod) const;
    /// Ports and what stands outside the card; drawn above edges and neighbours.
    void paintPorts(QPainter &painter, const NodeView &node, const CardLayout &layout, const CardState &state,
                    double lod) const;
    /// Of a node's drawing, shadow, caption and ports included.
    [[nodiscard]] static QRectF boundingRect(const CardLayout &layout);
    [[nodiscard]] static QRectF lightbulbRect(const CardLayout &layout, int row);
    /// The link to what the build said, on the card of a stage that failed; empty where there is none. It is in the
    /// footer, or, on a card without one, the sign in the header.
    [[nodiscard]] static QRectF logRect(const CardLayout &layout, const CardState &state);
    /// Where the spinners of running rows stand: 0 … 1 of a turn.
    void setPhase(double phase) { m_phase = phase; }
    [[nodiscard]] double phase() const { return m_phase; }

private:
    void paintStage(QPainter &painter, const NodeView &node, const CardLayout &layout, const CardState &state,
                    double lod) const;
    void paintSource(QPainter &painter, const NodeView &node, const CardLayout &layout, const CardState &state,
                     double lod) const;
    void paintFrame(QPainter &painter, const NodeView &node, const CardLayout &layout, const CardState &state) const;
    void paintCaption(QPainter &painter, const NodeView &node, const CardLayout &layout, double lod) const;
    void paintHeader(QPainter &painter, const NodeView &node, const CardLayout &layout, const CardState &state,
                     double lod) const;
    void paintRow(QPainter &painter, const NodeView &node, const CardLayout &layout, std::size_t row,
                  const CardState &state, double lod) const;
    void paintRowBars(QPainter &painter, const NodeView &node, const CardLayout &layout, const CardState &state) const;
    void paintRowTexts(QPainter &painter, const NodeView &node, const CardLayout &layout, std::size_t row,
                       const CardState &state, double lod) const;
    // CardPainterBuild.cpp
    void paintBuildFill(QPainter &painter, const RowBuild &build, QRectF rect, bool marked) const;
    double paintBuildState(QPainter &painter, const RowBuild &build, QRectF rect, double lod) const;
    double paintRing(QPainter &painter, const StageBuild &build, double right, double lod) const;
    void paintBubble(QPainter &painter, const NodeView &node, const CardLayout &layout, double lod) const;
    void paintFooter(QPainter &painter, const NodeView &node, const CardLayout &layout, const CardState &state,
                     double lod) const;
    void paintLog(QPainter &painter, QRectF link, bool hot, double lod) const;
    void paintChips(QPainter &painter, const NodeView &node, QPointF at, double right, double lod) const;
    void paintBigTitle(QPainter &painter, const NodeView &node, const CardLayout &layout, double lod) const;

    const PaintTools &m_tools;
    GraphFonts m_fonts;
    double m_phase = 0;
};

/// The colours of a role: plain for text and icons, line for strokes, tint for fills.
struct RoleColours
{
    QColor plain, line, tint;
};
[[nodiscard]] RoleColours roleColours(const Tokens &tokens, const NodeView &node);

/// A port: circle, diamond or square, filled when connected.
void paintPort(QPainter &painter, const Tokens &tokens, PortShape shape, QPointF at, const QColor &colour, bool filled,
               double scale = 1);

} // namespace stagewright
