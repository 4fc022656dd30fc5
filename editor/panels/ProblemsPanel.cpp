// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/ProblemsPanel.h"

#include "panels/DiagnosticsModel.h"
#include "panels/FixPopup.h"
#include "panels/PanelPaint.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

namespace stagewright {

namespace {

constexpr int RowHeight = 28;

/// Hides severities that are switched off.
class SeverityFilter : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void show(Severity severity, bool on)
    {
        m_shown[static_cast<std::size_t>(severity)] = on;
        invalidateRowsFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        const int severity = sourceModel()->index(row, 0, parent).data(DiagnosticsModel::SeverityRole).toInt();
        return m_shown[static_cast<std::size_t>(severity)];
    }

private:
    std::array<bool, 3> m_shown{true, true, true};
};

QString severityIcon(Severity severity)
{
    return severity == Severity::Error ? QStringLiteral("circle-x")
        : severity == Severity::Warning ? QStringLiteral("triangle-alert") : QStringLiteral("info");
}

QColor severityColour(Severity severity, const Tokens &t)
{
    return severity == Severity::Error ? t.error : severity == Severity::Warning ? t.warn : t.accent;
}

} // namespace

/// Paints rows: icon, rule id in bold, the dot of the stage's role, the fix button.
class ProblemsPanel::Delegate : public QStyledItemDelegate
{
public:
    Delegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {40, RowHeight}; }

    static QRect buttonRect(const QRect &cell) { return QRect(cell.right() - 66, cell.center().y() - 11, 58, 22); }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = m_theme.tokens();
        const bool selected = option.state & QStyle::State_Selected;
        const bool hover = option.state & QStyle::State_MouseOver;
        painter->save();
        painter->fillRect(option.rect, selected ? t.accentSel : hover ? t.hover : t.dock);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.border);
        paintCell(*painter, option.rect, index, selected);
        painter->restore();
    }

private:
    void paintCell(QPainter &painter, const QRect &cell, const QModelIndex &index, bool selected) const
    {
        const Tokens &t = m_theme.tokens();
        const qreal dpr = painter.device()->devicePixelRatioF();
        const QString words = index.data().toString();
        const QRect inner = cell.adjusted(10, 0, -8, 0);
        switch (index.column()) {
        case DiagnosticsModel::SeverityColumn: {
            const auto severity = static_cast<Severity>(index.data(DiagnosticsModel::SeverityRole).toInt());
            painter.drawPixmap(cell.center().x() - 7, cell.center().y() - 7,
                               m_theme.pixmap(severityIcon(severity), severityColour(severity, t), 16, dpr));
            break;
        }
        case DiagnosticsModel::RuleColumn: {
            const qsizetype blank = words.indexOf(u' ');
            painter.setFont(m_theme.uiFont(12, QFont::DemiBold));
            painter.setPen(t.text);
            const QString id = painter.fontMetrics().elidedText(words.left(blank), Qt::ElideRight, inner.width());
            painter.drawText(inner, Qt::AlignVCenter, id);
            const int width = painter.fontMetrics().horizontalAdvance(id) + 8;
            if (blank > 0) {
                painter.setFont(m_theme.uiFont(12));
                painter.setPen(selected ? t.text2 : t.text3);
                const QRect rest = inner.adjusted(width, 0, 0, 0);
                painter.drawText(rest, Qt::AlignVCenter,
                                 painter.fontMetrics().elidedText(words.mid(blank + 1), Qt::ElideRight, rest.width()));
            }
            break;
        }
        case DiagnosticsModel::MessageColumn:
            paintCodeText(painter, m_theme, inner, words, t.text, 12.5);
            break;
        case DiagnosticsModel::StageColumn: {
            const int role = index.data(DiagnosticsModel::StageRoleRole).toInt();
            if (role < 0)
                break;
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(roleColour(static_cast<StageRole>(role), t));
            painter.drawRoundedRect(QRectF(inner.left(), cell.center().y() - 4, 8, 8), 2, 2);
            painter.setPen(t.text);
            painter.setFont(m_theme.uiFont(12.5));
            const QRect rest = inner.adjusted(15, 0, 0, 0);
            painter.drawText(rest, Qt::AlignVCenter, painter.fontMetrics().elidedText(words, Qt::ElideRight, rest.width()));
            break;
        }
        case DiagnosticsModel::LineColumn:
            painter.setPen(t.text);
            painter.setFont(m_theme.uiFont(12.5));
            painter.drawText(inner, Qt::AlignVCenter, words);
            break;
        case DiagnosticsModel::FixColumn:
            if (!words.isEmpty())
                paintButton(painter, buttonRect(cell), words, dpr);
            break;
        default:
            break;
        }
    }

    void paintButton(QPainter &painter, const QRect &button, const QString &words, qreal dpr) const
    {
        const Tokens &t = m_theme.tokens();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(t.border2, 1));
        painter.setBrush(t.raised);
        painter.drawRoundedRect(QRectF(button).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        painter.drawPixmap(button.left() + 9, button.center().y() - 6, m_theme.pixmap(QStringLiteral("lightbulb"), t.warn, 13, dpr));
        painter.setPen(t.text);
        painter.setFont(m_theme.uiFont(12, QFont::Medium));
        painter.drawText(button.adjusted(27, 0, -4, 0), Qt::AlignVCenter | Qt::AlignLeft, words);
    }

    const Theme &m_theme;
};

