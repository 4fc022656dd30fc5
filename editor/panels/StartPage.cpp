// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/StartPage.h"

#include "panels/StartPageItems.h"
#include "theme/Theme.h"

#include <QAction>
#include <QEvent>
#include <QGridLayout>
#include <QKeySequence>
#include <QLabel>
#include <QLayoutItem>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace stagewright {

namespace {

/// A link-like button: text in the accent colour, no frame.
QPushButton *makeLink(const QString &text, QWidget *parent)
{
    auto *link = new QPushButton(text, parent);
    link->setFlat(true);
    link->setProperty("small", true);
    link->setProperty("link", true);
    link->setCursor(Qt::PointingHandCursor);
    return link;
}

QString keys(QKeySequence::StandardKey key)
{
    return QKeySequence(key).toString(QKeySequence::NativeText);
}

} // namespace

StartPage::StartPage(const Theme &theme, const Linter &linter, std::vector<Template> templates, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_linter(linter)
    , m_templates(std::move(templates))
{
    setObjectName(QStringLiteral("startPage"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_side = makeSide();
    layout->addWidget(m_side);
    layout->addWidget(makeTemplates(), 1);
    connect(&theme, &Theme::changed, this, &StartPage::applyColours);
    applyColours();
}

StartPage::~StartPage() = default;

int StartPage::shownTemplates() const
{
    return static_cast<int>(std::ranges::count_if(m_cards, [](const TemplateCard *card) { return !card->isHidden(); }));
}

QWidget *StartPage::makeSide()
{
    auto *side = new QWidget(this);
    side->setFixedWidth(303);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(20, 26, 20, 14);
    layout->setSpacing(7);

    auto *brand = new QHBoxLayout;
    brand->setSpacing(13);
    auto *logo = new QLabel(side);
    logo->setPixmap(m_theme.pixmap(QStringLiteral("stagewright"), Qt::white, 40, devicePixelRatioF()));
    brand->addWidget(logo);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    auto *name = new QLabel(QStringLiteral("Stagewright"), side);
    name->setFont(m_theme.uiFont(20, QFont::DemiBold));
    auto *claim = new QLabel(tr("See what your Dockerfile builds"), side);
    claim->setFont(m_theme.uiFont(12.5));
    m_captions.push_back(claim);
    words->addWidget(name);
    words->addWidget(claim);
    brand->addLayout(words, 1);
    layout->addLayout(brand);
    layout->addSpacing(15);

    auto *create = new StartButton(m_theme, QStringLiteral("file-plus"), tr("New Dockerfile"), keys(QKeySequence::New),
                                   true, side);
    create->setObjectName(QStringLiteral("startNew"));
    connect(create, &QAbstractButton::clicked, this, &StartPage::newRequested);
    auto *open
        = new StartButton(m_theme, QStringLiteral("folder-open"), tr("Open…"), keys(QKeySequence::Open), false, side);
    open->setObjectName(QStringLiteral("startOpen"));
    connect(open, &QAbstractButton::clicked, this, &StartPage::openRequested);
    layout->addWidget(create);
    layout->addWidget(open);
    layout->addSpacing(18);

    m_recentTitle = new QWidget(side);
    auto *titleLayout = new QHBoxLayout(m_recentTitle);
    titleLayout->setContentsMargins(0, 0, 0, 0);
    auto *title = new QLabel(tr("Recent files"), m_recentTitle);
    title->setFont(m_theme.uiFont(12.5, QFont::DemiBold));
    auto *clear = makeLink(tr("Clear"), m_recentTitle);
    connect(clear, &QPushButton::clicked, this, &StartPage::clearRecentRequested);
    titleLayout->addWidget(title, 1);
    titleLayout->addWidget(clear);
    layout->addWidget(m_recentTitle);

    auto *scroll = new QScrollArea(side);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *list = new QWidget(scroll);
    m_recent = new QVBoxLayout(list);
    m_recent->setContentsMargins(0, 0, 0, 0);
    m_recent->setSpacing(0);
    scroll->setWidget(list);
    m_noRecent = new QLabel(
        tr("Files that you open appear here. You can also drop a Dockerfile anywhere on this window."), list);
    m_noRecent->setWordWrap(true);
    m_captions.push_back(m_noRecent);
    m_recent->addWidget(m_noRecent);
    m_recent->addStretch(1);
    layout->addWidget(scroll, 1);

    auto *shortcuts = makeLink(tr("Keyboard shortcuts"), side);
    connect(shortcuts, &QPushButton::clicked, this, &StartPage::shortcutsRequested);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(0, 0, 0, 0);
    foot->addSpacing(-9); // the text, not the button around it, stands in line
    foot->addWidget(shortcuts);
    foot->addStretch(1);
    layout->addLayout(foot);
    return side;
}

QWidget *StartPage::makeTemplates()
{
    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_cardArea = new QWidget(m_scroll);
    auto *layout = new QVBoxLayout(m_cardArea);
    layout->setContentsMargins(28, 24, 28, 24);
    layout->setSpacing(12);

    auto *head = new QHBoxLayout;
    auto *title = new QLabel(tr("Templates"), m_cardArea);
    title->setFont(m_theme.uiFont(15, QFont::DemiBold));
    head->addWidget(title);
    head->addStretch(1);
    QStringList languages;
    for (const Template &item : m_templates) {
        if (!languages.contains(item.language)) {
            languages << item.language;
        }
    }
    auto *all = new FilterPill(m_theme, tr("All"), m_cardArea);
    all->setChecked(true);
    connect(all, &QAbstractButton::clicked, this, [this] { setLanguage({}); });
    head->addWidget(all);
    for (const QString &language : languages) {
        auto *pill = new FilterPill(m_theme, language, m_cardArea);
        connect(pill, &QAbstractButton::clicked, this, [this, language] { setLanguage(language); });
        head->addWidget(pill);
    }

    m_brokenTitle = new QWidget(m_cardArea);
    auto *brokenLayout = new QVBoxLayout(m_brokenTitle);
    brokenLayout->setContentsMargins(0, 0, 0, 0);
    brokenLayout->setSpacing(2);
    auto *brokenTitle = new QLabel(tr("Broken on purpose"), m_brokenTitle);
    brokenTitle->setFont(m_theme.uiFont(15, QFont::DemiBold));
    auto *brokenText = new QLabel(
        tr("Mistakes from real projects. Open one, see what is marked, and let a quick fix repair it."), m_brokenTitle);
    brokenText->setWordWrap(true);
    m_captions.push_back(brokenText);
    brokenLayout->addWidget(brokenTitle);
    brokenLayout->addWidget(brokenText);
    layout->addWidget(m_brokenTitle);
    m_brokenGrid = new QGridLayout;
    m_brokenGrid->setSpacing(14);
    layout->addLayout(m_brokenGrid);
    layout->addSpacing(14);
    layout->addLayout(head);
    m_grid = new QGridLayout;
    m_grid->setSpacing(14);
    layout->addLayout(m_grid);
    layout->addStretch(1);

    for (const Template &item : m_templates) {
        auto *card = new TemplateCard(m_theme, m_linter, item, m_cardArea);
        card->setObjectName(QStringLiteral("template-") + item.id);
        connect(card, &QAbstractButton::clicked, this, [this, id = item.id] { Q_EMIT templateRequested(id); });
        m_cards.push_back(card);
    }
    m_scroll->setWidget(m_cardArea);
    m_scroll->viewport()->installEventFilter(this);
    return m_scroll;
}

void StartPage::setLanguage(const QString &language)
{
    m_language = language;
    m_columns = 0;
    arrangeCards();
}

void StartPage::arrangeCards()
{
    const int width = m_scroll->viewport()->width() - 56;
    const int columns = std::clamp((width + 14) / (250 + 14), 1, 5);
    if (columns == m_columns) {
        return;
    }
    for (QGridLayout *grid : {m_grid, m_brokenGrid}) {
        while (QLayoutItem *item = grid->takeAt(0)) {
            delete item; // the cards themselves stay
        }
    }
    qDeleteAll(m_fillers);
    m_fillers.clear();
    m_columns = columns;
    int good = 0;
    int broken = 0;
    for (TemplateCard *card : m_cards) {
        const bool shown = m_language.isEmpty() || card->language() == m_language;
        card->setVisible(shown);
        if (!shown) {
            continue;
        }
        int &count = card->isBroken() ? broken : good;
        QGridLayout *grid = card->isBroken() ? m_brokenGrid : m_grid;
        grid->addWidget(card, count / columns, count % columns);
        ++count;
    }
    for (QGridLayout *grid : {m_grid, m_brokenGrid}) {
        for (int column = 0; column < 5; ++column) {
            grid->setColumnStretch(column, column < columns ? 1 : 0);
        }
        // One or two cards keep the width that they have in a full row.
        const int count = grid == m_grid ? good : broken;
        for (int column = count; column < columns && count > 0; ++column) {
            auto *filler = new QWidget(m_cardArea);
            filler->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
            filler->setMinimumWidth(200);
            grid->addWidget(filler, 0, column);
            filler->show();
            m_fillers.push_back(filler);
        }
    }
    m_brokenTitle->setVisible(broken > 0);
}

void StartPage::setRecentFiles(const std::vector<RecentFile> &files)
{
    const auto old = findChildren<RecentItem *>();
    for (RecentItem *item : old) {
        item->hide();
        item->deleteLater();
    }
    m_noRecent->setVisible(files.empty());
    m_recentTitle->setVisible(!files.empty());
    int row = 0;
    for (const RecentFile &file : files) {
        auto *item = new RecentItem(m_theme, file);
        connect(item, &QAbstractButton::clicked, this, [this, path = file.path] { Q_EMIT fileRequested(path); });
        auto *forget = new QAction(tr("Remove from this list"), item);
        connect(forget, &QAction::triggered, this, [this, path = file.path] { Q_EMIT forgetRequested(path); });
        item->addAction(forget);
        item->setContextMenuPolicy(Qt::ActionsContextMenu);
        m_recent->insertWidget(row++, item);
    }
}

void StartPage::applyColours()
{
    const Tokens &t = m_theme.tokens();
    for (QLabel *label : m_captions) {
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, t.text2);
        label->setPalette(palette);
    }
    QPalette canvas = m_cardArea->palette();
    canvas.setColor(QPalette::Window, t.canvas);
    m_cardArea->setPalette(canvas);
    m_scroll->viewport()->setPalette(canvas);
    m_cardArea->setAutoFillBackground(true);
    update();
}

void StartPage::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.canvas);
    painter.fillRect(m_side->geometry(), t.dock);
    painter.fillRect(QRect(m_side->width() - 1, 0, 1, height()), t.border);
    painter.fillRect(QRect(0, 0, width(), 1), t.border);
}

void StartPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangeCards();
}

bool StartPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_scroll->viewport() && event->type() == QEvent::Resize) {
        arrangeCards();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace stagewright
