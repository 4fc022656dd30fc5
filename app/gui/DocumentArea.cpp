// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "DocumentArea.h"

#include "DocumentPage.h"
#include "building/BuildController.h"
#include "building/BuildText.h"
#include "panels/StartPage.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace stagewright {

namespace {

/// The strip behind tabs and path, and the line below them.
class Strip : public QWidget
{
public:
    Strip(const Theme &theme, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
    {
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = m_theme.tokens();
        QPainter painter(this);
        painter.fillRect(rect(), t.window);
        painter.fillRect(QRect(0, height() - 1, width(), 1), t.border);
    }

private:
    const Theme &m_theme;
};

/// Shows the end of a path when there is no room for all of it.
class PathLabel : public QLabel
{
public:
    using QLabel::QLabel;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, 20}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignRight,
                         fontMetrics().elidedText(text(), Qt::ElideLeft, width()));
    }
};

} // namespace

DocumentArea::DocumentArea(const Context &context, StartPage *startPage, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_startPage(startPage)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_strip = new Strip(context.theme, this);
    m_strip->setFixedHeight(32);
    auto *strip = new QHBoxLayout(m_strip);
    strip->setContentsMargins(0, 0, 12, 0);
    strip->setSpacing(12);
    m_tabs = new QTabBar(m_strip);
    m_tabs->setObjectName(QStringLiteral("documentTabs"));
    m_tabs->setTabsClosable(true);
    m_tabs->setMovable(true);
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setElideMode(Qt::ElideMiddle);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setFont(context.theme.uiFont(12.5));
    m_tabs->setAccessibleName(tr("Open documents"));
    strip->addWidget(m_tabs, 0, Qt::AlignBottom);
    m_path = new PathLabel(m_strip);
    m_path->setFont(context.theme.uiFont(12));
    m_path->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    strip->addWidget(m_path, 1);
    layout->addWidget(m_strip);
    m_bars = new MessageBars(context.theme, this);
    layout->addWidget(m_bars);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(startPage);
    layout->addWidget(m_stack, 1);
    m_strip->hide();
    connect(m_tabs, &QTabBar::currentChanged, this, &DocumentArea::showCurrent);
    connect(m_tabs, &QTabBar::tabCloseRequested, this, [this](int tab) { Q_EMIT closeRequested(pageAt(tab)); });
}

DocumentPage *DocumentArea::pageAt(int tab) const
{
    return tab < 0 ? nullptr : qobject_cast<DocumentPage *>(m_tabs->tabData(tab).value<QObject *>());
}

int DocumentArea::tabOf(const DocumentPage *page) const
{
    for (int tab = 0; tab < m_tabs->count(); ++tab) {
        if (pageAt(tab) == page) {
            return tab;
        }
    }
    return -1;
}

void DocumentArea::add(DocumentPage *page)
{
    m_stack->addWidget(page);
    connect(page, &DocumentPage::titleChanged, this, [this, page] { updateTab(page); });
    connect(&page->builds(), &BuildController::phaseChanged, this, [this, page] { updateTab(page); });
    connect(&page->builds(), &BuildController::finished, this, [this, page] { buildEnded(page); });
    int tab = 0;
    {
        const QSignalBlocker blocker(m_tabs); // a tab without its page must not be announced
        tab = m_tabs->addTab(m_context.theme.icon(QStringLiteral("file-code-2")), QString());
        m_tabs->setTabData(tab, QVariant::fromValue<QObject *>(page));
        m_tabs->setCurrentIndex(tab);
    }
    updateTab(page);
    showCurrent();
}

void DocumentArea::remove(DocumentPage *page)
{
    const int tab = tabOf(page);
    if (tab < 0) {
        return;
    }
    {
        const QSignalBlocker blocker(m_tabs);
        m_tabs->removeTab(tab);
    }
    page->disconnect(this);
    page->builds().disconnect(this);
    forgetNews(page);
    showCurrent(); // everybody lets go of the page first
    m_stack->removeWidget(page);
    delete page;
}

