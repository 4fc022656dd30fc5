// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "image/WastedModel.h"

#include "session/DocumentSizes.h"

namespace stagewright {

WastedModel::WastedModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void WastedModel::setPaths(std::vector<engine::WastedPath> paths)
{
    beginResetModel();
    m_paths = std::move(paths);
    endResetModel();
}

QString WastedModel::pathAt(int row) const
{
    return row < 0 || row >= rowCount() ? QString()
                                        : QString::fromStdString(m_paths[static_cast<std::size_t>(row)].path);
}

int WastedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_paths.size());
}

int WastedModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant WastedModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const engine::WastedPath &path = m_paths[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == PathColumn)
            return pathAt(index.row());
        return index.column() == CopiesColumn ? QString::number(path.copies) : sizeText(path.bytes);
    case Qt::ToolTipRole: return index.column() == BytesColumn ? tr("%L1 bytes").arg(path.bytes) : pathAt(index.row());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (index.column() == PathColumn ? Qt::AlignLeft : Qt::AlignRight)));
    case SortRole:
        if (index.column() == PathColumn)
            return pathAt(index.row());
        return index.column() == CopiesColumn ? static_cast<qulonglong>(path.copies)
                                              : static_cast<qulonglong>(path.bytes);
    default: return {};
    }
}

QVariant WastedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (section == PathColumn ? Qt::AlignLeft : Qt::AlignRight)));
    if (role == Qt::ToolTipRole && section == CopiesColumn)
        return tr("Layers that hold one");
    if (role != Qt::DisplayRole)
        return {};
    return section == PathColumn ? tr("File") : section == CopiesColumn ? tr("Copies") : tr("Wasted");
}

} // namespace stagewright
