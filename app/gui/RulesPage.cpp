// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "RulesPage.h"

#include "Preferences.h"
#include "RulesModel.h"
#include "lint/Rule.h"
#include "lint/RuleTable.h"
#include "theme/Theme.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTreeView>
#include <QVBoxLayout>

namespace stagewright {

namespace {

constexpr int RowHeight = 28;

struct LevelLook
{
    QString icon;
    QColor colour;
};

LevelLook lookOf(RuleLevel level, const Tokens &t)
{
    switch (level) {
    case RuleLevel::Error: return {QStringLiteral("circle-x"), t.error};
    case RuleLevel::Warning: return {QStringLiteral("triangle-alert"), t.warn};
    case RuleLevel::Info: return {QStringLiteral("info"), t.accent};
    case RuleLevel::Off: break;
    }
    return {QStringLiteral("ban"), t.text3};
}

} // namespace

/// Draws the rows as the problems list does; a level opens a box to choose another one.
class RulesPage::Delegate : public QStyledItemDelegate
{
public:
    Delegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
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
        const auto level = static_cast<RuleLevel>(index.data(RulesModel::LevelRole).toInt());
        painter->save();
        painter->fillRect(option.rect, selected ? t.accentSel : (hovered ? t.hover : t.field));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.border);
        painter->setPen(level == RuleLevel::Off ? (selected ? t.text2 : t.text3) : t.text);
        const bool chosen = index.data(RulesModel::ChosenRole).toInt() >= 0;
        const bool strong
            = index.column() == RulesModel::RuleColumn || (index.column() == RulesModel::LevelColumn && chosen);
        painter->setFont(m_theme.uiFont(12.5, strong ? QFont::DemiBold : QFont::Normal));
        QRect text = option.rect.adjusted(12, 0, -6, 0);
        if (index.column() == RulesModel::LevelColumn) {
            const bool byProject = index.data(RulesModel::ByProjectRole).toBool();
            const LevelLook look = lookOf(level, t);
            const qreal dpr = painter->device()->devicePixelRatio();
            painter->drawPixmap(QPoint(text.left(), text.center().y() - 6),
                                m_theme.pixmap(look.icon, look.colour, 14, dpr));
            painter->drawPixmap(QPoint(text.right() - 14, text.center().y() - 5),
                                m_theme.pixmap(byProject ? QStringLiteral("lock") : QStringLiteral("chevron-down"),
                                               selected ? t.text2 : t.text3, 12, dpr));
            text.adjust(22, 0, -20, 0);
        }
        const QString words = index.data().toString();
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(words, Qt::ElideRight, text.width()));
        if (index.column() == RulesModel::RuleColumn) {
            text.setLeft(text.left() + painter->fontMetrics().horizontalAdvance(words) + 10);
            painter->setFont(m_theme.uiFont(12.5));
            painter->setPen(selected ? t.text2 : t.text3);
            painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                              painter->fontMetrics().elidedText(index.data(RulesModel::NameRole).toString(),
                                                                Qt::ElideRight, text.width()));
        }
        painter->restore();
    }
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        auto *box = new QComboBox(parent);
        box->setAccessibleName(
            RulesPage::tr("Severity of %1").arg(index.siblingAtColumn(RulesModel::RuleColumn).data().toString()));
        const auto own = static_cast<RuleLevel>(index.data(RulesModel::DefaultRole).toInt());
        box->addItem(RulesPage::tr("Default (%1)").arg(levelWord(own)), -1);
        for (const RuleLevel level : {RuleLevel::Error, RuleLevel::Warning, RuleLevel::Info, RuleLevel::Off})
            box->addItem(levelWord(level), static_cast<int>(level));
        auto *self = const_cast<Delegate *>(this);
        connect(box, &QComboBox::activated, self, [self, box] {
            Q_EMIT self->commitData(box);
            Q_EMIT self->closeEditor(box);
        });
        return box;
    }
    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        auto *box = static_cast<QComboBox *>(editor);
        box->setCurrentIndex(std::max(0, box->findData(index.data(RulesModel::ChosenRole))));
        QMetaObject::invokeMethod(box, &QComboBox::showPopup, Qt::QueuedConnection);
    }
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override
    {
        model->setData(index, static_cast<QComboBox *>(editor)->currentData(), RulesModel::ChosenRole);
    }
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        editor->setGeometry(option.rect.adjusted(2, 1, -2, -2));
    }

private:
    const Theme &m_theme;
};

