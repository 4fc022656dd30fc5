// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/FixPopup.h"

#include "lint/FixRefusal.h"
#include "lint/Ignores.h"
#include "panels/DiffPreview.h"
#include "panels/PanelPaint.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace stagewright {

namespace {

constexpr int Width = 372;
constexpr int RowHeight = 46;
constexpr int HeaderHeight = 34;
constexpr std::size_t PreviewLines = 10;

enum FixRole { DetailRole = Qt::UserRole + 1, IconRole };

class FixDelegate : public QStyledItemDelegate
{
public:
    FixDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {Width - 12, RowHeight};
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
            painter->drawRoundedRect(option.rect, 6, 6);
        }
        const QRect box = option.rect.adjusted(11, 5, -8, -5);
        const qreal dpr = painter->device()->devicePixelRatio();
        painter->drawPixmap(QPoint(box.left(), box.center().y() - 7),
                            m_theme.pixmap(index.data(IconRole).toString(), selected ? t.accent : t.text2, 16, dpr));
        const QRect text = box.adjusted(28, 0, 0, 0);
        painter->setFont(m_theme.uiFont(12.5));
        painter->setPen(t.text);
        const QString title = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, text.width());
        painter->drawText(QRect(text.left(), text.top(), text.width(), text.height() / 2),
                          Qt::AlignLeft | Qt::AlignVCenter, title);
        paintCodeText(*painter, m_theme,
                      QRect(text.left(), text.top() + text.height() / 2, text.width(), text.height() / 2),
                      index.data(DetailRole).toString(), t.text2, 11.5);
        painter->restore();
    }

private:
    const Theme &m_theme;
};

} // namespace

void applyFix(DocumentSession &session, const Fix &fix, QObject *source)
{
    EditTransaction transaction = fix.transaction;
    if (transaction.label().empty())
        transaction.setLabel(fix.title);
    TextRange answer;
    for (const TextEdit &edit : transaction.edits()) {
        if (const std::size_t at = edit.replacement.find(IgnoreReasonPlaceholder); at != std::string::npos)
            answer = {edit.range.begin + Offset(at), edit.range.begin + Offset(at + IgnoreReasonPlaceholder.size())};
    }
    session.push(std::move(transaction), Origin::Fix);
    if (!answer.isEmpty())
        session.reveal(answer, source); // to be typed over
}

FixPopup *FixPopup::open(DocumentSession &session, const Theme &theme, const Diagnostic &finding, const QRect &anchor,
                         QWidget *parent)
{
    std::vector<Fix> fixes = session.fixesFor(finding);
    // Last, and never the one that Enter takes when there is a real one.
    if (auto ignore = session.ignoreFor(finding))
        fixes.push_back(std::move(*ignore));
    if (fixes.empty())
        return nullptr;
    auto *popup = new FixPopup(session, theme, finding, std::move(fixes), parent);
    popup->m_anchor = anchor;
    popup->setCurrent(0);
    popup->show();
    popup->m_list->setFocus(Qt::PopupFocusReason);
    return popup;
}

