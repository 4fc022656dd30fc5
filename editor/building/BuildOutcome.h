// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildHistory.h"
#include "engine/ImageReader.h"
#include "engine/MeasuredImages.h"
#include "engine/SizeCollector.h"
#include "image/ReadImage.h"
#include "session/DocumentSizes.h"
#include "session/StageRole.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace stagewright {

class BuildController;
class DocumentFile;
class DocumentSession;

/// An image of the last build that can be looked into.
struct BuiltImage
{
    StageId stage = StageId::None; ///< In the snapshot that was built.
    QString id;
    QString name; ///< Of the stage.
    StageRole role = StageRole::Final;
    std::uint64_t bytes = 0;
    std::shared_ptr<const engine::ImageContents> contents; ///< Null: not read.
    std::vector<LayerOrigin> origins;                      ///< One a layer, once it was read.
};

/// What follows the builds of a document: measures what every stage weighs, keeps the history of the file, and reads
/// images when somebody wants to look inside. Nothing of an image is ever written to disk but what a person saves.
class BuildOutcome : public QObject
{
    Q_OBJECT
public:
    /// All outlive this. @p historyFolder: see engine::BuildHistory.
    BuildOutcome(DocumentSession &session, const DocumentFile &file, BuildController &builds, QString historyFolder,
                 QObject *parent = nullptr);
    ~BuildOutcome() override;

    [[nodiscard]] bool isMeasuring() const;
    /// Sentences: what could not be measured.
    [[nodiscard]] const QStringList &problems() const { return m_problems; }
    /// The builds of this file, oldest first.
    [[nodiscard]] std::span<const engine::BuildRecord> history() const;

    /// The final image first, then the build stage that it is compared with, then the others.
    [[nodiscard]] const std::vector<BuiltImage> &images() const { return m_images; }
    /// imageRead() or imageFailed() follows. One at a time: no effect while another one is being read.
    void readImage(int image);
    void cancelReading();
    /// The first @p limit bytes of a file; fileRead() or fileFailed() follows, unless another file is asked for before.
    void readFile(int image, const QString &path, qsizetype limit);
    /// All of a file of @p bytes to @p target; fileSaved() follows. Up to MaximumCopy.
    void saveFile(int image, const QString &path, std::uint64_t bytes, const QString &target);

    /// To be called when the document is shown: another one, or the command line, may have measured base images of it.
    /// Its estimates are made anew then.
    void lookAgain();

    static constexpr std::uint64_t MaximumCopy = std::uint64_t(1) << 30; ///< Bytes; a copy goes through memory.

Q_SIGNALS:
    void measuringChanged();
    void historyChanged();
    /// images() is another list.
    void imagesChanged();
    void imageProgressed(int image, qint64 bytes);
    void imageRead(int image);
    void imageFailed(int image, const QString &error);
    void fileRead(int image, const QString &path, const QByteArray &bytes);
    void fileFailed(int image, const QString &path, const QString &error);
    /// @p error: "" when it is there.
    void fileSaved(const QString &target, const QString &error);

private:
    struct FileTask
    {
        int image = -1;
        QString path;
        qsizetype limit = 0;
        QString target; ///< "": only to be shown.
        std::uint64_t bytes = 0;
    };

    void begin();
    void ended(engine::BuildResult result);
    void measured();
    void fillImages(const engine::StageSizes &sizes);
    void record(const engine::StageSizes &sizes);
    void loadHistory();
    void setEstimator();
    [[nodiscard]] SizeEstimates estimate(const Snapshot &snapshot) const;
    void contentsRead();
    void nextFile();
    void fileDone();
    [[nodiscard]] std::vector<LayerOrigin> originsOf(const BuiltImage &image) const;

    DocumentSession &m_session;
    const DocumentFile &m_file;
    BuildController &m_builds;
    QString m_historyFolder;
    std::unique_ptr<engine::BuildHistory> m_history;
    engine::MeasuredImages m_baseImages; ///< For estimates.
    QString m_historyOf;                 ///< The path that m_history belongs to.
    std::unique_ptr<engine::SizeCollector> m_collector;
    std::unique_ptr<engine::ImageReader> m_reader;
    std::unique_ptr<engine::ImageReader> m_files;
    std::optional<FileTask> m_task;
    std::optional<FileTask> m_nextTask;
    std::vector<BuiltImage> m_images;
    std::vector<engine::StageBytes> m_bytes; ///< Of the last build: says which layer is which instruction.
    SnapshotPtr m_snapshot;
    engine::Engine m_engine;
    QStringList m_problems;
    engine::BuildResult m_result = engine::BuildResult::NotStarted;
    int m_reading = -1;
};

} // namespace stagewright
