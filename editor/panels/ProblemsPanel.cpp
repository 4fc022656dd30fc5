// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/ProblemsPanel.h"

#include "lint/RuleTable.h"
#include "panels/DiagnosticsModel.h"
#include "panels/FixPopup.h"
#include "panels/PanelPaint.h"
#include "panels/PillButton.h"
#include "session/DocumentSession.h"
#include "text/FindingTip.h"
#include "theme/Theme.h"

#include <QCoreApplication>
#include <QCursor>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QHoverEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>
#include <QTreeView>

#include <algorithm>
#include <utility>

namespace stagewright {

namespace {

constexpr int RowHeight = 28;
constexpr QSize ButtonSize(74, 22);

using Model = DiagnosticsModel;

} // namespace

/// Draws the cells as the rest of the program looks; the fix button is a part of its cell.
class ProblemsPanel::Delegate : public QStyledItemDelegate
{
public:
    Delegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    static QRect buttonRect(const QRect &cell)
    {
        return {cell.right() - ButtonSize.width() - 5, cell.center().y() - ButtonSize.height() / 2 + 1,
                ButtonSize.width(), ButtonSize.height()};
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {60, RowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = m_theme.tokens();
        const bool selected = option.state & QStyle::State_Selected;
        const bool hovered = option.state & QStyle::State_MouseOver;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->fillRect(option.rect, selected ? t.accentSel : (hovered ? t.hover : t.dock));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.border);
        const QRect text = option.rect.adjusted(16, 0, -6, 0);
        painter->setFont(m_theme.uiFont(12.5));
        painter->setPen(t.text);
        switch (index.column()) {
        case Model::SeverityColumn: paintSeverity(*painter, option.rect, index); break;
        case Model::RuleColumn: paintRule(*painter, text, index, selected); break;
        case Model::StageColumn: paintStage(*painter, text, index); break;
        case Model::FixColumn: paintFix(*painter, option.rect, index); break;
        default:
            painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                              painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, text.width()));
        }
        painter->restore();
    }

