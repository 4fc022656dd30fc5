// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layers/SizeColours.h"

#include "panels/PanelPaint.h"
#include "theme/Theme.h"

#include <algorithm>
#include <cmath>

namespace stagewright {

namespace {

PartColours on(const Tokens &tokens, const QColor &fill)
{
    return {fill, legible(fill, tokens.text, tokens.onRole)};
}

} // namespace

double luminance(const QColor &colour)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double one = luminance(a) + 0.05;
    const double other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

QColor legible(const QColor &ground, const QColor &one, const QColor &other)
{
    return contrast(ground, one) >= contrast(ground, other) ? one : other;
}

PartColours baseColours(const Tokens &tokens)
{
    return on(tokens, tokens.border2);
}

PartColours ownColours(const Tokens &tokens, StageRole role, double weight)
{
    const QColor strong = roleColour(role, tokens);
    const QColor weak = role == StageRole::Final ? tokens.finalTint
        : role == StageRole::Test                ? tokens.testTint
                                                 : tokens.builderTint;
    // Between two thirds and the weak end neither light nor dark text is legible in every theme: two steps only.
    if (weight > 0.45)
        return on(tokens, strong);
    return on(tokens, mixed(strong, weak, 0.24 + 0.08 * std::clamp(weight, 0.0, 0.45) / 0.45));
}

} // namespace stagewright
