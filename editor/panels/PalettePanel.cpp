// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/PalettePanel.h"

#include "catalog/ImageSearch.h"
#include "theme/Style.h"
#include "theme/Theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace stagewright {

namespace {

/// The head of a section: chevron, title, count. Checked: open.
class SectionHead : public QAbstractButton
{
public:
    SectionHead(const Theme &theme, const QString &title, QWidget *parent)
        : QAbstractButton(parent)
        , m_theme(theme)
    {
        setText(title);
        setCheckable(true);
        setChecked(true);
        setFocusPolicy(Qt::StrongFocus);
        setFixedHeight(28);
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }
    void setCount(int count)
    {
        m_count = count;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = m_theme.tokens();
        QPainter painter(this);
        painter.drawPixmap(
            8, (height() - 14) / 2,
            m_theme.pixmap(isChecked() ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), t.text3, 14,
                           devicePixelRatioF()));
        painter.setFont(m_theme.uiFont(12.5, QFont::Medium));
        painter.setPen(t.text);
        painter.drawText(rect().adjusted(29, 0, -12, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
        painter.setFont(m_theme.uiFont(12));
        painter.setPen(t.text3);
        painter.drawText(rect().adjusted(29, 0, -11, 0), Qt::AlignVCenter | Qt::AlignRight, QString::number(m_count));
        if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
            strokeFocus(&painter, rect().adjusted(3, 2, -3, -2), 5, t.accent);
        }
    }

private:
    const Theme &m_theme;
    int m_count = 0;
};

QString factsLine(const ImageFacts &facts)
{
    QStringList parts;
    if (facts.hasShell == Known::No) {
        parts << PalettePanel::tr("no shell");
    } else if (!facts.shell.empty()) {
        parts << QString::fromStdString(facts.shell);
    }
    if (facts.libc == "none") {
        parts << PalettePanel::tr("no libc");
    } else if (!facts.libc.empty()) {
        parts << QString::fromStdString(facts.libc);
    }
    if (facts.sizeMb) {
        const int decimals = *facts.sizeMb < 10 && std::abs(*facts.sizeMb - std::round(*facts.sizeMb)) > 0.05 ? 1 : 0;
        parts << PalettePanel::tr("%1 MB").arg(QLocale().toString(*facts.sizeMb, 'f', decimals));
    } else if (!facts.user.empty() && facts.user != "root" && parts.size() < 3) {
        parts << QString::fromStdString(facts.user);
    }
    return parts.join(QStringLiteral(" · "));
}

struct Starter
{
    const char *text;
    const char *icon;
};

// Starts that BuildKit accepts as they are; people change them afterwards in the properties or the text.
constexpr Starter starters[] = {
    {"RUN echo \"change me\"", "terminal"},
    {"COPY . .", "files"},
    {"WORKDIR /app", "folder"},
    {"ENV NAME=value", "variable"},
    {"ARG NAME", "sliders-horizontal"},
    {"USER 1000", "user-round"},
    {"EXPOSE 8080", "ethernet-port"},
    {"HEALTHCHECK CMD [\"/app\", \"--health\"]", "heart-pulse"},
    {"CMD [\"app\"]", "circle-play"},
    {"ENTRYPOINT [\"/app\"]", "log-in"},
    {"ADD https://example.com/file.tar.gz /src/", "download"},
    {"LABEL org.opencontainers.image.title=\"app\"", "tag"},
    {"VOLUME /data", "hard-drive"},
    {"SHELL [\"/bin/sh\", \"-c\"]", "square-terminal"},
    {"STOPSIGNAL SIGTERM", "square"},
    {"ONBUILD COPY . .", "clock"},
};

} // namespace

