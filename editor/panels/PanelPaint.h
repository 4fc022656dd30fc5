// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "session/StageRole.h"

#include <QColor>
#include <QRect>
#include <QString>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace stagewright {

class Theme;
struct Tokens;

/// The strong colour of a role: text, icons, the dot in lists.
[[nodiscard]] QColor roleColour(StageRole role, const Tokens &tokens);
/// Its colour for strokes and small bars.
[[nodiscard]] QColor roleLine(StageRole role, const Tokens &tokens);
/// Draws one line of text in which instructions and paths stand in the fixed font (from the first upper-case keyword,
/// "--flag", "[" or "/" to the next plain word), elided at the right. Answers the width that was used.
int paintCodeText(QPainter &painter, const Theme &theme, const QRect &rect, const QString &text, const QColor &colour,
                  double px);

} // namespace stagewright
