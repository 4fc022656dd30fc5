// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "session/DocumentSizes.h"

#include <QTreeView>

QT_BEGIN_NAMESPACE
class QSortFilterProxyModel;
QT_END_NAMESPACE

namespace stagewright {

class LayersModel;
class Theme;

/// What every instruction adds, sortable by each column; the biggest first at the beginning.
class LayersTable : public QTreeView
{
    Q_OBJECT
public:
    explicit LayersTable(const Theme &theme, QWidget *parent = nullptr);

    void setSizes(const DocumentSizes &sizes);
    /// The row of an instruction, without telling anybody.
    void setCurrent(InstructionId instruction);
    [[nodiscard]] LayersModel &layers() const { return *m_model; }

Q_SIGNALS:
    /// Somebody chose a row here.
    void chosen(stagewright::InstructionId instruction);

private:
    class Delegate;
    void applyTheme();

    const Theme &m_theme;
    LayersModel *m_model = nullptr;
    QSortFilterProxyModel *m_sorted = nullptr;
    bool m_following = false;
};

} // namespace stagewright
