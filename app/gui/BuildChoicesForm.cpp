// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "BuildChoicesForm.h"

#include "building/BuildController.h"
#include "building/EngineList.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace stagewright {

int choicesInForce(const BuildChoices &choices)
{
    return int(choices.secrets.size()) + int(choices.ssh.size()) + (choices.context.isEmpty() ? 0 : 1)
        + (choices.tags.isEmpty() ? 0 : 1) + (choices.network.isEmpty() ? 0 : 1) + (choices.noCache ? 1 : 0)
        + (choices.pull ? 1 : 0) + (choices.extra.isEmpty() ? 0 : 1);
}

QStringList shellWords(const QString &text)
{
    QStringList words;
    QString word;
    bool any = false; // "" is a word too
    QChar quote;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == QLatin1Char('\\') && quote != QLatin1Char('\'') && i + 1 < text.size()) {
            word += text[++i];
            any = true;
        } else if (!quote.isNull()) {
            if (c == quote)
                quote = QChar();
            else
                word += c;
        } else if (c == QLatin1Char('"') || c == QLatin1Char('\'')) {
            quote = c;
            any = true;
        } else if (c.isSpace()) {
            if (any)
                words << word;
            word.clear();
            any = false;
        } else {
            word += c;
            any = true;
        }
    }
    if (any)
        words << word;
    return words;
}

QString shellText(const QStringList &words)
{
    QStringList texts;
    for (QString word : words) {
        const bool plain = !word.isEmpty() && std::ranges::none_of(word, [](QChar c) {
            return c.isSpace() || c == QLatin1Char('"') || c == QLatin1Char('\'') || c == QLatin1Char('\\');
        });
        texts << (plain ? word
                        : QLatin1Char('\'') + word.replace(QLatin1Char('\''), QLatin1StringView("'\\''"))
                          + QLatin1Char('\''));
    }
    return texts.join(QLatin1Char(' '));
}

QPushButton *smallButton(const Theme &theme, const QString &icon, const QString &name)
{
    auto *button = new QPushButton;
    button->setIcon(theme.icon(icon));
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setAutoDefault(false);
    button->setFixedWidth(30);
    return button;
}

