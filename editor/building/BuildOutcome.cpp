// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/BuildOutcome.h"

#include "building/BuildController.h"
#include "building/BuildMemory.h"
#include "engine/BuildReport.h"
#include "engine/SizeEstimate.h"
#include "lint/Linter.h"
#include "session/DocumentFile.h"
#include "session/DocumentSession.h"
#include "session/InstructionLine.h"

#include <QDateTime>
#include <QSaveFile>

#include <algorithm>
#include <tuple>
#include <utility>

namespace stagewright {

using engine::BuildResult;

namespace {

/// Bigger texts are not estimated: it is done anew for every character that is typed.
constexpr Offset mostEstimated = 64 * 1024;

} // namespace

BuildOutcome::BuildOutcome(DocumentSession &session, const DocumentFile &file, BuildController &builds,
                           QString historyFolder, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_file(file)
    , m_builds(builds)
    , m_historyFolder(std::move(historyFolder))
    , m_baseImages(m_historyFolder)
{
    connect(&builds, &BuildController::started, this, &BuildOutcome::begin);
    connect(&builds, &BuildController::finished, this, &BuildOutcome::ended);
    connect(&file, &DocumentFile::pathChanged, this, &BuildOutcome::loadHistory);
    loadHistory();
    setEstimator(); // base images are read when the document is shown; see lookAgain()
}

/// The estimates of the document are made anew, too.
void BuildOutcome::setEstimator()
{
    m_session.setSizeEstimator([this](const Snapshot &snapshot) { return estimate(snapshot); });
}

SizeEstimates BuildOutcome::estimate(const Snapshot &snapshot) const
{
    SizeEstimates guesses;
    if (snapshot.text().size() > mostEstimated)
        return guesses;
    const std::span<const engine::BuildRecord> records = history();
    const auto last
        = std::ranges::find(records.rbegin(), records.rend(), BuildResult::Built, &engine::BuildRecord::result);
    const engine::BuildRecord *built = last == records.rend() ? nullptr : &*last;
    for (const engine::StageEstimate &guess :
         engine::estimateSizes(snapshot, m_session.linter().catalog(), built, &m_baseImages)) {
        if (guess.bytes > 0)
            guesses[guess.stage] = {guess.bytes, guess.unknown > 0, QString::fromStdString(guess.text())};
    }
    return guesses;
}

void BuildOutcome::lookAgain()
{
    if (m_baseImages.load())
        setEstimator();
}

BuildOutcome::~BuildOutcome()
{
    m_session.setSizeEstimator({});
}

bool BuildOutcome::isMeasuring() const
{
    return m_collector && m_collector->isRunning();
}

std::span<const engine::BuildRecord> BuildOutcome::history() const
{
    return m_history ? m_history->records() : std::span<const engine::BuildRecord>();
}

void BuildOutcome::loadHistory()
{
    if (m_file.path() == m_historyOf)
        return;
    m_historyOf = m_file.path();
    m_history.reset();
    if (!m_historyOf.isEmpty()) {
        m_history = std::make_unique<engine::BuildHistory>(m_historyFolder, m_historyOf);
        m_history->load();
    }
    Q_EMIT historyChanged();
}

/// A build begins: what the last one left goes, and what it is compared with is looked up.
void BuildOutcome::begin()
{
    m_reader.reset();
    m_files.reset();
    m_task.reset();
    m_nextTask.reset();
    m_reading = -1;
    // Nobody waits for the sizes of the last one any more; that it was built is worth keeping.
    if (isMeasuring() && m_history && m_builds.memory().last())
        std::ignore = m_history->append(*m_builds.memory().last());
    m_collector.reset();
    m_problems.clear();
    m_snapshot = m_builds.snapshot();
    if (!m_images.empty()) {
        m_images.clear();
        Q_EMIT imagesChanged();
    }
    if (!m_history)
        return;
    m_history->load(); // the command line may have built it meanwhile
    if (const engine::BuildRecord *before = m_history->previous(m_builds.request().target.toStdString()))
        m_builds.memory().recall(*before);
}

void BuildOutcome::ended(BuildResult result)
{
    m_result = result;
    if (result == BuildResult::NotStarted)
        return;
    if (result != BuildResult::Built || m_builds.image().isEmpty()) {
        record({});
        return;
    }
    m_engine = m_builds.engine();
    m_collector = std::make_unique<engine::SizeCollector>(m_engine);
    m_collector->setKeepImages(true); // to look into the build stage; they go with the collector
    connect(m_collector.get(), &engine::SizeCollector::finished, this, &BuildOutcome::measured);
    m_collector->start(m_snapshot, m_builds.request(), m_builds.image(), m_builds.ignoreFile());
    Q_EMIT measuringChanged();
}

void BuildOutcome::measured()
{
    const engine::StageSizes &sizes = m_collector->sizes();
    m_problems = sizes.problems;
    m_bytes = sizes.stages;
    MeasuredBuild build;
    build.snapshot = m_snapshot;
    build.stages = sizes.stages;
    // The target's stage is the last one of a document's sizes
    const StageId target = m_snapshot->graph().target();
    std::ranges::stable_partition(build.stages, [&](const engine::StageBytes &s) { return s.stage != target; });
    const engine::BuildReport report
        = engine::makeReport(m_engine, m_builds.image(), m_builds.progress(), *m_builds.steps(), sizes, nullptr);
    for (const engine::StageReport &stage : report.stages) {
        for (const engine::InstructionReport &one : stage.instructions) {
            if (one.seconds || one.cached)
                build.times[one.instruction] = {one.seconds.value_or(0), one.cached.value_or(false)};
        }
    }
    if (!build.stages.empty() && build.stages.back().stage == target)
        m_session.setMeasuredBuild(std::move(build));
    fillImages(sizes);
    record(sizes);
    Q_EMIT measuringChanged();
}

void BuildOutcome::fillImages(const engine::StageSizes &sizes)
{
    m_images.clear();
    const BuildGraph &graph = m_snapshot->graph();
    const auto add = [&](StageId id, const QString &image, std::uint64_t bytes) {
        const Stage &stage = graph.stage(id);
        m_images.push_back({id, image, QString::fromStdString(stage.displayName), roleOf(stage), bytes, nullptr, {}});
    };
    const engine::StageBytes *target = sizes.of(graph.target());
    add(graph.target(), m_builds.image(), target ? target->total : 0);
    for (std::size_t i = 0; i < sizes.stages.size() && i < sizes.images.size(); ++i) {
        if (sizes.stages[i].stage != graph.target() && !sizes.images[i].isEmpty())
            add(sizes.stages[i].stage, sizes.images[i], sizes.stages[i].total);
    }
    // Compared with: the heaviest of those that files are copied from
    const auto copiedFrom = [&](StageId stage) {
        return std::ranges::any_of(graph.edges(), [&](const Edge &edge) {
            return edge.kind == EdgeKind::CopyFrom && edge.target == graph.target()
                && edge.source == NodeRef::stage(stage);
        });
    };
    std::ranges::stable_sort(m_images.begin() + 1, m_images.end(), [&](const BuiltImage &a, const BuiltImage &b) {
        return std::pair(copiedFrom(a.stage), a.bytes) > std::pair(copiedFrom(b.stage), b.bytes);
    });
    Q_EMIT imagesChanged();
}

void BuildOutcome::record(const engine::StageSizes &sizes)
{
    if (!m_history || !m_builds.steps())
        return;
    const engine::BuildReport report = engine::makeReport(m_builds.engine(), m_builds.image(), m_builds.progress(),
                                                          *m_builds.steps(), sizes, nullptr);
    const auto kept
        = m_history->append(engine::makeRecord(report, *m_snapshot, m_builds.request(), m_result,
                                               m_builds.memory().context(), QDateTime::currentMSecsSinceEpoch()));
    if (!kept)
        m_problems << kept.error();
    lookAgain();
    Q_EMIT historyChanged();
}

void BuildOutcome::readImage(int image)
{
    if (m_reading >= 0 || image < 0 || std::cmp_greater_equal(image, m_images.size()))
        return;
    m_reading = image;
    m_reader = std::make_unique<engine::ImageReader>(m_engine);
    connect(m_reader.get(), &engine::ImageReader::progressed, this,
            [this](qint64 bytes) { Q_EMIT imageProgressed(m_reading, bytes); });
    connect(m_reader.get(), &engine::ImageReader::read, this, &BuildOutcome::contentsRead);
    m_reader->start(m_images[static_cast<std::size_t>(image)].id);
}

void BuildOutcome::cancelReading()
{
    if (m_reader)
        m_reader->cancel();
}

void BuildOutcome::contentsRead()
{
    const int number = std::exchange(m_reading, -1);
    BuiltImage &image = m_images[static_cast<std::size_t>(number)];
    auto contents = m_reader->takeContents();
    if (!contents) {
        Q_EMIT imageFailed(number, contents.error());
        return;
    }
    image.contents = std::make_shared<const engine::ImageContents>(std::move(*contents));
    image.origins = originsOf(image);
    Q_EMIT imageRead(number);
}

/// History rows and layers have the same words; both are followed from the newest one down. What is left is the
/// base image's.
std::vector<LayerOrigin> BuildOutcome::originsOf(const BuiltImage &image) const
{
    const std::vector<engine::ImageLayer> &layers = image.contents->layers;
    std::vector<LayerOrigin> origins(layers.size());
    for (std::size_t i = 0; i < layers.size(); ++i)
        origins[i].text = plainHistory(QString::fromStdString(layers[i].createdBy));
    const auto measured = std::ranges::find(m_bytes, image.stage, &engine::StageBytes::stage);
    if (measured == m_bytes.end())
        return origins;
    std::size_t row = measured->instructions.size();
    for (std::size_t i = layers.size(); i-- > 0;) {
        while (row > 0 && measured->instructions[row - 1].createdBy != layers[i].createdBy)
            --row;
        if (row == 0)
            break;
        --row;
        const InstructionId built = measured->instructions[row].instruction;
        origins[i].built = built;
        const Instruction &instruction = m_snapshot->tree().instruction(built);
        if (instruction.kind != InstructionKind::From) // a trigger of the base says more than the FROM
            origins[i].text = instructionLine(instruction);
    }
    return origins;
}

void BuildOutcome::readFile(int image, const QString &path, qsizetype limit)
{
    m_nextTask = FileTask{image, path, limit, {}, 0};
    nextFile();
}

void BuildOutcome::saveFile(int image, const QString &path, std::uint64_t bytes, const QString &target)
{
    if (bytes > MaximumCopy) {
        Q_EMIT fileSaved(target, tr("It is bigger than 1 GB: copy it out of a container instead"));
        return;
    }
    m_nextTask = FileTask{image, path, static_cast<qsizetype>(bytes > 0 ? bytes : MaximumCopy), target, bytes};
    nextFile();
}

void BuildOutcome::nextFile()
{
    if (m_task) {
        if (m_task->target.isEmpty()) // what a person saves is not dropped for a preview
            m_files->cancel();
        return;
    }
    if (!m_nextTask || std::cmp_greater_equal(m_nextTask->image, m_images.size()))
        return;
    m_task = std::exchange(m_nextTask, std::nullopt);
    if (!m_files) {
        m_files = std::make_unique<engine::ImageReader>(m_engine);
        connect(m_files.get(), &engine::ImageReader::extracted, this, &BuildOutcome::fileDone);
    }
    m_files->extract(m_images[static_cast<std::size_t>(m_task->image)].id, m_task->path, m_task->limit);
}

void BuildOutcome::fileDone()
{
    const FileTask task = *std::exchange(m_task, std::nullopt);
    const auto &file = m_files->file();
    const bool there = file && *file;
    const QString error = there ? QString() : file ? tr("The image has no such file") : file.error();
    if (!task.target.isEmpty()) {
        QSaveFile copy(task.target);
        if (!there)
            Q_EMIT fileSaved(task.target, error);
        else if (std::cmp_less((*file)->size(), task.bytes))
            Q_EMIT fileSaved(task.target, tr("The file could not be read to its end"));
        else if (!copy.open(QIODevice::WriteOnly) || copy.write(**file) != (*file)->size() || !copy.commit())
            Q_EMIT fileSaved(task.target, copy.errorString());
        else
            Q_EMIT fileSaved(task.target, {});
    } else if (!m_nextTask) {
        if (there)
            Q_EMIT fileRead(task.image, task.path, **file);
        else
            Q_EMIT fileFailed(task.image, task.path, error);
    }
    nextFile();
}

} // namespace stagewright
