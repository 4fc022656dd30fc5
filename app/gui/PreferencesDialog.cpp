// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "PreferencesDialog.h"

#include "Actions.h"
#include "CataloguePage.h"
#include "DocumentPage.h"
#include "Preferences.h"
#include "RulesPage.h"
#include "session/ConfigurationWatch.h"
#include "theme/Theme.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>

namespace stagewright {

PreferencesDialog::PreferencesDialog(const Context &context, Actions &actions, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_list(new QListWidget)
    , m_pages(new QStackedWidget)
    , m_rules(new RulesPage(*context.preferences, context.theme))
    , m_catalogue(new CataloguePage(*context.preferences, context.prompts, context.theme))
{
    setObjectName(QStringLiteral("preferences"));
    setWindowTitle(tr("Preferences"));
    resize(960, 680);
    setMinimumSize(640, 420);

    m_list->setObjectName(QStringLiteral("preferencePages"));
    m_list->setAccessibleName(tr("Pages"));
    m_list->setFixedWidth(150);
    m_list->setFrameShape(QFrame::NoFrame);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_catalogue);
    const std::pair<QString, const char *> pages[]{
        {tr("Appearance"), "sun"}, {tr("Rules"), "list"}, {tr("Catalogue"), "box"}};
    for (const auto &[name, icon] : pages) {
        auto *item = new QListWidgetItem(context.theme.icon(QString::fromLatin1(icon)), name, m_list);
        item->setSizeHint({140, 34});
    }
    m_pages->addWidget(makeAppearance(actions));
    m_pages->addWidget(m_rules);
    m_pages->addWidget(scroll);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    buttons->setContentsMargins(20, 0, 20, 0);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 12);
    layout->setSpacing(0);
    layout->addWidget(m_list, 0, 0, 2, 1);
    layout->addWidget(m_pages, 0, 1);
    layout->addWidget(buttons, 1, 1);
    layout->setColumnStretch(1, 1);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(context.preferences, &Preferences::changed, this, &PreferencesDialog::refresh);
    showPage(Page::Rules);
    refresh();
}

QWidget *PreferencesDialog::makeAppearance(Actions &actions)
{
    auto *page = new QWidget;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(20, 16, 20, 8);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(10);
    grid->setColumnStretch(1, 1);
    auto *theme = new QComboBox;
    theme->setObjectName(QStringLiteral("themeChoice"));
    QList<QAction *> themes{actions.themeSystem, actions.themeLight, actions.themeDark};
    theme->addItems({tr("Follow the system"), tr("Light"), tr("Dark")});
    auto *label = new QLabel(tr("&Theme"));
    label->setBuddy(theme);
    grid->addWidget(label, 0, 0);
    grid->addWidget(theme, 0, 1, Qt::AlignLeft);
    auto *motion = new QCheckBox(tr("&Reduce motion"));
    motion->setObjectName(QStringLiteral("reduceMotionChoice"));
    grid->addWidget(motion, 1, 1);
    auto *hint = new QLabel(tr("Nodes and views jump to where they go, without moving there."));
    hint->setForegroundRole(QPalette::PlaceholderText);
    hint->setWordWrap(true);
    grid->addWidget(hint, 2, 1);
    grid->setRowStretch(3, 1);

    // The menu has the same choices, and both always agree.
    const auto follow = [theme, motion, themes, reduce = actions.reduceMotion] {
        const QSignalBlocker quietTheme(theme);
        const QSignalBlocker quietMotion(motion);
        for (qsizetype i = 0; i < themes.size(); ++i) {
            if (themes[i]->isChecked()) {
                theme->setCurrentIndex(static_cast<int>(i));
            }
        }
        motion->setChecked(reduce->isChecked());
    };
    for (QAction *action : themes) {
        connect(action, &QAction::toggled, page, follow);
    }
    connect(actions.reduceMotion, &QAction::toggled, page, follow);
    connect(theme, &QComboBox::currentIndexChanged, page, [themes](int index) { themes[index]->trigger(); });
    connect(motion, &QCheckBox::toggled, actions.reduceMotion, &QAction::setChecked);
    follow();
    return page;
}

void PreferencesDialog::showDocument(DocumentPage *page)
{
    if (m_document) {
        disconnect(&m_document->configuration(), nullptr, this, nullptr);
    }
    m_document = page;
    if (page) {
        connect(&page->configuration(), &ConfigurationWatch::changed, this, &PreferencesDialog::refresh);
    }
    refresh();
}

void PreferencesDialog::showPage(Page page)
{
    m_list->setCurrentRow(static_cast<int>(page));
}

void PreferencesDialog::showRule(std::string_view id)
{
    showPage(Page::Rules);
    m_rules->showRule(id);
}

void PreferencesDialog::refresh()
{
    if (m_document) {
        const Configuration &now = m_document->configuration().configuration();
        m_rules->setProject(now.projectLevels, shortPath(QString::fromStdString(now.projectFile)));
        m_catalogue->show(now);
    } else {
        m_rules->setProject({}, {});
        m_catalogue->show(m_context.preferences->configuration());
    }
}

} // namespace stagewright
