// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/StepsModel.h"

#include "building/BuildController.h"
#include "building/BuildText.h"
#include "engine/BuildTiming.h"
#include "session/StageRole.h"

#include <algorithm>

namespace stagewright {

namespace {

engine::Time clockNow()
{
    return std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now());
}

} // namespace

QString stepText(const std::string &name)
{
    const QString text = QString::fromStdString(name).simplified();
    if (!text.startsWith(QLatin1Char('[')) || text.startsWith(QLatin1StringView("[internal]")))
        return text.startsWith(QLatin1StringView("[internal] ")) ? text.mid(11) : text;
    const qsizetype close = text.indexOf(QLatin1StringView("] "));
    return close < 0 ? text : text.mid(close + 2);
}

StepsModel::StepsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void StepsModel::setBuild(const BuildController *builds)
{
    if (m_builds == builds)
        return;
    if (m_builds)
        m_builds->disconnect(this);
    m_builds = builds;
    if (builds) {
        connect(builds, &BuildController::started, this, &StepsModel::reset);
        connect(builds, &BuildController::progressed, this, &StepsModel::refresh);
        connect(builds, &BuildController::finished, this, &StepsModel::refresh);
    }
    reset();
}

void StepsModel::reset()
{
    beginResetModel();
    m_rows.clear();
    m_critical.clear();
    endResetModel();
    refresh();
}

StepsModel::Row StepsModel::rowFor(std::size_t index) const
{
    const engine::BuildStep &step = m_builds->progress().step(index);
    Row row;
    row.step = index;
    row.state = rowStateOf(step.state);
    if (!m_builds->isBusy() && row.state == engine::RowState::Waiting)
        row.state = engine::RowState::Cancelled;
    const engine::StepPlace place = m_builds->steps()->placeOf(index);
    if (place.stage != StageId::None) {
        const Stage &stage = m_builds->snapshot()->graph().stage(place.stage);
        row.stage = QString::fromStdString(stage.displayName);
        row.role = static_cast<int>(roleOf(stage));
    }
    row.text = stepText(step.name);
    // As the file reads: what the engine prepares comes first, what it does with the image last. BuildKit announces
    // steps in no order that tells anything.
    constexpr int roomy = 1 << 16;
    row.order = place.instruction != InstructionId::None ? int(indexOf(place.instruction)) * 16 + roomy
        : step.name.starts_with("[internal]") || step.name.starts_with("resolve image") ? int(index) - roomy
                                                                                        : int(index) + (1 << 30);
    const StepBytes bytes = stepBytes(step);
    row.progress = step.state == engine::StepState::Failed ? failureWord(step) : stateText(row.state);
    if (step.state == engine::StepState::Running && bytes.total > 0)
        row.progress = bytesOfText(bytes.current, bytes.total);
    if (const auto time = stepTime(step, clockNow())) {
        row.time = durationText(*time);
        // Rounded as it is shown, so that a row is the same as long as it reads the same.
        row.seconds = double(std::chrono::duration_cast<std::chrono::milliseconds>(*time).count() / 100) / 10;
    }
    row.critical = index < m_critical.size() && m_critical[index];
    return row;
}

void StepsModel::refresh()
{
    if (!m_builds || !m_builds->steps())
        return;
    const engine::BuildProgress &progress = m_builds->progress();
    m_critical.clear();
    if (!m_builds->isBusy()) {
        m_critical.assign(progress.size(), false);
        for (const std::size_t step : engine::timingOf(progress, *m_builds->steps(), clockNow()).criticalPath)
            m_critical[step] = true;
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        Row row = rowFor(m_rows[i].step);
        if (row == m_rows[i])
            continue;
        m_rows[i] = std::move(row);
        Q_EMIT dataChanged(index(int(i), 0), index(int(i), ColumnCount - 1));
    }
    // A step without a name is only known by its number yet: it comes when it has one.
    std::vector<Row> fresh;
    const std::size_t next = m_rows.empty() ? 0 : m_rows.back().step + 1;
    for (std::size_t i = next; i < progress.size() && !progress.step(i).name.empty(); ++i)
        fresh.push_back(rowFor(i));
    if (fresh.empty())
        return;
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + fresh.size()) - 1);
    std::ranges::move(fresh, std::back_inserter(m_rows));
    endInsertRows();
}

int StepsModel::rowOf(std::size_t step) const
{
    const auto found = std::ranges::lower_bound(m_rows, step, {}, &Row::step);
    return found == m_rows.end() || found->step != step ? -1 : int(found - m_rows.begin());
}

int StepsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int StepsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StepsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case RowStateRole: return static_cast<int>(row.state);
    case StageRoleRole: return row.role;
    case CriticalRole: return row.critical;
    case SortRole:
        switch (index.column()) {
        case StateColumn:
        case ProgressColumn: return static_cast<int>(row.state);
        case StageColumn: return row.stage;
        case TimeColumn: return row.seconds;
        default: return row.order;
        }
    case Qt::TextAlignmentRole:
        return index.column() == TimeColumn ? int(Qt::AlignVCenter | Qt::AlignRight)
                                            : int(Qt::AlignVCenter | Qt::AlignLeft);
    case Qt::ToolTipRole: return index.column() == StepColumn ? QVariant(row.text) : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == StateColumn ? QVariant(stateText(row.state)) : data(index, Qt::DisplayRole);
    case Qt::DisplayRole: break;
    default: return {};
    }
    switch (index.column()) {
    case StageColumn: return row.stage;
    case StepColumn: return row.text;
    case ProgressColumn: return row.progress;
    case TimeColumn: return row.time;
    default: return {};
    }
}

QVariant StepsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == TimeColumn)
        return int(Qt::AlignVCenter | Qt::AlignRight);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case StageColumn: return tr("Stage");
    case StepColumn: return tr("Step");
    case ProgressColumn: return tr("State");
    case TimeColumn: return tr("Time");
    default: return QString();
    }
}

} // namespace stagewright
