// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "history/HistoryView.h"

#include "history/HistoryModel.h"
#include "history/SizeChangesModel.h"
#include "layers/EmptyState.h"
#include "panels/TableDelegate.h"
#include "session/DocumentSizes.h"
#include "theme/Theme.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace stagewright {

namespace {

constexpr int RowHeight = 26;

} // namespace

/// Both tables: differences in colour and with their sign, results and kinds of change with an icon.
class HistoryView::Delegate : public TableDelegate
{
public:
    Delegate(const Theme &theme, bool changes, QObject *parent)
        : TableDelegate(theme, {.rowHeight = RowHeight, .left = 12}, parent)
        , m_ofChanges(changes)
    {
    }

protected:
    void paintCell(QPainter &painter, QRect room, const QModelIndex &index, bool selected) const override
    {
        const Tokens &t = theme().tokens();
        const int column = m_ofChanges ? static_cast<int>(SizeChangesModel::DifferenceColumn)
                                       : static_cast<int>(HistoryModel::DifferenceColumn);
        const int role = m_ofChanges ? static_cast<int>(SizeChangesModel::DifferenceRole)
                                     : static_cast<int>(HistoryModel::DifferenceRole);
        if (index.column() == column) {
            const qlonglong bytes = index.data(role).toLongLong();
            painter.setPen(selected || bytes == 0 ? t.text2 : bytes < 0 ? t.ok : t.warn);
        } else if (const auto [icon, tone] = mark(index); !icon.isEmpty()) {
            const QColor colour = selected ? t.text : tone;
            room = paintIcon(painter, room, icon, colour);
            painter.setPen(colour);
        } else if (m_ofChanges && index.column() == SizeChangesModel::InstructionColumn) {
            painter.setFont(theme().monoFont(11.5));
        }
        paintText(painter, room, index);
    }

private:
    [[nodiscard]] std::pair<QString, QColor> mark(const QModelIndex &index) const
    {
        const Tokens &t = theme().tokens();
        if (m_ofChanges && index.column() == SizeChangesModel::KindColumn) {
            switch (static_cast<engine::ChangeKind>(index.data(SizeChangesModel::KindRole).toInt())) {
            case engine::ChangeKind::Added: return {QStringLiteral("plus"), t.ok};
            case engine::ChangeKind::Removed: return {QStringLiteral("minus"), t.error};
            case engine::ChangeKind::Edited: return {QStringLiteral("pencil"), t.warn};
            case engine::ChangeKind::Resized: return {QStringLiteral("arrow-right"), t.text2};
            case engine::ChangeKind::Base: return {QStringLiteral("box"), t.text2};
            }
        }
        if (!m_ofChanges && index.column() == HistoryModel::ResultColumn) {
            switch (static_cast<engine::BuildResult>(index.data(HistoryModel::ResultRole).toInt())) {
            case engine::BuildResult::Built: return {QStringLiteral("check"), t.ok};
            case engine::BuildResult::Failed: return {QStringLiteral("circle-x"), t.error};
            default: return {QStringLiteral("ban"), t.text2};
            }
        }
        return {};
    }

    bool m_ofChanges;
};

