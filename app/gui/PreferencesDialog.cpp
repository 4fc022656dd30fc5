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
#include <QSpinBox>
#include <QStackedWidget>

#include <algorithm>
#include <cmath>

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
    resize(1060, 680);
    setMinimumSize(640, 420);

    m_list->setObjectName(QStringLiteral("preferencePages"));
    m_list->setAccessibleName(tr("Pages"));
    m_list->setFrameShape(QFrame::NoFrame);
    auto *side = new QWidget;
    side->setFixedWidth(164);
    side->setAutoFillBackground(true);
    side->setBackgroundRole(QPalette::Base);
    auto *around = new QVBoxLayout(side);
    around->setContentsMargins(8, 12, 8, 8);
    around->addWidget(m_list);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_catalogue);
    const std::pair<QString, const char *> pages[]{
        {tr("Appearance"), "sun"}, {tr("Rules"), "list"}, {tr("Catalogue"), "box"}};
    for (const auto &[name, icon] : pages) {
        auto *item = new QListWidgetItem(context.theme.icon(QString::fromLatin1(icon)), name, m_list);
        item->setSizeHint({140, 32});
    }
    m_pages->addWidget(makeAppearance(actions));
    m_pages->addWidget(m_rules);
    m_pages->addWidget(scroll);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    buttons->setContentsMargins(20, 0, 20, 12);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(side, 0, 0, 2, 1);
    layout->addWidget(m_pages, 0, 1);
    layout->addWidget(buttons, 1, 1);
    layout->setColumnStretch(1, 1);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(context.preferences, &Preferences::changed, this, &PreferencesDialog::refresh);
    showPage(Page::Appearance);
    refresh();
}

QWidget *PreferencesDialog::makeAppearance(Actions &actions)
{
    auto *page = new QWidget;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(20, 16, 20, 8);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    auto *theme = new QComboBox;
    theme->setObjectName(QStringLiteral("themeChoice"));
    theme->addItems({tr("Follow the system"), tr("Light"), tr("Dark")});
    auto *motion = new QCheckBox(tr("&Reduce motion"));
    motion->setObjectName(QStringLiteral("reduceMotionChoice"));
    const auto add = [grid](const QString &name, QWidget *field, const QString &hint) {
        const int row = grid->rowCount();
        if (!name.isEmpty()) {
            auto *label = new QLabel(name);
            label->setBuddy(field);
            grid->addWidget(label, row, 0);
            field->setMinimumWidth(180);
        }
        grid->addWidget(field, row, 1, Qt::AlignLeft);
        auto *words = new QLabel(hint);
        words->setForegroundRole(QPalette::PlaceholderText);
        words->setWordWrap(true);
        grid->addWidget(words, row + 1, 1);
        grid->setRowMinimumHeight(row + 2, 8);
    };
    add(tr("&Theme"), theme, tr("Menus and panels are written as big as the system says."));
    add(tr("Text &size"), makeTextSize(),
        tr("Of the Dockerfile's text. Ctrl++ and Ctrl+− change it too while the cursor is there, and Ctrl with the "
           "wheel."));
    add(tr("&Graph"), makeFittedZoom(),
        tr("How big a small graph gets when it is fitted, for a projector or tired eyes."));
    add({}, motion, tr("Nodes and views jump to where they go, without moving there."));
    grid->setRowStretch(grid->rowCount(), 1);
    followActions(actions, theme, motion);
    return page;
}

QWidget *PreferencesDialog::makeTextSize()
{
    Preferences *preferences = m_context.preferences;
    auto *size = new QSpinBox;
    size->setObjectName(QStringLiteral("textSizeChoice"));
    size->setRange(static_cast<int>(Preferences::smallestTextSize), static_cast<int>(Preferences::largestTextSize));
    size->setSuffix(tr(" px"));
    size->setValue(static_cast<int>(preferences->textSize()));
    connect(size, &QSpinBox::valueChanged, preferences, [preferences](int px) { preferences->setTextSize(px); });
    connect(preferences, &Preferences::textSizeChanged, size,
            [size](double px) { size->setValue(static_cast<int>(px)); });
    return size;
}

QWidget *PreferencesDialog::makeFittedZoom()
{
    Preferences *preferences = m_context.preferences;
    auto *zoom = new QComboBox;
    zoom->setObjectName(QStringLiteral("fittedZoomChoice"));
    for (const int percent : {100, 125, 150, 200}) {
        zoom->addItem(tr("up to %1 %").arg(percent), percent);
    }
    const auto show = [zoom](double chosen) {
        zoom->setCurrentIndex(std::max(0, zoom->findData(static_cast<int>(std::lround(chosen * 100)))));
    };
    show(preferences->fittedZoom());
    connect(zoom, &QComboBox::activated, preferences,
            [preferences, zoom](int index) { preferences->setFittedZoom(zoom->itemData(index).toInt() / 100.0); });
    connect(preferences, &Preferences::fittedZoomChanged, zoom, show);
    return zoom;
}

/// The menu has the same choices, and both always agree.
void PreferencesDialog::followActions(Actions &actions, QComboBox *theme, QCheckBox *motion)
{
    const QList<QAction *> themes{actions.themeSystem, actions.themeLight, actions.themeDark};
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
        connect(action, &QAction::toggled, theme, follow);
    }
    connect(actions.reduceMotion, &QAction::toggled, theme, follow);
    connect(theme, &QComboBox::currentIndexChanged, this, [themes](int index) { themes[index]->trigger(); });
    connect(motion, &QCheckBox::toggled, actions.reduceMotion, &QAction::setChecked);
    follow();
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
