// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/MiniMap.h"

#include "graph/CardPainter.h"
#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "theme/Theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace stagewright {

MiniMap::MiniMap(GraphView &view)
    : QWidget(&view)
    , m_view(view)
{
    setObjectName(QStringLiteral("miniMap"));
    setAccessibleName(tr("Overview of the graph"));
    setCursor(Qt::ArrowCursor);
    resize(sizeHint());
}

QTransform MiniMap::mapping() const
{
    const QRectF visible = m_view.mapToScene(m_view.viewport()->rect()).boundingRect();
    QRectF all = m_view.graphScene()->contentRect();
    // The box can be off the graph, but must not shrink it to a dot
    all |= visible & all.adjusted(-all.width() / 3, -all.height() / 3, all.width() / 3, all.height() / 3);
    if (all.isEmpty())
        return {};
    const QRectF area = QRectF(rect()).adjusted(7, 7, -7, -7);
    const double scale = std::min(area.width() / all.width(), area.height() / all.height());
    QTransform transform;
    transform.translate(area.center().x(), area.center().y());
    transform.scale(scale, scale);
    transform.translate(-all.center().x(), -all.center().y());
    return transform;
}

void MiniMap::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_view.theme().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.border2, 1));
    painter.setBrush(t.dock);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7);
    const QTransform map = mapping();
    QPainterPath inside;
    inside.addRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6);
    painter.setClipPath(inside);
    const QRectF box = map.mapRect(m_view.mapToScene(m_view.viewport()->rect()).boundingRect());
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.accentTint);
    painter.drawRect(box);
    for (const NodeItem *node : m_view.graphScene()->nodeItems()) {
        const NodeView &view = node->view();
        QColor colour = view.dimmed || !view.isStage() ? t.edgeDim : roleColours(t, view).line;
        if (view.severity == Severity::Error && !view.dimmed)
            colour = t.errorLine;
        QRectF rect = map.mapRect(node->cardRect());
        rect.setSize(rect.size().expandedTo({2, 2}));
        painter.setBrush(colour);
        painter.drawRoundedRect(rect, 1.5, 1.5);
    }
    painter.setPen(QPen(t.accent, 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5) & QRectF(this->rect()).adjusted(2, 2, -2, -2), 3, 3);
}

void MiniMap::goTo(QPointF pos)
{
    bool invertible = false;
    const QTransform back = mapping().inverted(&invertible);
    if (!invertible)
        return;
    m_view.stopFitting();
    m_view.centerOn(back.map(pos));
}

void MiniMap::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        goTo(event->position());
}

void MiniMap::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        goTo(event->position());
}

} // namespace stagewright