private:
    void paintSeverity(QPainter &painter, const QRect &rect, const QModelIndex &index) const
    {
        const auto severity = static_cast<Severity>(index.data(Model::SeverityRole).toInt());
        const qreal dpr = painter.device()->devicePixelRatio();
        painter.drawPixmap(rect.center() - QPoint(6, 6),
                           m_theme.pixmap(severityIcon(severity), severityColour(severity, m_theme.tokens()), 14, dpr));
    }
    void paintRule(QPainter &painter, const QRect &rect, const QModelIndex &index, bool selected) const
    {
        const Tokens &t = m_theme.tokens();
        painter.setFont(m_theme.uiFont(12.5, QFont::DemiBold));
        const QString id = painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, rect.width());
        painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeft, id);
        const QRect rest = rect.adjusted(painter.fontMetrics().horizontalAdvance(id) + 9, 0, 0, 0);
        painter.setFont(m_theme.uiFont(12.5));
        painter.setPen(selected ? t.text2 : t.text3);
        painter.drawText(
            rest, Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(index.data(Model::RuleNameRole).toString(), Qt::ElideRight, rest.width()));
    }
    void paintStage(QPainter &painter, const QRect &rect, const QModelIndex &index) const
    {
        const int role = index.data(Model::StageRoleRole).toInt();
        if (role < 0)
            return;
        painter.setPen(Qt::NoPen);
        painter.setBrush(roleColour(static_cast<StageRole>(role), m_theme.tokens()));
        painter.drawRoundedRect(QRectF(rect.left(), rect.center().y() - 4, 9, 9), 2.5, 2.5);
        painter.setPen(m_theme.tokens().text);
        painter.drawText(rect.adjusted(16, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, rect.width() - 16));
    }
    void paintFix(QPainter &painter, const QRect &rect, const QModelIndex &index) const
    {
        const Tokens &t = m_theme.tokens();
        const QRect box = buttonRect(rect);
        const int fixes = index.data(Model::FixCountRole).toInt();
        painter.setFont(m_theme.uiFont(12));
        if (fixes == 0) {
            painter.setPen(t.accent);
            painter.drawText(box.adjusted(0, 0, -8, 0), Qt::AlignVCenter | Qt::AlignRight,
                             ProblemsPanel::tr("Explain"));
            return;
        }
        const QString text = fixes == 1 ? ProblemsPanel::tr("Fix") : ProblemsPanel::tr("%1 fixes").arg(fixes);
        const int width = painter.fontMetrics().horizontalAdvance(text) + 34;
        const QRectF frame = QRectF(box.right() - width, box.top(), width, box.height()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(t.border2);
        painter.setBrush(t.raised);
        painter.drawRoundedRect(frame, 5, 5);
        const qreal dpr = painter.device()->devicePixelRatio();
        painter.drawPixmap(QPointF(frame.left() + 8, frame.center().y() - 6.5),
                           m_theme.pixmap(QStringLiteral("lightbulb"), t.warn, 13, dpr));
        painter.setPen(t.text);
        painter.drawText(frame.adjusted(25, 0, -6, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
    }

    const Theme &m_theme;
};

ProblemsPanel::ProblemsPanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_model(new DiagnosticsModel(this))
    , m_filter(new DiagnosticsFilter(this))
    , m_view(new QTreeView(this))
{
    m_filter->setSourceModel(m_model);
    m_view->setModel(m_filter);
    m_view->setItemDelegate(new Delegate(theme, m_view));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(Model::SeverityColumn, Qt::AscendingOrder);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setAccessibleName(tr("Problems"));
    m_view->setMouseTracking(true);
    QHeaderView *header = m_view->header();
    header->setStretchLastSection(false);
    header->setSectionsMovable(false);
    header->setMinimumSectionSize(34);
    header->setSectionResizeMode(Model::MessageColumn, QHeaderView::Stretch);
    const std::pair<int, int> widths[]{{Model::SeverityColumn, 34},
                                       {Model::RuleColumn, 264},
                                       {Model::StageColumn, 148},
                                       {Model::LineColumn, 74},
                                       {Model::FixColumn, 90}};
    for (const auto &[column, width] : widths)
        header->resizeSection(column, width);
    header->setSectionResizeMode(Model::SeverityColumn, QHeaderView::Fixed);
    header->setSectionResizeMode(Model::FixColumn, QHeaderView::Fixed);

    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(0);
    makeFilters();
    box->addWidget(m_filters, 0, Qt::AlignRight);
    box->addWidget(m_view, 1);

    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view, &QWidget::customContextMenuRequested, this, &ProblemsPanel::showMenu);
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
        const Diagnostic *found = findingAt(index);
        if (m_following || !found || !m_session || m_session->isPublishing())
            return;
        const Diagnostic copy = *found;
        m_session->reveal(copy.range, this);
        Q_EMIT currentChanged();
    });
    connect(m_view, &QTreeView::doubleClicked, this, [this](const QModelIndex &index) {
        if (const Diagnostic *found = findingAt(index)) {
            m_session->reveal(found->range, this);
            Q_EMIT activated(*found);
        }
    });
    connect(m_model, &Model::aboutToRefresh, this, [this] { m_following = true; });
    connect(m_model, &Model::countsChanged, this, [this] {
        m_following = false;
        refreshFilters();
        hoverUnderMouse();
        m_view->viewport()->update();
        Q_EMIT countChanged(count());
        Q_EMIT currentChanged();
    });
    connect(&theme, &Theme::changed, this, &ProblemsPanel::applyTheme);
    applyTheme();
    refreshFilters();
}

void ProblemsPanel::applyTheme()
{
    QPalette colours = m_view->palette();
    colours.setColor(QPalette::Base, m_theme.tokens().dock);
    m_view->setPalette(colours);
    m_view->setFont(m_theme.uiFont(12.5));
    m_view->header()->setFont(m_theme.uiFont(12));
    m_view->header()->setFixedHeight(26);
    m_view->viewport()->update();
}

void ProblemsPanel::setSession(DocumentSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    m_following = true; // Until the model says what it counts.
    m_model->setSession(session);
    m_following = false;
    if (session) {
        connect(session, &DocumentSession::selectionChanged, this,
                [this](const Selection &, QObject *source) { onSelectionChanged(source); });
        onSelectionChanged(nullptr);
    }
}

