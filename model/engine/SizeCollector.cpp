// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/SizeCollector.h"

#include "engine/WorkingContainers.h"

#include <algorithm>
#include <utility>

namespace stagewright::engine {

using namespace Qt::StringLiterals;

namespace {

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

/// The stage that the chain of FROMs starts with: the one on an external base.
const Stage &rootOf(const Snapshot &snapshot, StageId id)
{
    const Stage *stage = &snapshot.graph().stage(id);
    while (stage->base.kind == BaseKind::Stage && stage->base.stage < stage->id)
        stage = &snapshot.graph().stage(stage->base.stage);
    return *stage;
}

/// "sha256:abc" and "abc" are one image.
QString plainId(const QString &id)
{
    return id.startsWith("sha256:"_L1) ? id.mid(7) : id;
}

} // namespace

const StageBytes *StageSizes::of(StageId stage) const
{
    const auto found = std::ranges::find(stages, stage, &StageBytes::stage);
    return found == stages.end() ? nullptr : &*found;
}

SizeCollector::SizeCollector(Engine engine, QObject *parent)
    : QObject(parent)
    , m_engine(std::move(engine))
    , m_call(m_engine, this)
    , m_reader(m_engine, this)
{
}

SizeCollector::~SizeCollector()
{
    for (const QString &image : std::as_const(m_created)) {
        QProcess process;
        process.setProgram(m_engine.program);
        process.setArguments(removeArguments(m_engine, image));
        process.setStandardInputFile(QProcess::nullDevice());
        process.setStandardOutputFile(QProcess::nullDevice());
        process.setStandardErrorFile(QProcess::nullDevice());
        process.startDetached();
    }
}

void SizeCollector::start(SnapshotPtr snapshot, const BuildRequest &request, const QString &image,
                          const std::optional<QByteArray> &ignoreFile)
{
    Q_ASSERT(!m_running);
    m_snapshot = std::move(snapshot);
    m_request = request;
    // The same build once more, from the cache, and without leaving a trace.
    m_request.tags.clear();
    m_request.noCache = m_request.pull = false;
    m_request.quiet = true;
    m_request.mark = newBuildMark(m_engine);
    m_image = image;
    m_ignoreFile = ignoreFile;
    m_sizes = {};
    m_stages.clear();
    m_bases.clear();
    m_created.clear();
    m_next = 0;
    m_running = true;
    m_cancelled = false;
    for (const Stage &stage : m_snapshot->graph().stages()) {
        if (stage.reachable)
            m_stages.push_back(stage.id);
    }
    listImages();
}

void SizeCollector::cancel()
{
    if (!m_running || m_cancelled)
        return;
    m_cancelled = true;
    m_call.cancel();
    m_reader.cancel();
}

void SizeCollector::problem(StageId stage, const QString &text)
{
    m_sizes.problems << tr("Stage %1 was not measured: %2")
                            .arg(QString::fromStdString(m_snapshot->graph().stage(stage).displayName), text);
}

void SizeCollector::listImages()
{
    m_call.start(imagesArguments(m_engine), [this](const CallResult &result) {
        m_listed = result.ok;
        m_before.clear();
        for (const QByteArray &line : result.output.split('\n')) {
            if (!line.trimmed().isEmpty())
                m_before << plainId(QString::fromLatin1(line.trimmed()));
        }
        nextStage();
    });
}

void SizeCollector::nextStage()
{
    Q_EMIT progressed(int(m_next), int(m_stages.size()));
    if (m_cancelled || m_next == m_stages.size()) {
        removeNext();
        return;
    }
    const StageId stage = m_stages[m_next++];
    if (stage == m_snapshot->graph().target() && !m_image.isEmpty())
        measure(stage, m_image);
    else
        buildStage(stage);
}

void SizeCollector::buildStage(StageId stage)
{
    const TargetText text = textWithTarget(*m_snapshot, stage);
    m_file = PrivateDockerfile::make(QByteArray::fromStdString(text.text), m_ignoreFile);
    if (!m_file) {
        problem(stage, tr("No temporary file can be written."));
        nextStage();
        return;
    }
    BuildRequest request = m_request;
    request.dockerfile = m_file->path();
    request.idFile = m_file->idFile();
    request.target = QString::fromStdString(text.target);
    const auto arguments = buildArguments(m_engine, request);
    if (!arguments) {
        problem(stage, arguments.error());
        nextStage();
        return;
    }
    const auto done = [this, stage](const CallResult &result) {
        const QString image = m_file ? m_file->image() : QString();
        m_file.reset();
        if (!image.isEmpty() && m_listed && !m_before.contains(plainId(image)) && plainId(image) != plainId(m_image)
            && !m_created.contains(image))
            m_created << image;
        if (result.ok && !image.isEmpty()) {
            measure(stage, image);
            return;
        }
        removeWorkingContainers(m_engine, m_request.mark);
        if (!result.cancelled)
            problem(stage, result.error.isEmpty() ? tr("The engine told no image.") : result.error);
        nextStage();
    };
    m_call.start(*arguments, done, 0);
}

void SizeCollector::readHistoryOf(const QString &image,
                                  std::function<void(std::expected<std::vector<HistoryRow>, QString>)> done)
{
    if (!m_engine.capabilities().history) {
        const auto answer = [this, done = std::move(done)] {
            const auto &contents = m_reader.contents();
            auto rows = contents ? historyOf(*contents) : std::unexpected(contents.error().toStdString());
            if (rows)
                done(std::move(*rows));
            else
                done(std::unexpected(QString::fromStdString(rows.error())));
        };
        connect(&m_reader, &ImageReader::read, this, answer,
                Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
        m_reader.start(image);
        return;
    }
    m_call.start(historyArguments(m_engine, image), [done = std::move(done)](const CallResult &result) {
        if (!result.ok) {
            done(std::unexpected(result.error));
            return;
        }
        auto rows = readHistory(viewOf(result.output));
        if (rows)
            done(std::move(*rows));
        else
            done(std::unexpected(QString::fromStdString(rows.error())));
    });
}

void SizeCollector::measure(StageId stage, const QString &image)
{
    m_current = image;
    readHistoryOf(image, [this, stage](std::expected<std::vector<HistoryRow>, QString> rows) {
        if (rows) {
            askBase(stage, std::move(*rows));
            return;
        }
        if (!m_cancelled)
            problem(stage, rows.error());
        nextStage();
    });
}

void SizeCollector::askBase(StageId stage, std::vector<HistoryRow> rows)
{
    const Stage &root = rootOf(*m_snapshot, stage);
    if (root.base.kind == BaseKind::Scratch) {
        attributeRows(stage, rows, {.image = {}, .known = true});
        return;
    }
    const std::string reference = root.base.kind == BaseKind::Image ? root.base.reference : std::string();
    if (reference.empty()) {
        attributeRows(stage, rows, {});
        return;
    }
    if (const auto known = m_bases.find(reference); known != m_bases.end()) {
        attributeRows(stage, rows, known->second);
        return;
    }
    const auto asked = [this, stage, rows = std::move(rows), reference](Base base) {
        base.image.reference = reference;
        m_bases.insert_or_assign(reference, base);
        attributeRows(stage, rows, base);
    };
    // docker keeps "docker.io/library/node" as "node"; it takes both. A digest names the image by itself.
    const QString image = QString::fromStdString(reference);
    readHistoryOf(image, [this, asked, image](std::expected<std::vector<HistoryRow>, QString> history) {
        if (!history) {
            asked({});
            return;
        }
        Base base{.image = {}, .known = true};
        base.image.rows = history->size();
        for (const HistoryRow &row : *history)
            base.image.bytes += row.bytes;
        m_call.start(inspectArguments(m_engine, image), [asked, base](const CallResult &result) mutable {
            const auto config = readImageConfig(viewOf(result.output));
            base.known = result.ok && config;
            if (config)
                base.image.triggers = config->triggers;
            asked(base);
        });
    });
}

void SizeCollector::attributeRows(StageId stage, const std::vector<HistoryRow> &rows, const Base &base)
{
    // BuildKit keeps the images that it pulls to itself: then the rows in front of this file's are the base's.
    const std::size_t own = historyOf(*m_snapshot, stage, m_engine.capabilities().onbuildRows).size();
    std::size_t baseRows = base.image.rows + base.image.triggers;
    if (!base.known && rows.size() >= own)
        baseRows = rows.size() - own;
    auto bytes = attribute(*m_snapshot, stage, rows, baseRows, m_engine.capabilities().onbuildRows);
    if (bytes) {
        m_sizes.stages.push_back(std::move(*bytes));
        m_sizes.images.push_back(m_current);
        BaseImage image = base.image;
        const Stage &root = rootOf(*m_snapshot, stage);
        image.reference = root.base.kind == BaseKind::Image ? root.base.reference : std::string();
        if (!base.known) {
            image.rows = baseRows;
            image.bytes = m_sizes.stages.back().base;
        }
        if (std::ranges::find(m_sizes.bases, image.reference, &BaseImage::reference) == m_sizes.bases.end())
            m_sizes.bases.push_back(std::move(image));
    } else {
        problem(stage, QString::fromStdString(bytes.error()));
    }
    nextStage();
}

void SizeCollector::removeNext()
{
    if (m_created.isEmpty() || (m_running && m_keep)) {
        end();
        return;
    }
    const QString image = m_created.takeFirst();
    m_call.start(removeArguments(m_engine, image), [this](const CallResult &) { removeNext(); });
}

void SizeCollector::removeImages()
{
    Q_ASSERT(!m_running);
    QTimer::singleShot(0, this, &SizeCollector::removeNext);
}

void SizeCollector::end()
{
    m_file.reset();
    if (!std::exchange(m_running, false)) {
        Q_EMIT removed();
        return;
    }
    Q_EMIT finished();
}

} // namespace stagewright::engine
