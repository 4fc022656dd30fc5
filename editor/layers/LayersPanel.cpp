// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layers/LayersPanel.h"

#include "history/HistoryView.h"
#include "layers/EmptyState.h"
#include "layers/LayersTable.h"
#include "layers/SizeSummary.h"
#include "layers/StageBars.h"
#include "panels/ChoiceChips.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QStackedWidget>

namespace stagewright {

namespace {

constexpr int summaryWidth = 296;
constexpr int narrowSummary = 236;

} // namespace

LayersPanel::LayersPanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_switch(new ChoiceChips(theme, this))
    , m_pages(new QStackedWidget)
    , m_empty(new EmptyState(theme))
    , m_summary(new SizeSummary(theme))
    , m_views(new QStackedWidget)
    , m_bars(new StageBars(theme))
    , m_table(new LayersTable(theme))
    , m_treemap(new TreemapView(theme))
    , m_history(new HistoryView(theme))
{
    m_switch->add(tr("Bars"), tr("One bar a stage, and the same as lists"));
    m_switch->add(tr("Table"), tr("Sortable by each column"));
    m_switch->add(tr("Treemap"), tr("Areas in proportion to bytes"));
    m_switch->add(tr("History"), tr("The builds of this file, and what each change did"));
    connect(m_switch, &ChoiceChips::currentChanged, this, &LayersPanel::showPage);

    auto *content = new QWidget;
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_summary->setMinimumWidth(narrowSummary);
    m_summary->setMaximumWidth(summaryWidth);
    row->addWidget(m_summary, 1);
    auto *rule = new QWidget;
    rule->setFixedWidth(1);
    rule->setAutoFillBackground(true);
    const auto colourRule = [rule, &theme] {
        QPalette colours = rule->palette();
        colours.setColor(QPalette::Window, theme.tokens().border);
        rule->setPalette(colours);
    };
    colourRule();
    connect(&theme, &Theme::changed, rule, colourRule);
    row->addWidget(rule);
    row->addWidget(m_views, 3);
    m_views->addWidget(m_bars);
    m_views->addWidget(m_table);
    m_views->addWidget(m_treemap);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(content);
    m_pages->addWidget(m_history);
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(0);
    box->addWidget(m_switch, 0, Qt::AlignRight);
    box->addWidget(m_pages, 1);

    m_treemap->setSource(&m_tree);
    m_treemap->setEmptyText(tr("Nothing weighs anything"));
    connect(m_bars, &StageBars::chosen, this, &LayersPanel::select);
    connect(m_table, &LayersTable::chosen, this, &LayersPanel::select);
    connect(m_treemap, &TreemapView::chosen, this, [this](int node) { select(m_tree.instructionOf(node)); });
    connect(m_empty, &EmptyState::actionTriggered, this, &LayersPanel::noticeAction);
    refresh();
}

void LayersPanel::setSession(DocumentSession *session)
{
    if (session == m_session)
        return;
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    m_waste.reset();
    if (session) {
        connect(session, &DocumentSession::sizesChanged, this, &LayersPanel::refresh);
        connect(session, &DocumentSession::changed, this, &LayersPanel::refresh);
        connect(session, &DocumentSession::selectionChanged, this, [this](const Selection &, QObject *source) {
            if (source != this)
                follow();
        });
    }
    refresh();
}

void LayersPanel::setNotice(const QString &icon, const QString &title, const QString &text, const QString &action)
{
    m_icon = icon;
    m_title = title;
    m_text = text;
    m_action = action;
    refreshEmpty();
}

void LayersPanel::setWaste(const std::optional<WasteFacts> &waste)
{
    m_waste = waste;
    if (!isEmpty())
        m_summary->showSizes(m_session->sizes(), *m_session->snapshot(), m_waste);
}

void LayersPanel::setView(View view)
{
    m_switch->setCurrent(static_cast<int>(view));
}

LayersPanel::View LayersPanel::view() const
{
    return static_cast<View>(m_switch->current());
}

bool LayersPanel::isEmpty() const
{
    return !m_session || !m_session->sizes().isMeasured();
}

void LayersPanel::refresh()
{
    static const DocumentSizes none;
    const DocumentSizes &sizes = m_session ? m_session->sizes() : none;
    m_bars->setSizes(sizes);
    m_table->setSizes(sizes);
    m_tree.setSizes(sizes);
    m_treemap->sourceChanged();
    if (isEmpty()) {
        refreshEmpty();
    } else {
        m_summary->showSizes(sizes, *m_session->snapshot(), m_waste);
        follow();
    }
    showPage();
}

void LayersPanel::showPage()
{
    if (view() == View::History) {
        m_pages->setCurrentWidget(m_history);
        return;
    }
    m_pages->setCurrentIndex(isEmpty() ? 0 : 1);
    m_views->setCurrentIndex(static_cast<int>(view()));
}

void LayersPanel::setHistory(std::span<const engine::BuildRecord> records)
{
    m_history->setRecords(records);
}

void LayersPanel::refreshEmpty()
{
    if (!isEmpty())
        return;
    QString text = m_text;
    if (m_session) {
        for (const Stage &stage : m_session->snapshot()->graph().stages()) {
            const GuessedSize *guess = stage.isTarget ? m_session->sizes().estimateOf(stage.id) : nullptr;
            if (guess)
                text += (text.isEmpty() ? QString() : QStringLiteral("\n"))
                    + tr("Until then an estimate, not a measurement: %1 for %2. %3")
                          .arg(estimateText(*guess), QString::fromStdString(stage.displayName), guess->how);
        }
    }
    m_empty->show(m_icon.isEmpty() ? QStringLiteral("layers") : m_icon,
                  !m_session              ? tr("No document is open")
                      : m_title.isEmpty() ? tr("Nothing has been built yet")
                                          : m_title,
                  !m_session ? QString()
                      : m_title.isEmpty() && text.isEmpty()
                      ? tr("A build tells what every instruction adds to the image, and what stays behind.")
                      : text,
                  m_session ? m_action : QString());
}

void LayersPanel::select(InstructionId instruction)
{
    if (!m_session || instruction == InstructionId::None || m_session->isPublishing())
        return;
    m_session->reveal(m_session->snapshot()->tree().instruction(instruction).range, this);
    follow();
}

void LayersPanel::follow()
{
    if (isEmpty())
        return;
    const Selection &selection = m_session->selection();
    const InstructionId chosen
        = selection.instructions.size() == 1 ? selection.instructions.front() : InstructionId::None;
    m_bars->setCurrent(chosen);
    m_table->setCurrent(chosen);
    m_treemap->setCurrent(m_tree.nodeOf(chosen));
}

} // namespace stagewright
