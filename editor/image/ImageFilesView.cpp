// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "image/ImageFilesView.h"

#include "image/ImageTreeModel.h"
#include "theme/Theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace stagewright {

namespace {

constexpr int RowHeight = 24;
using Model = ImageTreeModel;

} // namespace

class ImageFilesView::Delegate : public QStyledItemDelegate
{
public:
    Delegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {60, RowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = m_theme.tokens();
        const bool selected = option.state & QStyle::State_Selected;
        const bool hovered = option.state & QStyle::State_MouseOver;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (selected || hovered)
            painter->fillRect(option.rect, selected ? t.accentSel : t.hover);
        const int change = index.siblingAtColumn(Model::NameColumn).data(Model::ChangeRole).toInt();
        const bool removed = change == static_cast<int>(engine::Change::Removed);
        QRect room = option.rect.adjusted(index.column() == Model::NameColumn ? 2 : 10, 0, -8, 0);
        painter->setFont(m_theme.uiFont(12));
        painter->setPen(selected ? t.text2 : t.text3);
        switch (index.column()) {
        case Model::NameColumn: paintName(*painter, room, index, selected, removed); break;
        case Model::SizeColumn: paintSize(*painter, room, index, removed, selected); break;
        case Model::ChangeColumn: paintChange(*painter, room, index, change, selected); break;
        case Model::ModeColumn: painter->setFont(m_theme.monoFont(11)); [[fallthrough]];
        default: paintText(*painter, room, index);
        }
        painter->restore();
    }

private:
    static void paintText(QPainter &painter, const QRect &room, const QModelIndex &index)
    {
        const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
        painter.drawText(room, static_cast<int>(alignment),
                         painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room.width()));
    }

    void paintName(QPainter &painter, QRect room, const QModelIndex &index, bool selected, bool removed) const
    {
        const Tokens &t = m_theme.tokens();
        const auto kind = static_cast<engine::FileKind>(index.data(Model::KindRole).toInt());
        const QString icon = kind == engine::FileKind::Folder                      ? QStringLiteral("folder")
            : kind == engine::FileKind::Link || kind == engine::FileKind::HardLink ? QStringLiteral("link")
                                                                                   : QStringLiteral("file");
        painter.drawPixmap(QPointF(room.left(), room.center().y() - 6.0),
                           m_theme.pixmap(icon, removed ? t.text3 : t.text2, 13, painter.device()->devicePixelRatio()));
        room.setLeft(room.left() + 20);
        QFont font = m_theme.monoFont(11.5, index.data(Model::MatchRole).toBool() ? QFont::DemiBold : QFont::Normal);
        font.setStrikeOut(removed);
        painter.setFont(font);
        painter.setPen(removed ? (selected ? t.text2 : t.text3) : t.text);
        paintText(painter, room, index);
    }

    /// The figure over a bar: the part of the folder around it.
    void paintSize(QPainter &painter, const QRect &room, const QModelIndex &index, bool removed, bool selected) const
    {
        const Tokens &t = m_theme.tokens();
        const QRectF meter(room.left(), room.center().y() - 3, std::max(8, room.width() - 62), 8);
        const double share = index.data(Model::ShareRole).toDouble();
        painter.save();
        painter.setPen(Qt::NoPen);
        painter.setBrush(selected ? t.border : t.extTint);
        painter.drawRoundedRect(meter, 2, 2);
        if (share > 0) {
            painter.setBrush(t.extLine);
            painter.drawRoundedRect(QRectF(meter.left(), meter.top(), std::max(2.0, meter.width() * share), 8), 2, 2);
        }
        painter.restore();
        painter.setPen(removed ? (selected ? t.text2 : t.text3) : selected ? t.text : t.text2);
        paintText(painter, room, index);
    }

    void paintChange(QPainter &painter, QRect room, const QModelIndex &index, int change, bool selected) const
    {
        if (change < 0)
            return;
        const Tokens &t = m_theme.tokens();
        const auto what = static_cast<engine::Change>(change);
        const QString icon = what == engine::Change::Added ? QStringLiteral("plus")
            : what == engine::Change::Changed              ? QStringLiteral("pencil")
                                                           : QStringLiteral("minus");
        const QColor colour = selected        ? t.text
            : what == engine::Change::Added   ? t.ok
            : what == engine::Change::Changed ? t.warn
                                              : t.error;
        painter.drawPixmap(QPointF(room.left(), room.center().y() - 5.5),
                           m_theme.pixmap(icon, colour, 12, painter.device()->devicePixelRatio()));
        room.setLeft(room.left() + 18);
        painter.setPen(colour);
        paintText(painter, room, index);
    }

    const Theme &m_theme;
};

ImageFilesView::ImageFilesView(const Theme &theme, QWidget *parent)
    : QTreeView(parent)
    , m_theme(theme)
{
    setItemDelegate(new Delegate(theme, this));
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setSortingEnabled(true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setAnimated(false);
    setIndentation(16);
    setMouseTracking(true);
    setAccessibleName(tr("Files of the image"));
    connect(&theme, &Theme::changed, this, &ImageFilesView::applyTheme);
    applyTheme();
}

void ImageFilesView::setUpColumns()
{
    QHeaderView *head = header();
    head->setStretchLastSection(false);
    head->setMinimumSectionSize(40);
    head->setSectionResizeMode(Model::NameColumn, QHeaderView::Stretch);
    for (const auto &[column, width] :
         {std::pair(Model::SizeColumn, 128), std::pair(Model::ChangeColumn, 92), std::pair(Model::LayerColumn, 130),
          std::pair(Model::ModeColumn, 106), std::pair(Model::OwnerColumn, 78)})
        head->resizeSection(column, width);
    sortByColumn(Model::SizeColumn, Qt::DescendingOrder);
}

void ImageFilesView::applyTheme()
{
    QPalette colours = palette();
    colours.setColor(QPalette::Base, m_theme.tokens().dock);
    setPalette(colours);
    header()->setFont(m_theme.uiFont(12));
    header()->setFixedHeight(25);
    viewport()->update();
}

} // namespace stagewright
