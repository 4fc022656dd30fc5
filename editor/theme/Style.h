// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QProxyStyle>

namespace stagewright {

class Theme;

/// Draws the standard widgets with the theme's tokens, over Fusion. A style rather than a style sheet: it asks
/// the theme for every colour when it paints, so a new theme needs no new style, and it draws icons crisply.
class Style : public QProxyStyle
{
    Q_OBJECT
public:
    explicit Style(const Theme &theme);

private:
    const Theme &m_theme;
};

} // namespace stagewright
