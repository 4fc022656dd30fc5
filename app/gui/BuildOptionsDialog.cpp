// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "BuildOptionsDialog.h"

#include "BuildChoicesForm.h"
#include "TargetBox.h"
#include "building/BuildController.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSignalBlocker>

#include <algorithm>

namespace stagewright {

namespace {

const char *const plainPlatform = "linux/amd64";

/// Rows of a grid are taken away by their widgets; the grid itself keeps its height of nothing for them.
void clear(QGridLayout *grid)
{
    while (QLayoutItem *item = grid->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

QString shown(const std::string &text)
{
    return QString::fromStdString(text);
}

} // namespace

int optionsInForce(const AnalysisOptions &options)
{
    return int(options.buildArgs.size() + options.namedContexts.size()) + (options.target.empty() ? 0 : 1)
        + (options.platform == plainPlatform ? 0 : 1);
}

QString optionsText(const AnalysisOptions &options)
{
    QStringList parts;
    if (!options.target.empty()) {
        parts << BuildOptionsDialog::tr("target %1").arg(shown(options.target));
    }
    if (options.platform != plainPlatform) {
        parts << shown(options.platform);
    }
    for (const auto &[name, value] : options.buildArgs) {
        parts << shown(name) + QLatin1Char('=') + shown(value);
    }
    for (const auto &[name, source] : options.namedContexts) {
        parts << BuildOptionsDialog::tr("%1 from %2").arg(shown(name), shown(source));
    }
    return parts.join(QStringLiteral(", "));
}

AnalysisOptions withoutChoices(const AnalysisOptions &options)
{
    AnalysisOptions plain;
    plain.ignoreFile = options.ignoreFile;
    plain.context = options.context;
    return plain;
}

BuildOptionsDialog::BuildOptionsDialog(const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_target(new TargetBox(theme))
    , m_platform(new QComboBox)
    , m_arguments(new QGridLayout)
    , m_noArguments(new QLabel(tr("The file declares no ARG.")))
    , m_newArgument(new QLineEdit)
    , m_argumentError(new QLabel)
    , m_contexts(new QGridLayout)
    , m_newName(new QLineEdit)
    , m_newSource(new QLineEdit)
    , m_choices(new BuildChoicesForm(theme))
    , m_resetAll(new QPushButton(tr("&Reset all")))
{
    setObjectName(QStringLiteral("buildOptions"));
    setWindowTitle(tr("Build options"));
    setMinimumWidth(460);
    resize(500, 560);

    auto *content = new QWidget;
    auto *grid = new QGridLayout(content);
    grid->setContentsMargins(20, 16, 20, 8);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(0, 112); // as in the form below
    auto *intro
        = new QLabel(tr("What a build would be given. Graph and findings follow at once; the file is not changed."));
    intro->setWordWrap(true);
    intro->setForegroundRole(QPalette::PlaceholderText);
    grid->addWidget(intro, 0, 0, 1, 2);

    const auto field = [&](const QString &text, QWidget *editor) {
        const int row = grid->rowCount();
        auto *label = new QLabel(text);
        label->setBuddy(editor);
        grid->addWidget(label, row, 0);
        grid->addWidget(editor, row, 1);
    };
    m_target->setObjectName(QStringLiteral("optionTarget"));
    m_target->setMinimumWidth(0);
    m_target->setMaximumWidth(QWIDGETSIZE_MAX);
    field(tr("&Target"), m_target);
    m_platform->setObjectName(QStringLiteral("optionPlatform"));
    m_platform->setEditable(true);
    m_platform->setAccessibleName(tr("Platform"));
    m_platform->addItems({QStringLiteral("linux/amd64"), QStringLiteral("linux/arm64"), QStringLiteral("linux/arm/v7"),
                          QStringLiteral("linux/386"), QStringLiteral("linux/ppc64le"), QStringLiteral("linux/riscv64"),
                          QStringLiteral("linux/s390x"), QStringLiteral("windows/amd64")});
    field(tr("&Platform"), m_platform);

    grid->addWidget(caption(tr("Build arguments")), grid->rowCount(), 0, 1, 2);
    m_noArguments->setForegroundRole(QPalette::PlaceholderText);
    grid->addWidget(m_noArguments, grid->rowCount(), 0, 1, 2);
    for (QGridLayout *rows : {m_arguments, m_contexts}) {
        rows->setHorizontalSpacing(8);
        rows->setVerticalSpacing(6);
        rows->setColumnStretch(1, 1);
    }
    grid->addLayout(m_arguments, grid->rowCount(), 0, 1, 2);
    m_newArgument->setObjectName(QStringLiteral("newArgument"));
    m_newArgument->setPlaceholderText(tr("Another one: NAME=value"));
    m_newArgument->setAccessibleName(tr("Another build argument, as NAME=value"));
    m_newArgument->setFont(m_theme.monoFont(12));
    auto *addOne = smallButton(m_theme, QStringLiteral("plus"), tr("Add the build argument"));
    auto *argumentRow = new QHBoxLayout;
    argumentRow->setSpacing(8);
    argumentRow->addWidget(m_newArgument, 1);
    argumentRow->addWidget(addOne);
    grid->addLayout(argumentRow, grid->rowCount(), 0, 1, 2);
    m_argumentError->setObjectName(QStringLiteral("argumentError"));
    m_argumentError->setWordWrap(true);
    m_argumentError->hide();
    grid->addWidget(m_argumentError, grid->rowCount(), 0, 1, 2);

    grid->addWidget(caption(tr("Named contexts")), grid->rowCount(), 0, 1, 2);
    grid->addLayout(m_contexts, grid->rowCount(), 0, 1, 2);
    m_newName->setObjectName(QStringLiteral("newContextName"));
    m_newName->setPlaceholderText(tr("name"));
    m_newName->setAccessibleName(tr("Name of another context"));
    m_newName->setFixedWidth(116);
    m_newSource->setObjectName(QStringLiteral("newContextSource"));
    m_newSource->setPlaceholderText(QStringLiteral("docker-image://alpine, ../folder, https://…"));
    m_newSource->setAccessibleName(tr("Where it comes from"));
    for (QLineEdit *edit : {m_newName, m_newSource}) {
        edit->setFont(m_theme.monoFont(12));
    }
    auto *addOther = smallButton(m_theme, QStringLiteral("plus"), tr("Add the context"));
    auto *contextRow = new QHBoxLayout;
    contextRow->setSpacing(8);
    contextRow->addWidget(m_newName);
    contextRow->addWidget(m_newSource, 1);
    contextRow->addWidget(addOther);
    grid->addLayout(contextRow, grid->rowCount(), 0, 1, 2);
    auto *contextHint = new QLabel(
        tr("A context stands in for the image or stage of its name: FROM, COPY and mounts take their files from it."));
    contextHint->setWordWrap(true);
    contextHint->setForegroundRole(QPalette::PlaceholderText);
    grid->addWidget(contextHint, grid->rowCount(), 0, 1, 2);
    grid->addWidget(caption(tr("The build itself")), grid->rowCount(), 0, 1, 2);
    grid->addWidget(m_choices, grid->rowCount(), 0, 1, 2);
    grid->setRowStretch(grid->rowCount(), 1);

    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(m_resetAll, QDialogButtonBox::ResetRole);
    m_resetAll->setObjectName(QStringLiteral("resetOptions"));
    // Enter adds what is being typed; it must not close the dialog.
    for (QAbstractButton *button : buttons->buttons()) {
        static_cast<QPushButton *>(button)->setAutoDefault(false);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 12);
    layout->addWidget(scroll, 1);
    buttons->setContentsMargins(20, 0, 20, 0);
    layout->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_resetAll, &QPushButton::clicked, this, [this] {
        m_session->setBuildChoices({});
        apply(withoutChoices(m_session->options()));
    });
    connect(m_target, &TargetBox::targetChosen, this, [this](const QString &target) {
        AnalysisOptions options = m_session->options();
        options.target = target.toStdString();
        apply(std::move(options));
    });
    const auto platformChosen = [this] {
        if (!m_session) {
            return;
        }
        AnalysisOptions options = m_session->options();
        options.platform = m_platform->currentText().trimmed().toStdString();
        if (options.platform.empty()) {
            options.platform = plainPlatform;
        }
        apply(std::move(options));
    };
    connect(m_platform, &QComboBox::activated, this, platformChosen);
    connect(m_platform->lineEdit(), &QLineEdit::editingFinished, this, platformChosen);
    connect(m_newArgument, &QLineEdit::returnPressed, this, &BuildOptionsDialog::addArgument);
    connect(addOne, &QPushButton::clicked, this, &BuildOptionsDialog::addArgument);
    connect(m_newArgument, &QLineEdit::textEdited, m_argumentError, &QWidget::hide);
    connect(m_newName, &QLineEdit::returnPressed, m_newSource, qOverload<>(&QWidget::setFocus));
    connect(m_newSource, &QLineEdit::returnPressed, this, &BuildOptionsDialog::addContext);
    connect(addOther, &QPushButton::clicked, this, &BuildOptionsDialog::addContext);
    refresh();
}

QLabel *BuildOptionsDialog::caption(const QString &text) const
{
    auto *label = new QLabel(text);
    label->setFont(m_theme.uiFont(12.5, QFont::DemiBold));
    label->setContentsMargins(0, 10, 0, 0);
    return label;
}

void BuildOptionsDialog::showBuild(BuildController *builds)
{
    m_choices->setBuild(builds);
    showSession(builds ? &builds->session() : nullptr);
}

void BuildOptionsDialog::showSession(DocumentSession *session)
{
    if (m_session == session) {
        return;
    }
    if (m_session) {
        m_session->disconnect(this);
    }
    m_session = session;
    if (session) {
        connect(session, &DocumentSession::changed, this, &BuildOptionsDialog::refresh);
        connect(session, &DocumentSession::buildChoicesChanged, this, &BuildOptionsDialog::refresh);
    }
    refresh();
}

std::vector<BuildOptionsDialog::ArgRow> BuildOptionsDialog::argumentsOf() const
{
    std::vector<ArgRow> rows;
    if (!m_session) {
        return rows;
    }
    for (const Instruction &instruction : m_session->snapshot()->tree().instructions()) {
        if (instruction.kind != InstructionKind::Arg) {
            continue;
        }
        for (const Argument &argument : instruction.args) {
            const std::string name(argument.key.empty() ? argument.value : argument.key);
            const auto known = std::ranges::find(rows, name, &ArgRow::name);
            const QString byDefault = QString::fromUtf8(argument.assigned.data(), qsizetype(argument.assigned.size()));
            if (known == rows.end()) {
                rows.push_back({name, byDefault, true, nullptr, nullptr});
            } else if (known->byDefault.isEmpty()) {
                known->byDefault = byDefault; // a stage only passes on what the file's head says
            }
        }
    }
    for (const auto &[name, value] : m_session->options().buildArgs) {
        if (std::ranges::find(rows, name, &ArgRow::name) == rows.end()) {
            rows.push_back({name, QString(), false, nullptr, nullptr});
        }
    }
    return rows;
}

void BuildOptionsDialog::refresh()
{
    const AnalysisOptions options = m_session ? m_session->options() : AnalysisOptions();
    setEnabled(m_session != nullptr);
    m_target->showStages(m_session ? m_session->snapshot().get() : nullptr);
    if (const QSignalBlocker blocker(m_platform); m_platform->currentText() != shown(options.platform)) {
        m_platform->setCurrentText(shown(options.platform));
    }
    showArguments(options);
    showContexts(options);
    m_resetAll->setEnabled(optionsInForce(options) > 0 || (m_session && choicesInForce(m_session->buildChoices()) > 0));
}

void BuildOptionsDialog::showArguments(const AnalysisOptions &options)
{
    std::vector<ArgRow> rows = argumentsOf();
    const bool same = std::ranges::equal(
        rows, m_rows, [](const ArgRow &a, const ArgRow &b) { return a.name == b.name && a.declared == b.declared; });
    if (!same) {
        clear(m_arguments);
        for (int i = 0; ArgRow & row : rows) {
            auto *label = new QLabel(shown(row.name));
            label->setFont(m_theme.monoFont(12));
            label->setMinimumWidth(124);
            if (!row.declared) {
                label->setToolTip(tr("No ARG of the file has this name."));
                QPalette palette = label->palette();
                palette.setColor(QPalette::WindowText, m_theme.tokens().warn);
                label->setPalette(palette);
            }
            row.value = new QLineEdit;
            row.value->setObjectName(QStringLiteral("arg:") + shown(row.name));
            row.value->setFont(m_theme.monoFont(12));
            row.value->setAccessibleName(tr("Value of %1").arg(shown(row.name)));
            row.reset = smallButton(m_theme, QStringLiteral("x"), tr("Do not give %1").arg(shown(row.name)));
            row.reset->setObjectName(QStringLiteral("reset:") + shown(row.name));
            const auto give = [this, name = row.name](std::optional<std::string> value) {
                AnalysisOptions changed = m_session->options();
                if (value) {
                    changed.buildArgs.insert_or_assign(name, *value);
                } else {
                    changed.buildArgs.erase(name);
                }
                apply(std::move(changed));
            };
            connect(row.value, &QLineEdit::textEdited, this, [give](const QString &text) { give(text.toStdString()); });
            connect(row.reset, &QPushButton::clicked, this, [give] { give(std::nullopt); });
            m_arguments->addWidget(label, i, 0);
            m_arguments->addWidget(row.value, i, 1);
            m_arguments->addWidget(row.reset, i, 2);
            ++i;
        }
        m_rows = std::move(rows);
    } else {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            m_rows[i].byDefault = rows[i].byDefault;
        }
    }
    m_noArguments->setVisible(m_rows.empty());
    for (ArgRow &row : m_rows) {
        const auto given = options.buildArgs.find(row.name);
        const bool isGiven = given != options.buildArgs.end();
        const QString value = isGiven ? shown(given->second) : QString();
        if (row.value->text() != value) {
            row.value->setText(value);
        }
        row.value->setPlaceholderText(isGiven                       ? tr("given as nothing")
                                          : row.byDefault.isEmpty() ? tr("not given")
                                                                    : row.byDefault);
        row.reset->setEnabled(isGiven);
    }
}

void BuildOptionsDialog::showContexts(const AnalysisOptions &options)
{
    std::vector<std::string> names;
    for (const auto &[name, source] : options.namedContexts) {
        names.push_back(name);
    }
    if (names != m_contextNames) {
        clear(m_contexts);
        for (int i = 0; const std::string &name : names) {
            auto *label = new QLabel(shown(name));
            label->setFont(m_theme.monoFont(12));
            label->setMinimumWidth(124);
            auto *source = new QLineEdit;
            source->setObjectName(QStringLiteral("context:") + shown(name));
            source->setFont(m_theme.monoFont(12));
            source->setAccessibleName(tr("Where %1 comes from").arg(shown(name)));
            auto *remove = smallButton(m_theme, QStringLiteral("x"), tr("Take %1 away").arg(shown(name)));
            connect(source, &QLineEdit::textEdited, this, [this, name](const QString &text) {
                AnalysisOptions changed = m_session->options();
                changed.namedContexts[name] = text.toStdString();
                apply(std::move(changed));
            });
            connect(remove, &QPushButton::clicked, this, [this, name] {
                AnalysisOptions changed = m_session->options();
                changed.namedContexts.erase(name);
                apply(std::move(changed));
            });
            m_contexts->addWidget(label, i, 0);
            m_contexts->addWidget(source, i, 1);
            m_contexts->addWidget(remove, i, 2);
            ++i;
        }
        m_contextNames = names;
    }
    for (int i = 0; const auto &[name, source] : options.namedContexts) {
        auto *edit = qobject_cast<QLineEdit *>(m_contexts->itemAtPosition(i++, 1)->widget());
        if (edit && edit->text() != shown(source)) {
            edit->setText(shown(source));
        }
    }
}

void BuildOptionsDialog::addArgument()
{
    const QString text = m_newArgument->text().trimmed();
    const qsizetype equals = text.indexOf(QLatin1Char('='));
    const QString name = text.left(equals < 0 ? text.size() : equals).trimmed();
    const bool valid = !name.isEmpty() && !name.contains(QLatin1Char(' ')) && equals > 0;
    if (!valid || !m_session) {
        m_argumentError->setText(tr("Write the name, an equals sign and the value: VERSION=1.2"));
        m_argumentError->setVisible(!text.isEmpty());
        return;
    }
    AnalysisOptions options = m_session->options();
    options.buildArgs.insert_or_assign(name.toStdString(), text.mid(equals + 1).toStdString());
    m_newArgument->clear();
    m_argumentError->hide();
    apply(std::move(options));
}

void BuildOptionsDialog::addContext()
{
    const QString name = m_newName->text().trimmed();
    const QString source = m_newSource->text().trimmed();
    if (!m_session || name.isEmpty() || source.isEmpty()) {
        (name.isEmpty() ? m_newName : m_newSource)->setFocus();
        return;
    }
    AnalysisOptions options = m_session->options();
    options.namedContexts.insert_or_assign(name.toStdString(), source.toStdString());
    m_newName->clear();
    m_newSource->clear();
    apply(std::move(options));
}

void BuildOptionsDialog::apply(AnalysisOptions options)
{
    if (m_session && !m_applying) {
        const QScopedValueRollback applying(m_applying, true);
        m_session->setOptions(std::move(options));
    }
}

} // namespace stagewright
