// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "BottomTabs.h"

#include "PanelTitleBar.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>

#include <algorithm>

namespace stagewright {

BottomTabs::BottomTabs(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
{
    auto *box = new QHBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->addWidget(m_stack);
}

void BottomTabs::setTitleBar(PanelTitleBar *title)
{
    m_title = title;
    m_tabs = title->useTabs();
    m_tabs->setObjectName(QStringLiteral("bottomTabs"));
    connect(m_tabs, &QTabBar::currentChanged, this, &BottomTabs::showCurrent);
}

void BottomTabs::add(const char *name, const QString &title, QWidget *panel, QWidget *corner)
{
    m_pages.push_back({QString::fromLatin1(name), title, panel, corner});
    panel->setAutoFillBackground(true);
    m_stack->addWidget(panel);
    if (corner) {
        m_title->addCorner(corner);
        corner->setVisible(m_pages.size() == 1);
    }
    m_tabs->addTab(title); // last: the first tab is shown at once
}

int BottomTabs::indexOf(const QString &name) const
{
    const auto found = std::ranges::find(m_pages, name, &Page::name);
    return found == m_pages.end() ? -1 : static_cast<int>(found - m_pages.begin());
}

void BottomTabs::show(const char *name)
{
    if (const int index = indexOf(QString::fromLatin1(name)); index >= 0)
        m_tabs->setCurrentIndex(index);
}

bool BottomTabs::isShown(const char *name) const
{
    return m_tabs->currentIndex() >= 0 && m_tabs->currentIndex() == indexOf(QString::fromLatin1(name));
}

void BottomTabs::setBadge(const char *name, const QString &badge)
{
    const int index = indexOf(QString::fromLatin1(name));
    if (index < 0)
        return;
    const QString &title = m_pages[static_cast<std::size_t>(index)].title;
    const QString text = badge.isEmpty() ? title : title + QStringLiteral("  ") + badge;
    if (m_tabs->tabText(index) != text)
        m_tabs->setTabText(index, text);
}

void BottomTabs::showCurrent(int index)
{
    if (index < 0 || static_cast<std::size_t>(index) >= m_pages.size())
        return;
    m_stack->setCurrentIndex(index);
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        if (m_pages[i].corner)
            m_pages[i].corner->setVisible(static_cast<int>(i) == index);
    }
    Q_EMIT shown(m_pages[static_cast<std::size_t>(index)].name);
}

} // namespace stagewright
