// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "theme/Theme.h"

#include <QFont>
#include <QFontMetricsF>

namespace stagewright {

/// The fonts of the graph. Sizes are scene units.
struct GraphFonts
{
    explicit GraphFonts(const Theme &theme)
        : title(theme.uiFont(13, QFont::DemiBold))
        , small(theme.uiFont(11))
        , smallBold(theme.uiFont(11, QFont::DemiBold))
        , bubble(theme.uiFont(12))
        , mono(theme.monoFont(12))
        , keyword(theme.monoFont(12, QFont::DemiBold))
        , label(theme.monoFont(11))
        , comment(theme.monoFont(11))
    {
        comment.setItalic(true);
    }

    QFont title;
    QFont small;
    QFont smallBold;
    QFont bubble;
    QFont mono;
    QFont keyword;
    QFont label;
    QFont comment;
};

} // namespace stagewright
