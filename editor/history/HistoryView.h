// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildHistory.h"

#include <QWidget>

#include <span>

QT_BEGIN_NAMESPACE
class QLabel;
class QStackedWidget;
class QTreeView;
QT_END_NAMESPACE

namespace stagewright {

class SizeChangesModel;
class EmptyState;
class HistoryModel;
class Theme;

/// The builds of a file; choosing two of them (or one: with the one before it) tells what changed in between.
class HistoryView : public QWidget
{
    Q_OBJECT
public:
    explicit HistoryView(const Theme &theme, QWidget *parent = nullptr);
    /// Oldest first.
    void setRecords(std::span<const engine::BuildRecord> records);

    [[nodiscard]] QTreeView &list() const { return *m_list; }
    [[nodiscard]] HistoryModel &model() const { return *m_model; }
    [[nodiscard]] SizeChangesModel &comparison() const { return *m_changes; }
    [[nodiscard]] QString headline() const;

private:
    class Delegate;
    void applyTheme();
    void compare();

    const Theme &m_theme;
    HistoryModel *m_model = nullptr;
    SizeChangesModel *m_changes = nullptr;
    QStackedWidget *m_pages = nullptr;
    EmptyState *m_empty = nullptr;
    QTreeView *m_list = nullptr;
    QTreeView *m_table = nullptr;
    QLabel *m_headline = nullptr;
};

} // namespace stagewright
