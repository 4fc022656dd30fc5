// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "image/ImageFilesView.h"

#include "image/ImageTreeModel.h"
#include "panels/TableDelegate.h"
#include "theme/Theme.h"

#include <QHeaderView>
#include <QPainter>

namespace stagewright {

namespace {

constexpr int RowHeight = 24;
using Model = ImageTreeModel;

} // namespace

class ImageFilesView::Delegate : public TableDelegate
{
public:
    Delegate(const Theme &theme, QObject *parent)
        : TableDelegate(theme, {.rowHeight = RowHeight, .left = 2, .rules = false}, parent)
    {
    }

protected:
    void paintCell(QPainter &painter, QRect room, const QModelIndex &index, bool selected) const override
    {
        const Tokens &t = theme().tokens();
        const int change = index.siblingAtColumn(Model::NameColumn).data(Model::ChangeRole).toInt();
        const bool removed = change == static_cast<int>(engine::Change::Removed);
        if (index.column() != Model::NameColumn)
            room.setLeft(room.left() + 8);
        painter.setFont(theme().uiFont(12));
        painter.setPen(selected ? t.text2 : t.text3);
        switch (index.column()) {
        case Model::NameColumn: paintName(painter, room, index, selected, removed); break;
        case Model::SizeColumn: paintSize(painter, room, index, removed, selected); break;
        case Model::ChangeColumn: paintChange(painter, room, index, change, selected); break;
        case Model::ModeColumn: painter.setFont(theme().monoFont(11)); [[fallthrough]];
        default: paintText(painter, room, index);
        }
    }

private:
    void paintName(QPainter &painter, QRect room, const QModelIndex &index, bool selected, bool removed) const
    {
        const Tokens &t = theme().tokens();
        const auto kind = static_cast<engine::FileKind>(index.data(Model::KindRole).toInt());
        const QString icon = kind == engine::FileKind::Folder                      ? QStringLiteral("folder")
            : kind == engine::FileKind::Link || kind == engine::FileKind::HardLink ? QStringLiteral("link")
                                                                                   : QStringLiteral("file");
        room = paintIcon(painter, room, icon, removed ? t.text3 : t.text2);
        QFont font = theme().monoFont(11.5, index.data(Model::MatchRole).toBool() ? QFont::DemiBold : QFont::Normal);
        font.setStrikeOut(removed);
        painter.setFont(font);
        painter.setPen(removed ? (selected ? t.text2 : t.text3) : t.text);
        paintText(painter, room, index);
    }

    /// The figure over a bar: the part of the folder around it.
    void paintSize(QPainter &painter, const QRect &room, const QModelIndex &index, bool removed, bool selected) const
    {
        const Tokens &t = theme().tokens();
        paintMeter(painter, room, 62, index.data(Model::ShareRole).toDouble(), t.extLine, selected);
        painter.setPen(removed ? (selected ? t.text2 : t.text3) : selected ? t.text : t.text2);
        paintText(painter, room, index);
    }

    void paintChange(QPainter &painter, QRect room, const QModelIndex &index, int change, bool selected) const
    {
        if (change < 0)
            return;
        const Tokens &t = theme().tokens();
        const auto what = static_cast<engine::Change>(change);
        const QString icon = what == engine::Change::Added ? QStringLiteral("plus")
            : what == engine::Change::Changed              ? QStringLiteral("pencil")
                                                           : QStringLiteral("minus");
        const QColor colour = selected        ? t.text
            : what == engine::Change::Added   ? t.ok
            : what == engine::Change::Changed ? t.warn
                                              : t.error;
        room = paintIcon(painter, room, icon, colour);
        painter.setPen(colour);
        paintText(painter, room, index);
    }
};

ImageFilesView::ImageFilesView(const Theme &theme, QWidget *parent)
    : QTreeView(parent)
    , m_theme(theme)
{
    setItemDelegate(new Delegate(theme, this));
    makeTable(*this);
    setRootIsDecorated(true);
    setSortingEnabled(true);
    setAnimated(false);
    setIndentation(16);
    setAccessibleName(tr("Files of the image"));
    connect(&theme, &Theme::changed, this, &ImageFilesView::applyTheme);
    applyTheme();
}

void ImageFilesView::setUpColumns()
{
    QHeaderView *head = header();
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
    applyTableTheme(*this, m_theme);
}

} // namespace stagewright