int ProblemsPanel::count() const
{
    return m_model->rowCount();
}

std::optional<Diagnostic> ProblemsPanel::current() const
{
    const Diagnostic *found = findingAt(m_view->currentIndex());
    return found ? std::optional(*found) : std::nullopt;
}

std::optional<Diagnostic> ProblemsPanel::worst() const
{
    const Diagnostic *worst = nullptr;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (!worst || m_model->finding(row)->severity < worst->severity)
            worst = m_model->finding(row);
    }
    return worst ? std::optional(*worst) : std::nullopt;
}

void ProblemsPanel::hoverUnderMouse()
{
    // The view lights the row that the mouse entered, wherever that row moves; beside a selected row it looks like a
    // second choice.
    QWidget *rows = m_view->viewport();
    if (!rows->underMouse())
        return;
    const QPointF global = QCursor::pos();
    const QPointF here = rows->mapFromGlobal(global);
    QHoverEvent moved(QEvent::HoverMove, here, global, here);
    QCoreApplication::sendEvent(rows, &moved);
}

const Diagnostic *ProblemsPanel::findingAt(const QModelIndex &index) const
{
    return index.isValid() && m_session ? m_model->finding(m_filter->mapToSource(index).row()) : nullptr;
}

void ProblemsPanel::makeFilters()
{
    m_filters = new QWidget(this);
    auto *row = new QHBoxLayout(m_filters);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(6);
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
        auto *chip = new PillButton(m_theme, {}, m_filters);
        chip->setSign(severityIcon(severity),
                      severity == Severity::Error         ? &Tokens::error
                          : severity == Severity::Warning ? &Tokens::warn
                                                          : &Tokens::accent);
        chip->setChecked(true);
        chip->setToolTip(tr("Show or hide these"));
        connect(chip, &QAbstractButton::toggled, this, [this, severity](bool on) { setShown(severity, on); });
        row->addWidget(chip);
        m_buttons[static_cast<std::size_t>(severity)] = chip;
    }
}

void ProblemsPanel::setShown(Severity severity, bool shown)
{
    {
        const QScopedValueRollback following(m_following, true);
        m_filter->setShown(severity, shown);
    }
    m_buttons[static_cast<std::size_t>(severity)]->setChecked(shown);
    m_view->viewport()->update();
}

void ProblemsPanel::refreshFilters()
{
    const auto set = [this](Severity severity, const QString &one, const QString &many) {
        const int number = m_model->count(severity);
        m_buttons[static_cast<std::size_t>(severity)]->setText(number == 1 ? one : many.arg(number));
    };
    set(Severity::Error, tr("1 error"), tr("%1 errors"));
    set(Severity::Warning, tr("1 warning"), tr("%1 warnings"));
    set(Severity::Info, tr("1 note"), tr("%1 notes"));
}

void ProblemsPanel::onSelectionChanged(QObject *source)
{
    if (source == this || !m_session)
        return;
    follow();
    Q_EMIT currentChanged();
}

void ProblemsPanel::follow()
{
    const QScopedValueRollback following(m_following, true);
    const Selection &selection = m_session->selection();
    const InstructionId wanted
        = selection.instructions.size() == 1 ? selection.instructions.front() : InstructionId::None;
    const Diagnostic *current = findingAt(m_view->currentIndex());
    if (current && wanted != InstructionId::None && current->instruction == wanted)
        return;
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex index = m_filter->index(row, 0);
        if (wanted != InstructionId::None && findingAt(index)->instruction == wanted) {
            m_view->setCurrentIndex(index);
            return;
        }
    }
    m_view->setCurrentIndex({});
    m_view->clearSelection();
}

