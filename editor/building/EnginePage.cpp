// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/EnginePage.h"

#include "building/BuildController.h"
#include "building/EngineList.h"
#include "building/EngineText.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QFrame>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>

namespace stagewright {

EnginePage::EnginePage(const Theme &theme, EngineList &engines, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_engines(engines)
    , m_title(new QLabel)
    , m_text(new QLabel)
    , m_choice(new QComboBox)
    , m_details(new QLabel)
    , m_command(new QLabel)
    , m_problems(new QWidget)
    , m_problemRows(new QVBoxLayout(m_problems))
    , m_advice(new QWidget)
    , m_adviceRows(new QVBoxLayout(m_advice))
    , m_build(new QPushButton(tr("Build")))
    , m_options(new QPushButton(tr("Options…")))
    , m_copy(new QPushButton(tr("Copy the command")))
    , m_again(new QPushButton(tr("Look again")))
{
    setObjectName(QStringLiteral("enginePage"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    auto *content = new QWidget;
    auto *box = new QVBoxLayout(content);
    box->setContentsMargins(20, 10, 20, 10);
    box->setSpacing(7);
    m_title->setFont(theme.uiFont(14, QFont::DemiBold));
    m_text->setWordWrap(true);
    m_choice->setObjectName(QStringLiteral("engineChoice"));
    m_choice->setAccessibleName(tr("Build engine"));
    m_choice->setMaximumWidth(420);
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(24);
    m_details->setForegroundRole(QPalette::PlaceholderText);
    m_details->setFont(theme.uiFont(12));
    m_command->setObjectName(QStringLiteral("nextCommand"));
    m_command->setFont(theme.monoFont(12));
    m_command->setWordWrap(true);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    for (QVBoxLayout *rows : {m_problemRows, m_adviceRows}) {
        rows->setContentsMargins(0, 0, 0, 0);
        rows->setSpacing(6);
    }
    m_build->setProperty("primary", true);
    m_again->setObjectName(QStringLiteral("lookAgain"));
    // One row with the choice: in a small window the page has a hundred pixels, and the buttons must be among them.
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_choice, 1);
    for (QPushButton *button : {m_build, m_options, m_copy, m_again}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    box->addWidget(m_title);
    box->addWidget(m_text);
    box->addWidget(m_problems);
    box->addLayout(buttons);
    box->addWidget(m_details);
    box->addWidget(m_command);
    box->addWidget(m_advice);
    box->addStretch(1);
    setWidget(content);
    connect(m_build, &QPushButton::clicked, this, &EnginePage::buildRequested);
    connect(m_options, &QPushButton::clicked, this, &EnginePage::optionsRequested);
    connect(m_again, &QPushButton::clicked, &engines, &EngineList::ask);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_command->text()); });
    connect(m_choice, &QComboBox::activated, this,
            [this](int index) { m_engines.setPreferred(m_choice->itemData(index).toString()); });
    connect(&engines, &EngineList::changed, this, &EnginePage::refresh);
    connect(&theme, &Theme::changed, this, &EnginePage::refresh);
    refresh();
}

void EnginePage::setBuild(const BuildController *builds)
{
    if (m_builds)
        disconnect(&m_builds->session(), nullptr, this, nullptr);
    m_builds = builds;
    if (builds) {
        connect(&builds->session(), &DocumentSession::changed, this, &EnginePage::refresh);
        connect(&builds->session(), &DocumentSession::buildChoicesChanged, this, &EnginePage::refresh);
    }
    refresh();
}

void EnginePage::refresh()
{
    const bool known = m_engines.state() == EngineList::State::Known;
    const bool ready = known && m_engines.chosen();
    for (QWidget *part :
         {static_cast<QWidget *>(m_choice), static_cast<QWidget *>(m_details), static_cast<QWidget *>(m_command),
          static_cast<QWidget *>(m_build), static_cast<QWidget *>(m_options), static_cast<QWidget *>(m_copy)})
        part->setVisible(ready);
    m_problems->setVisible(known && !ready && !m_engines.problems().empty());
    m_advice->setVisible(known && !ready);
    m_text->setVisible(!ready);
    m_again->setEnabled(m_engines.state() != EngineList::State::Asking);
    m_again->setText(m_engines.state() == EngineList::State::NotAsked ? tr("Find engines") : tr("Look again"));
    if (ready) {
        showReady();
    } else if (known) {
        showAdvice();
    } else if (m_engines.state() == EngineList::State::Asking) {
        m_title->setText(tr("Looking for build engines"));
        m_text->setText(tr("Docker, Podman and Buildah are being asked whether they are there."));
    } else {
        m_title->setText(tr("No engine was asked yet"));
        m_text->setText(tr("A build needs Docker, Podman or Buildah. Nothing is started before you want to build."));
    }
}

void EnginePage::showReady()
{
    const engine::Engine &chosen = *m_engines.chosen();
    m_title->setText(tr("Ready to build the text as it stands here, saved or not"));
    const QSignalBlocker blocker(m_choice);
    m_choice->clear();
    for (const engine::Engine &one : m_engines.engines()) {
        m_choice->addItem(engineLine(one), engine::engineName(one.kind));
        if (one.kind == chosen.kind)
            m_choice->setCurrentIndex(m_choice->count() - 1);
    }
    QString details = engineDetails(chosen);
    details.remove(0, details.indexOf(QLatin1Char('\n')) + 1); // the first line is the choice itself
    m_details->setText(details.replace(QLatin1Char('\n'), QStringLiteral(" · ")));
    const auto command = m_builds ? m_builds->nextCommand(chosen) : std::expected<QString, QString>(QString());
    m_command->setText(command ? *command : command.error());
    m_build->setEnabled(command.has_value());
    m_copy->setEnabled(command.has_value());
}

QLabel *EnginePage::makeText(const QString &text, const QFont &font, bool quiet)
{
    auto *label = new QLabel(text);
    label->setFont(font);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (quiet)
        label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

/// To be read, or copied with one press.
QWidget *EnginePage::makeCommand(const QString &command)
{
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(makeText(command, m_theme.monoFont(12), false));
    auto *copy = new QPushButton;
    copy->setFlat(true);
    copy->setProperty("small", true);
    copy->setAutoDefault(false);
    copy->setIcon(m_theme.icon(QStringLiteral("copy")));
    copy->setFixedSize(26, 22);
    copy->setToolTip(tr("Copy the command"));
    copy->setAccessibleName(tr("Copy %1").arg(command));
    row->addWidget(copy);
    row->addStretch(1);
    connect(copy, &QPushButton::clicked, this, [command] { QGuiApplication::clipboard()->setText(command); });
    return line;
}

QWidget *EnginePage::makeProblem(const QString &text, const QString &command)
{
    auto *box = new QFrame;
    box->setObjectName(QStringLiteral("engineProblem"));
    box->setAutoFillBackground(true);
    QPalette colours = box->palette();
    colours.setColor(QPalette::Window, m_theme.tokens().warnTint);
    box->setPalette(colours);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(10, 7, 10, 7);
    row->setSpacing(9);
    auto *icon = new QLabel;
    icon->setPixmap(m_theme.pixmap(QStringLiteral("triangle-alert"), m_theme.tokens().warn, 16, devicePixelRatioF()));
    row->addWidget(icon, 0, Qt::AlignTop);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(2);
    QLabel *words = makeText(text, m_theme.uiFont(12.5, QFont::DemiBold), false);
    words->setWordWrap(true);
    lines->addWidget(words);
    if (!command.isEmpty())
        lines->addWidget(makeCommand(command));
    row->addLayout(lines, 1);
    return box;
}

QWidget *EnginePage::makeInstallation()
{
    QFile release(QStringLiteral("/etc/os-release"));
    const QString text = release.open(QIODevice::ReadOnly) ? QString::fromUtf8(release.readAll()) : QString();
    auto *grid = new QWidget;
    auto *rows = new QGridLayout(grid);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setHorizontalSpacing(18);
    rows->setVerticalSpacing(2);
    rows->setColumnStretch(1, 1);
    for (int row = 0; const EngineAdvice &advice : engineAdvice(text)) {
        const QString name = advice.here ? tr("%1 (this computer)").arg(advice.system) : advice.system;
        const QFont font = m_theme.uiFont(12.5, advice.here ? QFont::DemiBold : QFont::Normal);
        rows->addWidget(makeText(name, font, !advice.here), row, 0);
        rows->addWidget(makeCommand(advice.command), row++, 1);
    }
    return grid;
}

void EnginePage::showAdvice()
{
    for (QVBoxLayout *rows : {m_problemRows, m_adviceRows}) {
        while (QLayoutItem *item = rows->takeAt(0)) {
            if (item->widget())
                item->widget()->deleteLater();
            delete item;
        }
    }
    const bool there = !m_engines.problems().empty();
    m_title->setText(noEngineTitle(m_engines.problems()));
    m_text->setText(there ? tr("Everything else works without one. Once it answers, look again.")
                          : tr("Everything else works without one. To build, install one of these and look again."));
    for (const engine::EngineProblem &problem : m_engines.problems())
        m_problemRows->addWidget(makeProblem(engineProblemText(problem), engineProblemCommand(problem)));
    if (there)
        m_adviceRows->addWidget(makeText(tr("Or install another one:"), m_theme.uiFont(12.5), true));
    m_adviceRows->addWidget(makeInstallation());
}

} // namespace stagewright
