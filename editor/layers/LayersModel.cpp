// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layers/LayersModel.h"

#include <algorithm>
#include <cmath>

namespace stagewright {

namespace {

double shareOf(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

} // namespace

QString secondsText(double seconds)
{
    if (seconds < 99.95)
        return LayersModel::tr("%1 s").arg(seconds, 0, 'f', 1);
    const auto whole = static_cast<qint64>(std::lround(seconds));
    return LayersModel::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
}

QString shareText(std::uint64_t part, std::uint64_t whole)
{
    const double percent = 100 * shareOf(part, whole);
    if (part > 0 && percent < 0.1)
        return QStringLiteral("< 0.1 %");
    return QStringLiteral("%1 %").arg(percent, 0, 'f', percent < 9.95 && part > 0 ? 1 : 0);
}

QString baseLine(const StageWeight &stage)
{
    return QStringLiteral("FROM ") + stage.baseName;
}

LayersModel::LayersModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void LayersModel::setSizes(const DocumentSizes &sizes)
{
    beginResetModel();
    m_stages = sizes.stages();
    m_rows.clear();
    for (std::size_t s = 0; s < m_stages.size(); ++s) {
        m_rows.push_back({s, -1});
        for (std::size_t i = 0; i < m_stages[s].own.size(); ++i)
            m_rows.push_back({s, static_cast<std::ptrdiff_t>(i)});
    }
    endResetModel();
}

const InstructionWeight *LayersModel::instructionOf(const Row &row) const
{
    return row.own < 0 ? nullptr : &m_stages[row.stage].own[static_cast<std::size_t>(row.own)];
}

std::uint64_t LayersModel::bytesOf(const Row &row) const
{
    const InstructionWeight *instruction = instructionOf(row);
    return instruction ? instruction->bytes : m_stages[row.stage].below();
}

InstructionId LayersModel::instructionAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return InstructionId::None;
    const Row &at = m_rows[static_cast<std::size_t>(row)];
    const InstructionWeight *instruction = instructionOf(at);
    return instruction ? instruction->instruction : m_stages[at.stage].from;
}

int LayersModel::rowOf(InstructionId instruction) const
{
    for (int row = 0; row < rowCount() && instruction != InstructionId::None; ++row) {
        if (instructionAt(row) == instruction)
            return row;
    }
    return -1;
}

int LayersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LayersModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString LayersModel::display(const Row &row, int column) const
{
    const StageWeight &stage = m_stages[row.stage];
    const InstructionWeight *instruction = instructionOf(row);
    switch (column) {
    case InstructionColumn: return instruction ? instruction->text : baseLine(stage);
    case StageColumn: return stage.name;
    case SizeColumn: return sizeText(bytesOf(row));
    case ShareColumn: return shareText(bytesOf(row), stage.total);
    case TimeColumn: return instruction && instruction->time ? secondsText(instruction->time->seconds) : QString();
    case CacheColumn:
        if (!instruction || !instruction->time)
            return {};
        return instruction->time->cached ? tr("cached") : tr("built");
    case OriginColumn:
        if (!instruction)
            return stage.onStage ? tr("from %1").arg(stage.baseName) : tr("base image");
        if (instruction->trigger)
            return tr("ONBUILD of the base");
        return addsLayer(instruction->kind) ? tr("own") : tr("setting");
    default: return {};
    }
}

QVariant LayersModel::sortKey(int row, int column) const
{
    const Row &at = m_rows[static_cast<std::size_t>(row)];
    const InstructionWeight *instruction = instructionOf(at);
    switch (column) {
    case SizeColumn: return static_cast<qulonglong>(bytesOf(at));
    case ShareColumn: return shareOf(bytesOf(at), m_stages[at.stage].total);
    case TimeColumn: return instruction && instruction->time ? instruction->time->seconds : -1.0;
    case InstructionColumn: return row; // In the order of the build, not of the alphabet.
    default: return display(at, column);
    }
}

QVariant LayersModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const StageWeight &stage = m_stages[row.stage];
    const InstructionWeight *instruction = instructionOf(row);
    const bool figures = index.column() == SizeColumn || index.column() == ShareColumn || index.column() == TimeColumn;
    switch (role) {
    case Qt::DisplayRole: return display(row, index.column());
    case Qt::ToolTipRole:
        if (index.column() == SizeColumn)
            return tr("%L1 bytes").arg(bytesOf(row));
        if (instruction && instruction->changed)
            return tr("%1\nThis instruction is another one now, or gone: the size is from the last build.")
                .arg(instruction->text);
        return display(row, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == InstructionColumn
            ? tr("%1, stage %2, %3").arg(display(row, InstructionColumn), stage.name, sizeText(bytesOf(row)))
            : display(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (figures ? Qt::AlignRight : Qt::AlignLeft)));
    case SortRole: return sortKey(index.row(), index.column());
    case BytesRole: return static_cast<qulonglong>(bytesOf(row));
    case ShareRole: return shareOf(bytesOf(row), stage.total);
    case StageRoleRole: return static_cast<int>(stage.role);
    case BaseRole: return instruction == nullptr;
    case ChangedRole: return instruction ? instruction->changed : stage.from == InstructionId::None;
    case OrderRole: return index.row();
    default: return {};
    }
}

QVariant LayersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(
            Qt::AlignVCenter
            | (section == SizeColumn || section == ShareColumn || section == TimeColumn ? Qt::AlignRight
                                                                                        : Qt::AlignLeft)));
    if (role == Qt::ToolTipRole && section == ShareColumn)
        return tr("Of the image of its stage");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case InstructionColumn: return tr("Instruction");
    case StageColumn: return tr("Stage");
    case SizeColumn: return tr("Size");
    case ShareColumn: return tr("Share");
    case TimeColumn: return tr("Time");
    case CacheColumn: return tr("Cache");
    case OriginColumn: return tr("Where from");
    default: return {};
    }
}

} // namespace stagewright
