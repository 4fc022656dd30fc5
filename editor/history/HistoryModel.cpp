// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "history/HistoryModel.h"

#include "session/DocumentSizes.h"

#include <QDateTime>
#include <QLocale>

#include <cstdlib>

namespace stagewright {

using engine::BuildRecord;
using engine::BuildResult;

QString differenceText(std::int64_t bytes)
{
    if (bytes == 0)
        return HistoryModel::tr("same");
    const auto amount = static_cast<std::uint64_t>(std::llabs(bytes));
    return (bytes < 0 ? QStringLiteral("−") : QStringLiteral("+")) + sizeText(amount);
}

QString resultWord(BuildResult result)
{
    switch (result) {
    case BuildResult::Built: return HistoryModel::tr("built");
    case BuildResult::Failed: return HistoryModel::tr("failed");
    case BuildResult::Cancelled: return HistoryModel::tr("cancelled");
    case BuildResult::NotStarted: break;
    }
    return HistoryModel::tr("not started");
}

HistoryModel::HistoryModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void HistoryModel::setRecords(std::span<const BuildRecord> records)
{
    beginResetModel();
    m_records.assign(records.rbegin(), records.rend());
    endResetModel();
}

const BuildRecord *HistoryModel::record(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : &m_records[static_cast<std::size_t>(row)];
}

std::optional<std::int64_t> HistoryModel::difference(int row) const
{
    const BuildRecord &now = m_records[static_cast<std::size_t>(row)];
    if (!now.bytes)
        return std::nullopt;
    for (std::size_t i = static_cast<std::size_t>(row) + 1; i < m_records.size(); ++i) {
        const BuildRecord &before = m_records[i];
        if (before.bytes && before.target == now.target)
            return static_cast<std::int64_t>(*now.bytes) - static_cast<std::int64_t>(*before.bytes);
    }
    return std::nullopt;
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_records.size());
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString HistoryModel::display(int row, int column) const
{
    const BuildRecord &record = m_records[static_cast<std::size_t>(row)];
    switch (column) {
    case WhenColumn: {
        const QDateTime when = QDateTime::fromMSecsSinceEpoch(record.when);
        const bool today = when.date() == QDate::currentDate();
        return today ? QLocale().toString(when.time(), QStringLiteral("HH:mm:ss"))
                     : QLocale().toString(when, QStringLiteral("d MMM HH:mm"));
    }
    case ResultColumn: {
        const QString target = QString::fromStdString(record.target);
        return target.isEmpty() ? resultWord(record.result) : tr("%1: %2").arg(target, resultWord(record.result));
    }
    case SizeColumn: return record.bytes ? sizeText(*record.bytes) : QString();
    case DifferenceColumn: {
        const auto bytes = difference(row);
        return bytes ? differenceText(*bytes) : QString();
    }
    case DurationColumn: return QString::fromStdString(engine::secondsText(record.seconds));
    default: return {};
    }
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const BuildRecord &record = m_records[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return display(index.row(), index.column());
    case Qt::ToolTipRole:
        if (index.column() == WhenColumn)
            return QLocale().toString(QDateTime::fromMSecsSinceEpoch(record.when), QLocale::LongFormat) + u'\n'
                + QString::fromStdString(record.engine);
        if (index.column() == SizeColumn && record.bytes)
            return tr("%L1 bytes").arg(*record.bytes);
        return index.column() == DifferenceColumn ? tr("Against the build of the same target before it")
                                                  : display(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (index.column() >= SizeColumn ? Qt::AlignRight : Qt::AlignLeft)));
    case ResultRole: return static_cast<int>(record.result);
    case DifferenceRole: {
        const auto bytes = difference(index.row());
        return bytes ? QVariant(static_cast<qlonglong>(*bytes)) : QVariant();
    }
    default: return {};
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (section >= SizeColumn ? Qt::AlignRight : Qt::AlignLeft)));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhenColumn: return tr("When");
    case ResultColumn: return tr("Result");
    case SizeColumn: return tr("Size");
    case DifferenceColumn: return tr("Difference");
    case DurationColumn: return tr("Time");
    default: return {};
    }
}

} // namespace stagewright
