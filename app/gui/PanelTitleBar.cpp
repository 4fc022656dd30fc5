// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "PanelTitleBar.h"

#include "theme/Theme.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QPainter>
#include <QTabBar>
#include <QToolButton>

namespace stagewright {

PanelTitleBar::PanelTitleBar(const Theme &theme, QDockWidget *dock)
    : QWidget(dock)
    , m_theme(theme)
    , m_dock(dock)
{
    m_layout = new QHBoxLayout(this);
    m_layout->setContentsMargins(0, 0, 6, 1);
    m_layout->setSpacing(1);
    m_layout->addStretch(1);
    m_corner = 1;
    QToolButton *floating = addButton(QStringLiteral("picture-in-picture-2"), tr("Float or dock this panel"));
    connect(floating, &QToolButton::clicked, dock, [dock] { dock->setFloating(!dock->isFloating()); });
    QToolButton *close = addButton(QStringLiteral("x"), tr("Close this panel (View shows it again)"));
    connect(close, &QToolButton::clicked, dock, &QDockWidget::close);
    connect(dock, &QDockWidget::windowTitleChanged, this, qOverload<>(&QWidget::update));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QToolButton *PanelTitleBar::addButton(const QString &icon, const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setAutoRaise(true);
    button->setProperty("small", true);
    button->setIcon(m_theme.icon(icon));
    button->setIconSize({14, 14});
    button->setFixedSize(22, 22);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setFocusPolicy(Qt::TabFocus);
    m_layout->addWidget(button);
    return button;
}

QTabBar *PanelTitleBar::useTabs()
{
    if (!m_tabs) {
        m_tabs = new QTabBar(this);
        m_tabs->setDrawBase(false);
        m_tabs->setExpanding(false);
        m_tabs->setFont(m_theme.uiFont(12.5));
        m_layout->setContentsMargins(0, 0, 6, 0);
        m_layout->insertWidget(0, m_tabs, 0, Qt::AlignBottom);
        ++m_corner;
        updateGeometry();
    }
    return m_tabs;
}

void PanelTitleBar::addCorner(QWidget *widget)
{
    m_layout->insertWidget(m_corner++, widget);
}

QSize PanelTitleBar::sizeHint() const
{
    return {120, m_tabs ? 32 : 30};
}

QSize PanelTitleBar::minimumSizeHint() const
{
    return {80, m_tabs ? 32 : 30};
}

void PanelTitleBar::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.window);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.border);
    if (!m_tabs) {
        painter.setFont(m_theme.uiFont(12.5, QFont::DemiBold));
        painter.setPen(t.text);
        const QRect room = rect().adjusted(14, 0, -70, -1);
        painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(m_dock->windowTitle(), Qt::ElideRight, room.width()));
    }
}

} // namespace stagewright
