// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layers/LayersTable.h"

#include "layers/LayersModel.h"
#include "panels/PanelPaint.h"
#include "theme/Theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>

namespace stagewright {

namespace {

constexpr int RowHeight = 28;
using Model = LayersModel;

} // namespace

/// Draws the cells as the rest of the program looks; the share is a bar with its figure.
class LayersTable::Delegate : public QStyledItemDelegate
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
        painter->fillRect(option.rect, selected ? t.accentSel : (hovered ? t.hover : t.dock));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.border);
        QRect room = option.rect.adjusted(14, 0, -8, 0);
        const bool faded = index.data(Model::ChangedRole).toBool();
        const bool nothing = index.data(Model::BytesRole).toULongLong() == 0;
        painter->setFont(m_theme.uiFont(12.5));
        painter->setPen(faded ? (selected ? t.text2 : t.text3) : t.text);
        QString text = index.data().toString();
        switch (index.column()) {
        case Model::InstructionColumn: painter->setFont(m_theme.monoFont(11.5)); break;
        case Model::StageColumn:
            painter->save();
            painter->setPen(Qt::NoPen);
            painter->setBrush(roleColour(static_cast<StageRole>(index.data(Model::StageRoleRole).toInt()), t));
            painter->drawRoundedRect(QRectF(room.left(), room.center().y() - 4, 9, 9), 2.5, 2.5);
            painter->restore();
            room.setLeft(room.left() + 16);
            break;
        case Model::ShareColumn: paintShare(*painter, room, index, selected); [[fallthrough]];
        case Model::SizeColumn:
            if (nothing && !selected)
                painter->setPen(t.text3);
            break;
        default: painter->setPen(selected ? t.text2 : t.text3);
        }
        const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
        painter->drawText(room, static_cast<int>(alignment),
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, room.width()));
        painter->restore();
    }

private:
    void paintShare(QPainter &painter, const QRect &room, const QModelIndex &index, bool selected) const
    {
        const Tokens &t = m_theme.tokens();
        const QRectF meter(room.left(), room.center().y() - 3, std::max(10, room.width() - 58), 8);
        const auto role = static_cast<StageRole>(index.data(Model::StageRoleRole).toInt());
        painter.save();
        painter.setPen(Qt::NoPen);
        painter.setBrush(selected ? t.border : t.extTint);
        painter.drawRoundedRect(meter, 2, 2);
        const double share = index.data(Model::ShareRole).toDouble();
        if (share > 0) {
            painter.setBrush(index.data(Model::BaseRole).toBool() ? t.extLine : roleLine(role, t));
            painter.drawRoundedRect(QRectF(meter.left(), meter.top(), std::max(2.0, meter.width() * share), 8), 2, 2);
        }
        painter.restore();
    }

    const Theme &m_theme;
};

LayersTable::LayersTable(const Theme &theme, QWidget *parent)
    : QTreeView(parent)
    , m_theme(theme)
    , m_model(new LayersModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Model::SortRole);
    m_sorted->setSortLocaleAware(true);
    setModel(m_sorted);
    setItemDelegate(new Delegate(theme, this));
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setSortingEnabled(true);
    sortByColumn(Model::SizeColumn, Qt::DescendingOrder);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setMouseTracking(true);
    setAccessibleName(tr("Sizes as a table"));
    QHeaderView *head = header();
    head->setStretchLastSection(false);
    head->setSectionResizeMode(Model::InstructionColumn, QHeaderView::Stretch);
    for (const auto &[column, width] :
         {std::pair(Model::StageColumn, 110), std::pair(Model::SizeColumn, 100), std::pair(Model::ShareColumn, 150),
          std::pair(Model::TimeColumn, 76), std::pair(Model::CacheColumn, 76), std::pair(Model::OriginColumn, 128)})
        head->resizeSection(column, width);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
        const InstructionId instruction
            = index.isValid() ? m_model->instructionAt(m_sorted->mapToSource(index).row()) : InstructionId::None;
        if (!m_following && instruction != InstructionId::None)
            Q_EMIT chosen(instruction);
    });
    connect(&theme, &Theme::changed, this, &LayersTable::applyTheme);
    applyTheme();
}

void LayersTable::applyTheme()
{
    QPalette colours = palette();
    colours.setColor(QPalette::Base, m_theme.tokens().dock);
    setPalette(colours);
    header()->setFont(m_theme.uiFont(12));
    header()->setFixedHeight(26);
    viewport()->update();
}

void LayersTable::setSizes(const DocumentSizes &sizes)
{
    const QScopedValueRollback following(m_following, true);
    m_model->setSizes(sizes);
}

void LayersTable::setCurrent(InstructionId instruction)
{
    const QScopedValueRollback following(m_following, true);
    const QModelIndex now = currentIndex();
    if (now.isValid() && instruction != InstructionId::None
        && m_model->instructionAt(m_sorted->mapToSource(now).row()) == instruction)
        return;
    const int row = m_model->rowOf(instruction);
    setCurrentIndex(row < 0 ? QModelIndex() : m_sorted->mapFromSource(m_model->index(row, 0)));
    if (row < 0)
        clearSelection();
}

} // namespace stagewright
