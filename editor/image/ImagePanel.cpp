// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "image/ImagePanel.h"

#include "image/ExposureModel.h"
#include "image/FilePreview.h"
#include "image/ImageFilesView.h"
#include "image/ImageTreeModel.h"
#include "image/WastedModel.h"
#include "layers/EmptyState.h"
#include "panels/ChoiceChips.h"
#include "session/DocumentSizes.h"
#include "theme/Theme.h"

#include <QComboBox>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTimer>
#include <QTreeView>

#include <algorithm>
#include <utility>

namespace stagewright {

namespace {

// What stands in front of the layers in their box
constexpr int wholeImage = 0;
constexpr int ownLayers = 1;
constexpr int firstLayer = 2;
constexpr int mostExpanded = 200; ///< Matches whose folders are opened.

} // namespace

std::size_t ImagePanel::Image::baseLayers() const
{
    const auto own = std::ranges::find_if(origins, [](const LayerOrigin &o) { return o.built != InstructionId::None; });
    return static_cast<std::size_t>(own - origins.begin());
}

ImagePanel::~ImagePanel()
{
    // What runs holds no pointer to the panel's widgets, but answers to the panel
    m_worker.clear();
    m_worker.waitForDone();
}

void ImagePanel::setImages(std::vector<ImageChoice> images)
{
    ++m_generation;
    m_images.clear();
    for (ImageChoice &choice : images)
        m_images.push_back({std::move(choice), State::Unread, {}, 0, {}, {}});
    m_image = m_images.empty() ? -1 : 0;
    {
        const QSignalBlocker quiet(m_imageBox);
        m_imageBox->clear();
        for (std::size_t i = 0; i < m_images.size(); ++i) {
            const ImageChoice &choice = m_images[i].choice;
            const QString name = i == 0 ? tr("%1 (final)").arg(choice.name) : choice.name;
            m_imageBox->addItem(choice.bytes > 0 ? name + QStringLiteral(" · ") + sizeText(choice.bytes) : name);
        }
        m_imageBox->setCurrentIndex(m_image);
    }
    m_preview->clear(tr("Choose a file to see what is in it"));
    refresh();
    if (isVisible() && m_image >= 0)
        want(m_image);
}

void ImagePanel::setNotice(const QString &icon, const QString &title, const QString &text, const QString &action)
{
    m_icon = icon;
    m_title = title;
    m_text = text;
    m_action = action;
    if (m_images.empty())
        refresh();
}

ImagePanel::Image *ImagePanel::current()
{
    return m_image < 0 ? nullptr : &m_images[static_cast<std::size_t>(m_image)];
}

const ReadImage *ImagePanel::read(int image) const
{
    if (image < 0 || std::cmp_greater_equal(image, m_images.size()))
        return nullptr;
    const std::optional<ReadImage> &read = m_images[static_cast<std::size_t>(image)].read;
    return read ? &*read : nullptr;
}

bool ImagePanel::isEmpty() const
{
    return m_pages->currentWidget() == m_empty;
}

/// Asks for an image unless it is there or on its way.
void ImagePanel::want(int image)
{
    Image &wanted = m_images[static_cast<std::size_t>(image)];
    if (wanted.state == State::Ready || wanted.state == State::Reading)
        return;
    const bool busy = std::ranges::any_of(m_images, [](const Image &i) { return i.state == State::Reading; });
    if (busy)
        return; // its turn comes when the other one has been read
    wanted.state = State::Reading;
    wanted.progress = 0;
    refresh();
    Q_EMIT readRequested(image);
}

void ImagePanel::showEvent(QShowEvent *)
{
    if (Image *image = current(); image && image->state == State::Unread)
        want(m_image);
}

void ImagePanel::setReading(int image, qint64 bytes)
{
    Image &reading = m_images[static_cast<std::size_t>(image)];
    reading.state = State::Reading;
    reading.progress = bytes;
    if (image == m_image)
        showState(reading);
    else if (view() == View::Exposure)
        refreshExposure();
}

void ImagePanel::setFailed(int image, const QString &error)
{
    Image &failed = m_images[static_cast<std::size_t>(image)];
    failed.state = State::Failed;
    failed.error = error;
    refresh();
}

void ImagePanel::setContents(int image, std::shared_ptr<const engine::ImageContents> contents,
                             std::vector<LayerOrigin> origins)
{
    m_images[static_cast<std::size_t>(image)].origins = std::move(origins);
    m_worker.start([this, image, contents = std::move(contents), generation = m_generation] {
        auto read = std::make_shared<ReadImage>(inspectImage(contents));
        QMetaObject::invokeMethod(
            this,
            [this, image, read, generation] {
                if (generation != m_generation)
                    return;
                Image &ready = m_images[static_cast<std::size_t>(image)];
                ready.read = std::move(*read);
                ready.state = State::Ready;
                refresh();
                Q_EMIT inspected(image);
                if (isVisible() && current()->state == State::Unread)
                    want(m_image);
                else if (isVisible() && view() == View::Exposure && m_images.size() > 1)
                    want(1);
            },
            Qt::QueuedConnection);
    });
}

void ImagePanel::setImage(int image)
{
    if (image < 0 || image == m_image || std::cmp_greater_equal(image, m_images.size()))
        return;
    m_image = image;
    m_imageBox->setCurrentIndex(image);
    m_preview->clear(tr("Choose a file to see what is in it"));
    refresh();
    want(image);
}

void ImagePanel::refresh()
{
    const Image *image = current();
    const bool ready = image && image->state == State::Ready;
    m_pages->setCurrentWidget(ready ? m_content : static_cast<QWidget *>(m_empty));
    m_switch->setEnabled(ready);
    if (!image) {
        m_empty->show(m_icon.isEmpty() ? QStringLiteral("box") : m_icon,
                      m_title.isEmpty() ? tr("No image to look into yet") : m_title,
                      m_title.isEmpty() ? tr("After a build, its files, what they waste and what they expose are shown "
                                             "here. Nothing is unpacked to disk.")
                                        : m_text,
                      m_action);
        return;
    }
    if (!ready) {
        showState(*image);
        return;
    }
    fillLayers();
    m_wasted->setPaths(image->read->wasted);
    refreshExposure();
    refreshFacts();
    buildTree();
}

void ImagePanel::showState(const Image &image)
{
    switch (image.state) {
    case State::Reading:
        if (!m_empty->isBusy()) {
            m_empty->show(QStringLiteral("box"), tr("Reading the image of %1").arg(image.choice.name),
                          QStringLiteral(" "), tr("Cancel"));
            m_empty->setBusy(true);
        }
        m_empty->setText(image.progress > 0 ? tr("%1 so far").arg(sizeText(static_cast<std::uint64_t>(image.progress)))
                                            : tr("Asking the engine for it"));
        break;
    case State::Failed:
        m_empty->show(QStringLiteral("circle-x"), tr("The image of %1 could not be read").arg(image.choice.name),
                      image.error, tr("Try again"));
        break;
    default:
        m_empty->show(QStringLiteral("box"), tr("The image of %1 has not been read").arg(image.choice.name),
                      tr("Its files are listed straight from the engine. Nothing is unpacked to disk."),
                      tr("Look inside"));
    }
}

void ImagePanel::fillLayers()
{
    const Image &image = *current();
    const QSignalBlocker quiet(m_layers);
    m_layers->clear();
    m_layers->addItem(tr("Whole image · %1").arg(sizeText(image.read->bytes)));
    const std::size_t base = image.baseLayers();
    const std::vector<std::uint64_t> &bytes = image.read->layerBytes;
    std::uint64_t own = 0;
    for (std::size_t i = base; i < bytes.size(); ++i)
        own += bytes[i];
    m_layers->addItem(tr("What this file does to its base · %1").arg(sizeText(own)));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const QString text = i < image.origins.size() ? image.origins[i].text : QString();
        m_layers->addItem(
            tr("%1  %2 · %3").arg(i + 1).arg(text.isEmpty() ? tr("layer") : text.left(60), sizeText(bytes[i])));
        m_layers->setItemData(firstLayer + static_cast<int>(i), text, Qt::ToolTipRole);
    }
    m_layers->setCurrentIndex(base > 0 && base < bytes.size() ? ownLayers : wholeImage);
}

