// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/CompletionPopup.h"

#include "theme/Theme.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace stagewright {

namespace {

constexpr int RowHeight = 24;
constexpr int MaximumRows = 8;
constexpr int DetailRole = Qt::UserRole + 1;
constexpr int KindRole = Qt::UserRole + 2;

QString iconOfKind(Proposal::Kind kind)
{
    switch (kind) {
    case Proposal::Kind::Keyword: return QStringLiteral("square-terminal");
    case Proposal::Kind::Flag: return QStringLiteral("sliders-horizontal");
    case Proposal::Kind::Stage: return QStringLiteral("hammer");
    case Proposal::Kind::Image: return QStringLiteral("box");
    case Proposal::Kind::Variable: return QStringLiteral("variable");
    case Proposal::Kind::Value: break;
    }
    return QStringLiteral("tag");
}

class ProposalDelegate : public QStyledItemDelegate
{
public:
    ProposalDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const int text = QFontMetrics(m_theme.monoFont()).horizontalAdvance(index.data().toString());
        const int detail = QFontMetrics(m_theme.uiFont(11)).horizontalAdvance(index.data(DetailRole).toString());
        return {30 + text + (detail > 0 ? detail + 24 : 0) + 12, RowHeight};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = m_theme.tokens();
        const bool selected = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (selected) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(t.accentSel);
            painter->drawRoundedRect(option.rect.adjusted(3, 0, -3, 0), 5, 5);
        }
        const auto kind = static_cast<Proposal::Kind>(index.data(KindRole).toInt());
        const qreal dpr = painter->device()->devicePixelRatio();
        const QColor tone
            = kind == Proposal::Kind::Stage ? t.synStage : (kind == Proposal::Kind::Image ? t.synImg : t.text3);
        painter->drawPixmap(QPoint(option.rect.left() + 10, option.rect.top() + (RowHeight - 13) / 2),
                            m_theme.pixmap(iconOfKind(kind), selected && tone == t.text3 ? t.text2 : tone, 13, dpr));
        painter->setFont(m_theme.monoFont());
        painter->setPen(t.text);
        painter->drawText(option.rect.adjusted(30, 0, -12, 0), Qt::AlignVCenter | Qt::AlignLeft,
                          index.data().toString());
        painter->setFont(m_theme.uiFont(11));
        painter->setPen(selected ? t.text2 : t.text3);
        painter->drawText(option.rect.adjusted(30, 0, -12, 0), Qt::AlignVCenter | Qt::AlignRight,
                          index.data(DetailRole).toString());
        painter->restore();
    }

private:
    const Theme &m_theme;
};

} // namespace

CompletionPopup::CompletionPopup(const Theme &theme, QWidget *editor)
    : QFrame(editor)
    , m_theme(theme)
    , m_list(new QListView(this))
    , m_model(new QStandardItemModel(this))
{
    setFocusPolicy(Qt::NoFocus);
    setObjectName(QStringLiteral("completion"));
    setAutoFillBackground(true);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ProposalDelegate(theme, m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(false);
    m_list->setAccessibleName(tr("Completions"));
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(1, 4, 1, 4);
    box->addWidget(m_list);
    setFrameShape(QFrame::Box);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { accept(index.row()); });
    hide();
}

void CompletionPopup::present(const Proposals &proposals, const QRect &cursor, bool chosen)
{
    m_proposals = proposals;
    if (proposals.isEmpty()) {
        hide();
        return;
    }
    const Tokens &t = m_theme.tokens();
    QPalette colours = palette();
    colours.setColor(QPalette::Window, t.raised);
    colours.setColor(QPalette::Base, t.raised);
    colours.setColor(QPalette::WindowText, t.border2);
    setPalette(colours);
    m_model->clear();
    for (const Proposal &proposal : proposals.items) {
        auto *item = new QStandardItem(QString::fromStdString(proposal.text).trimmed());
        item->setData(QString::fromStdString(proposal.detail), DetailRole);
        item->setData(static_cast<int>(proposal.kind), KindRole);
        m_model->appendRow(item);
    }
    const int rows = std::min<int>(m_model->rowCount(), MaximumRows);
    int width = 140;
    for (int row = 0; row < m_model->rowCount(); ++row)
        width = std::max(width, m_list->itemDelegate()->sizeHint({}, m_model->index(row, 0)).width());
    const QSize size(std::min(width + 16, std::max(160, parentWidget()->width() - 8)), rows * RowHeight + 10);
    QPoint at(cursor.left() - 30, cursor.bottom() + 4);
    if (at.y() + size.height() > parentWidget()->height() && cursor.top() - 4 - size.height() >= 0)
        at.setY(cursor.top() - 4 - size.height());
    at.setX(std::clamp(at.x(), 0, std::max(0, parentWidget()->width() - size.width() - 4)));
    setGeometry(QRect(at, size));
    choose(chosen ? 0 : -1);
    show();
    raise();
}

int CompletionPopup::chosen() const
{
    return m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
}

void CompletionPopup::choose(int row)
{
    const QModelIndex index = row < 0 ? QModelIndex() : m_model->index(row, 0);
    m_list->setCurrentIndex(index);
    if (index.isValid())
        m_list->scrollTo(index);
    else
        m_list->scrollToTop();
}

bool CompletionPopup::handleKey(QKeyEvent *event)
{
    if (!isVisible() || (event->modifiers() & ~(Qt::KeypadModifier)) != Qt::NoModifier)
        return false;
    const int rows = m_model->rowCount();
    switch (event->key()) {
    case Qt::Key_Down: choose((chosen() + 1) % rows); return true;
    case Qt::Key_Up:
        if (chosen() < 0) { // Nothing chosen: the key moves the cursor.
            hide();
            return false;
        }
        choose((chosen() + rows - 1) % rows);
        return true;
    case Qt::Key_Tab: accept(std::max(0, chosen())); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (chosen() < 0) {
            hide();
            return false;
        }
        accept(chosen());
        return true;
    case Qt::Key_Escape: hide(); return true;
    default: return false;
    }
}

void CompletionPopup::accept(int row)
{
    if (row < 0 || static_cast<std::size_t>(row) >= m_proposals.items.size())
        return;
    const TextRange range = m_proposals.replaces;
    const QString text = QString::fromStdString(m_proposals.items[static_cast<std::size_t>(row)].text);
    hide();
    Q_EMIT accepted(range, text);
}

} // namespace stagewright
