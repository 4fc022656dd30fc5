// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "MessageBar.h"

#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace stagewright {

MessageBar::MessageBar(const Theme &theme, Level level, const QString &text, std::vector<Button> buttons, bool closable,
                       QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_level(level)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(38, 5, 8, 6);
    layout->setSpacing(8);
    m_text = new QLabel(text, this);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText); // it may hold a file name
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_text, 1);
    for (const Button &button : buttons) {
        auto *push = new QPushButton(button.text, this);
        push->setProperty("primary", button.primary);
        connect(push, &QPushButton::clicked, this, [this, action = button.action] {
            const auto keep = action; // closing deletes this lambda's owner later, not now
            Q_EMIT closed();
            if (keep) {
                keep();
            }
        });
        layout->addWidget(push);
    }
    if (closable) {
        auto *close = new QToolButton(this);
        close->setAutoRaise(true);
        close->setProperty("small", true);
        close->setIcon(theme.icon(QStringLiteral("x")));
        close->setToolTip(tr("Close this message"));
        close->setAccessibleName(tr("Close this message"));
        connect(close, &QToolButton::clicked, this, &MessageBar::closed);
        layout->addWidget(close);
    }
    setAccessibleName(text);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    const bool error = m_level == Level::Error;
    const bool warning = m_level == Level::Warning;
    QPainter painter(this);
    painter.fillRect(rect(), error ? t.errorTint : warning ? t.warnTint : t.accentTint);
    painter.fillRect(QRect(0, height() - 1, width(), 1), error ? t.errorLine : warning ? t.warnLine : t.border2);
    const QString icon = error ? QStringLiteral("circle-x")
        : warning              ? QStringLiteral("triangle-alert")
                               : QStringLiteral("info");
    painter.drawPixmap(13, (height() - 16) / 2,
                       m_theme.pixmap(icon,
                                      error         ? t.error
                                          : warning ? t.warn
                                                    : t.accent,
                                      16, devicePixelRatioF()));
}

MessageBars::MessageBars(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
}

MessageBar *MessageBars::show(Subject subject, MessageBar::Level level, const QString &text,
                              std::vector<MessageBar::Button> buttons, bool closable)
{
    hide(subject);
    auto *bar = new MessageBar(m_theme, level, text, std::move(buttons), closable, this);
    connect(bar, &MessageBar::closed, this, [this, subject] { hide(subject); });
    m_bars.emplace_back(subject, bar);
    layout()->addWidget(bar);
    bar->show();
    return bar;
}

void MessageBars::hide(Subject subject)
{
    const auto found = std::ranges::find(m_bars, subject, &std::pair<Subject, MessageBar *>::first);
    if (found != m_bars.end()) {
        found->second->hide();
        found->second->deleteLater();
        m_bars.erase(found);
    }
}

MessageBar *MessageBars::bar(Subject subject) const
{
    const auto found = std::ranges::find(m_bars, subject, &std::pair<Subject, MessageBar *>::first);
    return found == m_bars.end() ? nullptr : found->second;
}

} // namespace stagewright
