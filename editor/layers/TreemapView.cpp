// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layers/TreemapView.h"

#include "layers/TreemapAccessible.h"
#include "layout/Treemap.h"
#include "theme/Style.h"
#include "theme/Theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>

namespace stagewright {

namespace {

constexpr double headHeight = 19;
constexpr double inset = 2;
constexpr double smallestGroup = 34; ///< Narrower or lower, a group is drawn as one tile.
constexpr double smallestTile = 1.5;
constexpr int deepest = 5;
constexpr std::size_t mostTiles = 6000;

} // namespace

TreemapView::TreemapView(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    installTreemapAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Sizes as areas"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TreemapView::setSource(const TreemapSource *source)
{
    m_source = source;
    sourceChanged();
}

void TreemapView::sourceChanged()
{
    m_top = m_source ? m_source->root() : -1;
    m_current = -1;
    m_hover = -1;
    layOut();
    update();
    Q_EMIT topChanged(m_top);
}

void TreemapView::setEmptyText(const QString &text)
{
    m_empty = text;
    update();
}

void TreemapView::layOut()
{
    m_tiles.clear();
    if (!m_source || m_top < 0)
        return;
    const QRectF room = QRectF(rect()).adjusted(10, 8, -10, -10);
    if (room.width() > 10 && room.height() > 10)
        layOut(m_top, room, 0);
}

void TreemapView::layOut(int node, QRectF rect, int depth)
{
    const std::vector<int> children = m_source->children(node);
    const bool roomy = depth == 0 || (rect.width() >= smallestGroup && rect.height() >= smallestGroup);
    const bool group = !children.empty() && roomy && depth < deepest && m_tiles.size() < mostTiles;
    m_tiles.push_back({node, rect, group});
    if (!group)
        return;
    std::vector<double> weights;
    weights.reserve(children.size());
    for (const int child : children)
        weights.push_back(m_source->weight(child));
    const QRectF inside = rect.adjusted(inset, headHeight, -inset, -inset);
    const std::vector<layout::Rect> rects
        = layout::squarify(weights, {inside.x(), inside.y(), inside.width(), inside.height()});
    for (std::size_t i = 0; i < children.size(); ++i) {
        const layout::Rect &r = rects[i];
        if (r.width >= smallestTile && r.height >= smallestTile)
            layOut(children[i], {r.x, r.y, r.width, r.height}, depth + 1);
    }
}

void TreemapView::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.dock);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_tiles.empty()) {
        painter.setFont(m_theme.uiFont(12.5));
        painter.setPen(t.text2);
        painter.drawText(rect().adjusted(20, 0, -20, 0), Qt::AlignCenter | Qt::TextWordWrap, m_empty);
        return;
    }
    for (const Tile &tile : m_tiles)
        paintTile(painter, tile);
    if (const Tile *hovered = tileOf(m_hover))
        strokeRounded(&painter, hovered->rect.adjusted(0, 0, -1, -1), 3, t.text2, Qt::transparent, 1);
    if (const Tile *current = tileOf(m_current)) {
        strokeRounded(&painter, current->rect.adjusted(0, 0, -1, -1), 3, t.accent, Qt::transparent, 2);
        if (hasFocus())
            strokeFocus(&painter, current->rect.adjusted(1, 1, -2, -2), 3, t.accent);
    }
}

void TreemapView::paintTile(QPainter &painter, const Tile &tile) const
{
    const Tokens &t = m_theme.tokens();
    const PartColours colours = m_source->colours(tile.node, t);
    const double gap = std::min(tile.rect.width(), tile.rect.height()) > 4 ? 1 : 0;
    painter.setPen(Qt::NoPen);
    if (tile.group) {
        painter.setPen(QPen(t.border, 1));
        painter.setBrush(tile.node == m_top ? t.dock : t.alt);
        painter.drawRoundedRect(tile.rect.adjusted(0.5, 0.5, -gap - 0.5, -gap - 0.5), 4, 4);
    } else {
        painter.setBrush(colours.fill);
        painter.drawRoundedRect(tile.rect.adjusted(0, 0, -gap, -gap), 3, 3);
    }
    paintWords(painter, tile, tile.group ? t.text : colours.text);
}

