// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/OutlinePanel.h"

#include "edit/Edits.h"
#include "panels/OutlineModel.h"
#include "panels/PanelPaint.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

namespace stagewright {

/// Paints a stage (dot, name, role, findings) or an instruction (icon, text in the fixed font).
class OutlinePanel::Delegate : public QStyledItemDelegate
{
public:
    Delegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {60, 23}; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = m_theme.tokens();
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, t.accentSel);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, t.hover);
        if (index.parent().isValid())
            paintInstruction(*painter, option.rect, index);
        else
            paintStage(*painter, option.rect, index);
        painter->restore();
    }

    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        editor->setGeometry(option.rect.adjusted(16, 0, -6, 0));
    }

private:
    [[nodiscard]] QColor severityColour(int severity) const
    {
        const Tokens &t = m_theme.tokens();
        return severity == static_cast<int>(Severity::Error) ? t.error : severity == static_cast<int>(Severity::Warning) ? t.warn : t.accent;
    }

    void paintStage(QPainter &painter, const QRect &row, const QModelIndex &index) const
    {
        const Tokens &t = m_theme.tokens();
        const bool needed = index.data(OutlineModel::NeededRole).toBool();
        const int count = index.data(OutlineModel::CountRole).toInt();
        int right = row.right() - 10;
        if (count > 0) {
            const int severity = index.data(OutlineModel::SeverityRole).toInt();
            const QString number = QString::number(count);
            painter.setFont(m_theme.uiFont(12, QFont::DemiBold));
            painter.setPen(severityColour(severity));
            const int width = painter.fontMetrics().horizontalAdvance(number);
            painter.drawText(QRect(right - width, row.top(), width + 1, row.height()), Qt::AlignVCenter, number);
            right -= width + 17;
            const QString icon = severity == static_cast<int>(Severity::Error) ? QStringLiteral("circle-x") : QStringLiteral("triangle-alert");
            painter.drawPixmap(right, row.center().y() - 6, m_theme.pixmap(icon, severityColour(severity), 13, painter.device()->devicePixelRatioF()));
            right -= 6;
        }
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(needed ? roleColour(static_cast<StageRole>(index.data(OutlineModel::StageRoleRole).toInt()), t) : t.edgeDim);
        painter.drawRoundedRect(QRectF(row.left() + 2, row.center().y() - 4, 9, 9), 2.5, 2.5);
        const QRect room(row.left() + 18, row.top(), right - row.left() - 18, row.height());
        painter.setFont(m_theme.uiFont(12.5, QFont::DemiBold));
        painter.setPen(needed ? t.text : t.text3);
        const QString name = painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room.width());
        painter.drawText(room, Qt::AlignVCenter, name);
        const QRect rest = room.adjusted(painter.fontMetrics().horizontalAdvance(name) + 7, 0, 0, 0);
        painter.setFont(m_theme.uiFont(12));
        painter.setPen(t.text3);
        if (rest.width() > 24)
            painter.drawText(rest, Qt::AlignVCenter,
                             painter.fontMetrics().elidedText(index.data(OutlineModel::DetailRole).toString(), Qt::ElideRight, rest.width()));
    }

    void paintInstruction(QPainter &painter, const QRect &row, const QModelIndex &index) const
    {
        const Tokens &t = m_theme.tokens();
        const bool needed = index.data(OutlineModel::NeededRole).toBool();
        const int severity = index.data(OutlineModel::SeverityRole).toInt();
        const QColor colour = severity == static_cast<int>(Severity::Error) ? t.error : needed ? t.text : t.text3;
        painter.drawPixmap(row.left() + 2, row.center().y() - 6,
                           m_theme.pixmap(index.data(OutlineModel::IconRole).toString(), severity == 0 ? t.error : t.text2, 13,
                                          painter.device()->devicePixelRatioF()));
        const QRect room = row.adjusted(22, 0, -8, 0);
        painter.setFont(m_theme.monoFont(11.5));
        painter.setPen(colour);
        painter.drawText(room, Qt::AlignVCenter, painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room.width()));
    }

    const Theme &m_theme;
};

