// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Siblings.h"

#include <QAbstractTableModel>

#include <vector>

namespace stagewright {

/// Images side by side: one a row, what is known about it in the columns.
class ComparisonModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int {
        ImageColumn,
        ShellColumn,
        PackagesColumn,
        LibcColumn,
        UserColumn,
        EntrypointColumn,
        WorkdirColumn,
        CertificatesColumn,
        ZonesColumn,
        StatusColumn,
        SizeColumn,
        ColumnCount
    };
    enum Role : int {
        DiffersRole = Qt::UserRole + 1, ///< Whether the fact is another one than of the image that was asked about.
        UnknownRole,                    ///< Whether the catalogue does not know it.
        ToneRole,                       ///< FactRow::Tone as int.
        AskedRole,                      ///< Whether this is the image that was asked about.
    };

    explicit ComparisonModel(QObject *parent = nullptr);
    void setSiblings(Siblings siblings);
    [[nodiscard]] const Siblings &siblings() const { return m_siblings; }
    /// The row of the image that was asked about; -1 when there is none.
    [[nodiscard]] int askedRow() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Cell
    {
        QString text; ///< "" when it is not known.
        int tone = 0;
        QString same; ///< Cells with the same one mean the same; "": the text tells.
        [[nodiscard]] const QString &key() const { return same.isEmpty() ? text : same; }
    };
    [[nodiscard]] static std::vector<Cell> cellsOf(const Sibling &sibling);

    Siblings m_siblings;
    std::vector<std::vector<Cell>> m_cells; ///< [row][column]
};

} // namespace stagewright