BuildChoicesForm::BuildChoicesForm(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_context(new QLineEdit)
    , m_tags(new QLineEdit)
    , m_network(new QComboBox)
    , m_noCache(new QCheckBox(tr("Build everything anew, without the cache")))
    , m_pull(new QCheckBox(tr("Look for newer base images first")))
    , m_secretRows(new QVBoxLayout)
    , m_secretId(new QLineEdit)
    , m_secretFile(new QLineEdit)
    , m_ssh(new QLineEdit)
    , m_extra(new QLineEdit)
    , m_command(new QLabel)
    , m_copy(new QPushButton(tr("Copy")))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    const auto field = [&](const QString &text, QWidget *editor, const char *name, QWidget *behind = nullptr) {
        const int row = grid->rowCount();
        auto *label = new QLabel(text);
        label->setBuddy(editor);
        label->setMinimumWidth(112);
        editor->setObjectName(QString::fromLatin1(name));
        editor->setAccessibleName(QString(text).remove(QLatin1Char('&')));
        grid->addWidget(label, row, 0);
        grid->addWidget(editor, row, 1, 1, behind ? 1 : 2);
        if (behind)
            grid->addWidget(behind, row, 2);
    };
    auto *browse = smallButton(m_theme, QStringLiteral("folder-open"), tr("Choose the context folder"));
    field(tr("Context &folder"), m_context, "choiceContext", browse);
    field(tr("&Tags"), m_tags, "choiceTags");
    m_tags->setPlaceholderText(tr("name:version, more behind blanks"));
    m_network->setEditable(true);
    m_network->addItems({QString(), QStringLiteral("none"), QStringLiteral("host")});
    m_network->lineEdit()->setPlaceholderText(tr("the engine's choice"));
    field(tr("&Network"), m_network, "choiceNetwork");
    m_ssh->setPlaceholderText(QStringLiteral("default"));
    field(tr("&SSH agents"), m_ssh, "choiceSsh");
    m_extra->setPlaceholderText(QStringLiteral("--label team=shop"));
    field(tr("&More arguments"), m_extra, "choiceExtra");
    for (QLineEdit *edit : {m_context, m_tags, m_ssh, m_extra, m_secretId, m_secretFile})
        edit->setFont(theme.monoFont(12));
    m_noCache->setObjectName(QStringLiteral("choiceNoCache"));
    m_pull->setObjectName(QStringLiteral("choicePull"));
    grid->addWidget(m_noCache, grid->rowCount(), 1, 1, 2);
    grid->addWidget(m_pull, grid->rowCount(), 1, 1, 2);

    const auto caption = [&](const QString &text) {
        auto *label = new QLabel(text);
        label->setFont(theme.uiFont(12.5, QFont::DemiBold));
        label->setContentsMargins(0, 8, 0, 0);
        grid->addWidget(label, grid->rowCount(), 0, 1, 3);
    };
    caption(tr("Secrets"));
    m_secretRows->setSpacing(6);
    grid->addLayout(m_secretRows, grid->rowCount(), 0, 1, 3);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_secretId->setObjectName(QStringLiteral("newSecretId"));
    m_secretId->setPlaceholderText(tr("id"));
    m_secretId->setAccessibleName(tr("Id of another secret"));
    m_secretId->setFixedWidth(124);
    m_secretFile->setObjectName(QStringLiteral("newSecretFile"));
    m_secretFile->setPlaceholderText(tr("file that holds it"));
    m_secretFile->setAccessibleName(tr("File that holds the secret"));
    auto *chooseFile = smallButton(m_theme, QStringLiteral("folder-open"), tr("Choose the file"));
    auto *add = smallButton(m_theme, QStringLiteral("plus"), tr("Add the secret"));
    for (QWidget *part : {static_cast<QWidget *>(m_secretId), static_cast<QWidget *>(m_secretFile),
                          static_cast<QWidget *>(chooseFile), static_cast<QWidget *>(add)})
        row->addWidget(part, part == m_secretFile ? 1 : 0);
    grid->addLayout(row, grid->rowCount(), 0, 1, 3);
    auto *hint
        = new QLabel(tr("Only the file's name is given to the engine. What is in it is never read or shown here."));
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);
    grid->addWidget(hint, grid->rowCount(), 0, 1, 3);

    caption(tr("The command"));
    m_command->setObjectName(QStringLiteral("optionsCommand"));
    m_command->setFont(theme.monoFont(11.5));
    m_command->setWordWrap(true);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    grid->addWidget(m_command, grid->rowCount(), 0, 1, 3);
    m_copy->setAutoDefault(false);
    m_copy->setProperty("small", true);
    grid->addWidget(m_copy, grid->rowCount(), 0, 1, 3, Qt::AlignLeft);

    const auto edits = [this](QLineEdit *edit, auto apply) {
        connect(edit, &QLineEdit::textEdited, this,
                [this, apply](const QString &text) { change([&](BuildChoices &choices) { apply(choices, text); }); });
    };
    edits(m_context, [](BuildChoices &c, const QString &text) { c.context = text.trimmed(); });
    edits(m_tags, [](BuildChoices &c, const QString &text) { c.tags = shellWords(text); });
    edits(m_ssh, [](BuildChoices &c, const QString &text) { c.ssh = shellWords(text); });
    edits(m_extra, [](BuildChoices &c, const QString &text) { c.extra = shellWords(text); });
    connect(m_network, &QComboBox::currentTextChanged, this,
            [this](const QString &text) { change([&](BuildChoices &c) { c.network = text.trimmed(); }); });
    connect(m_noCache, &QCheckBox::clicked, this,
            [this](bool on) { change([&](BuildChoices &c) { c.noCache = on; }); });
    connect(m_pull, &QCheckBox::clicked, this, [this](bool on) { change([&](BuildChoices &c) { c.pull = on; }); });
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(
            this, tr("Context folder"), m_builds ? m_builds->nextRequest().context : QString());
        if (!folder.isEmpty()) {
            change([&](BuildChoices &c) { c.context = folder; });
            refresh();
        }
    });
    connect(chooseFile, &QPushButton::clicked, this, [this] {
        const QString file = QFileDialog::getOpenFileName(this, tr("File that holds the secret"));
        if (!file.isEmpty())
            m_secretFile->setText(file);
    });
    connect(m_secretId, &QLineEdit::returnPressed, m_secretFile, qOverload<>(&QWidget::setFocus));
    connect(m_secretFile, &QLineEdit::returnPressed, this, &BuildChoicesForm::addSecret);
    connect(add, &QPushButton::clicked, this, &BuildChoicesForm::addSecret);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_command->text()); });
    refresh();
}

