// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/ConsolePanel.h"

#include "building/BuildController.h"
#include "building/ConsoleLog.h"
#include "building/ConsoleView.h"
#include "building/StepsModel.h"
#include "theme/Theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

namespace stagewright {

namespace {

// What an entry of the filter stands for
constexpr int everything = -1;
constexpr int stageFlag = 1 << 20; ///< A stage's index is behind it; without it, a step's.

} // namespace

ConsolePanel::ConsolePanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_view(new ConsoleView(theme))
    , m_tools(new QWidget(this))
    , m_search(new QLineEdit)
    , m_found(new QLabel)
    , m_filter(new QComboBox)
    , m_toEnd(new QPushButton)
{
    setObjectName(QStringLiteral("consolePanel"));
    m_view->setObjectName(QStringLiteral("console"));
    m_view->setEmptyText(tr("What a build prints stands here."));
    auto *box = new QHBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->addWidget(m_view);
    makeTools();
    m_search->installEventFilter(this);
    m_view->installEventFilter(this);
    fillFilter();
}

void ConsolePanel::makeTools()
{
    auto *row = new QHBoxLayout(m_tools);
    row->setContentsMargins(8, 2, 6, 2);
    row->setSpacing(6);
    m_search->setObjectName(QStringLiteral("consoleSearch"));
    m_search->setPlaceholderText(tr("Search the output"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->setFixedSize(170, 26);
    m_found->setFont(m_theme.uiFont(12));
    m_filter->setObjectName(QStringLiteral("consoleFilter"));
    m_filter->setAccessibleName(tr("Show the output of"));
    m_filter->setFixedSize(150, 26);
    m_filter->view()->setMinimumWidth(360);
    m_filter->view()->setTextElideMode(Qt::ElideRight);
    const auto button = [this](QPushButton *one, const char *icon, const QString &name) {
        one->setFlat(true);
        one->setProperty("small", true);
        one->setAutoDefault(false);
        one->setIcon(m_theme.icon(QString::fromLatin1(icon)));
        one->setFixedSize(26, 24);
        one->setToolTip(name);
        one->setAccessibleName(name);
        return one;
    };
    auto *copy = button(new QPushButton, "copy", tr("Copy the selected lines, or all that are shown"));
    button(m_toEnd, "arrow-down", tr("Go to the end, and follow it"));
    m_toEnd->setEnabled(false);
    row->addWidget(m_found);
    row->addWidget(m_search);
    row->addWidget(m_filter);
    row->addWidget(copy);
    row->addWidget(m_toEnd);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &words) {
        const bool found = m_view->find(words);
        const int count = m_view->count(words);
        m_found->setText(words.isEmpty() ? QString() : count == 1 ? tr("1 place") : tr("%1 places").arg(count));
        m_search->setProperty("invalid", !found && !words.isEmpty());
        m_search->update();
    });
    connect(m_filter, &QComboBox::activated, this, &ConsolePanel::applyFilter);
    connect(copy, &QPushButton::clicked, this, &ConsolePanel::copyAll);
    connect(m_toEnd, &QPushButton::clicked, m_view, &ConsoleView::scrollToEnd);
    connect(m_view, &ConsoleView::followingChanged, m_toEnd, &QWidget::setDisabled);
}

void ConsolePanel::setBuild(const BuildController *builds)
{
    if (m_builds == builds)
        return;
    if (m_builds)
        m_builds->disconnect(this);
    m_builds = builds;
    if (builds) {
        connect(builds, &BuildController::started, this, [this] {
            m_filterSteps = 0;
            m_filter->clear();
            fillFilter();
            applyFilter();
        });
        connect(builds, &BuildController::progressed, this, &ConsolePanel::fillFilter);
    }
    m_filter->clear();
    m_filterSteps = 0;
    m_view->setLog(builds ? &builds->log() : nullptr);
    fillFilter();
    applyFilter();
}

/// Adds what came; what is chosen stays chosen.
void ConsolePanel::fillFilter()
{
    if (m_filter->count() == 0) {
        m_filter->addItem(tr("All stages"), everything);
        if (m_builds && m_builds->snapshot()) {
            for (const Stage &stage : m_builds->snapshot()->graph().stages()) {
                if (stage.reachable)
                    m_filter->addItem(tr("Stage %1").arg(QString::fromStdString(stage.displayName)),
                                      stageFlag + int(indexOf(stage.id)));
            }
        }
    }
    if (!m_builds)
        return;
    const engine::BuildProgress &progress = m_builds->progress();
    for (; m_filterSteps < progress.size() && !progress.step(m_filterSteps).name.empty(); ++m_filterSteps)
        m_filter->addItem(QString::fromStdString(progress.step(m_filterSteps).name), int(m_filterSteps));
}

void ConsolePanel::applyFilter()
{
    const int chosen = m_filter->currentData().isValid() ? m_filter->currentData().toInt() : everything;
    if (chosen == everything) {
        m_view->setFilter({});
        return;
    }
    if (chosen < stageFlag) {
        m_view->setFilter([chosen](int source) { return source == chosen; });
        return;
    }
    const auto stage = static_cast<StageId>(chosen - stageFlag);
    m_view->setFilter([this, stage](int source) {
        return source >= 0 && m_builds && m_builds->steps()
            && m_builds->steps()->placeOf(std::size_t(source)).stage == stage;
    });
}

void ConsolePanel::showAll()
{
    m_filter->setCurrentIndex(0);
    applyFilter();
    m_view->scrollToEnd();
}

void ConsolePanel::copyAll()
{
    if (m_view->textCursor().hasSelection())
        m_view->copy();
    else
        QApplication::clipboard()->setText(m_view->toPlainText());
}

void ConsolePanel::find()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ConsolePanel::findNext(bool backward)
{
    m_view->find(m_search->text(), backward);
}

bool ConsolePanel::hasTheFocus() const
{
    const QWidget *focus = QApplication::focusWidget();
    return focus && (focus == m_view || isAncestorOf(focus) || m_tools->isAncestorOf(focus));
}

bool ConsolePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            findNext(key->modifiers() & Qt::ShiftModifier);
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            m_search->clear();
            m_view->setFocus(Qt::OtherFocusReason);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace stagewright
