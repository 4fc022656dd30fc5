// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/Snapshot.h"

#include <QAbstractItemModel>

#include <vector>

namespace stagewright {

class DocumentSession;

/// Stages and, below them, their instructions. Renames stages and moves both by drag and drop, as edits of the text.
class OutlineModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role : int {
        StageRoleRole = Qt::UserRole, ///< int of StageRole; stages only.
        DetailRole,                   ///< What stands behind the name: "builder", "not in target".
        NeededRole,                   ///< False for what the target does not need.
        SeverityRole,                 ///< int of the worst Severity at this row, -1 for none.
        CountRole,                    ///< Errors and warnings below a stage.
        KeywordRole,                  ///< Instructions: the keyword as spelled.
        IconRole,                     ///< Icon name.
    };

    using QAbstractItemModel::QAbstractItemModel;

    /// Null: empty.
    void setSession(DocumentSession *session);

    [[nodiscard]] StageId stageAt(const QModelIndex &index) const;             ///< Of a row or of its parent.
    [[nodiscard]] InstructionId instructionAt(const QModelIndex &index) const; ///< None for stages.
    [[nodiscard]] QModelIndex indexOfStage(StageId stage) const;
    [[nodiscard]] QModelIndex indexOfInstruction(InstructionId instruction) const; ///< The stage's for its FROM.

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

Q_SIGNALS:
    /// Why a rename or a move was not done.
    void refused(const QString &reason);

private:
    void refresh();
    [[nodiscard]] QVariant stageData(const Stage &stage, int role) const;
    [[nodiscard]] QVariant instructionData(const Instruction &instruction, int role) const;
    void findFindings();

    DocumentSession *m_session = nullptr;
    SnapshotPtr m_snapshot;
    std::vector<int> m_worst;      ///< By instruction; -1 for none.
    std::vector<int> m_stageCount; ///< Errors and warnings by stage.
    std::vector<int> m_stageWorst;
};

} // namespace stagewright
