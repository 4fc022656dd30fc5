// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "CataloguePage.h"

#include "DocumentPage.h"
#include "Preferences.h"
#include "Prompts.h"
#include "session/FileIo.h"
#include "theme/Theme.h"

#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace stagewright {

namespace {

QString toText(const std::string &text)
{
    return QString::fromStdString(text);
}

QLabel *plain(const QString &text, QPalette::ColorRole role)
{
    auto *label = new QLabel(text);
    label->setWordWrap(true);
    label->setForegroundRole(role);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

CataloguePage::CataloguePage(Preferences &preferences, Prompts &prompts, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_preferences(preferences)
    , m_prompts(prompts)
    , m_theme(theme)
    , m_files(new QVBoxLayout)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 8);
    layout->setSpacing(8);
    layout->addWidget(plain(
        tr("What images have is known from a catalogue. Files of your own and of the project are asked first; what "
           "none of them knows stays unknown. They are read again whenever they are saved."),
        QPalette::PlaceholderText));
    m_files->setSpacing(6);
    layout->addLayout(m_files);
    layout->addStretch(1);
}

void CataloguePage::show(const Configuration &configuration)
{
    while (QLayoutItem *item = m_files->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (auto file = configuration.catalogFiles.rbegin(); file != configuration.catalogFiles.rend(); ++file) {
        if (file->origin == FactsOrigin::Project)
            addFile(tr("Project"), toText(file->path), configuration, false);
    }
    addFile(tr("Yours"), m_preferences.catalogPath(), configuration, true);
    auto *builtIn = new QLabel(tr("Built in"));
    builtIn->setFont(m_theme.uiFont(12.5, QFont::DemiBold));
    builtIn->setContentsMargins(0, 10, 0, 0);
    m_files->addWidget(builtIn);
    m_files->addWidget(plain(tr("%1 entries").arg(Catalog::builtIn().entries().size()), QPalette::WindowText));
}

void CataloguePage::addFile(const QString &title, const QString &path, const Configuration &configuration,
                            bool mayCreate)
{
    const std::string key = path.toStdString();
    auto *block = new QWidget;
    auto *grid = new QGridLayout(block);
    grid->setContentsMargins(0, 10, 0, 0);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(0, 1);
    auto *caption = new QLabel(title);
    caption->setFont(m_theme.uiFont(12.5, QFont::DemiBold));
    grid->addWidget(caption, 0, 0);
    QLabel *place = plain(shortPath(path), QPalette::WindowText);
    place->setFont(m_theme.monoFont(12));
    grid->addWidget(place, 1, 0);

    const bool exists = QFileInfo::exists(path);
    const auto read = std::ranges::find(configuration.catalogFiles, key, &CatalogFile::path);
    QString words = !exists ? tr("not there") : tr("cannot be read");
    if (read != configuration.catalogFiles.end())
        words = read->entries == 1 ? tr("1 entry") : tr("%1 entries").arg(read->entries);
    auto *state = plain(words, QPalette::PlaceholderText);
    state->setObjectName(QStringLiteral("catalogState:") + title);
    grid->addWidget(state, 2, 0);
    auto *button = new QPushButton(exists ? tr("Open") : tr("Create"));
    button->setObjectName(QStringLiteral("catalogOpen:") + title);
    button->setAccessibleName((exists ? tr("Open %1") : tr("Create %1")).arg(path));
    button->setAutoDefault(false);
    button->setEnabled(exists || mayCreate);
    grid->addWidget(button, 1, 1);
    connect(button, &QPushButton::clicked, this, [this, path, exists] {
        if (!exists)
            create(path);
        m_prompts.openInEditor(path);
    });
    for (const FileProblem &problem : configuration.problems) {
        if (problem.file != key)
            continue;
        auto *line = plain(
            tr("Line %1, column %2: %3").arg(problem.where.line).arg(problem.where.column).arg(toText(problem.message)),
            QPalette::WindowText);
        QPalette colours = line->palette();
        colours.setColor(QPalette::WindowText, m_theme.tokens().warn);
        line->setPalette(colours);
        grid->addWidget(line, grid->rowCount(), 0, 1, 2);
    }
    m_files->addWidget(block);
}

void CataloguePage::create(const QString &path)
{
    QDir().mkpath(QFileInfo(path).path());
    if (!writeDocument(path, newCatalogText()))
        return; // it is still shown as not there
    m_preferences.check();
}

} // namespace stagewright
