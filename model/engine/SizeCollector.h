// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/Engine.h"
#include "engine/EngineCall.h"
#include "engine/ImageReader.h"
#include "engine/LayerSizes.h"
#include "engine/PrivateDockerfile.h"
#include "semantics/Snapshot.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace stagewright::engine {

/// An external image below the stages, as the engine has it.
struct BaseImage
{
    std::string reference; ///< As StageBase::reference ("docker.io/library/node:22-alpine"); "" is scratch.
    std::uint64_t bytes = 0;
    std::size_t rows = 0;       ///< Of its history.
    std::uint32_t triggers = 0; ///< ONBUILD instructions in it: each leaves a row more in what is built on it.
};

/// What a build's images weigh.
struct StageSizes
{
    std::vector<StageBytes> stages; ///< Those that the target needs and that could be measured, in the file's order.
    std::vector<QString> images;    ///< Beside stages: the id of each one's image (it may be gone again).
    std::vector<BaseImage> bases;   ///< Of those stages.
    QStringList problems;           ///< A sentence for everything that could not be measured.

    [[nodiscard]] const StageBytes *of(StageId stage) const;
};

/// Asks the engine after a build what the final image and every stage that the target needs weigh, instruction by
/// instruction. Stages that have no image of their own are built once more from the cache (about a second each); the
/// images which that leaves, and only those, are taken away again. Nothing blocks.
class SizeCollector : public QObject
{
    Q_OBJECT
public:
    explicit SizeCollector(Engine engine, QObject *parent = nullptr);
    ~SizeCollector() override;

    /// @p request as it was built (its file and target are not looked at), @p image the id of the target's image, @p
    /// ignoreFile as for BuildRun::start(). finished() follows always, from the event loop.
    void start(SnapshotPtr snapshot, const BuildRequest &request, const QString &image,
               const std::optional<QByteArray> &ignoreFile);
    /// Leave the images that measuring makes until removeImages(), to look into them.
    void setKeepImages(bool keep) { m_keep = keep; }
    /// Takes them away; removed() follows. What is left when the object goes is taken away in the background.
    void removeImages();
    /// Ends as soon as the running call has; finished() follows, with what was measured until then.
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] bool wasCancelled() const { return m_cancelled; }
    [[nodiscard]] const StageSizes &sizes() const { return m_sizes; }

Q_SIGNALS:
    void progressed(int done, int total); ///< Stages.
    void finished();
    void removed(); ///< Only after removeImages().

private:
    /// What is known about the image of one external base.
    struct Base
    {
        BaseImage image;
        bool known = false;
    };
    void listImages();
    void nextStage();
    void measure(StageId stage, const QString &image);
    void askBase(StageId stage, std::vector<HistoryRow> rows);
    void attributeRows(StageId stage, const std::vector<HistoryRow> &rows, const Base &base);
    void buildStage(StageId stage);
    void removeNext();
    void readHistoryOf(const QString &image, std::function<void(std::expected<std::vector<HistoryRow>, QString>)> done);
    void end();
    void problem(StageId stage, const QString &text);

    Engine m_engine;
    EngineCall m_call;
    ImageReader m_reader; ///< For engines that tell no history.
    SnapshotPtr m_snapshot;
    BuildRequest m_request;
    std::optional<QByteArray> m_ignoreFile;
    QString m_image;
    std::unique_ptr<PrivateDockerfile> m_file;
    std::vector<StageId> m_stages; ///< To be measured.
    std::size_t m_next = 0;
    std::map<std::string, Base, std::less<>> m_bases;
    QStringList m_before;  ///< Images that were there.
    QStringList m_created; ///< Images that measuring made.
    StageSizes m_sizes;
    QString m_current;
    bool m_running = false;
    bool m_cancelled = false;
    bool m_listed = false;
    bool m_keep = false;
};

} // namespace stagewright::engine
