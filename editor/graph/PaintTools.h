// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "theme/Theme.h"

#include <QHash>
#include <QPainter>
#include <QPixmap>
#include <QRectF>
#include <QString>

namespace stagewright {

/// Icons and shadows for the graph's painters. As lines, not pixels, when a vector picture is written.
class PaintTools
{
public:
    explicit PaintTools(const Theme &theme, bool vector = false)
        : m_theme(theme)
        , m_vector(vector)
    {
    }

    [[nodiscard]] const Theme &theme() const { return m_theme; }
    [[nodiscard]] bool isVector() const { return m_vector; }
    /// @p lod: how many pixels a scene unit has, for a sharp icon at any zoom.
    void icon(QPainter &painter, const QString &name, const QColor &colour, QRectF rect, double lod) const;
    /// A soft shadow around @p rect; @p lifted for what is hovered or dragged. Pre-rendered, drawn as nine pieces.
    void shadow(QPainter &painter, QRectF rect, bool lifted) const;
    /// Colours or theme changed.
    void reset();

private:
    const Theme &m_theme;
    bool m_vector = false;
    mutable QPixmap m_shadow[2];
    mutable QHash<QString, QByteArray> m_svg;
};

} // namespace stagewright
