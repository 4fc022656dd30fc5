// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layers/LayersTable.h"

#include "layers/LayersModel.h"
#include "panels/PanelPaint.h"
#include "panels/TableDelegate.h"
#include "theme/Theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>

namespace stagewright {

namespace {

constexpr int RowHeight = 28;
using Model = LayersModel;

} // namespace

/// The share is a bar with its figure.
class LayersTable::Delegate : public TableDelegate
{
public:
    Delegate(const Theme &theme, QObject *parent)
        : TableDelegate(theme, {.rowHeight = RowHeight}, parent)
    {
    }

protected:
    void paintCell(QPainter &painter, QRect room, const QModelIndex &index, bool selected) const override
    {
        const Tokens &t = theme().tokens();
        const bool faded = index.data(Model::ChangedRole).toBool();
        const bool nothing = index.data(Model::BytesRole).toULongLong() == 0;
        const auto role = static_cast<StageRole>(index.data(Model::StageRoleRole).toInt());
        if (faded)
            painter.setPen(selected ? t.text2 : t.text3);
        switch (index.column()) {
        case Model::InstructionColumn: painter.setFont(theme().monoFont(11.5)); break;
        case Model::StageColumn:
            painter.save();
            painter.setPen(Qt::NoPen);
            painter.setBrush(roleColour(role, t));
            painter.drawRoundedRect(QRectF(room.left(), room.center().y() - 4, 9, 9), 2.5, 2.5);
            painter.restore();
            room.setLeft(room.left() + 16);
            break;
        case Model::ShareColumn:
            paintMeter(painter, room, 58, index.data(Model::ShareRole).toDouble(),
                       index.data(Model::BaseRole).toBool() ? t.extLine : roleLine(role, t), selected);
            [[fallthrough]];
        case Model::SizeColumn:
            if (nothing && !selected)
                painter.setPen(t.text3);
            break;
        default: painter.setPen(selected ? t.text2 : t.text3);
        }
        paintText(painter, room, index);
    }
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
    makeTable(*this);
    setSortingEnabled(true);
    sortByColumn(Model::SizeColumn, Qt::DescendingOrder);
    setAccessibleName(tr("Sizes as a table"));
    QHeaderView *head = header();
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
    applyTableTheme(*this, m_theme);
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
