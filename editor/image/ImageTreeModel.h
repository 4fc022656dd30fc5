// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/ImageTree.h"

#include <QAbstractItemModel>
#include <QStringList>

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace stagewright {

/// The files of an image for a tree view. Folders are sorted and filtered when somebody looks into them, so that a
/// hundred thousand files cost nothing until then.
class ImageTreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column : int { NameColumn, SizeColumn, ChangeColumn, LayerColumn, ModeColumn, OwnerColumn, ColumnCount };
    enum Role : int {
        KindRole = Qt::UserRole + 1, ///< engine::FileKind as int.
        ChangeRole,                  ///< engine::Change as int; -1: left alone.
        BytesRole,                   ///< quint64
        ShareRole,                   ///< Of the folder around it, 0 to 1.
        MatchRole,                   ///< bool: the filter's words are in its own name.
    };

    explicit ImageTreeModel(QObject *parent = nullptr);

    /// @p layers: a name for each layer of the image.
    void setTree(std::shared_ptr<const engine::ImageTree> tree, const QStringList &layers);
    [[nodiscard]] const engine::ImageTree &tree() const { return *m_tree; }
    /// Shows what has @p words in its name (in its path, when a '/' is among them) with the folders around it, and
    /// everything in folders of that name. Upper and lower case are the same. "": everything.
    void setFilter(const QString &words);
    /// How many names match; all of them without a filter.
    [[nodiscard]] int matches() const { return m_matches; }
    /// The first @p most that match themselves, in the order of the tree.
    [[nodiscard]] QModelIndexList firstMatches(int most) const;

    [[nodiscard]] std::uint32_t nodeOf(const QModelIndex &index) const; ///< The root for an invalid one.
    /// Invalid for the root and for what the filter hides.
    [[nodiscard]] QModelIndex indexOf(std::uint32_t node) const;
    [[nodiscard]] QString pathOf(const QModelIndex &index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    [[nodiscard]] const std::vector<std::uint32_t> &rowsOf(std::uint32_t folder) const;
    /// Of a node in its folder.
    [[nodiscard]] int rowOf(std::uint32_t node) const;
    [[nodiscard]] bool isShown(std::uint32_t node) const { return m_shown.empty() || m_shown[node]; }
    [[nodiscard]] bool before(std::uint32_t a, std::uint32_t b) const;
    void findMatches();
    [[nodiscard]] QString display(const engine::ImageNode &node, int column) const;

    std::shared_ptr<const engine::ImageTree> m_tree;
    QStringList m_layers;
    QString m_words;
    std::vector<bool> m_shown;   ///< Per node; empty: all.
    std::vector<bool> m_matched; ///< Per node: by its own name; empty: no filter.
    int m_matches = 0;
    int m_sortColumn = SizeColumn;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    mutable std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> m_rows; ///< Of folders that were looked into.
    mutable std::vector<std::uint32_t> m_rowOf; ///< Per node: its row, once its folder was looked into.
};

/// "added", "changed", "removed"; "" for nullopt.
[[nodiscard]] QString changeWord(std::optional<engine::Change> change);
/// "rwxr-xr-x", with s and t for setuid, setgid and sticky.
[[nodiscard]] QString modeText(std::uint32_t mode);

} // namespace stagewright