OutlinePanel::OutlinePanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_model(new OutlineModel(this))
    , m_view(new QTreeView(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(m_view);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new Delegate(theme, m_view));
    m_view->setHeaderHidden(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setIndentation(16);
    m_view->setUniformRowHeights(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_view->setDragDropMode(QAbstractItemView::InternalMove);
    m_view->setDropIndicatorShown(true);
    m_view->setAccessibleName(tr("Outline"));
    m_view->installEventFilter(this);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &OutlinePanel::rememberCollapsed);
    connect(m_model, &QAbstractItemModel::modelReset, this, &OutlinePanel::restoreCollapsed);
    connect(m_model, &OutlineModel::refused, this, &OutlinePanel::message);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &OutlinePanel::selectCurrent);
    connect(m_view, &QTreeView::doubleClicked, this, &OutlinePanel::selectCurrent);
    connect(&theme, &Theme::changed, this, [this] { m_view->viewport()->update(); });
}

void OutlinePanel::setSession(DocumentSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    m_collapsed.clear();
    m_following = true;
    m_model->setSession(session);
    m_collapsed.clear();
    m_view->expandAll();
    m_following = false;
    if (session) {
        connect(session, &DocumentSession::selectionChanged, this, [this](const Selection &, QObject *source) {
            if (source != this)
                followSelection();
        });
        followSelection();
    }
}

void OutlinePanel::rememberCollapsed()
{
    m_following = true;
    m_collapsed.clear();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        if (!m_view->isExpanded(index))
            m_collapsed.insert(index.data().toString());
    }
}

void OutlinePanel::restoreCollapsed()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        m_view->setExpanded(index, !m_collapsed.contains(index.data().toString()));
    }
    m_following = false;
    followSelection();
}

void OutlinePanel::followSelection()
{
    if (!m_session || m_following)
        return;
    m_following = true;
    const Selection &selection = m_session->selection();
    QModelIndex wanted;
    if (!selection.instructions.empty())
        wanted = m_model->indexOfInstruction(selection.instructions.front());
    else if (!selection.nodes.empty() && selection.nodes.front().kind == NodeKind::Stage)
        wanted = m_model->indexOfStage(StageId(selection.nodes.front().index));
    m_view->setCurrentIndex(wanted);
    if (wanted.isValid())
        m_view->scrollTo(wanted);
    m_following = false;
}

void OutlinePanel::selectCurrent()
{
    const QModelIndex index = m_view->currentIndex();
    if (m_following || !m_session || !index.isValid())
        return;
    const SnapshotPtr snapshot = m_session->snapshot();
    const InstructionId instruction = m_model->instructionAt(index);
    const Stage &stage = snapshot->graph().stage(m_model->stageAt(index));
    const TextRange range = instruction != InstructionId::None ? snapshot->tree().instruction(instruction).range
                                                               : snapshot->tree().instruction(stage.from).range;
    m_session->reveal(range, this);
    if (instruction == InstructionId::None)
        m_session->select({.nodes = {NodeRef::stage(stage.id)}, .instructions = {}, .edges = {}}, this);
}

void OutlinePanel::deleteCurrent()
{
    const QModelIndex index = m_view->currentIndex();
    if (!m_session || !index.isValid() || m_session->isReadOnly())
        return;
    const Snapshot &snapshot = *m_session->snapshot();
    const InstructionId instruction = m_model->instructionAt(index);
    auto edit = instruction != InstructionId::None ? edit::deleteInstruction(snapshot, instruction)
                                                   : edit::deleteStage(snapshot, m_model->stageAt(index));
    if (edit)
        m_session->push(std::move(*edit), Origin::Outline);
    else
        Q_EMIT message(QString::fromStdString(edit.error().message));
}

bool OutlinePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride)) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Delete && key->modifiers() == Qt::NoModifier) {
            if (event->type() == QEvent::KeyPress)
                deleteCurrent();
            event->accept();
            return true;
        }
        if (key->key() == Qt::Key_F2 && event->type() == QEvent::ShortcutOverride && m_view->currentIndex().isValid()) {
            event->accept(); // the window's "rename stage" would take it
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace stagewright
