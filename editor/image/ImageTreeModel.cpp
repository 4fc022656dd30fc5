// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "image/ImageTreeModel.h"

#include "session/DocumentSizes.h"

#include <algorithm>
#include <string>

namespace stagewright {

namespace {

using engine::Change;
using engine::FileKind;
using engine::ImageNode;

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// @p words are lower-case already. ASCII only: file names in images hardly have anything else.
bool contains(std::string_view text, std::string_view words)
{
    const auto same = [](char a, char b) { return lower(a) == b; };
    return std::ranges::search(text, words, same).begin() != text.end() || words.empty();
}

} // namespace

QString changeWord(std::optional<Change> change)
{
    if (!change)
        return {};
    switch (*change) {
    case Change::Added: return ImageTreeModel::tr("added");
    case Change::Changed: return ImageTreeModel::tr("changed");
    case Change::Removed: break;
    }
    return ImageTreeModel::tr("removed");
}

QString modeText(std::uint32_t mode)
{
    QString text = QStringLiteral("rwxrwxrwx");
    for (int bit = 0; bit < 9; ++bit) {
        if ((mode & (0400U >> bit)) == 0)
            text[bit] = u'-';
    }
    const auto special = [&](std::uint32_t bit, int at, QChar with, QChar without) {
        if ((mode & bit) != 0)
            text[at] = text[at] == u'x' ? with : without;
    };
    special(04000, 2, u's', u'S');
    special(02000, 5, u's', u'S');
    special(01000, 8, u't', u'T');
    return text;
}

ImageTreeModel::ImageTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_tree(std::make_shared<engine::ImageTree>())
{
    findMatches();
}

void ImageTreeModel::setTree(std::shared_ptr<const engine::ImageTree> tree, const QStringList &layers)
{
    beginResetModel();
    m_tree = tree ? std::move(tree) : std::make_shared<engine::ImageTree>();
    m_layers = layers;
    findMatches();
    endResetModel();
}

void ImageTreeModel::setFilter(const QString &words)
{
    const QString wanted = words.trimmed().toLower();
    if (wanted == m_words)
        return;
    beginResetModel();
    m_words = wanted;
    findMatches();
    endResetModel();
}

void ImageTreeModel::findMatches()
{
    const std::span<const ImageNode> nodes = m_tree->nodes();
    m_rows.clear();
    m_rowOf.assign(nodes.size(), 0);
    m_shown.clear();
    m_matched.clear();
    m_matches = static_cast<int>(nodes.size()) - 1;
    if (m_words.isEmpty())
        return;
    const std::string words = m_words.toStdString();
    const bool wholePath = m_words.contains(u'/');
    m_matched.assign(nodes.size(), false);
    m_shown.assign(nodes.size(), false);
    m_matches = 0;
    // Folders come before what is in them: downwards "inside a match", then upwards "around one".
    for (std::uint32_t i = 1; i < nodes.size(); ++i) {
        const bool match = wholePath ? contains(m_tree->path(i), words) : contains(nodes[i].name, words);
        const bool inside = nodes[i].parent != 0 && m_matched[nodes[i].parent];
        m_matched[i] = match && !(wholePath && inside);
        m_matches += m_matched[i] ? 1 : 0;
        m_shown[i] = match || (nodes[i].parent != 0 && m_shown[nodes[i].parent]);
    }
    for (std::size_t i = nodes.size(); i-- > 1;) {
        if (m_shown[i])
            m_shown[nodes[i].parent] = true;
    }
}

QModelIndexList ImageTreeModel::firstMatches(int most) const
{
    QModelIndexList found;
    for (std::uint32_t i = 1; i < m_matched.size() && found.size() < most; ++i) {
        if (m_matched[i])
            found << indexOf(i);
    }
    return found;
}

bool ImageTreeModel::before(std::uint32_t a, std::uint32_t b) const
{
    const ImageNode &one = m_tree->node(a);
    const ImageNode &other = m_tree->node(b);
    const bool up = m_sortOrder == Qt::AscendingOrder;
    const auto compare = [&](auto x, auto y) { return up ? x < y : y < x; };
    switch (m_sortColumn) {
    case SizeColumn:
        if (one.bytes != other.bytes)
            return compare(one.bytes, other.bytes);
        break;
    case ChangeColumn: {
        const auto rank = [](const ImageNode &node) { return node.change ? static_cast<int>(*node.change) + 1 : 9; };
        if (rank(one) != rank(other))
            return compare(rank(one), rank(other));
        break;
    }
    case LayerColumn:
        if (one.layer != other.layer)
            return compare(one.layer, other.layer);
        break;
    case ModeColumn:
        if (one.mode != other.mode)
            return compare(one.mode, other.mode);
        break;
    case OwnerColumn:
        if (std::pair(one.uid, one.gid) != std::pair(other.uid, other.gid))
            return compare(std::pair(one.uid, one.gid), std::pair(other.uid, other.gid));
        break;
    default: {
        const bool folders[2] = {one.kind == FileKind::Folder, other.kind == FileKind::Folder};
        if (folders[0] != folders[1])
            return folders[0]; // in front, whichever way the names run
        if (one.name != other.name)
            return compare(one.name, other.name);
    }
    }
    return a < b; // by name
}

const std::vector<std::uint32_t> &ImageTreeModel::rowsOf(std::uint32_t folder) const
{
    if (const auto known = m_rows.find(folder); known != m_rows.end())
        return known->second;
    const ImageNode &node = m_tree->node(folder);
    std::vector<std::uint32_t> rows;
    for (std::uint32_t child = node.firstChild; child < node.firstChild + node.children; ++child) {
        if (isShown(child))
            rows.push_back(child);
    }
    std::ranges::sort(rows, [this](std::uint32_t a, std::uint32_t b) { return before(a, b); });
    for (std::size_t row = 0; row < rows.size(); ++row)
        m_rowOf[rows[row]] = static_cast<std::uint32_t>(row);
    return m_rows.emplace(folder, std::move(rows)).first->second;
}

int ImageTreeModel::rowOf(std::uint32_t node) const
{
    static_cast<void>(rowsOf(m_tree->node(node).parent)); // numbers them
    return static_cast<int>(m_rowOf[node]);
}

void ImageTreeModel::sort(int column, Qt::SortOrder order)
{
    if (column == m_sortColumn && order == m_sortOrder)
        return;
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList old = persistentIndexList();
    m_sortColumn = column;
    m_sortOrder = order;
    m_rows.clear();
    QModelIndexList now;
    for (const QModelIndex &index : old) {
        const std::uint32_t node = nodeOf(index);
        now << createIndex(rowOf(node), index.column(), index.internalId());
    }
    changePersistentIndexList(old, now);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

std::uint32_t ImageTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<std::uint32_t>(index.internalId()) : 0;
}

QModelIndex ImageTreeModel::indexOf(std::uint32_t node) const
{
    if (node == 0 || node >= m_tree->nodes().size() || !isShown(node))
        return {};
    return createIndex(rowOf(node), 0, static_cast<quintptr>(node));
}

QString ImageTreeModel::pathOf(const QModelIndex &index) const
{
    return QString::fromStdString(m_tree->path(nodeOf(index)));
}

QModelIndex ImageTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount || (parent.isValid() && parent.column() != 0))
        return {};
    const std::vector<std::uint32_t> &rows = rowsOf(nodeOf(parent));
    return static_cast<std::size_t>(row) < rows.size()
        ? createIndex(row, column, static_cast<quintptr>(rows[static_cast<std::size_t>(row)]))
        : QModelIndex();
}

