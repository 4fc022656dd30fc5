// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/StepsView.h"

#include "building/BuildController.h"
#include "building/BuildText.h"
#include "building/StepsModel.h"
#include "panels/PanelPaint.h"
#include "theme/Theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>

namespace stagewright {

using engine::RowState;

namespace {

constexpr int lineHeight = 28;
using Model = StepsModel;

} // namespace

class StepsView::Delegate : public QStyledItemDelegate
{
public:
    Delegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {60, lineHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = m_theme.tokens();
        const auto state = static_cast<RowState>(index.data(Model::RowStateRole).toInt());
        const bool selected = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        QColor back = option.state & QStyle::State_MouseOver ? t.hover : t.dock;
        if (selected)
            back = t.accentSel;
        else if (state == RowState::Failed)
            back = t.errorTint;
        else if (state == RowState::Running)
            back = t.accentTint;
        painter->fillRect(option.rect, back);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.border);
        paintCell(*painter, option.rect, index, state, selected);
        painter->restore();
    }

private:
    void paintCell(QPainter &painter, const QRect &rect, const QModelIndex &index, RowState state, bool selected) const
    {
        const Tokens &t = m_theme.tokens();
        // text3 does not have enough contrast on a selected row.
        const QColor quiet = selected ? t.text2 : t.text3;
        QRect text = rect.adjusted(16, 0, -6, 0);
        painter.setFont(m_theme.uiFont(12.5));
        painter.setPen(t.text);
        switch (index.column()) {
        case Model::StateColumn: {
            if (index.data(Model::CriticalRole).toBool())
                painter.fillRect(QRect(rect.left(), rect.top() + 4, 3, rect.height() - 9), t.accent);
            const qreal dpr = painter.device()->devicePixelRatio();
            painter.drawPixmap(rect.center() - QPoint(5, 6),
                               m_theme.pixmap(stateIcon(state), stateColour(state, t), 14, dpr));
            return;
        }
        case Model::StageColumn: {
            const int role = index.data(Model::StageRoleRole).toInt();
            if (role < 0)
                return;
            painter.setPen(Qt::NoPen);
            painter.setBrush(roleColour(static_cast<StageRole>(role), t));
            painter.drawRoundedRect(QRectF(text.left(), text.center().y() - 4, 9, 9), 2.5, 2.5);
            painter.setPen(t.text);
            text.adjust(16, 0, 0, 0);
            break;
        }
        case Model::StepColumn:
            if (index.data(Model::StageRoleRole).toInt() >= 0)
                painter.setFont(m_theme.monoFont(12));
            else
                painter.setPen(quiet);
            break;
        case Model::ProgressColumn:
            painter.setPen(state == RowState::Failed                                        ? t.error
                               : state == RowState::Running                                 ? t.accent
                               : state == RowState::Waiting || state == RowState::Cancelled ? quiet
                                                                                            : t.text2);
            break;
        default: painter.setPen(t.text2); text = rect.adjusted(6, 0, -14, 0);
        }
        const auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
        painter.drawText(text, alignment,
                         painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, text.width()));
    }

    const Theme &m_theme;
};

StepsView::StepsView(const Theme &theme, QWidget *parent)
    : QTreeView(parent)
    , m_theme(theme)
    , m_steps(new StepsModel(this))
{
    auto *sorted = new QSortFilterProxyModel(this);
    sorted->setSortRole(Model::SortRole);
    sorted->setSourceModel(m_steps);
    setModel(sorted);
    setItemDelegate(new Delegate(theme, this));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setMouseTracking(true);
    setAccessibleName(tr("Build steps"));
    setSortingEnabled(true);
    sortByColumn(Model::StepColumn, Qt::AscendingOrder); // as the file reads
    header()->setStretchLastSection(false);
    header()->setSectionsMovable(false);
    header()->setMinimumSectionSize(34);
    header()->setSectionResizeMode(Model::StepColumn, QHeaderView::Stretch);
    header()->setSectionResizeMode(Model::StateColumn, QHeaderView::Fixed);
    const std::pair<int, int> widths[]{
        {Model::StateColumn, 38}, {Model::StageColumn, 108}, {Model::ProgressColumn, 124}, {Model::TimeColumn, 78}};
    for (const auto &[column, width] : widths)
        header()->resizeSection(column, width);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (!m_choosing && currentIndex().isValid())
            Q_EMIT stepChosen(currentStep());
    });
    connect(verticalScrollBar(), &QScrollBar::sliderPressed, this, [this] { m_following = false; });
    connect(m_steps, &QAbstractItemModel::modelReset, this, [this] { m_following = true; });
    connect(m_steps, &QAbstractItemModel::dataChanged, this, &StepsView::follow);
    connect(m_steps, &QAbstractItemModel::rowsInserted, this, &StepsView::follow);
    connect(&theme, &Theme::changed, this, &StepsView::applyTheme);
    applyTheme();
}

void StepsView::applyTheme()
{
    QPalette colours = palette();
    colours.setColor(QPalette::Base, m_theme.tokens().dock);
    setPalette(colours);
    setFont(m_theme.uiFont(12.5));
    header()->setFont(m_theme.uiFont(12));
    header()->setFixedHeight(26);
    viewport()->update();
}

void StepsView::setBuild(const BuildController *builds)
{
    const QScopedValueRollback choosing(m_choosing, true);
    m_steps->setBuild(builds);
}

void StepsView::follow()
{
    if (!m_following || currentStep() >= 0)
        return;
    for (int row = model()->rowCount() - 1; row >= 0; --row) {
        const QModelIndex index = model()->index(row, 0);
        if (index.data(Model::RowStateRole).toInt() == int(RowState::Running)) {
            scrollTo(index);
            return;
        }
    }
}

/// A view that gets the keyboard makes its first row the current one; nobody has chosen that.
void StepsView::focusInEvent(QFocusEvent *event)
{
    const QScopedValueRollback choosing(m_choosing, true);
    QTreeView::focusInEvent(event);
}

void StepsView::wheelEvent(QWheelEvent *event)
{
    m_following = false;
    QTreeView::wheelEvent(event);
}

int StepsView::currentStep() const
{
    const auto *sorted = static_cast<const QSortFilterProxyModel *>(model());
    const QModelIndex index = sorted->mapToSource(currentIndex());
    return index.isValid() && selectionModel()->isSelected(currentIndex()) ? int(m_steps->stepAt(index.row())) : -1;
}

void StepsView::chooseStep(int step)
{
    const QScopedValueRollback choosing(m_choosing, true);
    const int row = step < 0 ? -1 : m_steps->rowOf(std::size_t(step));
    if (row < 0) {
        setCurrentIndex({});
        clearSelection();
        return;
    }
    setCurrentIndex(static_cast<QSortFilterProxyModel *>(model())->mapFromSource(m_steps->index(row, 0)));
}

} // namespace stagewright
