// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// How the panel is put together; what it does is in ImagePanel.cpp.
#include "image/ExposureModel.h"
#include "image/FilePreview.h"
#include "image/ImageFilesView.h"
#include "image/ImagePanel.h"
#include "image/ImageTreeModel.h"
#include "image/WastedModel.h"
#include "layers/EmptyState.h"
#include "panels/ChoiceChips.h"
#include "panels/TableDelegate.h"
#include "theme/Theme.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

namespace stagewright {

namespace {

constexpr int toolsHeight = 38;
constexpr int filterDelay = 150; ///< Milliseconds after the last key.

/// Files in the fixed font; the exposure's differences have an icon and a colour.
class PlainDelegate : public TableDelegate
{
public:
    PlainDelegate(const Theme &theme, QObject *parent)
        : TableDelegate(theme, {}, parent)
    {
    }

protected:
    void paintCell(QPainter &painter, QRect room, const QModelIndex &index, bool selected) const override
    {
        const Tokens &t = theme().tokens();
        const bool files = qobject_cast<const ExposureModel *>(index.model()) == nullptr;
        if (files && index.column() == 0)
            painter.setFont(theme().monoFont(11.5));
        if (!files && index.column() == ExposureModel::ChangeColumn && !index.data().toString().isEmpty()) {
            const auto mood = static_cast<ExposureModel::Tone>(index.data(ExposureModel::ToneRole).toInt());
            const QColor colour = selected || mood == ExposureModel::Tone::Neutral ? t.text2
                : mood == ExposureModel::Tone::Good                                ? t.ok
                                                                                   : t.warn;
            const QString icon = mood == ExposureModel::Tone::Good ? QStringLiteral("shield-check")
                : mood == ExposureModel::Tone::Bad                 ? QStringLiteral("triangle-alert")
                                                                   : QStringLiteral("minus");
            room = paintIcon(painter, room, icon, colour);
            painter.setPen(colour);
        }
        paintText(painter, room, index, Qt::ElideMiddle);
    }
};

QTreeView *tableOf(const Theme &theme, const QString &name)
{
    auto *view = new QTreeView;
    view->setItemDelegate(new PlainDelegate(theme, view));
    makeTable(*view);
    view->setAccessibleName(name);
    return view;
}

} // namespace

ImagePanel::ImagePanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_switch(new ChoiceChips(theme, this))
    , m_pages(new QStackedWidget)
    , m_empty(new EmptyState(theme))
    , m_content(new QWidget)
    , m_views(new QStackedWidget)
    , m_treemap(new TreemapView(theme))
    , m_filterTimer(new QTimer(this))
{
    m_worker.setMaxThreadCount(1);
    m_switch->add(tr("Files"), tr("What is in the image, folder by folder"));
    m_switch->add(tr("Treemap"), tr("Areas in proportion to bytes"));
    m_switch->add(tr("Wasted"), tr("Bytes that are in the image and that nobody sees"));
    m_switch->add(tr("Exposure"), tr("What somebody inside a container finds, compared with the build stage"));
    auto *tools = new QWidget;
    makeTools(tools);
    m_views->addWidget(makeFiles());
    m_views->addWidget(m_treemap);
    m_views->addWidget(makeWasted());
    m_views->addWidget(makeExposure());
    auto *inside = new QVBoxLayout(m_content);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(0);
    inside->addWidget(tools);
    inside->addWidget(m_views, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_content);
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(0);
    box->addWidget(m_switch, 0, Qt::AlignRight);
    box->addWidget(m_pages, 1);
    m_treemap->setSource(&m_tree);
    m_treemap->setEmptyText(tr("There are no bytes in it"));
    m_filterTimer->setSingleShot(true);
    m_filterTimer->setInterval(filterDelay);

    connect(m_switch, &ChoiceChips::currentChanged, this, [this](int choice) {
        m_views->setCurrentIndex(choice);
        m_layers->setEnabled(view() == View::Files || view() == View::Treemap);
        if (view() == View::Exposure && m_images.size() > 1)
            want(1);
    });
    connect(m_filterTimer, &QTimer::timeout, this, &ImagePanel::applyFilter);
    connect(m_treemap, &TreemapView::chosen, this, [this](int node) {
        const QModelIndex index = m_model->indexOf(static_cast<std::uint32_t>(node));
        if (index.isValid())
            m_files->setCurrentIndex(index);
    });
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        const Image *image = current();
        if (!image)
            Q_EMIT noticeAction();
        else if (image->state == State::Reading)
            Q_EMIT cancelRequested();
        else
            want(m_image);
    });
    connect(&theme, &Theme::changed, this, &ImagePanel::applyTheme);
    applyTheme();
    refresh();
}

