// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/OutlineModel.h"

#include "edit/Edits.h"
#include "session/DocumentSession.h"
#include "session/StageRole.h"

#include <QMimeData>

#include <algorithm>

namespace stagewright {

namespace {

const QString RowType = QStringLiteral("application/x-stagewright-outline-row");
constexpr quintptr TopLevel = 0; ///< Children carry their stage's index + 1.

QString text(std::string_view words)
{
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

QString roleWord(StageRole role)
{
    switch (role) {
    case StageRole::Final:
        return OutlineModel::tr("final target");
    case StageRole::Test:
        return OutlineModel::tr("test");
    case StageRole::Builder:
        break;
    }
    return OutlineModel::tr("builder");
}

} // namespace

void OutlineModel::setSession(DocumentSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    if (session) {
        connect(session, &DocumentSession::changed, this, &OutlineModel::refresh);
        connect(session, &DocumentSession::diagnosticsChanged, this, [this] {
            findFindings();
            if (rowCount() == 0)
                return;
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0), {SeverityRole, CountRole});
            for (int row = 0; row < rowCount(); ++row) {
                const QModelIndex stage = index(row, 0);
                if (const int count = rowCount(stage); count > 0)
                    Q_EMIT dataChanged(index(0, 0, stage), index(count - 1, 0, stage), {SeverityRole});
            }
        });
    }
    refresh();
}

void OutlineModel::refresh()
{
    beginResetModel();
    m_snapshot = m_session ? m_session->snapshot() : nullptr;
    findFindings();
    endResetModel();
}

void OutlineModel::findFindings()
{
    m_worst.clear();
    m_stageCount.clear();
    m_stageWorst.clear();
    if (!m_snapshot)
        return;
    m_worst.assign(m_snapshot->tree().instructions().size(), -1);
    m_stageCount.assign(m_snapshot->graph().stages().size(), 0);
    m_stageWorst.assign(m_snapshot->graph().stages().size(), -1);
    const auto worse = [](int &worst, Severity severity) {
        worst = worst < 0 ? static_cast<int>(severity) : std::min(worst, static_cast<int>(severity));
    };
    for (const Diagnostic &diagnostic : m_session->diagnostics()) {
        if (diagnostic.instruction != InstructionId::None && indexOf(diagnostic.instruction) < m_worst.size())
            worse(m_worst[indexOf(diagnostic.instruction)], diagnostic.severity);
        if (diagnostic.stage == StageId::None || indexOf(diagnostic.stage) >= m_stageWorst.size())
            continue;
        worse(m_stageWorst[indexOf(diagnostic.stage)], diagnostic.severity);
        m_stageCount[indexOf(diagnostic.stage)] += diagnostic.severity == Severity::Info ? 0 : 1;
    }
}

StageId OutlineModel::stageAt(const QModelIndex &index) const
{
    if (!index.isValid())
        return StageId::None;
    return StageId(index.internalId() == TopLevel ? index.row() : static_cast<int>(index.internalId()) - 1);
}

InstructionId OutlineModel::instructionAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == TopLevel)
        return InstructionId::None;
    return InstructionId(static_cast<int>(m_snapshot->graph().stage(stageAt(index)).firstInstruction) + index.row());
}

QModelIndex OutlineModel::indexOfStage(StageId stage) const
{
    return stage == StageId::None ? QModelIndex() : index(static_cast<int>(stage), 0);
}

QModelIndex OutlineModel::indexOfInstruction(InstructionId instruction) const
{
    if (!m_snapshot || instruction == InstructionId::None || indexOf(instruction) >= m_snapshot->tree().instructions().size())
        return {};
    const StageId stage = m_snapshot->graph().stageOf(instruction);
    if (stage == StageId::None || m_snapshot->graph().stage(stage).from == instruction)
        return indexOfStage(stage);
    const int first = static_cast<int>(m_snapshot->graph().stage(stage).firstInstruction);
    return index(static_cast<int>(instruction) - first, 0, indexOfStage(stage));
}

QModelIndex OutlineModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : TopLevel);
}

QModelIndex OutlineModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == TopLevel)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, TopLevel);
}

int OutlineModel::rowCount(const QModelIndex &parent) const
{
    if (!m_snapshot || parent.column() > 0)
        return 0;
    if (!parent.isValid())
        return static_cast<int>(m_snapshot->graph().stages().size());
    if (parent.internalId() != TopLevel)
        return 0;
    return static_cast<int>(m_snapshot->instructionsOf(StageId(parent.row())).size());
}

int OutlineModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant OutlineModel::stageData(const Stage &stage, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return text(stage.displayName);
    case Qt::EditRole:
        return stage.name.empty() ? QString() : text(stage.displayName);
    case Qt::ToolTipRole:
        return tr("Stage %1, lines %2 to %3").arg(static_cast<int>(stage.id)).arg(stage.firstLine).arg(stage.lastLine);
    case StageRoleRole:
        return static_cast<int>(roleOf(stage));
    case DetailRole:
        return stage.reachable ? roleWord(roleOf(stage)) : tr("not in target");
    case NeededRole:
        return stage.reachable;
    case SeverityRole:
        return m_stageWorst[indexOf(stage.id)];
    case CountRole:
        return m_stageCount[indexOf(stage.id)];
    default:
        return {};
    }
}

QVariant OutlineModel::instructionData(const Instruction &instruction, int role) const
{
    switch (role) {
    case Qt::DisplayRole: {
        QString flags;
        for (const Flag &flag : instruction.flags)
            flags += u' ' + text(m_snapshot->text().slice(flag.range));
        const QString arguments = text(instruction.kind == InstructionKind::Onbuild
                                           ? m_snapshot->text().slice(instruction.argumentsRange) : instruction.arguments);
        return QString(text(instruction.keyword) + flags + u' ' + arguments.simplified());
    }
    case Qt::ToolTipRole:
        return text(m_snapshot->text().slice(instruction.range).substr(0, 2000));
    case NeededRole:
        return m_snapshot->graph().stage(m_snapshot->graph().stageOf(instruction.id)).reachable;
    case SeverityRole:
        return m_worst[indexOf(instruction.id)];
    case KeywordRole:
        return text(instruction.keyword);
    case IconRole:
        return instructionIcon(instruction.kind);
    default:
        return {};
    }
}

QVariant OutlineModel::data(const QModelIndex &index, int role) const
{
    if (!m_snapshot || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.internalId() == TopLevel)
        return stageData(m_snapshot->graph().stage(stageAt(index)), role);
    return instructionData(m_snapshot->tree().instruction(instructionAt(index)), role);
}

bool OutlineModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !m_session || !index.isValid() || index.internalId() != TopLevel)
        return false;
    const StageId stage = stageAt(index);
    const std::string name = value.toString().trimmed().toStdString();
    if (name == m_snapshot->graph().stage(stage).displayName || (name.empty() && m_snapshot->graph().stage(stage).name.empty()))
        return false;
    auto edit = edit::renameStage(*m_snapshot, stage, name);
    if (!edit) {
        Q_EMIT refused(text(edit.error().message));
        return false;
    }
    m_session->push(std::move(*edit), Origin::Outline);
    return true;
}

Qt::ItemFlags OutlineModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (m_session && !m_session->isReadOnly())
        flags |= Qt::ItemIsDragEnabled;
    if (index.internalId() == TopLevel)
        flags |= Qt::ItemIsEditable | Qt::ItemIsDropEnabled;
    return flags;
}

QStringList OutlineModel::mimeTypes() const
{
    return {RowType};
}

QMimeData *OutlineModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    const QModelIndex &index = indexes.first();
    const int instruction = static_cast<int>(instructionAt(index));
    data->setData(RowType, QByteArray::number(static_cast<int>(stageAt(index))) + ' ' + QByteArray::number(instruction));
    const auto range = instruction < 0 ? m_snapshot->graph().stage(stageAt(index)).range
                                       : m_snapshot->tree().instruction(InstructionId(instruction)).range;
    data->setText(text(m_snapshot->text().slice(range)));
    return data;
}

bool OutlineModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int, const QModelIndex &parent)
{
    const QList<QByteArray> numbers = data->data(RowType).split(' ');
    if (!m_session || action != Qt::MoveAction || numbers.size() != 2)
        return false;
    const StageId stage{numbers[0].toInt()};
    const InstructionId instruction{numbers[1].toInt()};
    edit::Result edit = std::unexpected(edit::EditError{});
    if (instruction != InstructionId::None) {
        if (!parent.isValid())
            return false; // between stages there is no place for an instruction
        const auto place = static_cast<std::size_t>(row < 0 ? rowCount(parent) : row);
        edit = edit::moveInstruction(*m_snapshot, instruction, {stageAt(parent), place});
    } else {
        int to = parent.isValid() ? parent.row() : (row < 0 ? rowCount() : row);
        if (!parent.isValid() && to > static_cast<int>(stage))
            --to; // the place counts without the stage itself
        edit = edit::moveStage(*m_snapshot, stage, static_cast<std::size_t>(to));
    }
    if (!edit) {
        Q_EMIT refused(text(edit.error().message));
        return false;
    }
    m_session->push(std::move(*edit), Origin::Outline);
    return false; // the text made the move; the view must not remove the row once more
}

} // namespace stagewright