FixPopup::FixPopup(DocumentSession &session, const Theme &theme, const Diagnostic &finding, std::vector<Fix> fixes,
                   QWidget *parent)
    : QFrame(parent, Qt::Popup | Qt::FramelessWindowHint)
    , m_session(session)
    , m_theme(theme)
    , m_fixes(std::move(fixes))
    , m_list(new QListView(this))
    , m_model(new QStandardItemModel(this))
    , m_preview(new DiffPreview(theme, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAttribute(Qt::WA_TranslucentBackground);
    setAccessibleName(tr("Quick fixes"));
    const Tokens &t = theme.tokens();

    auto *header = new QWidget(this);
    header->setFixedHeight(HeaderHeight);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(13, 2, 13, 0);
    auto *icon = new QLabel(header);
    icon->setPixmap(theme.pixmap(QStringLiteral("lightbulb"), t.warn, 14, devicePixelRatioF()));
    auto *title
        = new QLabel(tr("Quick fixes for %1")
                         .arg(QString::fromUtf8(finding.ruleId.data(), static_cast<qsizetype>(finding.ruleId.size()))),
                     header);
    title->setFont(theme.uiFont(12, QFont::DemiBold));
    auto *keys = new QLabel(QKeySequence(Qt::ALT | Qt::Key_Enter).toString(QKeySequence::NativeText), header);
    keys->setFont(theme.uiFont(11));
    QPalette captions = palette();
    captions.setColor(QPalette::WindowText, t.text2);
    title->setPalette(captions);
    captions.setColor(QPalette::WindowText, t.text3);
    keys->setPalette(captions);
    row->addWidget(icon);
    row->addSpacing(2);
    row->addWidget(title, 1);
    row->addWidget(keys);

    for (const Fix &fix : m_fixes) {
        auto *item = new QStandardItem(QString::fromStdString(fix.title));
        item->setData(QString::fromStdString(fix.detail), DetailRole);
        item->setData(fix.icon.empty() ? QStringLiteral("lightbulb") : QString::fromStdString(fix.icon), IconRole);
        item->setAccessibleDescription(QString::fromStdString(fix.detail));
        m_model->appendRow(item);
    }
    m_list->setModel(m_model);
    m_list->setItemDelegate(new FixDelegate(theme, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(title->text());
    m_list->viewport()->setAutoFillBackground(false);
    QPalette clear = m_list->palette();
    clear.setColor(QPalette::Base, Qt::transparent);
    m_list->setPalette(clear);
    m_list->setFixedHeight(std::min<int>(static_cast<int>(m_fixes.size()), 6) * RowHeight + 2);
    m_list->installEventFilter(this);

    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(5, 1, 5, 5);
    box->setSpacing(0);
    box->addWidget(header);
    box->addWidget(m_list);
    if (const std::string reason = whyNoExecForm(*session.snapshot(), finding); !reason.empty())
        box->addWidget(refusal(reason));
    box->addSpacing(3);
    box->addWidget(m_preview);
    setFixedWidth(Width);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        if (!index.isValid())
            return;
        m_preview->setLines(lineDiff(m_session.snapshot()->text(),
                                     m_fixes[static_cast<std::size_t>(index.row())].transaction, PreviewLines));
        place(m_anchor);
    });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { apply(index.row()); });
    connect(m_list, &QListView::entered, this, [this](const QModelIndex &index) { setCurrent(index.row()); });
    // The fixes are for this text; another one needs another popup.
    connect(&session, &DocumentSession::changed, this, &QWidget::close);
}

/// Why the fix that people look for first is not among them.
QLabel *FixPopup::refusal(const std::string &reason)
{
    auto *label = new QLabel(tr("Not as a JSON list: %1.").arg(QString::fromStdString(reason)), this);
    label->setObjectName(QStringLiteral("refusal"));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFont(m_theme.uiFont(11));
    label->setContentsMargins(33, 3, 10, 3);
    QPalette words = palette();
    words.setColor(QPalette::WindowText, m_theme.tokens().text2);
    label->setPalette(words);
    return label;
}

void FixPopup::place(const QRect &anchor)
{
    adjustSize();
    const QScreen *screen = QGuiApplication::screenAt(anchor.center());
    const QRect room = (screen ? screen : QGuiApplication::primaryScreen())->availableGeometry();
    QPoint at(anchor.left() - 16, anchor.bottom() + 6);
    if (at.y() + height() > room.bottom())
        at.setY(std::max(room.top(), anchor.top() - 6 - height()));
    at.setX(std::clamp(at.x(), room.left() + 4, std::max(room.left() + 4, room.right() - width() - 4)));
    move(at);
}

int FixPopup::current() const
{
    return m_list->currentIndex().row();
}

void FixPopup::setCurrent(int index)
{
    m_list->setCurrentIndex(m_model->index(index, 0));
}

void FixPopup::apply(int index)
{
    if (index < 0 || static_cast<std::size_t>(index) >= m_fixes.size())
        return;
    const Fix fix = m_fixes[static_cast<std::size_t>(index)];
    // The push publishes a change, which closes and so may delete this.
    const QPointer<FixPopup> alive(this);
    applyFix(m_session, fix, this);
    if (alive) {
        Q_EMIT applied(QString::fromStdString(fix.title));
        close();
    }
}

bool FixPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() != Qt::Key_Up && key->key() != Qt::Key_Down) {
            keyPressEvent(key);
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void FixPopup::keyPressEvent(QKeyEvent *event)
{
    const int count = static_cast<int>(m_fixes.size());
    const int key = event->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space)
        apply(current());
    else if (key >= Qt::Key_1 && key < Qt::Key_1 + std::min(9, count))
        apply(key - Qt::Key_1);
    else if (key == Qt::Key_Home)
        setCurrent(0);
    else if (key == Qt::Key_End)
        setCurrent(count - 1);
    else if (key == Qt::Key_Tab || key == Qt::Key_Backtab)
        setCurrent((current() + (key == Qt::Key_Tab ? 1 : count - 1)) % count);
    else if (key == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

void FixPopup::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.border2, 1));
    painter.setBrush(t.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace stagewright