DocumentPage *DocumentArea::current() const
{
    return pageAt(m_tabs->currentIndex());
}

std::vector<DocumentPage *> DocumentArea::pages() const
{
    std::vector<DocumentPage *> result;
    for (int tab = 0; tab < m_tabs->count(); ++tab) {
        result.push_back(pageAt(tab));
    }
    return result;
}

void DocumentArea::activate(DocumentPage *page)
{
    m_tabs->setCurrentIndex(tabOf(page));
}

void DocumentArea::activateNext(int step)
{
    if (m_tabs->count() > 1) {
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + step + m_tabs->count()) % m_tabs->count());
    }
}

void DocumentArea::showCurrent()
{
    DocumentPage *page = current();
    m_strip->setVisible(page != nullptr);
    m_stack->setCurrentWidget(page ? static_cast<QWidget *>(page) : m_startPage);
    m_path->setText(page ? page->displayPath() : QString());
    m_path->setToolTip(page ? page->file().path() : QString());
    if (std::exchange(m_shown, page) == page)
        return;
    if (page && std::ranges::contains(m_news, page)) {
        forgetNews(page);
        updateTab(page);
    }
    Q_EMIT currentChanged(page);
}

void DocumentArea::forgetNews(const DocumentPage *page)
{
    if (!m_news.empty() && m_news.back() == page)
        m_bars->hide(MessageBars::Subject::Build); // it is about that one
    std::erase(m_news, page);
}

/// A build of a document that is not shown: its tab says so, and a bar above the one that is.
void DocumentArea::buildEnded(DocumentPage *page)
{
    if (page == m_shown)
        return;
    std::erase(m_news, page);
    m_news.push_back(page);
    updateTab(page);
    const BuildController &builds = page->builds();
    const bool good = builds.result() == engine::BuildResult::Built;
    const QString took = builds.result() == engine::BuildResult::NotStarted
        ? QString()
        : QStringLiteral(", ") + durationText(builds.elapsed());
    m_bars->show(MessageBars::Subject::Build, good ? MessageBar::Level::Note : MessageBar::Level::Warning,
                 tr("%1: %2").arg(page->file().name(), buildSentence(builds) + took),
                 {{tr("Show"), [this, page] { activate(page); }, true}});
}

/// What a tab's icon says about a build that nobody sees otherwise; null: nothing.
QIcon DocumentArea::buildIcon(const DocumentPage *page) const
{
    const Theme &theme = m_context.theme;
    if (page->builds().isBusy())
        return theme.icon(QStringLiteral("loader-circle"), theme.tokens().accent);
    if (!std::ranges::contains(m_news, page))
        return {};
    return page->builds().result() == engine::BuildResult::Built
        ? theme.icon(QStringLiteral("circle-check"), theme.tokens().ok)
        : theme.icon(QStringLiteral("circle-x"), theme.tokens().error);
}

void DocumentArea::updateTab(DocumentPage *page)
{
    const int tab = tabOf(page);
    if (tab < 0) {
        return;
    }
    QString name = page->file().name();
    name.replace(QLatin1Char('&'), QLatin1StringView("&&"));
    m_tabs->setTabText(tab, page->file().isModified() ? name + QStringLiteral("  ●") : name);
    m_tabs->setTabToolTip(
        tab, page->file().isModified() ? tr("%1 (changed)").arg(page->displayPath()) : page->displayPath());
    if (const QIcon icon = buildIcon(page); !icon.isNull()) {
        m_tabs->setTabIcon(tab, icon);
        m_tabs->setTabToolTip(tab, m_tabs->tabToolTip(tab) + u'\n' + buildSentence(page->builds()));
    } else {
        m_tabs->setTabIcon(tab, m_context.theme.icon(QStringLiteral("file-code-2")));
    }
    if (page == m_shown) {
        m_path->setText(page->displayPath());
        m_path->setToolTip(page->file().path());
    }
}

} // namespace stagewright