QModelIndex ImageTreeModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(m_tree->node(nodeOf(index)).parent) : QModelIndex();
}

int ImageTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() && parent.column() != 0 ? 0 : static_cast<int>(rowsOf(nodeOf(parent)).size());
}

int ImageTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

bool ImageTreeModel::hasChildren(const QModelIndex &parent) const
{
    if (parent.isValid() && parent.column() != 0)
        return false;
    return m_shown.empty() ? m_tree->node(nodeOf(parent)).children > 0 : rowCount(parent) > 0;
}

QString ImageTreeModel::display(const ImageNode &node, int column) const
{
    switch (column) {
    case NameColumn: {
        const QString name = fromUtf8(node.name);
        return node.kind == FileKind::Link ? name + QStringLiteral(" → ") + fromUtf8(node.target) : name;
    }
    case SizeColumn:
        return node.kind == FileKind::Link || node.kind == FileKind::Other ? QString() : sizeText(node.bytes);
    case ChangeColumn: return changeWord(node.change);
    case LayerColumn:
        return node.layer < static_cast<std::uint32_t>(m_layers.size()) ? m_layers[static_cast<qsizetype>(node.layer)]
                                                                        : QString();
    case ModeColumn: return node.mode == 0 && node.kind == FileKind::Folder ? QString() : modeText(node.mode);
    case OwnerColumn: return QStringLiteral("%1:%2").arg(node.uid).arg(node.gid);
    default: return {};
    }
}

QVariant ImageTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const std::uint32_t number = nodeOf(index);
    const ImageNode &node = m_tree->node(number);
    switch (role) {
    case Qt::DisplayRole: return display(node, index.column());
    case Qt::ToolTipRole:
        if (index.column() == SizeColumn)
            return node.kind == FileKind::Folder ? tr("%L1 bytes in %L2 files").arg(node.bytes).arg(node.files)
                                                 : tr("%L1 bytes").arg(node.bytes);
        return index.column() == NameColumn ? pathOf(index) : display(node, index.column());
    case Qt::AccessibleTextRole:
        if (index.column() == NameColumn)
            return QStringList{fromUtf8(node.name), node.kind == FileKind::Folder ? tr("folder") : QString(),
                               sizeText(node.bytes), changeWord(node.change)}
                .join(QStringLiteral(", "));
        return display(node, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (index.column() == SizeColumn ? Qt::AlignRight : Qt::AlignLeft)));
    case KindRole: return static_cast<int>(node.kind);
    case ChangeRole: return node.change ? static_cast<int>(*node.change) : -1;
    case BytesRole: return static_cast<qulonglong>(node.bytes);
    case ShareRole: {
        const std::uint64_t whole = m_tree->node(node.parent).bytes;
        return whole == 0 || node.isRemoved() ? 0.0 : static_cast<double>(node.bytes) / static_cast<double>(whole);
    }
    case MatchRole: return !m_matched.empty() && m_matched[number];
    default: return {};
    }
}

QVariant ImageTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (section == SizeColumn ? Qt::AlignRight : Qt::AlignLeft)));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn: return tr("Name");
    case SizeColumn: return tr("Size");
    case ChangeColumn: return tr("Change");
    case LayerColumn: return tr("Layer");
    case ModeColumn: return tr("Permissions");
    case OwnerColumn: return tr("Owner");
    default: return {};
    }
}

} // namespace stagewright