void ProblemsPanel::showMenu(const QPoint &at)
{
    const Diagnostic *found = findingAt(m_view->indexAt(at));
    if (!found)
        return;
    const Diagnostic finding = *found; // what is chosen may change the list
    const QString id = QString::fromUtf8(finding.ruleId.data(), static_cast<qsizetype>(finding.ruleId.size()));
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const char *name, const char *icon, const QString &text, bool enabled, auto &&act) {
        QAction *action = menu->addAction(m_theme.icon(QString::fromLatin1(icon)), text);
        action->setObjectName(QString::fromLatin1(name));
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, std::forward<decltype(act)>(act));
    };
    add("showFixes", "lightbulb", tr("Quick fixes…"), finding.fixable, [this] { openFixes(m_view->currentIndex()); });
    add("goToFinding", "corner-down-right", tr("Go to the line"), finding.line != 0, [this, finding] {
        m_session->reveal(finding.range, this);
        Q_EMIT activated(finding);
    });
    menu->addSeparator();
    const std::optional<Fix> ignore = m_session->ignoreFor(finding);
    add("ignoreHere", "eye-off", tr("Ignore this finding here"), ignore.has_value(), [this, ignore] {
        if (ignore && m_session)
            applyFix(*m_session, *ignore, this);
    });
    // BuildKit refuses the file, or a file of the configuration is wrong: there is nothing to turn off
    const bool isRule = finding.source != DiagnosticSource::BuildError && findRule(finding.ruleId);
    add("offInProject", "folder", tr("Turn %1 off in the project").arg(id), isRule && m_inProject,
        [this, finding] { Q_EMIT ruleOffRequested(finding, true); });
    add("rulePreferences", "settings", tr("Severity of %1…").arg(id), isRule,
        [this, finding] { Q_EMIT ruleOffRequested(finding, false); });
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

void ProblemsPanel::openFixes(const QModelIndex &index, bool onlyReal)
{
    const Diagnostic *found = findingAt(index);
    if (!found)
        return;
    if (onlyReal && index.siblingAtColumn(Model::FixColumn).data(Model::FixCountRole).toInt() == 0) {
        Q_EMIT currentChanged();
        return;
    }
    const QRect cell = Delegate::buttonRect(m_view->visualRect(index.siblingAtColumn(Model::FixColumn)));
    const QRect anchor(m_view->viewport()->mapToGlobal(cell.topLeft()), cell.size());
    const Diagnostic copy = *found;
    if (!FixPopup::open(*m_session, m_theme, copy, anchor, window()))
        Q_EMIT currentChanged();
}

bool ProblemsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            const Diagnostic *found = findingAt(m_view->currentIndex());
            if (found && (key->modifiers() & Qt::AltModifier)) {
                openFixes(m_view->currentIndex());
            } else if (found) {
                m_session->reveal(found->range, this);
                Q_EMIT activated(*found);
            }
            return true;
        }
    }
    if (watched == m_view->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const QPoint at = static_cast<QMouseEvent *>(event)->position().toPoint();
        const QModelIndex index = m_view->indexAt(at);
        if (index.isValid() && index.column() == Model::FixColumn
            && Delegate::buttonRect(m_view->visualRect(index)).contains(at)
            && static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton)
            openFixes(index, true);
    }
    if (watched == m_view->viewport() && event->type() == QEvent::Paint && m_filter->rowCount() == 0) {
        paintEmpty();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ProblemsPanel::paintEmpty()
{
    const Tokens &t = m_theme.tokens();
    QWidget *area = m_view->viewport();
    QPainter painter(area);
    painter.fillRect(area->rect(), t.dock);
    const bool hidden = m_model->rowCount() > 0;
    const QString text = !m_session ? tr("No document is open")
        : hidden                    ? (m_model->rowCount() == 1 ? tr("1 problem is hidden by the filter")
                                                                : tr("%1 problems are hidden by the filter").arg(m_model->rowCount()))
                                    : tr("No problems");
    painter.setFont(m_theme.uiFont(12.5));
    const int width = painter.fontMetrics().horizontalAdvance(text);
    const QRect line(area->rect().center().x() - (width + 22) / 2, area->rect().center().y() - 10, width + 24, 20);
    if (m_session) {
        const QPixmap icon = m_theme.pixmap(hidden ? QStringLiteral("filter") : QStringLiteral("circle-check"),
                                            hidden ? t.text3 : t.ok, 16, area->devicePixelRatioF());
        painter.drawPixmap(QPoint(line.left(), line.top() + 2), icon);
    }
    painter.setPen(t.text2);
    painter.drawText(line.adjusted(22, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
}

} // namespace stagewright
