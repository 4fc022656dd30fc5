// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/OutlinePanel.h"

#include "edit/Edits.h"
#include "panels/OutlineModel.h"
#include "panels/PanelPaint.h"
#include "theme/Theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

namespace stagewright {

namespace {

constexpr int RowHeight = 23;

} // namespace

class OutlinePanel::Delegate : public QStyledItemDelegate
{
public:
    Delegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {80, RowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const Tokens &t = m_theme.tokens();
        if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
            const QRect row(0, option.rect.top(), option.rect.right() + 1,
                            option.rect.height()); // With the indentation.
            painter->setClipping(false);
            painter->fillRect(row, option.state & QStyle::State_Selected ? t.accentSel : t.hover);
            if (index.model()->hasChildren(index))
                paintBranch(*painter, option, t);
        }
        const QRect box = option.rect.adjusted(2, 0, -10, 0);
        const int errors = index.data(OutlineModel::ErrorsRole).toInt();
        if (index.data(OutlineModel::StageRoleRole).toInt() >= 0)
            paintStage(*painter, box, index, errors);
        else if (index.parent().isValid())
            paintInstruction(*painter, box, index, errors);
        else {
            painter->setFont(m_theme.uiFont(11.5));
            painter->setPen(t.text3);
            painter->drawText(box, Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
        }
        painter->restore();
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        QStyledItemDelegate::setEditorData(editor, index);
        if (auto *field = qobject_cast<QLineEdit *>(editor)) {
            field->setFont(m_theme.monoFont(11.5));
            if (index.data(Qt::EditRole).toString().isEmpty())
                field->setPlaceholderText(index.data().toString());
        }
    }

    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        editor->setGeometry(option.rect.adjusted(14, 0, -4, 0));
    }

private:
    /// The view draws the arrow before the row's background comes over it.
    void paintBranch(QPainter &painter, const QStyleOptionViewItem &option, const Tokens &t) const
    {
        const QString icon
            = option.state & QStyle::State_Open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right");
        painter.drawPixmap(QPoint(option.rect.left() - 15, option.rect.center().y() - 6),
                           m_theme.pixmap(icon, t.text3, 13, painter.device()->devicePixelRatio()));
    }

    void paintStage(QPainter &painter, const QRect &box, const QModelIndex &index, int errors) const
    {
        const Tokens &t = m_theme.tokens();
        const bool dimmed = index.data(OutlineModel::DimmedRole).toBool();
        const auto role = static_cast<StageRole>(index.data(OutlineModel::StageRoleRole).toInt());
        painter.setPen(Qt::NoPen);
        painter.setBrush(dimmed ? (role == StageRole::Test ? t.testLine : t.builderLine) : roleColour(role, t));
        painter.drawRoundedRect(QRectF(box.left() + 1, box.center().y() - 4, 9, 9), 2.5, 2.5);
        int right = box.right();
        if (errors > 0) {
            const QString count = QString::number(errors);
            painter.setFont(m_theme.uiFont(11.5, QFont::DemiBold));
            painter.setPen(t.error);
            const int width = painter.fontMetrics().horizontalAdvance(count);
            painter.drawText(QRect(right - width, box.top(), width + 1, box.height()), Qt::AlignVCenter, count);
            painter.drawPixmap(
                QPoint(right - width - 17, box.center().y() - 6),
                m_theme.pixmap(QStringLiteral("circle-x"), t.error, 13, painter.device()->devicePixelRatio()));
            right -= width + 24;
        }
        const QString caption = index.data(OutlineModel::CaptionRole).toString();
        const QFont captionFont = m_theme.uiFont(11.5);
        const QFont nameFont = m_theme.uiFont(12.5, dimmed ? QFont::Normal : QFont::DemiBold);
        const int left = box.left() + 17;
        painter.setFont(nameFont);
        // The name comes first; what the stage is for, its mark tells too.
        const QString name
            = painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, std::max(40, right - left));
        painter.setPen(dimmed ? t.text3 : t.text);
        painter.drawText(QRect(left, box.top(), right - left, box.height()), Qt::AlignVCenter | Qt::AlignLeft, name);
        const int behind = left + painter.fontMetrics().horizontalAdvance(name) + 6;
        painter.setFont(captionFont);
        painter.setPen(t.text3);
        const QRect rest(behind, box.top(), right - behind, box.height());
        if (rest.width() < 24)
            return;
        painter.drawText(rest, Qt::AlignVCenter | (dimmed ? Qt::AlignRight : Qt::AlignLeft),
                         painter.fontMetrics().elidedText(caption, Qt::ElideRight, rest.width()));
    }

    void paintInstruction(QPainter &painter, const QRect &box, const QModelIndex &index, int errors) const
    {
        const Tokens &t = m_theme.tokens();
        const bool dimmed = index.data(OutlineModel::DimmedRole).toBool();
        const bool warned = index.data(OutlineModel::WarningsRole).toInt() > 0;
        const QColor tone = errors > 0 ? t.error : (dimmed ? t.text3 : t.text);
        const qreal dpr = painter.device()->devicePixelRatio();
        painter.drawPixmap(
            QPoint(box.left() + 2, box.center().y() - 6),
            m_theme.pixmap(index.data(OutlineModel::IconRole).toString(), errors > 0 ? t.error : t.text3, 13, dpr));
        QRect text = box.adjusted(22, 0, 0, 0);
        if (errors > 0 || warned) {
            painter.drawPixmap(
                QPoint(box.right() - 13, box.center().y() - 6),
                m_theme.pixmap(errors > 0 ? QStringLiteral("circle-x") : QStringLiteral("triangle-alert"),
                               errors > 0 ? t.error : t.warn, 13, dpr));
            text.adjust(0, 0, -18, 0);
        }
        painter.setFont(m_theme.monoFont(11.5));
        painter.setPen(tone);
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, text.width()));
    }

    const Theme &m_theme;
};