HistoryView::HistoryView(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_model(new HistoryModel(this))
    , m_changes(new SizeChangesModel(this))
    , m_pages(new QStackedWidget)
    , m_empty(new EmptyState(theme))
    , m_list(new QTreeView)
    , m_table(new QTreeView)
    , m_headline(new QLabel)
{
    for (QTreeView *view : {m_list, m_table}) {
        view->setItemDelegate(new Delegate(theme, view == m_table, view));
        makeTable(*view);
    }
    m_list->setModel(m_model);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setAccessibleName(tr("Builds of this file"));
    m_list->header()->setSectionResizeMode(HistoryModel::ResultColumn, QHeaderView::Stretch);
    for (const auto &[column, width] :
         {std::pair(HistoryModel::WhenColumn, 104), std::pair(HistoryModel::SizeColumn, 78),
          std::pair(HistoryModel::DifferenceColumn, 92), std::pair(HistoryModel::DurationColumn, 78)})
        m_list->header()->resizeSection(column, width);
    m_table->setModel(m_changes);
    m_table->setAccessibleName(tr("What changed between two builds"));
    m_table->header()->setSectionResizeMode(SizeChangesModel::InstructionColumn, QHeaderView::Stretch);
    for (const auto &[column, width] :
         {std::pair(SizeChangesModel::KindColumn, 106), std::pair(SizeChangesModel::StageColumn, 84),
          std::pair(SizeChangesModel::BeforeColumn, 78), std::pair(SizeChangesModel::AfterColumn, 78),
          std::pair(SizeChangesModel::DifferenceColumn, 92)})
        m_table->header()->resizeSection(column, width);
    m_headline->setContentsMargins(14, 6, 14, 6);
    m_headline->setMinimumWidth(60);
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_headline);
    column->addWidget(m_table, 1);
    auto *split = new QSplitter(Qt::Horizontal);
    split->setHandleWidth(1);
    split->addWidget(m_list);
    split->addWidget(right);
    split->setSizes({460, 560});
    m_pages->addWidget(m_empty);
    m_pages->addWidget(split);
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->addWidget(m_pages);
    m_empty->show(QStringLiteral("history"), tr("No build of this file is recorded"),
                  tr("Every build is, with its sizes, so that you can see what a change did."));
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &HistoryView::compare);
    connect(&theme, &Theme::changed, this, &HistoryView::applyTheme);
    applyTheme();
}

void HistoryView::applyTheme()
{
    for (QTreeView *view : {m_list, m_table})
        applyTableTheme(*view, m_theme);
    m_headline->setFont(m_theme.uiFont(12.5, QFont::DemiBold));
}

void HistoryView::setRecords(std::span<const engine::BuildRecord> records)
{
    m_model->setRecords(records);
    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
    if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0, 0));
    compare();
}

void HistoryView::compare()
{
    std::vector<int> rows;
    for (const QModelIndex &index : m_list->selectionModel()->selectedRows())
        rows.push_back(index.row());
    std::ranges::sort(rows);
    // One alone: with the one before it that was built for the same target
    if (rows.size() == 1) {
        const engine::BuildRecord &newer = *m_model->record(rows.front());
        for (int row = rows.front() + 1; row < m_model->rowCount() && rows.size() == 1; ++row) {
            const engine::BuildRecord &older = *m_model->record(row);
            if (older.result == engine::BuildResult::Built && older.target == newer.target)
                rows.push_back(row);
        }
    }
    if (rows.size() < 2) {
        m_changes->setChanges({});
        m_headline->setText(rows.empty() ? tr("Choose two builds to compare them")
                                         : tr("There is no earlier build to compare with"));
        return;
    }
    const engine::BuildRecord &newer = *m_model->record(rows.front());
    const engine::BuildRecord &older = *m_model->record(rows.back());
    m_changes->setChanges(engine::compareSizes(older, newer));
    const auto when = [&](int row) { return m_model->index(row, HistoryModel::WhenColumn).data().toString(); };
    QString text = tr("%1 → %2").arg(when(rows.back()), when(rows.front()));
    if (older.bytes && newer.bytes)
        text += QStringLiteral("   ")
            + tr("%1 → %2 (%3)")
                  .arg(sizeText(*older.bytes), sizeText(*newer.bytes),
                       differenceText(static_cast<std::int64_t>(*newer.bytes)
                                      - static_cast<std::int64_t>(*older.bytes)));
    if (m_changes->rowCount() == 0)
        text += QStringLiteral("   ") + tr("No instruction differs");
    m_headline->setText(text);
}

QString HistoryView::headline() const
{
    return m_headline->text();
}

} // namespace stagewright
