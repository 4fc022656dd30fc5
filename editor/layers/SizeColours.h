// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "session/StageRole.h"

#include <QColor>

namespace stagewright {

struct Tokens;

/// What a part of a bar or a treemap is filled with, and what is legible on it.
struct PartColours
{
    QColor fill;
    QColor text;
};

/// WCAG 2.2's relative luminance, 0 to 1.
[[nodiscard]] double luminance(const QColor &colour);
/// The one of two colours that stands out more on @p ground (WCAG 2.2 relative luminance).
[[nodiscard]] QColor legible(const QColor &ground, const QColor &one, const QColor &other);
/// The ratio that WCAG 2.2 defines, 1 to 21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);
/// What comes with the base image: grey, whatever the stage.
[[nodiscard]] PartColours baseColours(const Tokens &tokens);
/// What an instruction of a stage adds: its role's hue, stronger for more. @p weight is 0 to 1; neighbours of the same
/// weight are told apart by the gap between them.
[[nodiscard]] PartColours ownColours(const Tokens &tokens, StageRole role, double weight);

} // namespace stagewright