void ImagePanel::chooseLayer(int index)
{
    const Image *image = current();
    if (!image || index < 0)
        return;
    m_preview->clear(tr("Choose a file to see what is in it"));
    buildTree();
    const std::size_t layer = static_cast<std::size_t>(std::max(0, index - firstLayer));
    if (index >= firstLayer && layer < image->origins.size() && image->origins[layer].built != InstructionId::None)
        Q_EMIT layerChosen(image->origins[layer].built);
}

void ImagePanel::buildTree()
{
    const Image &image = *current();
    if (!image.read || image.read->layerBytes.empty()) {
        treeBuilt(std::make_shared<engine::ImageTree>(), 0);
        return;
    }
    const std::size_t last = image.read->layerBytes.size() - 1;
    engine::ImageScope scope{.first = 0, .last = last, .onlyChanges = false};
    if (m_layers->currentIndex() == ownLayers)
        scope = {.first = image.baseLayers(), .last = last, .onlyChanges = true};
    else if (m_layers->currentIndex() >= firstLayer)
        scope.first = scope.last = static_cast<std::size_t>(m_layers->currentIndex() - firstLayer);
    scope.onlyChanges = m_layers->currentIndex() != wholeImage && scope.first <= last;
    scope.first = std::min(scope.first, last);
    m_worker.start(
        [this, contents = image.read->contents, scope, base = image.baseLayers(), generation = ++m_treeGeneration] {
            auto tree = std::make_shared<const engine::ImageTree>(*contents, scope);
            QMetaObject::invokeMethod(
                this,
                [this, tree, base, generation] {
                    if (generation == m_treeGeneration)
                        treeBuilt(tree, base);
                },
                Qt::QueuedConnection);
        });
}

