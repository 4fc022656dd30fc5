// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/OutlineModel.h"

#include "edit/Edits.h"
#include "session/InstructionLine.h"
#include "session/NodeKeys.h"
#include "session/StageRole.h"

#include <QIODevice>
#include <QMimeData>

#include <algorithm>
#include <utility>

namespace stagewright {

namespace {

const QLatin1String MimeType("application/x-stagewright-outline");

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::expected<EditTransaction, QString> translated(edit::Result result)
{
    if (result)
        return std::move(*result);
    return std::unexpected(fromUtf8(result.error().message));
}

} // namespace

OutlineModel::OutlineModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}

void OutlineModel::setSession(DocumentSession *session)
{
    if (session && m_session == session)
        return;
    if (m_session)
        m_session->disconnect(this);
    beginResetModel();
    m_session = session;
    m_snapshot = session ? session->snapshot() : nullptr;
    m_groups = m_snapshot ? groupsOf(*m_snapshot) : std::vector<Group>();
    countFindings();
    endResetModel();
    if (!session)
        return;
    connect(session, &DocumentSession::changed, this, &OutlineModel::refresh);
    connect(session, &DocumentSession::diagnosticsChanged, this, [this] {
        countFindings();
        for (int row = 0; row < rowCount(); ++row) {
            const QModelIndex group = index(row, 0);
            Q_EMIT dataChanged(group, group);
            if (rowCount(group) > 0)
                Q_EMIT dataChanged(index(0, 0, group), index(rowCount(group) - 1, 0, group));
        }
    });
    connect(session, &QObject::destroyed, this, [this] { setSession(nullptr); });
}

std::vector<OutlineModel::Group> OutlineModel::groupsOf(const Snapshot &snapshot)
{
    std::vector<Group> groups;
    int before = 0;
    for (const Instruction &instruction : snapshot.tree().instructions()) {
        if (snapshot.graph().stageOf(instruction.id) != StageId::None)
            break;
        ++before;
    }
    if (before > 0)
        groups.push_back({StageId::None, 0, before});
    for (const Stage &stage : snapshot.graph().stages()) {
        const std::span<const Instruction> rows = snapshot.instructionsOf(stage.id);
        groups.push_back(
            {stage.id, rows.empty() ? 0 : static_cast<int>(rows.front().id), static_cast<int>(rows.size())});
    }
    return groups;
}

void OutlineModel::refresh()
{
    std::vector<Group> groups = groupsOf(*m_session->snapshot());
    const bool sameShape = std::ranges::equal(
        groups, m_groups, [](const Group &a, const Group &b) { return a.stage == b.stage && a.count == b.count; });
    if (sameShape) { // diagnosticsChanged(), which follows, says that the contents changed.
        m_groups = std::move(groups);
        m_snapshot = m_session->snapshot();
        countFindings();
        return;
    }
    beginResetModel();
    m_groups = std::move(groups);
    m_snapshot = m_session->snapshot();
    countFindings();
    endResetModel();
}

void OutlineModel::countFindings()
{
    for (Group &group : m_groups) {
        group.errors = 0;
        group.warnings = 0;
    }
    m_worst.assign(m_snapshot ? m_snapshot->tree().instructions().size() : 0, 0);
    if (!m_session)
        return;
    for (const Diagnostic &finding : m_session->diagnostics()) {
        const auto group = std::ranges::find(m_groups, finding.stage, &Group::stage);
        if (group != m_groups.end())
            (finding.severity == Severity::Error ? group->errors : group->warnings)
                += finding.severity == Severity::Info ? 0 : 1;
        if (finding.instruction != InstructionId::None && stagewright::indexOf(finding.instruction) < m_worst.size()) {
            std::uint8_t &worst = m_worst[stagewright::indexOf(finding.instruction)];
            worst = std::max(worst, static_cast<std::uint8_t>(3 - static_cast<int>(finding.severity)));
        }
    }
}

QModelIndex OutlineModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex OutlineModel::parent(const QModelIndex &index) const
{
    return index.isValid() && index.internalId() > 0
        ? createIndex(static_cast<int>(index.internalId()) - 1, 0, quintptr(0))
        : QModelIndex();
}

int OutlineModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    return parent.internalId() == 0 && parent.column() == 0 ? m_groups[static_cast<std::size_t>(parent.row())].count
                                                            : 0;
}

int OutlineModel::columnCount(const QModelIndex &) const
{
    return 1;
}

StageId OutlineModel::stageAt(const QModelIndex &index) const
{
    return index.isValid() && index.internalId() == 0 ? m_groups[static_cast<std::size_t>(index.row())].stage
                                                      : StageId::None;
}

InstructionId OutlineModel::instructionAt(const QModelIndex &index) const
{
    if (!index.isValid())
        return InstructionId::None;
    if (index.internalId() == 0) {
        const StageId stage = stageAt(index);
        return stage == StageId::None ? InstructionId::None : m_snapshot->graph().stage(stage).from;
    }
    return static_cast<InstructionId>(m_groups[index.internalId() - 1].first + index.row());
}

QModelIndex OutlineModel::indexOfStage(StageId stage) const
{
    const auto group = std::ranges::find(m_groups, stage, &Group::stage);
    return stage == StageId::None || group == m_groups.end() ? QModelIndex()
                                                             : index(static_cast<int>(group - m_groups.begin()), 0);
}

QModelIndex OutlineModel::indexOfInstruction(InstructionId instruction) const
{
    if (instruction == InstructionId::None || !m_snapshot
        || stagewright::indexOf(instruction) >= m_snapshot->tree().instructions().size())
        return {};
    const StageId stage = m_snapshot->graph().stageOf(instruction);
    if (stage != StageId::None && m_snapshot->graph().stage(stage).from == instruction)
        return indexOfStage(stage);
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        const int row = static_cast<int>(instruction) - m_groups[i].first;
        if (m_groups[i].count > 0 && row >= 0 && row < m_groups[i].count)
            return index(row, 0, index(static_cast<int>(i), 0));
    }
    return {};
}

QVariant OutlineModel::stageData(const Group &group, int role) const
{
    if (group.stage == StageId::None) {
        if (role == Qt::DisplayRole || role == KeyRole)
            return role == KeyRole ? QStringLiteral("before") : tr("Before the first stage");
        return role == StageRoleRole ? QVariant(-1) : QVariant();
    }
    const Stage &stage = m_snapshot->graph().stage(group.stage);
    const StageRole kind = roleOf(stage);
    switch (role) {
    case Qt::DisplayRole: return fromUtf8(stage.displayName);
    case Qt::EditRole: return fromUtf8(stage.name.empty() ? std::string_view() : std::string_view(stage.displayName));
    case Qt::ToolTipRole: return QStringLiteral("FROM ") + fromUtf8(stage.base.written);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(fromUtf8(stage.displayName), stageData(group, CaptionRole).toString());
    case IconRole: return roleIcon(kind);
    case StageRoleRole: return static_cast<int>(kind);
    case CaptionRole:
        return !stage.reachable ? tr("not in target") : kind == StageRole::Final ? tr("final target") : tr("builder");
    case DimmedRole: return !stage.reachable;
    case ErrorsRole: return group.errors;
    case WarningsRole: return group.warnings;
    case KeyRole: return nodeKey(m_snapshot->graph(), NodeRef::stage(group.stage));
    default: return {};
    }
}

QVariant OutlineModel::instructionData(InstructionId id, int role) const
{
    const Instruction &instruction = m_snapshot->tree().instruction(id);
    const std::uint8_t worst = m_worst[stagewright::indexOf(id)];
    switch (role) {
    case Qt::DisplayRole: return instructionLine(instruction);
    case Qt::EditRole:
    case Qt::ToolTipRole: return fromUtf8(m_snapshot->text().slice(instruction.range));
    case IconRole: return instructionIcon(instruction.kind);
    case StageRoleRole: return -1;
    case DimmedRole: {
        const StageId stage = m_snapshot->graph().stageOf(id);
        return stage != StageId::None && !m_snapshot->graph().stage(stage).reachable;
    }
    case ErrorsRole: return worst == 3 ? 1 : 0;
    case WarningsRole: return worst == 2 ? 1 : 0;
    default: return {};
    }
}

