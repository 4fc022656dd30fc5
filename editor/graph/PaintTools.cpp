// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/PaintTools.h"

#include "graph/CardLayout.h"

#include <QFile>
#include <QImage>
#include <QSvgRenderer>

#include <algorithm>
#include <cmath>
#include <vector>

namespace stagewright {

namespace {

constexpr int shadowMargin = 24; ///< Around the card.
constexpr int shadowCore = 24;   ///< Kept corner inside.

/// One pass of a box blur over the rows of an 8-bit image, transposed on the way out.
void blurRows(const std::vector<int> &from, std::vector<int> &to, int side, int radius)
{
    for (int y = 0; y < side; ++y) {
        int sum = 0;
        for (int x = -radius; x < side; ++x) {
            if (x + radius < side)
                sum += from[y * side + x + radius];
            if (x - radius - 1 >= 0)
                sum -= from[y * side + x - radius - 1];
            if (x >= 0)
                to[x * side + y] = sum / (2 * radius + 1);
        }
    }
}

QPixmap renderShadow(const QColor &colour, int radius, double offset)
{
    const int side = 2 * (shadowMargin + shadowCore) + 1;
    QImage mask(side, side, QImage::Format_ARGB32_Premultiplied);
    mask.fill(Qt::transparent);
    {
        QPainter painter(&mask);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Qt::black);
        const double inset = shadowMargin;
        painter.drawRoundedRect(QRectF(inset, inset + offset, side - 2 * inset, side - 2 * inset), metrics::radius,
                                metrics::radius);
    }
    std::vector<int> a(static_cast<std::size_t>(side * side));
    std::vector<int> b(a.size());
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x)
            a[y * side + x] = qAlpha(mask.pixel(x, y)) * 256;
    }
    for (int pass = 0; pass < 3; ++pass) { // three boxes are close to a Gaussian
        blurRows(a, b, side, radius);
        blurRows(b, a, side, radius);
    }
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            QColor pixel = colour;
            pixel.setAlpha(colour.alpha() * a[y * side + x] / (255 * 256));
            mask.setPixelColor(x, y, pixel);
        }
    }
    return QPixmap::fromImage(mask);
}

} // namespace

void PaintTools::reset()
{
    m_shadow[0] = {};
    m_shadow[1] = {};
}

void PaintTools::shadow(QPainter &painter, QRectF rect, bool lifted) const
{
    if (m_vector)
        return; // pixels in a vector picture look poor
    QPixmap &pixmap = m_shadow[lifted];
    if (pixmap.isNull()) {
        QColor colour = m_theme.isDark() ? QColor(0, 0, 0) : QColor(0x1A, 0x21, 0x2D);
        colour.setAlphaF(m_theme.isDark() ? (lifted ? 0.7f : 0.5f) : (lifted ? 0.26f : 0.14f));
        pixmap = renderShadow(colour, lifted ? 5 : 3, lifted ? 5 : 2);
    }
    const double m = shadowMargin;
    const double piece = shadowMargin + shadowCore;
    const QRectF outer = rect.adjusted(-m, -m, m, m);
    // On whole device pixels: pieces that share half a pixel show a seam
    const QTransform transform = painter.worldTransform();
    const double dpr = painter.device()->devicePixelRatioF();
    const auto snapX = [&](double x) {
        return (std::round((x * transform.m11() + transform.dx()) * dpr) / dpr - transform.dx()) / transform.m11();
    };
    const auto snapY = [&](double y) {
        return (std::round((y * transform.m22() + transform.dy()) * dpr) / dpr - transform.dy()) / transform.m22();
    };
    double xs[4] = {outer.left(), outer.left() + std::min(piece, outer.width() / 2),
                    outer.right() - std::min(piece, outer.width() / 2), outer.right()};
    double ys[4] = {outer.top(), outer.top() + std::min(piece, outer.height() / 2),
                    outer.bottom() - std::min(piece, outer.height() / 2), outer.bottom()};
    for (int i = 0; i < 4 && transform.type() <= QTransform::TxScale; ++i) {
        xs[i] = snapX(xs[i]);
        ys[i] = snapY(ys[i]);
    }
    const double source[4] = {0, piece, piece + 1, 2 * piece + 1};
    for (int row = 0; row < 3; ++row) {
        for (int column = 0; column < 3; ++column) {
            if (row == 1 && column == 1)
                continue; // under the card
            const QRectF to(QPointF(xs[column], ys[row]), QPointF(xs[column + 1], ys[row + 1]));
            const QRectF from(QPointF(source[column], source[row]), QPointF(source[column + 1], source[row + 1]));
            painter.drawPixmap(to, pixmap, from);
        }
    }
}

void PaintTools::icon(QPainter &painter, const QString &name, const QColor &colour, QRectF rect, double lod) const
{
    const int size = static_cast<int>(std::lround(rect.width()));
    if (!m_vector) {
        // Steps, so that a zoom gesture does not fill the cache with one picture a frame
        const double scale = std::clamp(std::ceil(lod * painter.device()->devicePixelRatioF() * 2) / 2, 0.5, 8.0);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        const QPixmap pixmap = m_theme.pixmap(name, colour, size, scale);
        painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()));
        return;
    }
    auto it = m_svg.find(name);
    if (it == m_svg.end()) {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
        it = m_svg.insert(name, file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
    }
    QByteArray svg = *it;
    if (svg.isEmpty())
        return;
    svg.replace("currentColor", colour.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(svg);
    renderer.render(&painter, rect);
}

} // namespace stagewright
