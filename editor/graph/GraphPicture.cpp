// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphPicture.h"

#include "catalog/Catalog.h"
#include "graph/CardPainter.h"
#include "graph/EdgePainter.h"
#include "graph/EdgeShape.h"
#include "graph/PaintTools.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace stagewright {

namespace {

constexpr double margin = 40;
constexpr double largestSide = 12000; ///< Pixels of a PNG.
constexpr double largestPage = 14400; ///< Points; PDF viewers refuse more.

QString say(const char *text)
{
    return QCoreApplication::translate("stagewright::GraphPicture", text);
}

void paintPage(QPainter &painter, const GraphPicture &picture, const QColor &background, bool vector, double scale)
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
    painter.scale(scale, scale);
    painter.translate(-picture.rect().topLeft());
    painter.fillRect(picture.rect(), background);
    picture.paint(painter, vector, vector ? 1 : scale);
}

QByteArray asSvg(const GraphPicture &picture, const QColor &background)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setResolution(96);
    const QSize size = picture.rect().size().toSize();
    svg.setSize(size);
    svg.setViewBox(QRect(QPoint(0, 0), size));
    svg.setTitle(say("Build graph"));
    svg.setDescription(say("Drawn by Stagewright"));
    QPainter painter(&svg);
    paintPage(painter, picture, background, true, 1);
    painter.end();
    return bytes;
}

QByteArray asPng(const GraphPicture &picture, const QColor &background)
{
    const QSizeF size = picture.rect().size();
    const double scale = std::min(2.0, largestSide / std::max({size.width(), size.height(), 1.0}));
    QImage image((size * scale).toSize().expandedTo(QSize(1, 1)), QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return {};
    image.fill(background);
    QPainter painter(&image);
    paintPage(painter, picture, background, false, scale);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    return image.save(&buffer, "PNG") ? bytes : QByteArray();
}

QByteArray asPdf(const GraphPicture &picture, const QColor &background)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter pdf(&buffer);
    pdf.setCreator(QStringLiteral("Stagewright"));
    pdf.setTitle(say("Build graph"));
    const QSizeF size = picture.rect().size();
    const double points = std::min(0.75, largestPage / std::max(size.width(), size.height())); // 96 px are 72 points
    pdf.setPageSize(QPageSize(size * points, QPageSize::Point, QString(), QPageSize::ExactMatch));
    pdf.setPageMargins({});
    pdf.setResolution(96);
    QPainter painter(&pdf);
    paintPage(painter, picture, background, true, points / 0.75);
    painter.end();
    return bytes;
}

} // namespace

GraphPicture::GraphPicture(const Snapshot &snapshot, const std::vector<Diagnostic> &diagnostics, const Catalog &catalog,
                           const Theme &theme, const std::map<QString, QPointF> &nodePositions)
    : m_theme(theme)
    , m_model(buildGraphModel(snapshot, diagnostics, catalog, theme))
{
    for (const NodeView &node : m_model.nodes)
        m_layouts.push_back(layoutCard(node, node.dimmed ? -1 : node.firstErrorRow()));
    m_arrangement = arrangeGraph(m_model, m_layouts, nodePositions);
}

QRectF GraphPicture::rect() const
{
    QRectF rect;
    for (std::size_t n = 0; n < m_layouts.size(); ++n)
        rect |= m_layouts[n].rect().translated(m_arrangement.positions[n]).adjusted(0, -metrics::captionLane, 0, 0);
    for (const auto &route : m_arrangement.routes) {
        for (const QPointF &point : route)
            rect |= QRectF(point - QPointF(1, 1), QSizeF(2, 2));
    }
    if (rect.isEmpty())
        rect = QRectF(0, 0, 320, 120);
    return rect.adjusted(-margin, -margin, margin, margin).toAlignedRect();
}

void GraphPicture::paint(QPainter &painter, bool vector, double lod) const
{
    const PaintTools tools(m_theme, vector);
    const CardPainter cards(tools);
    const EdgePainter edges(m_theme);
    std::vector<EdgeShape> shapes;
    for (std::size_t e = 0; e < m_model.edges.size(); ++e) {
        const EdgeView &edge = m_model.edges[e];
        const auto source = static_cast<std::size_t>(edge.source);
        const auto target = static_cast<std::size_t>(edge.target);
        shapes.push_back(shapeEdge(edge, m_arrangement.positions[source] + m_layouts[source].outPort,
                                   m_arrangement.positions[target] + m_layouts[target].inPort(edge.row),
                                   m_arrangement.routes[e]));
        edges.paint(painter, edge, shapes.back(), m_model.nodes[source], {}, lod);
    }
    for (std::size_t e = 0; e < shapes.size(); ++e)
        edges.paintLabel(painter, m_model.edges[e], shapes[e],
                         m_model.nodes[static_cast<std::size_t>(m_model.edges[e].source)], {}, lod);
    for (std::size_t n = 0; n < m_model.nodes.size(); ++n) {
        painter.save();
        painter.translate(m_arrangement.positions[n]);
        cards.paint(painter, m_model.nodes[n], m_layouts[n], {}, lod);
        cards.paintPorts(painter, m_model.nodes[n], m_layouts[n], {}, lod);
        painter.restore();
    }
    if (m_model.nodes.empty()) {
        painter.setFont(m_theme.uiFont(13));
        painter.setPen(m_theme.tokens().text3);
        painter.drawText(rect(), Qt::AlignCenter, say("No build stages"));
    }
}

bool renderGraph(const Snapshot &snapshot, const std::vector<Diagnostic> &diagnostics, const Catalog &catalog,
                 const Theme &theme, const QString &path, QString *error)
{
    const auto fail = [error](const QString &message) {
        if (error)
            *error = message;
        return false;
    };
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending != u"svg" && ending != u"png" && ending != u"pdf")
        return fail(say("%1: the name of a picture ends with .svg, .png or .pdf").arg(path));
    const GraphPicture picture(snapshot, diagnostics, catalog, theme);
    const QColor background = theme.tokens().canvas;
    const QByteArray bytes = ending == u"svg" ? asSvg(picture, background)
        : ending == u"png"                    ? asPng(picture, background)
                                              : asPdf(picture, background);
    if (bytes.isEmpty())
        return fail(say("%1: there is not enough memory for the picture").arg(path));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(say("%1: %2").arg(path, file.errorString()));
    return true;
}

} // namespace stagewright
