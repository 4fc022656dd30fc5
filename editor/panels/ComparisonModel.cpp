// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/ComparisonModel.h"

#include "text/FactRows.h"

#include <algorithm>

namespace stagewright {

ComparisonModel::ComparisonModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ComparisonModel::setSiblings(Siblings siblings)
{
    beginResetModel();
    m_siblings = std::move(siblings);
    m_cells.clear();
    for (const Sibling &sibling : m_siblings.images)
        m_cells.push_back(cellsOf(sibling));
    endResetModel();
}

int ComparisonModel::askedRow() const
{
    const auto found = std::ranges::find(m_siblings.images, true, &Sibling::asked);
    return found == m_siblings.images.end() ? -1 : static_cast<int>(found - m_siblings.images.begin());
}

std::vector<ComparisonModel::Cell> ComparisonModel::cellsOf(const Sibling &sibling)
{
    std::vector<Cell> cells(ColumnCount);
    cells[ImageColumn].text = QString::fromStdString(sibling.reference);
    for (const FactRow &row : factRows(sibling.facts)) {
        const Cell cell{row.value, static_cast<int>(row.tone), {}};
        switch (row.fact) {
        case Fact::Shell: cells[ShellColumn] = cell; break;
        case Fact::PackageManager: cells[PackagesColumn] = cell; break;
        case Fact::Libc: cells[LibcColumn] = cell; break;
        case Fact::User:
            cells[UserColumn] = cell; // "root" and "0" are the same one
            cells[UserColumn].same = sibling.facts.uid ? QString::number(*sibling.facts.uid) : QString();
            break;
        case Fact::Entrypoint: cells[EntrypointColumn] = cell; break;
        case Fact::Workdir: cells[WorkdirColumn] = cell; break;
        case Fact::Status: cells[StatusColumn] = cell; break;
        case Fact::Size:
            // The approximation's source is a line of its own in the tip; here the number will do.
            if (sibling.facts.sizeMb)
                cells[SizeColumn].text = tr("%1 MB").arg(*sibling.facts.sizeMb, 0, 'f', 0);
            break;
        case Fact::Cmd:
        case Fact::Provides:
        case Fact::Replacement: break;
        }
    }
    const auto provided = [&](const char *name) {
        const auto found = sibling.facts.provides.find(name);
        Cell cell;
        if (found != sibling.facts.provides.end())
            cell.text = found->second ? tr("yes") : tr("no");
        return cell;
    };
    cells[CertificatesColumn] = provided("ca");
    cells[ZonesColumn] = provided("tz");
    return cells;
}

int ComparisonModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_cells.size());
}

int ComparisonModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant ComparisonModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const auto column = static_cast<std::size_t>(index.column());
    const Cell &cell = m_cells[row][column];
    const Sibling &sibling = m_siblings.images[row];
    switch (role) {
    case Qt::DisplayRole: return cell.text.isEmpty() ? tr("unknown") : cell.text;
    case Qt::ToolTipRole:
        if (index.column() == SizeColumn && !sibling.facts.sizeSource.empty())
            return QString::fromStdString(sibling.facts.sizeSource);
        return index.column() == StatusColumn && !sibling.facts.replacement.empty()
            ? tr("Use %1 instead").arg(QString::fromStdString(sibling.facts.replacement))
            : cell.text;
    case UnknownRole: return cell.text.isEmpty();
    case ToneRole: return cell.tone;
    case AskedRole: return sibling.asked;
    case DiffersRole: {
        const int asked = askedRow();
        return index.column() != ImageColumn && asked >= 0 && !cell.text.isEmpty()
            && m_cells[static_cast<std::size_t>(asked)][column].key() != cell.key();
    }
    default: return {};
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ImageColumn: return tr("Image");
    case ShellColumn: return tr("Shell");
    case PackagesColumn: return tr("Packages");
    case LibcColumn: return tr("libc");
    case UserColumn: return tr("User");
    case EntrypointColumn: return tr("ENTRYPOINT");
    case WorkdirColumn: return tr("WORKDIR");
    case CertificatesColumn: return tr("CA");
    case ZonesColumn: return tr("Zones");
    case StatusColumn: return tr("Status");
    case SizeColumn: return tr("Size");
    default: return {};
    }
}

} // namespace stagewright