void TreemapView::paintWords(QPainter &painter, const Tile &tile, const QColor &colour) const
{
    const QRectF room = tile.rect.adjusted(6, 0, -6, 0);
    if (room.width() < 22 || tile.rect.height() < 14)
        return;
    const QFont words = m_source->isCode(tile.node) ? m_theme.monoFont(11.5) : m_theme.uiFont(11.5, QFont::DemiBold);
    const QFont figures = m_theme.uiFont(11);
    const QString size = m_source->sizeText(tile.node);
    const double sizeWidth = QFontMetricsF(figures).horizontalAdvance(size);
    painter.setPen(colour);
    painter.setFont(words);
    const QFontMetricsF metrics(words);
    const double line = tile.group ? headHeight : std::min(20.0, tile.rect.height());
    const bool beside = tile.group || tile.rect.height() < 36;
    const bool both = !beside || room.width() > sizeWidth + 40;
    const double space = beside && both ? room.width() - sizeWidth - 8 : room.width();
    painter.drawText(QRectF(room.left(), tile.rect.top(), space, line), Qt::AlignVCenter | Qt::AlignLeft,
                     metrics.elidedText(m_source->label(tile.node), Qt::ElideRight, space));
    painter.setFont(figures);
    if (beside && both)
        painter.drawText(QRectF(room.left(), tile.rect.top(), room.width(), line), Qt::AlignVCenter | Qt::AlignRight,
                         size);
    else if (!beside && sizeWidth <= room.width())
        painter.drawText(QRectF(room.left(), tile.rect.top() + 18, room.width(), 16), Qt::AlignVCenter | Qt::AlignLeft,
                         size);
}

const TreemapView::Tile *TreemapView::tileOf(int node) const
{
    const auto found = std::ranges::find(m_tiles, node, &Tile::node);
    return node < 0 || found == m_tiles.end() ? nullptr : &*found;
}

int TreemapView::nodeAt(QPointF position) const
{
    // Inner tiles come later
    for (std::size_t i = m_tiles.size(); i-- > 0;) {
        if (m_tiles[i].rect.contains(position))
            return m_tiles[i].node == m_top ? -1 : m_tiles[i].node;
    }
    return -1;
}

void TreemapView::setCurrent(int node)
{
    m_current = node;
    if (node >= 0 && m_source && !tileOf(node)) {
        // Out of sight: into the innermost group that shows it
        int above = m_source->parent(node);
        setTop(above >= 0 ? above : m_source->root());
        m_current = node;
    }
    announceTile(*this);
    update();
}

void TreemapView::setTop(int node)
{
    if (!m_source || node == m_top || node < 0)
        return;
    m_top = node;
    m_hover = -1;
    layOut();
    if (m_current >= 0 && !tileOf(m_current))
        m_current = -1; // the keyboard starts where there is something to see
    update();
    Q_EMIT topChanged(node);
}

void TreemapView::choose(int node)
{
    if (node < 0)
        return;
    setCurrent(node);
    Q_EMIT chosen(node);
}

void TreemapView::enter(int node)
{
    if (node < 0 || !m_source)
        return;
    choose(node);
    if (node != m_top && !m_source->children(node).empty())
        setTop(node);
}

/// To the nearest tile whose middle lies in that direction.
void TreemapView::move(int dx, int dy)
{
    const Tile *from = tileOf(m_current);
    if (!from) {
        for (const Tile &tile : m_tiles) {
            if (!tile.group) {
                choose(tile.node);
                return;
            }
        }
        return;
    }
    const QPointF middle = from->rect.center();
    int best = -1;
    double nearest = std::numeric_limits<double>::infinity();
    for (const Tile &tile : m_tiles) {
        if (tile.group || tile.node == m_current)
            continue;
        const QPointF way = tile.rect.center() - middle;
        const double along = way.x() * dx + way.y() * dy;
        const double aside = std::abs(way.x() * dy) + std::abs(way.y() * dx);
        if (along <= 1 || along < aside * 0.4)
            continue;
        if (along + 2 * aside < nearest) {
            nearest = along + 2 * aside;
            best = tile.node;
        }
    }
    choose(best);
}

void TreemapView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left: move(-1, 0); return;
    case Qt::Key_Right: move(1, 0); return;
    case Qt::Key_Up: move(0, -1); return;
    case Qt::Key_Down: move(0, 1); return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        // Into the group around a leaf, one step at a time
        if (m_source && m_current >= 0) {
            int node = m_current;
            while (m_source->parent(node) >= 0 && m_source->parent(node) != m_top)
                node = m_source->parent(node);
            const int leaf = m_current;
            if (!m_source->children(node).empty())
                setTop(node);
            choose(leaf);
        }
        return;
    case Qt::Key_Backspace:
        if (m_source && m_top >= 0)
            setTop(m_source->parent(m_top));
        return;
    default: QWidget::keyPressEvent(event);
    }
}

void TreemapView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        choose(nodeAt(event->position()));
}

void TreemapView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int node = nodeAt(event->position());
    if (node >= 0 && m_source)
        enter(m_source->children(node).empty() ? m_source->parent(node) : node);
}

void TreemapView::mouseMoveEvent(QMouseEvent *event)
{
    const int node = nodeAt(event->position());
    if (node == m_hover)
        return;
    m_hover = node;
    update();
}

void TreemapView::leaveEvent(QEvent *)
{
    m_hover = -1;
    update();
}

bool TreemapView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int node = nodeAt(help->pos());
        if (node >= 0 && m_source)
            QToolTip::showText(help->globalPos(), m_source->tip(node), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void TreemapView::resizeEvent(QResizeEvent *)
{
    layOut();
}

} // namespace stagewright
