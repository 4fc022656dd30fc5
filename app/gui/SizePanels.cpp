// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "SizePanels.h"

#include "DocumentPage.h"
#include "Prompts.h"
#include "Settings.h"
#include "building/BuildController.h"
#include "building/BuildOutcome.h"
#include "building/EngineList.h"
#include "building/EngineText.h"
#include "image/ImagePanel.h"
#include "layers/LayersPanel.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace stagewright {

SizePanels::SizePanels(const Context &context, QWidget *window)
    : QObject(window)
    , m_context(context)
    , m_window(window)
    , m_layers(new LayersPanel(context.theme))
    , m_image(new ImagePanel(context.theme))
{
    connect(m_layers, &LayersPanel::noticeAction, this, &SizePanels::buildRequested);
    connect(m_image, &ImagePanel::noticeAction, this, &SizePanels::buildRequested);
    connectImage();
    showNotice();
}

void SizePanels::connectImage()
{
    connect(m_image, &ImagePanel::readRequested, this, [this](int image) {
        if (outcome())
            outcome()->readImage(image);
    });
    connect(m_image, &ImagePanel::cancelRequested, this, [this] {
        if (outcome())
            outcome()->cancelReading();
    });
    connect(m_image, &ImagePanel::fileRequested, this, [this](int image, const QString &path, qsizetype limit) {
        if (outcome())
            outcome()->readFile(image, path, limit);
    });
    connect(m_image, &ImagePanel::saveRequested, this, &SizePanels::saveFile);
    connect(m_image, &ImagePanel::layerChosen, this, &SizePanels::selectBuilt);
    connect(m_image, &ImagePanel::inspected, this, &SizePanels::showWaste);
}

BuildOutcome *SizePanels::outcome() const
{
    return m_page ? &m_page->outcome() : nullptr;
}

void SizePanels::setPage(DocumentPage *page)
{
    if (page == m_page)
        return;
    for (const QMetaObject::Connection &connection : std::as_const(m_connections))
        disconnect(connection);
    m_connections.clear();
    m_page = page;
    m_layers->setSession(page ? &page->session() : nullptr);
    if (page)
        connectPage();
    showNotice();
    showImages();
    m_layers->setHistory(page ? page->outcome().history() : std::span<const engine::BuildRecord>());
}

void SizePanels::connectPage()
{
    BuildOutcome *now = outcome();
    now->lookAgain();
    m_connections << connect(m_page, &DocumentPage::closing, this, [this] { setPage(nullptr); })
                  << connect(&m_page->builds(), &BuildController::phaseChanged, this, &SizePanels::showNotice)
                  << connect(now, &BuildOutcome::measuringChanged, this, &SizePanels::showNotice)
                  << connect(now, &BuildOutcome::historyChanged, this,
                             [this] { m_layers->setHistory(outcome()->history()); })
                  << connect(now, &BuildOutcome::imagesChanged, this, &SizePanels::showImages)
                  << connect(now, &BuildOutcome::imageProgressed, m_image, &ImagePanel::setReading)
                  << connect(now, &BuildOutcome::imageRead, this, &SizePanels::showContents)
                  << connect(now, &BuildOutcome::imageFailed, m_image, &ImagePanel::setFailed)
                  << connect(now, &BuildOutcome::fileRead, m_image, &ImagePanel::showFile)
                  << connect(now, &BuildOutcome::fileFailed, m_image, &ImagePanel::showFileError)
                  << connect(now, &BuildOutcome::fileSaved, this, [this](const QString &target, const QString &error) {
                         Q_EMIT message(error.isEmpty() ? tr("The copy is in %1").arg(QDir::toNativeSeparators(target))
                                                        : tr("The file was not saved: %1").arg(error));
                     });
}

