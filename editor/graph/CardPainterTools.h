// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/StepMap.h"
#include "theme/Theme.h"

#include <QColor>
#include <QFont>
#include <QFontMetricsF>
#include <QPainter>
#include <QPointF>
#include <QRectF>

#include <cmath>

/// What the two files of CardPainter share.
namespace stagewright {

constexpr double barsBelow = 0.55; ///< Pixels a scene unit; below, rows are bars.
constexpr double titleBelow = 0.3; ///< Below, a node is its name.

inline double baseline(const QFont &font, QRectF rect)
{
    const QFontMetricsF metrics(font);
    return std::round(rect.center().y() + (metrics.ascent() - metrics.descent()) / 2);
}

inline void text(QPainter &painter, const QFont &font, const QColor &colour, QPointF at, const QString &words)
{
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(at, words);
}

/// The strong colour of a build state.
QColor buildColour(engine::RowState state, const Tokens &tokens);

} // namespace stagewright