RulesPage::RulesPage(Preferences &preferences, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_preferences(preferences)
    , m_theme(theme)
    , m_model(new RulesModel(preferences, this))
    , m_filter(new QSortFilterProxyModel(this))
    , m_search(new QLineEdit)
    , m_view(new QTreeView)
    , m_page(new QTextBrowser)
    , m_project(new QLabel)
    , m_reset(new QPushButton(tr("&Reset all")))
{
    m_filter->setSourceModel(m_model);
    m_filter->setFilterRole(RulesModel::SearchRole);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_search->setObjectName(QStringLiteral("ruleSearch"));
    m_search->setPlaceholderText(tr("Search: shell, user, SW041 …"));
    m_search->setAccessibleName(tr("Search rules"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(theme.icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_view->setObjectName(QStringLiteral("rules"));
    m_view->setAccessibleName(tr("Rules"));
    m_view->setModel(m_filter);
    m_view->setItemDelegate(new Delegate(theme, m_view));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setMouseTracking(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    QHeaderView *header = m_view->header();
    header->setStretchLastSection(false);
    header->setSectionsMovable(false);
    header->setSectionResizeMode(RulesModel::SummaryColumn, QHeaderView::Stretch);
    header->resizeSection(RulesModel::RuleColumn, 310);
    header->resizeSection(RulesModel::LevelColumn, 150);
    header->setFixedHeight(26);
    m_page->setObjectName(QStringLiteral("rulePage"));
    m_page->setAccessibleName(tr("Explanation of the rule"));
    m_page->setOpenLinks(false);
    m_page->document()->setDocumentMargin(14);
    m_project->setObjectName(QStringLiteral("ruleProject"));
    m_project->setWordWrap(true);
    m_project->setForegroundRole(QPalette::PlaceholderText);
    m_reset->setObjectName(QStringLiteral("resetRules"));
    m_reset->setAutoDefault(false);

    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_search, 1);
    top->addWidget(m_reset);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_view);
    splitter->addWidget(m_page);
    splitter->setSizes({330, 230});
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 8);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_project);
    layout->addWidget(splitter, 1);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setFilterFixedString(text.trimmed());
        if (!m_view->currentIndex().isValid() && m_filter->rowCount() > 0)
            m_view->setCurrentIndex(m_filter->index(0, 0));
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RulesPage::showPage);
    connect(m_view, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        if (index.column() == RulesModel::LevelColumn && index.flags().testFlag(Qt::ItemIsEditable))
            m_view->edit(index);
    });
    connect(m_view, &QTreeView::activated, this, [this](const QModelIndex &index) {
        const QModelIndex level = index.siblingAtColumn(RulesModel::LevelColumn);
        if (level.flags().testFlag(Qt::ItemIsEditable))
            m_view->edit(level);
    });
    connect(m_reset, &QPushButton::clicked, this, [this] { m_preferences.resetLevels(); });
    connect(&preferences, &Preferences::changed, this, &RulesPage::refresh);
    connect(&theme, &Theme::changed, this, &RulesPage::applyTheme);
    applyTheme();
    setProject({}, {});
    m_view->setCurrentIndex(m_filter->index(0, 0));
}

void RulesPage::applyTheme()
{
    m_view->setFont(m_theme.uiFont(12.5));
    m_view->header()->setFont(m_theme.uiFont(12));
    m_page->setFont(m_theme.uiFont(12.5));
    m_view->viewport()->update();
    showPage();
}

void RulesPage::setProject(const RuleLevelMap &levels, const QString &file)
{
    m_model->setProject(levels, file);
    if (file.isEmpty())
        m_project->setText(
            tr("A project file, .stagewright.json, wins over what is chosen here. The active document has none."));
    else if (levels.empty())
        m_project->setText(tr("%1 wins over what is chosen here, and decides no rule.").arg(file));
    else
        m_project->setText(levels.size() == 1
                               ? tr("%1 decides 1 rule, with a lock below.").arg(file)
                               : tr("%1 decides %2 rules, with a lock below.").arg(file).arg(levels.size()));
    refresh();
}

void RulesPage::showRule(std::string_view id)
{
    m_search->clear();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->rule(row).id == id)
            m_view->setCurrentIndex(m_filter->mapFromSource(m_model->index(row, 0)));
    }
}

void RulesPage::refresh()
{
    m_reset->setEnabled(!m_preferences.levels().empty());
}

void RulesPage::showPage()
{
    const QModelIndex current = m_filter->mapToSource(m_view->currentIndex());
    if (!current.isValid()) {
        m_page->clear();
        return;
    }
    m_page->setMarkdown(QString::fromUtf8(rulePage(m_model->rule(current.row()).id)));
    // Headings of a page in a dialog, not of a book.
    for (QTextBlock block = m_page->document()->begin(); block.isValid(); block = block.next()) {
        const int level = block.blockFormat().headingLevel();
        if (level == 0)
            continue;
        QTextCursor cursor(block);
        cursor.select(QTextCursor::BlockUnderCursor);
        QTextCharFormat format;
        format.setFont(m_theme.uiFont(level == 1 ? 15 : 13, QFont::DemiBold));
        format.setProperty(QTextFormat::FontSizeAdjustment, 0);
        cursor.mergeCharFormat(format);
    }
    m_page->moveCursor(QTextCursor::Start);
}

} // namespace stagewright
