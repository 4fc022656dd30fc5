// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layers/EmptyState.h"

#include "theme/Theme.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace stagewright {

namespace {

constexpr int iconSize = 22;
constexpr int widest = 520;

} // namespace

EmptyState::EmptyState(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(new QLabel)
    , m_title(new QLabel)
    , m_text(new QLabel)
    , m_progress(new QProgressBar)
    , m_button(new QPushButton)
{
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(20, 8, 20, 8);
    box->setSpacing(6);
    box->addStretch(1);
    m_title->setAlignment(Qt::AlignCenter);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setMinimumWidth(240);
    m_text->setMaximumWidth(widest);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setFocusPolicy(Qt::NoFocus);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(220, 4);
    m_progress->hide();
    for (QWidget *part : {static_cast<QWidget *>(m_icon), static_cast<QWidget *>(m_title)})
        box->addWidget(part, 0, Qt::AlignHCenter);
    auto *middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(m_text, 100);
    middle->addStretch(1);
    box->addLayout(middle);
    box->addWidget(m_progress, 0, Qt::AlignHCenter);
    box->addSpacing(2);
    box->addWidget(m_button, 0, Qt::AlignHCenter);
    box->addStretch(1);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::actionTriggered);
    connect(&theme, &Theme::changed, this, &EmptyState::applyTheme);
    applyTheme();
}

void EmptyState::show(const QString &icon, const QString &title, const QString &text, const QString &action)
{
    m_iconName = icon;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_button->setText(action);
    m_button->setVisible(!action.isEmpty());
    setBusy(false);
    applyTheme();
}

void EmptyState::setBusy(bool busy)
{
    m_progress->setVisible(busy);
}

bool EmptyState::isBusy() const
{
    return m_progress->isVisibleTo(this);
}

void EmptyState::setText(const QString &text)
{
    m_text->setText(text);
}

QString EmptyState::title() const
{
    return m_title->text();
}

QString EmptyState::text() const
{
    return m_text->text();
}

void EmptyState::applyTheme()
{
    const Tokens &t = m_theme.tokens();
    m_title->setFont(m_theme.uiFont(13, QFont::DemiBold));
    m_text->setFont(m_theme.uiFont(12.5));
    QPalette colours = m_text->palette();
    colours.setColor(QPalette::WindowText, t.text2);
    m_text->setPalette(colours);
    if (!m_iconName.isEmpty())
        m_icon->setPixmap(m_theme.pixmap(m_iconName, t.text3, iconSize, devicePixelRatioF()));
}

} // namespace stagewright
