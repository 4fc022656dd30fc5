// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/PalettePanel.h"

#include "catalog/ImageSearch.h"
#include "theme/Style.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDrag>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
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

PaletteItem::PaletteItem(const Theme &theme, Content content, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_content(std::move(content))
{
    setText(m_content.title);
    setAccessibleName(m_content.title);
    setAccessibleDescription(m_content.facts);
    setToolTip(m_content.kind == Kind::Image
                   ? tr("Drag onto the graph, or double-click to add a stage FROM %1").arg(m_content.id)
                   : m_content.kind == Kind::Instruction
                   ? tr("Drag onto a stage, or double-click to add to the selected stage")
                   : tr("Double-click to open as a new document"));
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize PaletteItem::sizeHint() const
{
    switch (m_content.kind) {
    case Kind::Image: return {180, 41};
    case Kind::Instruction: return {90, 26};
    case Kind::Template: return {180, 28};
    }
    return {};
}

void PaletteItem::paintImage(QPainter &painter) const
{
    const Tokens &t = m_theme.tokens();
    QPen dashed(t.extLine, 1.2);
    dashed.setDashPattern({2.2, 2});
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(dashed);
    painter.setBrush(t.field);
    painter.drawRoundedRect(QRectF(14.5, (height() - 26) / 2.0, 26, 26), 6, 6);
    painter.restore();
    painter.drawPixmap(20, (height() - 15) / 2, m_theme.pixmap(QStringLiteral("box"), t.ext, 15, devicePixelRatioF()));
    QRect title(49, 3, width() - 58, 18);
    painter.setFont(m_theme.monoFont(12));
    painter.setPen(t.text);
    // What tells images apart is at the end of the name: what does not fit goes from the front.
    QString name = m_content.title;
    if (painter.fontMetrics().horizontalAdvance(name) > title.width()) {
        name = name.section(QLatin1Char('/'), -1);
    }
    painter.drawText(title, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(name, Qt::ElideMiddle, title.width()));
    QRect facts = title.translated(0, 17);
    painter.setFont(m_theme.uiFont(11.5));
    QString rest = m_content.facts;
    if (m_content.noShell) {
        const QString none = rest.section(QStringLiteral(" · "), 0, 0);
        rest = rest.mid(none.size());
        QFont bold = painter.font();
        bold.setWeight(QFont::Medium);
        painter.setFont(bold);
        painter.setPen(t.error);
        painter.drawText(facts, Qt::AlignVCenter | Qt::AlignLeft, none);
        facts.setLeft(facts.left() + painter.fontMetrics().horizontalAdvance(none));
        painter.setFont(m_theme.uiFont(11.5));
    }
    painter.setPen(t.text2);
    painter.drawText(facts, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(rest, Qt::ElideRight, facts.width()));
}

void PaletteItem::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    const bool hover = underMouse() || isDown();
    if (m_content.kind == Kind::Instruction) {
        strokeRounded(&painter, rect(), 5, t.border2, hover ? t.hover : t.raised);
        painter.drawPixmap(8, (height() - 14) / 2, m_theme.pixmap(m_content.icon, t.text2, 14, devicePixelRatioF()));
        painter.setFont(m_theme.monoFont(11, QFont::Medium));
        painter.setPen(t.text);
        const int room = width() - 30;
        painter.drawText(QRect(27, 0, room, height()), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(m_content.title, Qt::ElideRight, room));
    } else {
        if (hover) {
            strokeRounded(&painter, rect().adjusted(6, 0, -6, 0), 6, QColor(), t.hover);
        }
        if (m_content.kind == Kind::Image) {
            paintImage(painter);
        } else {
            painter.drawPixmap(16, (height() - 15) / 2,
                               m_theme.pixmap(m_content.icon, t.text2, 15, devicePixelRatioF()));
            painter.setFont(m_theme.uiFont(12.5));
            painter.setPen(t.text);
            const int room = width() - 48;
            painter.drawText(QRect(38, 0, room, height()), Qt::AlignVCenter | Qt::AlignLeft,
                             painter.fontMetrics().elidedText(m_content.title, Qt::ElideRight, room));
        }
    }
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        strokeFocus(&painter, rect().adjusted(2, 0, -2, 0), 5, t.accent);
    }
}

void PaletteItem::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->position().toPoint();
    QAbstractButton::mousePressEvent(event);
}

void PaletteItem::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons().testFlag(Qt::LeftButton) && m_content.kind != Kind::Template
        && (event->position().toPoint() - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        setDown(false);
        startDrag();
        return;
    }
    QAbstractButton::mouseMoveEvent(event);
}

void PaletteItem::contextMenuEvent(QContextMenuEvent *event)
{
    if (m_content.kind != Kind::Image) {
        QAbstractButton::contextMenuEvent(event);
        return;
    }
    QMenu menu(this);
    menu.addAction(m_theme.icon(QStringLiteral("square-plus")), tr("Add a stage FROM it"), this,
                   &PaletteItem::activated);
    menu.addAction(m_theme.icon(QStringLiteral("git-compare")), tr("Compare with siblings…"), this,
                   &PaletteItem::comparisonWanted);
    menu.exec(event->globalPos());
}

void PaletteItem::startDrag()
{
    auto *mime = new QMimeData;
    const char *type = m_content.kind == Kind::Image ? imageMimeType : instructionMimeType;
    mime->setData(QLatin1StringView(type), m_content.id.toUtf8());
    mime->setText(m_content.id);
    auto *drag = new QDrag(this);
    drag->setMimeData(mime);
    drag->setPixmap(grab());
    drag->setHotSpot(m_pressed);
    drag->exec(Qt::CopyAction);
}

void PaletteItem::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        Q_EMIT activated();
    }
}

void PaletteItem::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT activated();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

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

    addImages(catalog);
    addInstructions();
    Section &section = addSection(tr("Templates"), false);
    for (const Template &item : templates) {
        addItem(section,
                {PaletteItem::Kind::Template,
                 item.id,
                 item.title,
                 QStringLiteral("workflow"),
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

void PalettePanel::addImages(const Catalog &catalog)
{
    Section &section = addSection(tr("Base images"), false);
    section.fewest = 6;
    // Images to build in and images to run in by turns, so that the first few show both.
    const std::vector<Catalog::Offer> offers = catalog.offers();
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

PaletteItem *PalettePanel::addImage(const Catalog::Offer &offer)
{
    const QString reference = QString::fromStdString(offer.reference);
    // The registry is no help in telling images apart in a narrow list.
    QString title = reference;
    const QString registry = reference.section(QLatin1Char('/'), 0, 0);
    if (registry.contains(QLatin1Char('.')) && reference.contains(QLatin1Char('/'))) {
        title = reference.mid(registry.size() + 1);
    }
    PaletteItem *item = addItem(*m_images,
                                {PaletteItem::Kind::Image,
                                 reference,
                                 title,
                                 QStringLiteral("box"),
                                 factsLine(offer.facts),
                                 offer.facts.hasShell == Known::No,
                                 {}});
    if (!offer.facts.note.empty()) {
        item->setToolTip(reference + QStringLiteral("\n") + QString::fromStdString(offer.facts.note));
    }
    return item;
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
