// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "history/SizeChangesModel.h"

#include "history/HistoryModel.h"
#include "session/DocumentSizes.h"

namespace stagewright {

using engine::ChangeKind;
using engine::SizeChange;

namespace {

QString kindWord(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Added: return SizeChangesModel::tr("added");
    case ChangeKind::Removed: return SizeChangesModel::tr("removed");
    case ChangeKind::Edited: return SizeChangesModel::tr("edited");
    case ChangeKind::Resized: return SizeChangesModel::tr("same text");
    case ChangeKind::Base: break;
    }
    return SizeChangesModel::tr("base image");
}

} // namespace

SizeChangesModel::SizeChangesModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void SizeChangesModel::setChanges(std::vector<SizeChange> changes)
{
    beginResetModel();
    m_changes = std::move(changes);
    endResetModel();
}

int SizeChangesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_changes.size());
}

int SizeChangesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString SizeChangesModel::display(const SizeChange &change, int column) const
{
    switch (column) {
    case KindColumn: return kindWord(change.kind);
    case InstructionColumn: return QString::fromStdString(change.text);
    case StageColumn: return QString::fromStdString(change.stageName);
    case BeforeColumn: return change.before ? sizeText(*change.before) : QString();
    case AfterColumn: return change.after ? sizeText(*change.after) : QString();
    case DifferenceColumn: return change.before || change.after ? differenceText(change.difference()) : QString();
    default: return {};
    }
}

QVariant SizeChangesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SizeChange &change = m_changes[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: return display(change, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (index.column() >= BeforeColumn ? Qt::AlignRight : Qt::AlignLeft)));
    case KindRole: return static_cast<int>(change.kind);
    case DifferenceRole: return static_cast<qlonglong>(change.difference());
    default: return {};
    }
}

QVariant SizeChangesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (section >= BeforeColumn ? Qt::AlignRight : Qt::AlignLeft)));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case KindColumn: return tr("Change");
    case InstructionColumn: return tr("Instruction");
    case StageColumn: return tr("Stage");
    case BeforeColumn: return tr("Before");
    case AfterColumn: return tr("After");
    case DifferenceColumn: return tr("Difference");
    default: return {};
    }
}

} // namespace stagewright
