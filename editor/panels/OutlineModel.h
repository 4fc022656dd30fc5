// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "session/DocumentSession.h"

#include <QAbstractItemModel>
#include <QPointer>

#include <vector>

namespace stagewright {

/// Stages with their instructions (without the FROM). What stands in front of the first FROM is a group of its own.
/// Dragging and editing become edits of the text; the model itself changes only when the session does.
class OutlineModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role : int {
        IconRole = Qt::UserRole + 1,
        StageRoleRole, ///< StageRole as int; -1 for what is no stage.
        CaptionRole,   ///< "builder", "final target"; "" for instructions.
        DimmedRole,    ///< The target does not need it.
        ErrorsRole,    ///< Number of errors in it.
        WarningsRole,
        KeyRole, ///< Of stages: nodeKey(), stable across edits.
    };

    explicit OutlineModel(QObject *parent = nullptr);
    void setSession(DocumentSession *session);

    [[nodiscard]] StageId stageAt(const QModelIndex &index) const;
    [[nodiscard]] InstructionId instructionAt(const QModelIndex &index) const; ///< Of a stage: its FROM.
    [[nodiscard]] QModelIndex indexOfStage(StageId stage) const;
    [[nodiscard]] QModelIndex indexOfInstruction(InstructionId instruction) const; ///< Of a FROM: its stage.

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

Q_SIGNALS:
    /// An edit that cannot be made, and why.
    void refused(const QString &reason);

private:
    struct Group
    {
        StageId stage = StageId::None;
        int first = 0; ///< Instruction id of the first child.
        int count = 0;
        int errors = 0;
        int warnings = 0;
    };
    static std::vector<Group> groupsOf(const Snapshot &snapshot);
    void refresh();
    void countFindings();
    [[nodiscard]] QVariant stageData(const Group &group, int role) const;
    [[nodiscard]] QVariant instructionData(InstructionId id, int role) const;
    void push(std::expected<EditTransaction, QString> edit);

    QPointer<DocumentSession> m_session;
    SnapshotPtr m_snapshot;
    std::vector<Group> m_groups;
    std::vector<std::uint8_t> m_worst; ///< Per instruction: 0 nothing, 1 note, 2 warning, 3 error.
};

} // namespace stagewright