QVariant OutlineModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_snapshot)
        return {};
    return index.internalId() == 0 ? stageData(m_groups[static_cast<std::size_t>(index.row())], role)
                                   : instructionData(instructionAt(index), role);
}

Qt::ItemFlags OutlineModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDropEnabled;
    if (!m_session || m_session->isReadOnly())
        return flags;
    if (index.internalId() == 0)
        return stageAt(index) == StageId::None ? flags : flags | Qt::ItemIsEditable | Qt::ItemIsDragEnabled;
    // A field of one line cannot show more.
    const Instruction &instruction = m_snapshot->tree().instruction(instructionAt(index));
    if (instruction.firstLine == instruction.lastLine)
        flags |= Qt::ItemIsEditable;
    return flags | Qt::ItemIsDragEnabled;
}

void OutlineModel::push(std::expected<EditTransaction, QString> edit)
{
    if (!edit)
        Q_EMIT refused(edit.error());
    else
        m_session->push(std::move(*edit), Origin::Outline);
}

bool OutlineModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole || !m_session || value == data(index, Qt::EditRole))
        return false;
    const std::string text = value.toString().trimmed().toStdString();
    if (index.internalId() == 0)
        push(translated(edit::renameStage(*m_snapshot, stageAt(index), text)));
    else
        push(translated(edit::editInstruction(*m_snapshot, instructionAt(index), text)));
    return true;
}

QStringList OutlineModel::mimeTypes() const
{
    return {MimeType};
}

QMimeData *OutlineModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    const QModelIndex &index = indexes.first();
    stream << static_cast<quint64>(m_snapshot->revision()) << (index.internalId() == 0)
           << static_cast<qint32>(index.internalId() == 0 ? static_cast<qint32>(stageAt(index))
                                                          : static_cast<qint32>(instructionAt(index)));
    data->setData(MimeType, bytes);
    data->setText(fromUtf8(m_snapshot->text().slice(index.internalId() == 0
                                                        ? m_snapshot->graph().stage(stageAt(index)).range
                                                        : m_snapshot->tree().instruction(instructionAt(index)).range)));
    return data;
}

bool OutlineModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int, const QModelIndex &parent)
{
    if (action != Qt::MoveAction || !data->hasFormat(MimeType) || !m_session)
        return false;
    QDataStream stream(data->data(MimeType));
    quint64 revision = 0;
    bool isStage = false;
    qint32 id = -1;
    stream >> revision >> isStage >> id;
    if (revision != m_snapshot->revision())
        return false; // The text changed while something was dragged.
    if (isStage) {
        const int offset = !m_groups.empty() && m_groups.front().stage == StageId::None ? 1 : 0;
        const QModelIndex top = parent.internalId() == 0 ? parent : parent.parent();
        int wanted = (parent.isValid() ? top.row() : (row < 0 ? rowCount() : row)) - offset;
        if (!parent.isValid() && wanted > id)
            --wanted;
        wanted = std::clamp(wanted, 0, static_cast<int>(m_snapshot->graph().stages().size()) - 1);
        if (wanted != id)
            push(translated(edit::moveStage(*m_snapshot, static_cast<StageId>(id), static_cast<std::size_t>(wanted))));
        return false; // The view has nothing to move: the session's change does it.
    }
    const bool onRow = parent.isValid() && parent.internalId() > 0;
    const QModelIndex group = onRow ? parent.parent() : parent;
    const StageId stage = stageAt(group);
    if (stage == StageId::None) {
        Q_EMIT refused(tr("An instruction belongs to a stage"));
        return false;
    }
    const int place = onRow ? parent.row() : (row < 0 ? rowCount(group) : row);
    const auto moved = static_cast<InstructionId>(id);
    const QModelIndex own = indexOfInstruction(moved);
    const bool stays = own.parent() == group && (own.row() == place || own.row() + 1 == place);
    if (!stays)
        push(translated(edit::moveInstruction(*m_snapshot, moved, {stage, static_cast<std::size_t>(place)})));
    return false;
}

} // namespace stagewright
