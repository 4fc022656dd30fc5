// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "theme/Style.h"

#include "theme/Theme.h"

namespace stagewright {

Style::Style(const Theme &theme)
    : QProxyStyle(QStringLiteral("Fusion"))
    , m_theme(theme)
{
    static_cast<void>(m_theme);
}

} // namespace stagewright
