// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "BuildBar.h"

#include "Actions.h"
#include "building/BuildController.h"
#include "building/EngineList.h"
#include "building/EngineText.h"
#include "theme/Theme.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QStyle>

namespace stagewright {

namespace {

constexpr int dotSize = 7;

} // namespace

EngineChip::EngineChip(const Theme &theme, EngineList &engines, QWidget *parent)
    : QPushButton(parent)
    , m_theme(theme)
    , m_engines(engines)
{
    setObjectName(QStringLiteral("engineChip"));
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QPushButton::clicked, this, &EngineChip::openMenu);
    connect(&engines, &EngineList::changed, this, &EngineChip::refresh);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    refresh();
}

QSize EngineChip::sizeHint() const
{
    return {QFontMetrics(m_theme.uiFont(12)).horizontalAdvance(text()) + 14 + dotSize + 7 + 14, 26};
}

void EngineChip::refresh()
{
    const engine::Engine *chosen = m_engines.chosen();
    QString tip;
    switch (m_engines.state()) {
    case EngineList::State::NotAsked:
        setText(tr("Find engines"));
        tip = tr("No build engine was asked yet. Nothing is started before you want to build.");
        break;
    case EngineList::State::Asking:
        setText(tr("Asking engines…"));
        tip = tr("Docker, Podman and Buildah are being asked whether they are there.");
        break;
    case EngineList::State::Known:
        setText(chosen ? chosen->shortName() : tr("No engine"));
        tip = chosen ? engineDetails(*chosen) : tr("%1 Press for what to do.").arg(noEngineText(m_engines.problems()));
        break;
    }
    setToolTip(tip);
    setAccessibleName(tr("Build engine: %1").arg(text()));
    setAccessibleDescription(tip);
    updateGeometry();
    update();
}

void EngineChip::openMenu()
{
    if (m_engines.state() == EngineList::State::NotAsked) {
        m_engines.ask();
        return;
    }
    if (m_engines.state() == EngineList::State::Asking)
        return;
    if (m_engines.engines().empty()) {
        Q_EMIT helpRequested();
        return;
    }
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("engineMenu"));
    menu.setToolTipsVisible(true);
    auto *group = new QActionGroup(&menu);
    for (const engine::Engine &one : m_engines.engines()) {
        QAction *action = menu.addAction(engineLine(one));
        action->setCheckable(true);
        action->setChecked(m_engines.chosen() && m_engines.chosen()->kind == one.kind);
        action->setToolTip(engineDetails(one));
        group->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, name = engine::engineName(one.kind)] { m_engines.setPreferred(name); });
    }
    menu.addSeparator();
    QAction *again = menu.addAction(m_theme.icon(QStringLiteral("refresh-cw")), tr("Look again"));
    connect(again, &QAction::triggered, &m_engines, &EngineList::ask);
    menu.exec(mapToGlobal(QPoint(0, height() + 2)));
}

void EngineChip::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(hasFocus() ? QPen(t.accent, 1.5) : QPen(t.border2, 1));
    painter.setBrush(underMouse() && isEnabled() ? t.hover : QColor(Qt::transparent));
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    const QRectF dot(13, (height() - dotSize) / 2.0, dotSize, dotSize);
    if (m_engines.state() == EngineList::State::Known) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_engines.chosen() ? t.ok : t.error);
        painter.drawEllipse(dot);
    } else {
        painter.setPen(QPen(t.text3, 1.3));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(dot.adjusted(0.6, 0.6, -0.6, -0.6));
    }
    painter.setFont(m_theme.uiFont(12));
    painter.setPen(isEnabled() ? t.text2 : t.text3);
    painter.drawText(rect().adjusted(13 + dotSize + 7, 0, -12, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
}

BuildBar::BuildBar(const Theme &theme, const Actions &actions, EngineList &engines, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_actions(actions)
    , m_button(new QPushButton(this))
    , m_chip(new EngineChip(theme, engines, this))
{
    m_button->setObjectName(QStringLiteral("buildButton"));
    m_button->setLayoutDirection(Qt::RightToLeft); // the icon behind the word
    m_button->setMinimumWidth(78);
    m_button->setFocusPolicy(Qt::TabFocus);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 6, 0);
    row->setSpacing(10);
    row->addWidget(m_button);
    row->addWidget(m_chip);
    connect(m_button, &QPushButton::clicked, this,
            [this] { (m_actions.stopBuild->isEnabled() ? m_actions.stopBuild : m_actions.build)->trigger(); });
    connect(&theme, &Theme::changed, this, [this] { m_button->setIcon({}); });
    showBuild(nullptr);
}

void BuildBar::showBuild(const BuildController *builds)
{
    const bool busy = builds && builds->isBusy();
    const bool stopping = busy && builds->phase() == BuildController::Phase::Stopping;
    const Tokens &t = m_theme.tokens();
    m_button->setText(!busy ? tr("Build") : stopping ? tr("Stopping") : tr("Stop"));
    m_button->setIcon(busy ? m_theme.icon(QStringLiteral("stop"), t.error)
                           : m_theme.icon(QStringLiteral("play"), t.onAccent));
    m_button->setEnabled(builds && !stopping);
    const QAction *action = busy ? m_actions.stopBuild : m_actions.build;
    m_button->setToolTip(action->toolTip());
    m_button->setAccessibleName(m_button->text());
    if (m_button->property("primary").toBool() == busy) {
        m_button->setProperty("primary", !busy);
        m_button->style()->polish(m_button);
    }
    m_button->update();
    m_chip->setEnabled(builds != nullptr && !busy);
}

} // namespace stagewright