void ImagePanel::treeBuilt(std::shared_ptr<const engine::ImageTree> tree, std::size_t baseLayers)
{
    const Image *image = current();
    QStringList layers;
    for (std::size_t i = 0; image && i < image->origins.size(); ++i)
        layers << QStringLiteral("%1  %2").arg(i + 1).arg(image->origins[i].text.left(80));
    m_model->setTree(tree, layers);
    m_tree.setTree(tree, baseLayers);
    m_treemap->sourceChanged();
    applyFilter();
    if (m_filter->text().isEmpty()) {
        for (int row = 0; row < m_model->rowCount() && m_model->rowCount() == 1; ++row)
            m_files->expand(m_model->index(row, 0));
    }
    Q_EMIT treeShown();
}

void ImagePanel::applyFilter()
{
    m_model->setFilter(m_filter->text());
    if (!m_filter->text().trimmed().isEmpty()) {
        for (const QModelIndex &match : m_model->firstMatches(mostExpanded)) {
            for (QModelIndex folder = match.parent(); folder.isValid(); folder = folder.parent())
                m_files->expand(folder);
        }
    }
    refreshFacts();
}

void ImagePanel::refreshFacts()
{
    const Image *image = current();
    if (!image || !image->read)
        return;
    if (!m_filter->text().trimmed().isEmpty()) {
        m_facts->setText(m_model->matches() == 1 ? tr("1 match") : tr("%L1 matches").arg(m_model->matches()));
        return;
    }
    const ReadImage &read = *image->read;
    m_facts->setText(tr("%1 % efficient · %2 wasted")
                         .arg(read.efficiency * 100, 0, 'f', read.efficiency < 0.9995 ? 1 : 0)
                         .arg(sizeText(read.wastedBytes)));
    m_facts->setToolTip(
        tr("%L1 of %L2 bytes are seen by a container").arg(read.bytes - read.wastedBytes).arg(read.bytes));
}

void ImagePanel::refreshExposure()
{
    const auto exposure = [this](int image) -> std::optional<engine::Exposure> {
        const ReadImage *found = read(image);
        return found ? std::optional(found->exposure) : std::nullopt;
    };
    const auto name
        = [this](std::size_t image) { return image < m_images.size() ? m_images[image].choice.name : QString(); };
    m_exposure->setImages(exposure(0), name(0), exposure(1), name(1));
    // Without a build stage there is nothing to compare with
    for (const int column : {ExposureModel::BuilderColumn, ExposureModel::ChangeColumn})
        m_exposureView->setColumnHidden(column, m_images.size() < 2);
    QString headline = m_exposure->headline();
    if (headline.isEmpty() && m_images.size() > 1) {
        const Image &builder = m_images[1];
        headline = builder.state == State::Reading ? tr("Reading the image of %1 to compare with …").arg(name(1))
            : builder.state == State::Failed ? tr("The image of %1 could not be read: %2").arg(name(1), builder.error)
                                             : QString();
    }
    if (headline.isEmpty())
        headline = m_images.size() > 1 ? tr("The image of %1 has not been read").arg(name(1))
                                       : tr("There is no build stage to compare with");
    m_headline->setText(headline);
}

void ImagePanel::previewCurrent()
{
    const QModelIndex index = m_files->currentIndex();
    if (!index.isValid() || !current()) {
        m_preview->clear(tr("Choose a file to see what is in it"));
        return;
    }
    const engine::ImageNode &node = m_model->tree().node(m_model->nodeOf(index));
    switch (node.kind) {
    case engine::FileKind::File:
    case engine::FileKind::HardLink: break;
    case engine::FileKind::Folder:
        m_preview->clear(tr("%1: %L2 files, %3").arg(m_model->pathOf(index)).arg(node.files).arg(sizeText(node.bytes)));
        return;
    case engine::FileKind::Link: m_preview->clear(tr("A link, nothing to show")); return;
    case engine::FileKind::Other: m_preview->clear(tr("Not an ordinary file")); return;
    }
    if (node.isRemoved()) {
        m_preview->clear(tr("It is not in the image any more; its %1 are").arg(sizeText(node.bytes)));
        return;
    }
    const QString path = m_model->pathOf(index);
    m_preview->showLoading(path, node.bytes);
    Q_EMIT fileRequested(m_image, path, FilePreview::limit);
}

void ImagePanel::showFile(int image, const QString &path, const QByteArray &bytes)
{
    if (image == m_image && path == m_preview->path())
        m_preview->showFile(bytes);
}

void ImagePanel::showFileError(int image, const QString &path, const QString &error)
{
    if (image == m_image && path == m_preview->path())
        m_preview->showError(error);
}

void ImagePanel::setView(View view)
{
    m_switch->setCurrent(static_cast<int>(view));
}

ImagePanel::View ImagePanel::view() const
{
    return static_cast<View>(m_views->currentIndex());
}

QString ImagePanel::factsText() const
{
    return m_facts->text();
}

} // namespace stagewright