/// Why there is nothing to see, and what can be done.
void SizePanels::showNotice()
{
    QString icon;
    QString title;
    QString text;
    QString action = tr("Build");
    if (m_page) {
        const BuildController &builds = m_page->builds();
        const auto result = builds.result();
        const bool noEngine = m_context.engines.state() == EngineList::State::Known && !m_context.engines.chosen();
        if (builds.isBusy()) {
            icon = QStringLiteral("loader-circle");
            title = tr("The build is running");
            text = tr("Sizes are measured when it has ended.");
            action.clear();
        } else if (outcome()->isMeasuring()) {
            icon = QStringLiteral("loader-circle");
            title = tr("Measuring what every stage weighs");
            text = tr("The engine is asked for the exact bytes of each instruction.");
            action.clear();
        } else if (result == engine::BuildResult::Failed || result == engine::BuildResult::Cancelled) {
            icon = QStringLiteral("circle-x");
            title = result == engine::BuildResult::Failed ? tr("The last build failed")
                                                          : tr("The last build was stopped");
            text = tr("Only a build that succeeds leaves an image to measure.");
            action = tr("Build again");
        } else if (noEngine) {
            icon = QStringLiteral("circle-x");
            const auto &problems = m_context.engines.problems();
            title = noEngineTitle(problems);
            text = !problems.empty()
                ? noEngineText(problems)
                : tr("Install Docker, Podman or Buildah to see what images weigh and what is in them. Everything "
                     "else works without.");
            action = tr("Look again");
        } else if (!outcome()->problems().isEmpty()) {
            icon = QStringLiteral("triangle-alert");
            title = tr("The image could not be measured");
            text = outcome()->problems().join(u'\n');
        }
    }
    m_layers->setNotice(icon, title, text, action);
    m_image->setNotice(icon, title, text, m_page ? action : QString());
}

void SizePanels::showImages()
{
    std::vector<ImageChoice> choices;
    if (m_page) {
        for (const BuiltImage &image : outcome()->images())
            choices.push_back({image.name, image.role, image.bytes});
    }
    m_layers->setWaste(std::nullopt);
    m_image->setImages(std::move(choices));
    for (std::size_t i = 0; m_page && i < outcome()->images().size(); ++i) {
        if (outcome()->images()[i].contents)
            showContents(static_cast<int>(i));
    }
}

void SizePanels::showContents(int image)
{
    const BuiltImage &built = outcome()->images()[static_cast<std::size_t>(image)];
    m_image->setContents(image, built.contents, built.origins);
}

/// What the files of the images tell goes into the summary beside the layers: the heaviest first.
void SizePanels::showWaste()
{
    std::optional<WasteFacts> facts;
    for (std::size_t i = 0; m_page && i < outcome()->images().size(); ++i) {
        const ReadImage *read = m_image->read(static_cast<int>(i));
        const BuiltImage &image = outcome()->images()[i];
        if (!read)
            continue;
        WasteFacts now;
        now.total = read->bytes;
        now.wasted = i == 0 ? read->wastedBytes : 0;
        if (!read->deletions.empty() && read->deletions.front().by < image.origins.size()) {
            const engine::LayerDeletion &heaviest = read->deletions.front();
            now.deleted = DeletedLater{image.origins[heaviest.by].text, image.origins[heaviest.from].text, image.name,
                                       heaviest.bytes};
        }
        if (!facts || (now.deleted && (!facts->deleted || now.deleted->bytes > facts->deleted->bytes)))
            facts = now;
    }
    m_layers->setWaste(facts);
}

void SizePanels::saveFile(int image, const QString &path, quint64 bytes)
{
    if (!outcome())
        return;
    const QString folder = m_context.settings.lastFolder();
    const QString target = m_context.prompts.saveCopy(m_window, QDir(folder).filePath(QFileInfo(path).fileName()));
    if (target.isEmpty())
        return;
    m_context.settings.setLastFolder(QFileInfo(target).absolutePath());
    outcome()->saveFile(image, path, bytes, target);
}

void SizePanels::selectBuilt(InstructionId built)
{
    if (!m_page)
        return;
    const InstructionId now = m_page->builds().now(built);
    DocumentSession &session = m_page->session();
    if (now != InstructionId::None && !session.isPublishing())
        session.reveal(session.snapshot()->tree().instruction(now).range, m_image);
}

} // namespace stagewright
