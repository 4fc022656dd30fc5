// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/AddMenu.h"

#include "graph/CardText.h"

#include "theme/Theme.h"

#include <QAction>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace stagewright {

namespace {

/// What tells images apart is at the end of their names: of a FROM the registry goes first.
QString elidedTitle(const QString &title, const QFontMetrics &metrics, int width)
{
    const QString from = QStringLiteral("FROM ");
    if (!title.startsWith(from) || metrics.horizontalAdvance(title) <= width)
        return metrics.elidedText(title, Qt::ElideRight, width);
    const QString image = title.mid(from.size());
    const QString last = image.contains(u'/') ? QStringLiteral("…") + image.mid(image.lastIndexOf(u'/')) : image;
    return from + cardtext::elideReference(last, QFontMetricsF(metrics), width - metrics.horizontalAdvance(from));
}

constexpr int rowHeight = 30;
constexpr int menuWidth = 320;
constexpr int entryRole = Qt::UserRole;

class EntryDelegate : public QStyledItemDelegate
{
public:
    EntryDelegate(const Theme &theme, const std::vector<AddMenu::Entry> &entries, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
        , m_entries(entries)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {menuWidth - 20, rowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = m_theme.tokens();
        const AddMenu::Entry &entry = m_entries[static_cast<std::size_t>(index.data(entryRole).toInt())];
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(option.state & QStyle::State_Selected ? t.accentSel : t.hover);
            painter->drawRoundedRect(option.rect.adjusted(4, 0, -4, 0), 6, 6);
        }
        const QRect icon(option.rect.left() + 12, option.rect.center().y() - 7, 14, 14);
        painter->drawPixmap(icon, m_theme.pixmap(entry.icon, t.text2, 14, painter->device()->devicePixelRatioF()));
        const QFont font = entry.mono ? m_theme.monoFont(12) : m_theme.uiFont(12.5);
        const QFontMetrics metrics(font);
        QRect text = option.rect.adjusted(36, 0, -14, 0);
        painter->setFont(font);
        painter->setPen(t.text);
        const int detailWidth
            = entry.detail.isEmpty() ? 0 : QFontMetrics(m_theme.uiFont(11)).horizontalAdvance(entry.detail) + 12;
        const QString title = elidedTitle(entry.title, metrics, std::max(text.width() - detailWidth, text.width() / 2));
        painter->drawText(text, Qt::AlignVCenter, title);
        text.setLeft(text.left() + metrics.horizontalAdvance(title) + 12);
        painter->setFont(m_theme.uiFont(11));
        painter->setPen(t.text2);
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignRight,
                          QFontMetrics(m_theme.uiFont(11)).elidedText(entry.detail, Qt::ElideRight, text.width()));
        painter->restore();
    }

private:
    const Theme &m_theme;
    const std::vector<AddMenu::Entry> &m_entries;
};

} // namespace

AddMenu::AddMenu(const Theme &theme, std::vector<Entry> entries, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_theme(theme)
    , m_entries(std::move(entries))
{
    setObjectName(QStringLiteral("addMenu"));
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Add to the graph"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("addSearch"));
    m_search->setPlaceholderText(tr("Search images and instructions"));
    m_search->setAccessibleName(tr("Search"));
    m_search->addAction(theme.icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("addList"));
    m_list->setAccessibleName(tr("What can be added"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setItemDelegate(new EntryDelegate(theme, m_entries, this));
    m_list->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(m_search);
    layout->addWidget(m_list);
    connect(m_search, &QLineEdit::textChanged, this, &AddMenu::fill);
    connect(m_list, &QListWidget::itemClicked, this, &AddMenu::choose);
    fill();
}

void AddMenu::popup(QPoint globalPos)
{
    const int rows = std::min(static_cast<int>(m_entries.size()), 11);
    resize(menuWidth, rows * rowHeight + 62);
    if (const QScreen *screen = QGuiApplication::screenAt(globalPos)) {
        const QRect area = screen->availableGeometry();
        globalPos.setX(std::clamp(globalPos.x(), area.left(), std::max(area.left(), area.right() - width())));
        globalPos.setY(std::clamp(globalPos.y(), area.top(), std::max(area.top(), area.bottom() - height())));
    }
    move(globalPos);
    show();
    m_search->setFocus();
}

void AddMenu::fill()
{
    const QStringList wanted = m_search->text().split(u' ', Qt::SkipEmptyParts);
    m_list->clear();
    // What starts with the word goes before what only holds it
    for (int pass = 0; pass < 2; ++pass) {
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            const Entry &entry = m_entries[i];
            const QString words = entry.title + u' ' + entry.detail + u' ' + entry.words;
            const bool starts = wanted.isEmpty() || entry.title.startsWith(wanted.first(), Qt::CaseInsensitive)
                || entry.words.startsWith(wanted.first(), Qt::CaseInsensitive);
            const bool matches = std::all_of(wanted.begin(), wanted.end(), [&](const QString &word) {
                return words.contains(word, Qt::CaseInsensitive);
            });
            if (!matches || starts != (pass == 0))
                continue;
            auto *item = new QListWidgetItem(entry.title, m_list);
            item->setData(entryRole, static_cast<int>(i));
        }
    }
    m_list->setCurrentRow(0);
}

void AddMenu::choose()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const auto run = m_entries[static_cast<std::size_t>(item->data(entryRole).toInt())].run;
    close();
    run();
}

bool AddMenu::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        const int last = m_list->count() - 1;
        switch (key->key()) {
        case Qt::Key_Down:
        case Qt::Key_Tab: m_list->setCurrentRow(std::min(m_list->currentRow() + 1, last)); return true;
        case Qt::Key_Up:
        case Qt::Key_Backtab: m_list->setCurrentRow(std::max(m_list->currentRow() - 1, 0)); return true;
        case Qt::Key_PageDown: m_list->setCurrentRow(std::min(m_list->currentRow() + 8, last)); return true;
        case Qt::Key_PageUp: m_list->setCurrentRow(std::max(m_list->currentRow() - 8, 0)); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: choose(); return true;
        default: break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace stagewright
