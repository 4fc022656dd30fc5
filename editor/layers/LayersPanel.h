// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildHistory.h"
#include "layers/LayersTreemap.h"
#include "layers/SizeInsight.h"

#include <QPointer>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <span>

QT_BEGIN_NAMESPACE
class QStackedWidget;
QT_END_NAMESPACE

namespace stagewright {

class ChoiceChips;
class DocumentSession;
class EmptyState;
class HistoryView;
class LayersTable;
class SizeSummary;
class StageBars;
class Theme;

/// What each instruction adds to the images of the last build: a summary, and bars, a table or a treemap. Choosing
/// anything selects the instruction in all views, and the other way round.
class LayersPanel : public QWidget
{
    Q_OBJECT
public:
    enum class View : std::uint8_t { Bars, Table, Treemap, History };

    explicit LayersPanel(const Theme &theme, QWidget *parent = nullptr);

    /// Null: nothing is open.
    void setSession(DocumentSession *session);
    /// What stands there while nothing was measured; see EmptyState::show().
    void setNotice(const QString &icon, const QString &title, const QString &text, const QString &action = {});
    /// What the files of the image tell, once it was read.
    void setWaste(const std::optional<WasteFacts> &waste);

    /// The builds of this file, oldest first.
    void setHistory(std::span<const engine::BuildRecord> records);

    /// Bars, table, treemap, history: for a dock's title, who owns it then.
    [[nodiscard]] ChoiceChips *viewSwitch() const { return m_switch; }
    void setView(View view);
    [[nodiscard]] View view() const;

    [[nodiscard]] StageBars &bars() const { return *m_bars; }
    [[nodiscard]] LayersTable &table() const { return *m_table; }
    [[nodiscard]] TreemapView &treemap() const { return *m_treemap; }
    [[nodiscard]] HistoryView &history() const { return *m_history; }
    [[nodiscard]] SizeSummary &summary() const { return *m_summary; }
    [[nodiscard]] EmptyState &emptyState() const { return *m_empty; }
    [[nodiscard]] bool isEmpty() const;

Q_SIGNALS:
    /// The button of the notice.
    void noticeAction();

private:
    void refresh();
    void refreshEmpty();
    void showPage();
    void select(InstructionId instruction);
    void follow();

    const Theme &m_theme;
    QPointer<DocumentSession> m_session;
    LayersTreemap m_tree;
    ChoiceChips *m_switch = nullptr;
    QStackedWidget *m_pages = nullptr;
    EmptyState *m_empty = nullptr;
    SizeSummary *m_summary = nullptr;
    QStackedWidget *m_views = nullptr;
    StageBars *m_bars = nullptr;
    LayersTable *m_table = nullptr;
    TreemapView *m_treemap = nullptr;
    HistoryView *m_history = nullptr;
    std::optional<WasteFacts> m_waste;
    QString m_icon, m_title, m_text, m_action;
};

} // namespace stagewright