void ImagePanel::makeTools(QWidget *tools)
{
    tools->setFixedHeight(toolsHeight);
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(10, 4, 12, 4);
    row->setSpacing(8);
    m_imageBox = new QComboBox;
    m_imageBox->setAccessibleName(tr("Image"));
    m_imageBox->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_layers = new QComboBox;
    m_layers->setAccessibleName(tr("Layer"));
    m_layers->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_layers->setMinimumContentsLength(20);
    m_filter = new QLineEdit;
    m_filter->setPlaceholderText(tr("Find files"));
    m_filter->setAccessibleName(tr("Find files"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(m_theme.icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_filter->setMinimumWidth(110);
    m_facts = new QLabel;
    row->addWidget(m_imageBox);
    row->addWidget(m_layers, 3);
    row->addWidget(m_filter, 2);
    row->addWidget(m_facts);
    connect(m_imageBox, &QComboBox::activated, this, &ImagePanel::setImage);
    connect(m_layers, &QComboBox::currentIndexChanged, this, &ImagePanel::chooseLayer);
    connect(m_filter, &QLineEdit::textChanged, this, [this] {
        m_filterTimer->start();
        setView(View::Files);
    });
    connect(m_filter, &QLineEdit::returnPressed, this, [this] {
        m_filterTimer->stop();
        applyFilter();
        const QModelIndexList first = m_model->firstMatches(1);
        if (!first.isEmpty()) {
            m_files->setCurrentIndex(first.front());
            m_files->setFocus();
        }
    });
}

QWidget *ImagePanel::makeFiles()
{
    m_files = new ImageFilesView(m_theme);
    m_model = new ImageTreeModel(this);
    m_files->setModel(m_model);
    m_files->setUpColumns();
    m_preview = new FilePreview(m_theme);
    auto *split = new QSplitter(Qt::Horizontal);
    split->addWidget(m_files);
    split->addWidget(m_preview);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({600, 400});
    split->setChildrenCollapsible(true);
    split->setHandleWidth(1);
    connect(m_files->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ImagePanel::previewCurrent);
    connect(m_preview, &FilePreview::saveRequested, this,
            [this](const QString &path, quint64 bytes) { Q_EMIT saveRequested(m_image, path, bytes); });
    return split;
}

QWidget *ImagePanel::makeWasted()
{
    m_wasted = new WastedModel(this);
    auto *sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_wasted);
    sorted->setSortRole(WastedModel::SortRole);
    m_wastedView = tableOf(m_theme, tr("Wasted bytes"));
    m_wastedView->setModel(sorted);
    m_wastedView->setSortingEnabled(true);
    m_wastedView->sortByColumn(WastedModel::BytesColumn, Qt::DescendingOrder);
    m_wastedView->header()->setSectionResizeMode(WastedModel::PathColumn, QHeaderView::Stretch);
    m_wastedView->header()->resizeSection(WastedModel::CopiesColumn, 80);
    m_wastedView->header()->resizeSection(WastedModel::BytesColumn, 100);
    auto *stack = new QStackedWidget;
    auto *none = new EmptyState(m_theme);
    none->show(QStringLiteral("circle-check"), tr("Nothing is wasted"),
               tr("No layer replaces or removes a file of a layer below it."));
    stack->addWidget(m_wastedView);
    stack->addWidget(none);
    connect(m_wasted, &QAbstractItemModel::modelReset, stack,
            [this, stack] { stack->setCurrentIndex(m_wasted->rowCount() == 0 ? 1 : 0); });
    return stack;
}

QWidget *ImagePanel::makeExposure()
{
    m_exposure = new ExposureModel(this);
    m_exposureView = tableOf(m_theme, tr("Exposure"));
    m_exposureView->setModel(m_exposure);
    QHeaderView *head = m_exposureView->header();
    head->setSectionResizeMode(ExposureModel::WhatColumn, QHeaderView::Stretch);
    for (const int column : {ExposureModel::BuilderColumn, ExposureModel::FinalColumn, ExposureModel::ChangeColumn})
        head->resizeSection(column, 190);
    m_headline = new QLabel;
    m_headline->setWordWrap(true);
    m_headline->setContentsMargins(14, 6, 14, 6);
    auto *page = new QWidget;
    auto *box = new QVBoxLayout(page);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(0);
    box->addWidget(m_headline);
    box->addWidget(m_exposureView, 1);
    return page;
}

void ImagePanel::applyTheme()
{
    const Tokens &t = m_theme.tokens();
    for (QTreeView *view : {m_wastedView, m_exposureView})
        applyTableTheme(*view, m_theme);
    m_facts->setFont(m_theme.uiFont(12));
    QPalette colours = m_facts->palette();
    colours.setColor(QPalette::WindowText, t.text2);
    m_facts->setPalette(colours);
    m_headline->setFont(m_theme.uiFont(12.5, QFont::DemiBold));
}

} // namespace stagewright
