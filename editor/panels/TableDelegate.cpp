// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/TableDelegate.h"

#include "theme/Theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QTreeView>

#include <algorithm>

namespace stagewright {

namespace {

constexpr int headHeight = 25;
constexpr int iconSize = 13;

} // namespace

TableDelegate::TableDelegate(const Theme &theme, Look look, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_look(look)
{
}

QSize TableDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {60, m_look.rowHeight};
}

void TableDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(option.rect, selected ? t.accentSel : hovered ? t.hover : t.dock);
    if (m_look.rules)
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.border);
    painter->setFont(m_theme.uiFont(12.5));
    painter->setPen(t.text);
    paintCell(*painter, option.rect.adjusted(m_look.left, 0, -8, 0), index, selected);
    painter->restore();
}

void TableDelegate::paintText(QPainter &painter, const QRect &room, const QModelIndex &index, Qt::TextElideMode elide)
{
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    const int flags = alignment.isValid() ? static_cast<int>(alignment.value<Qt::Alignment>())
                                          : static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft);
    painter.drawText(room, flags, painter.fontMetrics().elidedText(index.data().toString(), elide, room.width()));
}

QRect TableDelegate::paintIcon(QPainter &painter, const QRect &room, const QString &icon, const QColor &colour) const
{
    painter.drawPixmap(QPointF(room.left(), room.center().y() - (iconSize - 1) / 2.0),
                       m_theme.pixmap(icon, colour, iconSize, painter.device()->devicePixelRatio()));
    return room.adjusted(20, 0, 0, 0);
}

void TableDelegate::paintMeter(QPainter &painter, const QRect &room, int figure, double share, const QColor &colour,
                               bool selected) const
{
    const Tokens &t = m_theme.tokens();
    const QRectF meter(room.left(), room.center().y() - 3, std::max(8, room.width() - figure), 8);
    painter.save();
    painter.setPen(Qt::NoPen);
    painter.setBrush(selected ? t.border : t.extTint);
    painter.drawRoundedRect(meter, 2, 2);
    if (share > 0) {
        painter.setBrush(colour);
        painter.drawRoundedRect(QRectF(meter.left(), meter.top(), std::max(2.0, meter.width() * share), meter.height()),
                                2, 2);
    }
    painter.restore();
}

void makeTable(QTreeView &view)
{
    view.setFrameShape(QFrame::NoFrame);
    view.setRootIsDecorated(false);
    view.setUniformRowHeights(true);
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setMouseTracking(true);
    view.header()->setStretchLastSection(false);
}

void applyTableTheme(QTreeView &view, const Theme &theme)
{
    QPalette colours = view.palette();
    colours.setColor(QPalette::Base, theme.tokens().dock);
    view.setPalette(colours);
    view.header()->setFont(theme.uiFont(12));
    view.header()->setFixedHeight(headHeight);
    view.viewport()->update();
}

} // namespace stagewright