PalettePanel::PalettePanel(const Theme &theme, const Catalog &catalog, const std::vector<Template> &templates,
                           QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_catalog(catalog)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 10, 0, 0);
    outer->setSpacing(6);
    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("paletteSearch"));
    m_search->setPlaceholderText(tr("Search the palette"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(theme.icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    auto *searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(10, 0, 10, 0);
    searchRow->addWidget(m_search);
    outer->addLayout(searchRow);

    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget(scroll);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(0, 0, 0, 8);
    m_layout->setSpacing(2);
    m_nothing = new QLabel(tr("Nothing found"), content);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    m_nothing->setMargin(16);
    m_nothing->hide();
    m_layout->addWidget(m_nothing);
    m_layout->addStretch(1);
    scroll->setWidget(content);
    outer->addWidget(scroll, 1);

    addImages();
    addInstructions();
    Section &section = addSection(tr("Templates"), false);
    for (const Template &item : templates) {
        addItem(section,
                {PaletteItem::Kind::Template,
                 item.id,
                 item.title,
                 QStringLiteral("workflow"),
                 {},
                 {},
                 false,
                 (item.title + QLatin1Char(' ') + item.language).toLower()});
    }
    connect(m_search, &QLineEdit::textChanged, this, &PalettePanel::filter);
    filter({});
}

void PalettePanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

int PalettePanel::shownItems() const
{
    std::ptrdiff_t count = 0;
    for (const auto &section : m_sections) {
        count += std::ranges::count_if(section->items, [](const PaletteItem *item) { return !item->isHidden(); });
    }
    return static_cast<int>(count);
}

PalettePanel::Section &PalettePanel::addSection(const QString &title, bool grid)
{
    auto &section = *m_sections.emplace_back(std::make_unique<Section>());
    section.grid = grid;
    section.head = new SectionHead(m_theme, title, this);
    section.body = new QWidget(this);
    if (grid) {
        auto *layout = new QGridLayout(section.body);
        layout->setContentsMargins(10, 2, 10, 4);
        layout->setSpacing(5);
    } else {
        auto *layout = new QVBoxLayout(section.body);
        layout->setContentsMargins(0, 0, 0, 4);
        layout->setSpacing(0);
    }
    const int at = m_layout->count() - 1; // in front of the stretch
    m_layout->insertWidget(at, section.head);
    m_layout->insertWidget(at + 1, section.body);
    connect(section.head, &QAbstractButton::toggled, section.body, &QWidget::setVisible);
    return section;
}

PaletteItem *PalettePanel::addItem(Section &section, PaletteItem::Content content)
{
    auto *item = new PaletteItem(m_theme, std::move(content), section.body);
    section.items.push_back(item);
    if (!section.grid) {
        section.body->layout()->addWidget(item);
    }
    connect(item, &PaletteItem::comparisonWanted, this, [this, item] { Q_EMIT comparisonWanted(item->content().id); });
    connect(item, &PaletteItem::activated, this, [this, item] {
        const PaletteItem::Content &what = item->content();
        switch (what.kind) {
        case PaletteItem::Kind::Image: Q_EMIT imageActivated(what.id); break;
        case PaletteItem::Kind::Instruction: Q_EMIT instructionActivated(what.id); break;
        case PaletteItem::Kind::Template: Q_EMIT templateActivated(what.id); break;
        }
    });
    return item;
}

void PalettePanel::addImages()
{
    Section &section = addSection(tr("Base images"), false);
    section.fewest = 6;
    // Images to build in and images to run in by turns, so that the first few show both.
    const std::vector<Catalog::Offer> offers = m_catalog.offers();
    std::vector<const Catalog::Offer *> kinds[2];
    for (const Catalog::Offer &offer : offers) {
        kinds[offer.facts.hasShell == Known::No ? 1 : 0].push_back(&offer);
    }
    std::vector<const Catalog::Offer *> ordered;
    for (std::size_t i = 0; i < offers.size(); ++i) {
        for (const auto &kind : kinds) {
            if (i < kind.size()) {
                ordered.push_back(kind[i]);
            }
        }
    }
    m_images = &section;
    for (const Catalog::Offer *offer : ordered)
        addImage(*offer);
    m_offered = section.items.size();
    if (static_cast<int>(section.items.size()) > section.fewest) {
        section.more = new QPushButton(tr("Show all %1").arg(section.items.size()), section.body);
        section.more->setFlat(true);
        section.more->setProperty("link", true);
        section.more->setProperty("small", true);
        auto *row = new QHBoxLayout;
        row->setContentsMargins(40, 0, 0, 0); // in line with the names
        row->addWidget(section.more);
        row->addStretch(1);
        static_cast<QVBoxLayout *>(section.body->layout())->addLayout(row);
        connect(section.more, &QPushButton::clicked, this, [this, &section] {
            section.fewest = static_cast<int>(m_offered);
            filter(m_search->text());
        });
    }
}

PaletteItem::Content PalettePanel::contentOf(const Catalog::Offer &offer) const
{
    const QString reference = QString::fromStdString(offer.reference);
    // The registry is no help in telling images apart in a narrow list.
    QString title = reference;
    const QString registry = reference.section(QLatin1Char('/'), 0, 0);
    if (registry.contains(QLatin1Char('.')) && reference.contains(QLatin1Char('/'))) {
        title = reference.mid(registry.size() + 1);
    }
    // What is offered is part of the program; what is known of it may be from a catalogue of the person's own.
    const ImageFactsPtr known = m_catalog.lookup(offer.reference);
    const ImageFacts &facts = known ? *known : offer.facts;
    return {PaletteItem::Kind::Image,
            reference,
            title,
            QStringLiteral("box"),
            factsLine(facts),
            QString::fromStdString(facts.note),
            facts.hasShell == Known::No,
            {}};
}

PaletteItem *PalettePanel::addImage(const Catalog::Offer &offer)
{
    return addItem(*m_images, contentOf(offer));
}

void PalettePanel::setCatalog(const Catalog &catalog)
{
    m_catalog = catalog;
    std::map<QString, Catalog::Offer> offers;
    for (Catalog::Offer &offer : m_catalog.offers())
        offers.emplace(QString::fromStdString(offer.reference), std::move(offer));
    // What a search had found is found again, or not any more.
    while (m_images->items.size() > m_offered) {
        delete m_images->items.back();
        m_images->items.pop_back();
    }
    for (PaletteItem *item : m_images->items) {
        if (const auto offer = offers.find(item->content().id); offer != offers.end())
            item->setContent(contentOf(offer->second));
    }
    filter(m_search->text());
}

void PalettePanel::addInstructions()
{
    Section &section = addSection(tr("Instructions"), true);
    for (const Starter &starter : starters) {
        const QString text = QString::fromLatin1(starter.text);
        const QString keyword = text.section(QLatin1Char(' '), 0, 0);
        addItem(section,
                {PaletteItem::Kind::Instruction,
                 text,
                 keyword,
                 QString::fromLatin1(starter.icon),
                 {},
                 {},
                 false,
                 keyword.toLower()});
    }
}

void PalettePanel::fillGrid(const Section &section)
{
    auto *grid = static_cast<QGridLayout *>(section.body->layout());
    while (QLayoutItem *entry = grid->takeAt(0)) {
        delete entry;
    }
    int shown = 0;
    for (PaletteItem *item : section.items) {
        if (!item->isHidden()) {
            grid->addWidget(item, shown / 2, shown % 2);
            ++shown;
        }
    }
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
}

std::pair<int, int> PalettePanel::filterImages(const QString &text)
{
    Section &section = *m_images;
    std::vector<PaletteItem *> found;
    if (text.trimmed().isEmpty()) {
        found.assign(section.items.begin(), section.items.begin() + static_cast<std::ptrdiff_t>(m_offered));
    } else {
        for (const Catalog::Offer &offer : searchImages(m_catalog, ImageQuery::parse(text.toStdString()))) {
            const auto known = std::ranges::find_if(
                section.items, [reference = QString::fromStdString(offer.reference)](const PaletteItem *item) {
                    return item->content().id == reference;
                });
            found.push_back(known == section.items.end() ? addImage(offer) : *known);
        }
    }
    for (PaletteItem *item : section.items) {
        item->hide();
    }
    const bool few = section.fewest > 0 && text.trimmed().isEmpty();
    const int all = static_cast<int>(found.size());
    const int shown = few ? std::min(section.fewest, all) : all;
    auto *layout = static_cast<QVBoxLayout *>(section.body->layout());
    for (int i = 0; i < all; ++i) {
        PaletteItem *item = found[static_cast<std::size_t>(i)];
        layout->removeWidget(item);
        layout->insertWidget(i, item);
        item->setVisible(i < shown);
    }
    return {all, shown};
}

void PalettePanel::filter(const QString &text)
{
    const QStringList words = text.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    int total = 0;
    for (const auto &section : m_sections) {
        int shown = 0;
        int found = 0;
        if (section.get() == m_images)
            std::tie(found, shown) = filterImages(text);
        for (PaletteItem *item : section->items) {
            if (section.get() == m_images)
                break;
            const bool match = std::ranges::all_of(
                words, [item](const QString &word) { return item->content().search.contains(word); });
            found += match ? 1 : 0;
            const bool visible = match && (section->fewest == 0 || !words.isEmpty() || found <= section->fewest);
            item->setVisible(visible);
            shown += visible ? 1 : 0;
        }
        if (section->more) {
            section->more->setVisible(shown < found);
        }
        if (section->grid) {
            fillGrid(*section);
        }
        static_cast<SectionHead *>(section->head)->setCount(found);
        section->head->setVisible(shown > 0);
        section->body->setVisible(shown > 0 && (section->head->isChecked() || !words.isEmpty()));
        total += shown;
    }
    m_nothing->setVisible(total == 0);
}

} // namespace stagewright