ProblemsPanel::ProblemsPanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_model(new DiagnosticsModel(this))
    , m_proxy(new SeverityFilter(this))
    , m_view(new QTreeView(this))
    , m_empty(new QLabel(this))
    , m_pages(new QStackedLayout(this))
{
    m_proxy->setSourceModel(m_model);
    m_proxy->setSortRole(DiagnosticsModel::SortRole);
    m_view->setModel(m_proxy);
    m_view->setItemDelegate(new Delegate(theme, m_view));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setMouseTracking(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setAccessibleName(tr("Problems"));
    m_view->setSortingEnabled(true);
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);
    QHeaderView *header = m_view->header();
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder); // the order of the text
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(30);
    header->setMinimumHeight(27);
    header->setSectionResizeMode(DiagnosticsModel::MessageColumn, QHeaderView::Stretch);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->resizeSection(DiagnosticsModel::SeverityColumn, 34);
    header->resizeSection(DiagnosticsModel::RuleColumn, 230);
    header->resizeSection(DiagnosticsModel::StageColumn, 130);
    header->resizeSection(DiagnosticsModel::LineColumn, 60);
    header->resizeSection(DiagnosticsModel::FixColumn, 84);
    m_empty->setAlignment(Qt::AlignCenter);
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_empty);
    makeFilters();

    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        m_kept = current();
        m_refreshing = true;
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, &ProblemsPanel::refresh);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &now) {
        if (m_refreshing)
            return;
        reveal(now);
        Q_EMIT currentChanged();
    });
    connect(m_view, &QTreeView::activated, this, &ProblemsPanel::reveal);
    connect(&theme, &Theme::changed, this, [this] { refresh(); });
    refresh();
}

void ProblemsPanel::makeFilters()
{
    m_filters = new QWidget(this);
    auto *layout = new QHBoxLayout(m_filters);
    layout->setContentsMargins(0, 0, 6, 0);
    layout->setSpacing(6);
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
        auto *button = new QToolButton(m_filters);
        button->setFont(m_theme.uiFont(12));
        button->setCheckable(true);
        button->setChecked(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIconSize({13, 13});
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::toggled, this, [this, severity](bool on) {
            static_cast<SeverityFilter *>(m_proxy)->show(severity, on);
            refresh();
        });
        layout->addWidget(button);
        m_buttons[static_cast<std::size_t>(severity)] = button;
    }
}

void ProblemsPanel::setSession(DocumentSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    m_kept.reset();
    if (session)
        connect(session, &DocumentSession::selectionChanged, this, [this](const Selection &, QObject *source) {
            if (source != this)
                followSelection();
        });
    m_model->setSession(session);
}