void BuildChoicesForm::setBuild(BuildController *builds)
{
    if (m_builds == builds)
        return;
    if (m_builds) {
        m_builds->session().disconnect(this);
        m_builds->engines().disconnect(this);
    }
    m_builds = builds;
    if (builds) {
        connect(&builds->session(), &DocumentSession::buildChoicesChanged, this, &BuildChoicesForm::refresh);
        connect(&builds->session(), &DocumentSession::changed, this, &BuildChoicesForm::refreshCommand);
        connect(&builds->engines(), &EngineList::changed, this, &BuildChoicesForm::refreshCommand);
    }
    refresh();
}

void BuildChoicesForm::change(const std::function<void(BuildChoices &)> &edit)
{
    if (!m_builds)
        return;
    BuildChoices choices = m_builds->session().buildChoices();
    edit(choices);
    m_builds->session().setBuildChoices(std::move(choices));
    Q_EMIT changed();
}

void BuildChoicesForm::refresh()
{
    const BuildChoices choices = m_builds ? m_builds->session().buildChoices() : BuildChoices();
    // What is being typed ("a " on the way to "a b") is left alone as long as it means the same.
    const auto show = [](QLineEdit *edit, const QStringList &words) {
        if (shellWords(edit->text()) != words)
            edit->setText(shellText(words));
    };
    if (m_context->text().trimmed() != choices.context)
        m_context->setText(choices.context);
    const QString own = m_builds ? m_builds->nextRequest().context : QString();
    m_context->setPlaceholderText(!choices.context.isEmpty() ? QString()
                                      : own.isEmpty()        ? tr("an empty folder, until the file is saved")
                                                             : own);
    show(m_tags, choices.tags);
    show(m_ssh, choices.ssh);
    show(m_extra, choices.extra);
    if (m_network->currentText().trimmed() != choices.network)
        m_network->setCurrentText(choices.network);
    m_noCache->setChecked(choices.noCache);
    m_pull->setChecked(choices.pull);
    refreshSecrets(choices);
    refreshCommand();
}

void BuildChoicesForm::refreshCommand()
{
    if (!m_builds) {
        m_command->clear();
        return;
    }
    const engine::Engine *chosen = m_builds->engines().chosen();
    const auto command = m_builds->nextCommand(chosen ? *chosen : engine::Engine());
    m_command->setText(command ? *command : command.error());
    m_copy->setEnabled(command.has_value());
}

void BuildChoicesForm::refreshSecrets(const BuildChoices &choices)
{
    if (m_shownSecrets == choices.secrets)
        return;
    m_shownSecrets = choices.secrets;
    while (QLayoutItem *item = m_secretRows->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (const engine::Secret &secret : choices.secrets) {
        auto *line = new QWidget;
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(8);
        auto *id = new QLabel(secret.id);
        id->setFont(m_theme.monoFont(12));
        id->setFixedWidth(124);
        auto *file = new QLabel(secret.source);
        file->setFont(m_theme.monoFont(12));
        file->setToolTip(secret.source);
        file->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        auto *remove = smallButton(m_theme, QStringLiteral("x"), tr("Take the secret %1 away").arg(secret.id));
        connect(remove, &QPushButton::clicked, this,
                [this, gone = secret] { change([&](BuildChoices &c) { std::erase(c.secrets, gone); }); });
        row->addWidget(id);
        row->addWidget(file, 1);
        row->addWidget(remove);
        m_secretRows->addWidget(line);
    }
}

void BuildChoicesForm::addSecret()
{
    const QString id = m_secretId->text().trimmed();
    const QString file = m_secretFile->text().trimmed();
    if (id.isEmpty() || file.isEmpty()) {
        (id.isEmpty() ? m_secretId : m_secretFile)->setFocus();
        return;
    }
    m_secretId->clear();
    m_secretFile->clear();
    change([&](BuildChoices &c) {
        std::erase_if(c.secrets, [&](const engine::Secret &one) { return one.id == id; });
        c.secrets.push_back({id, file});
    });
}

} // namespace stagewright