OutlinePanel::OutlinePanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_model(new OutlineModel(this))
    , m_view(new QTreeView(this))
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(new Delegate(theme, m_view));
    m_view->setHeaderHidden(true);
    m_view->setUniformRowHeights(true);
    m_view->setIndentation(16);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_view->setDragDropMode(QAbstractItemView::InternalMove);
    m_view->setDefaultDropAction(Qt::MoveAction);
    m_view->setDragEnabled(true);
    m_view->setExpandsOnDoubleClick(false);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setAccessibleName(tr("Outline"));
    m_view->installEventFilter(this);
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(0, 2, 0, 0);
    box->addWidget(m_view);

    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        restoreExpansion();
        follow(nullptr);
    });
    connect(m_model, &OutlineModel::refused, this, &OutlinePanel::message);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &OutlinePanel::onCurrentChanged);
    connect(m_view, &QTreeView::doubleClicked, this, &OutlinePanel::activated);
    const auto remember = [this](const QModelIndex &index, bool open) {
        if (m_following)
            return;
        const QString key = index.data(OutlineModel::KeyRole).toString();
        (open ? m_expanded : m_collapsed).insert(key);
        (open ? m_collapsed : m_expanded).remove(key);
    };
    connect(m_view, &QTreeView::expanded, this, [remember](const QModelIndex &index) { remember(index, true); });
    connect(m_view, &QTreeView::collapsed, this, [remember](const QModelIndex &index) { remember(index, false); });
    connect(&theme, &Theme::changed, this, &OutlinePanel::applyTheme);
    applyTheme();
}

void OutlinePanel::applyTheme()
{
    QPalette colours = m_view->palette();
    colours.setColor(QPalette::Base, m_theme.tokens().dock);
    m_view->setPalette(colours);
    m_view->viewport()->update();
}

void OutlinePanel::setSession(DocumentSession *session)
{
    if (m_session == session)
        return;
    if (m_session)
        m_session->disconnect(this);
    m_expanded.clear();
    m_collapsed.clear();
    m_session = session;
    m_model->setSession(session);
    if (session) {
        connect(session, &DocumentSession::selectionChanged, this,
                [this](const Selection &, QObject *source) { follow(source); });
        follow(nullptr);
    }
}

void OutlinePanel::restoreExpansion()
{
    const QScopedValueRollback following(m_following, true);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        const QString key = index.data(OutlineModel::KeyRole).toString();
        const bool open = m_expanded.contains(key)
            || (!m_collapsed.contains(key) && !index.data(OutlineModel::DimmedRole).toBool());
        m_view->setExpanded(index, open);
    }
}

void OutlinePanel::onCurrentChanged(const QModelIndex &index)
{
    if (m_following || !m_session || m_session->isPublishing())
        return;
    const InstructionId instruction = m_model->instructionAt(index);
    if (instruction != InstructionId::None)
        m_session->reveal(m_session->snapshot()->tree().instruction(instruction).range, this);
}

void OutlinePanel::follow(QObject *source)
{
    if (source == this || !m_session)
        return;
    const Selection &selection = m_session->selection();
    QModelIndex wanted;
    if (!selection.instructions.empty())
        wanted = m_model->indexOfInstruction(selection.instructions.front());
    else if (!selection.nodes.empty() && selection.nodes.front().kind == NodeKind::Stage)
        wanted = m_model->indexOfStage(static_cast<StageId>(selection.nodes.front().index));
    const QScopedValueRollback following(m_following, true);
    if (wanted == m_view->currentIndex())
        return;
    m_view->setCurrentIndex(wanted);
    if (wanted.isValid())
        m_view->scrollTo(wanted);
    else
        m_view->clearSelection();
}

void OutlinePanel::renameCurrent()
{
    if (m_view->currentIndex().flags() & Qt::ItemIsEditable)
        m_view->edit(m_view->currentIndex());
}

void OutlinePanel::deleteCurrent()
{
    const QModelIndex index = m_view->currentIndex();
    if (!m_session || !index.isValid() || m_session->isReadOnly())
        return;
    const StageId stage = m_model->stageAt(index);
    const InstructionId instruction = m_model->instructionAt(index);
    if (instruction == InstructionId::None)
        return;
    edit::Result result = stage != StageId::None ? edit::deleteStage(*m_session->snapshot(), stage)
                                                 : edit::deleteInstruction(*m_session->snapshot(), instruction);
    if (!result) {
        Q_EMIT message(QString::fromStdString(result.error().message));
        return;
    }
    const QModelIndex group = index.parent();
    const int row = index.row();
    const int groupRow = group.row();
    m_session->push(std::move(*result), Origin::Outline);
    // The next one becomes current, so that the key can be pressed again.
    const QModelIndex parent = groupRow >= 0 ? m_model->index(groupRow, 0) : QModelIndex();
    const int count = m_model->rowCount(parent);
    if (count > 0)
        m_view->setCurrentIndex(m_model->index(std::min(row, count - 1), 0, parent));
}

bool OutlinePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace) {
            deleteCurrent();
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            Q_EMIT activated();
            return true;
        }
    }
    if (watched == m_view && event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Delete || key->key() == Qt::Key_F2) {
            event->accept();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace stagewright