void ProblemsPanel::refresh()
{
    const Tokens &t = m_theme.tokens();
    const std::array<int, 3> counts{m_model->count(Severity::Error), m_model->count(Severity::Warning), m_model->count(Severity::Info)};
    const auto counted = [](int count, const QString &one, const QString &many) { return count == 1 ? one : many.arg(count); };
    const std::array<QString, 3> words{counted(counts[0], tr("1 error"), tr("%1 errors")), counted(counts[1], tr("1 warning"), tr("%1 warnings")),
                                       counted(counts[2], tr("1 note"), tr("%1 notes"))};
    m_filters->setStyleSheet(QStringLiteral("QToolButton { border: 1px solid %1; border-radius: 11px; padding: 1px 9px 1px 7px; min-height: 18px;"
                                            " background: %2; color: %3; } QToolButton:checked { background: %4; border-color: %4; color: %5; }"
                                            " QToolButton:focus { border-color: %6; }")
                                 .arg(t.border2.name(), t.window.name(), t.text3.name(), t.accentTint.name(), t.text.name(), t.accent.name()));
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const auto severity = static_cast<Severity>(i);
        m_buttons[i]->setText(words[i]);
        m_buttons[i]->setToolTip(m_buttons[i]->isChecked() ? tr("Shown; click to hide") : tr("Hidden; click to show"));
        m_buttons[i]->setIcon(m_theme.icon(severityIcon(severity), counts[i] > 0 ? severityColour(severity, t) : t.text3));
    }
    const int all = m_model->rowCount();
    m_empty->setText(!m_session ? QString() : all == 0 ? tr("No problems. What BuildKit and Stagewright check is fine here.")
                                                       : tr("The filters above hide all of them: %1.").arg(all));
    m_empty->setFont(m_theme.uiFont(12.5));
    m_empty->setStyleSheet(QStringLiteral("color: %1; background: %2;").arg(t.text3.name(), t.dock.name()));
    m_pages->setCurrentIndex(m_proxy->rowCount() == 0 ? 1 : 0);
    m_view->viewport()->update();
    if (m_kept) {
        if (const int row = m_model->rowOf(*m_kept); row >= 0)
            m_view->setCurrentIndex(m_proxy->mapFromSource(m_model->index(row, 0)));
    }
    m_kept.reset();
    m_refreshing = false;
    Q_EMIT countChanged(all);
    Q_EMIT currentChanged();
}

std::optional<Diagnostic> ProblemsPanel::worst() const
{
    std::optional<Diagnostic> found;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (!found || m_model->diagnostic(row).severity < found->severity)
            found = m_model->diagnostic(row);
    }
    return found;
}

std::optional<Diagnostic> ProblemsPanel::current() const
{
    const QModelIndex index = m_proxy->mapToSource(m_view->currentIndex());
    if (!index.isValid())
        return std::nullopt;
    return m_model->diagnostic(index.row());
}

/// An instruction that is selected elsewhere chooses its first finding; one without findings chooses none.
void ProblemsPanel::followSelection()
{
    const auto &selected = m_session->selection().instructions;
    m_refreshing = true;
    QModelIndex wanted;
    for (int row = 0; row < m_proxy->rowCount() && !wanted.isValid() && !selected.empty(); ++row) {
        const QModelIndex index = m_proxy->index(row, 0);
        const Diagnostic &diagnostic = m_model->diagnostic(m_proxy->mapToSource(index).row());
        if (std::ranges::contains(selected, diagnostic.instruction))
            wanted = index;
    }
    m_view->setCurrentIndex(wanted);
    m_refreshing = false;
    Q_EMIT currentChanged();
}

void ProblemsPanel::reveal(const QModelIndex &index)
{
    if (!m_session || !index.isValid())
        return;
    const TextRange range = m_model->diagnostic(m_proxy->mapToSource(index).row()).range;
    m_session->reveal(range, this);
}

void ProblemsPanel::openFixes(const QModelIndex &index)
{
    const QModelIndex source = m_proxy->mapToSource(index);
    if (!m_session || !source.isValid() || !m_model->diagnostic(source.row()).fixable)
        return;
    const QModelIndex cell = index.siblingAtColumn(DiagnosticsModel::FixColumn);
    const QRect button = Delegate::buttonRect(m_view->visualRect(cell));
    FixPopup::open(*m_session, m_theme, m_model->diagnostic(source.row()),
                   QRect(m_view->viewport()->mapToGlobal(button.topLeft()), button.size()), window());
}

bool ProblemsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const QPoint at = static_cast<QMouseEvent *>(event)->position().toPoint();
        const QModelIndex index = m_view->indexAt(at);
        if (index.column() == DiagnosticsModel::FixColumn && Delegate::buttonRect(m_view->visualRect(index)).contains(at)) {
            openFixes(index);
            return true;
        }
    }
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && key->modifiers() == Qt::AltModifier) {
            openFixes(m_view->currentIndex());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace stagewright
