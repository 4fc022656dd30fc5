// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "BuildSession.h"

#include "engine/PrivateDockerfile.h"

#include <QDateTime>

#include <algorithm>

namespace stagewright::cli {

using namespace Qt::StringLiterals;
using engine::BuildResult;

BuildSession::BuildSession(const BuildOptions &options, const BuildInput &input, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_input(input)
    , m_steps(input.snapshot)
{
}

BuildSession::~BuildSession()
{
    m_stopListing = true;
    if (m_lister)
        m_lister->wait();
}

const engine::BuildProgress &BuildSession::progress() const
{
    return m_run ? m_run->progress() : m_nothing;
}

void BuildSession::setPhase(Phase phase)
{
    m_phase = phase;
    Q_EMIT progressed();
}

void BuildSession::start()
{
    connect(&m_finder, &engine::EngineFinder::found, this, &BuildSession::chooseEngine);
    m_lister.reset(QThread::create(
        [this] { m_listing = engine::listContext(m_options.context, m_options.analysis.ignoreFile, &m_stopListing); }));
    m_lister->start();
    m_finder.start();
}

void BuildSession::cancel()
{
    if (std::exchange(m_cancelled, true))
        return;
    m_stopListing = true;
    if (m_phase == Phase::Looking) {
        m_finder.disconnect(this);
        m_result = BuildResult::Cancelled;
        end();
    } else if (m_run && m_run->isRunning())
        m_run->cancel();
    else if (m_sizes && m_sizes->isRunning())
        m_sizes->cancel();
    else if (m_reader && m_reader->isRunning())
        m_reader->cancel();
}

void BuildSession::chooseEngine()
{
    if (m_cancelled) {
        m_result = BuildResult::Cancelled;
        end();
        return;
    }
    const auto &engines = m_finder.engines();
    const auto wanted = std::ranges::find_if(
        engines, [&](const engine::Engine &one) { return !m_options.engine || one.kind == *m_options.engine; });
    if (wanted != engines.end()) {
        m_engine = *wanted;
        build();
        return;
    }
    QStringList lines;
    for (const engine::EngineFinder::Absence &absence : m_finder.absences()) {
        if (!m_options.engine || absence.kind == *m_options.engine)
            lines << engine::engineName(absence.kind) + u": "_s + absence.reason;
    }
    m_error = lines.join(u'\n');
    end();
}

void BuildSession::build()
{
    setPhase(Phase::Building);
    const Snapshot &snapshot = *m_input.snapshot;
    QByteArray text(snapshot.text().bytes().data(), qsizetype(snapshot.text().bytes().size()));
    engine::BuildRequest request = m_options.request;
    request.dockerfile = QString::fromStdString(m_input.path);
    request.target = QString::fromStdString(m_options.analysis.target);
    if (m_options.analysis.target.starts_with('#') && snapshot.graph().target() != StageId::None) {
        const engine::TargetText named = engine::textWithTarget(snapshot, snapshot.graph().target());
        text = QByteArray::fromStdString(named.text);
        request.target = QString::fromStdString(named.target);
    }
    m_run = std::make_unique<engine::BuildRun>(*m_engine);
    connect(m_run.get(), &engine::BuildRun::progressed, this, [this] {
        m_steps.update(m_run->progress());
        Q_EMIT progressed();
    });
    connect(m_run.get(), &engine::BuildRun::finished, this, &BuildSession::built);
    m_run->start(request, text, m_input.ignoreFile);
}

void BuildSession::built(BuildResult result)
{
    m_result = result;
    m_error = m_run->error();
    m_steps.update(m_run->progress());
    if (result != BuildResult::Built || m_cancelled) {
        m_stopListing = true;
        m_report = engine::makeReport(*m_engine, {}, progress(), m_steps, {}, nullptr);
        end();
        return;
    }
    measure();
}

void BuildSession::measure()
{
    setPhase(Phase::Measuring);
    m_sizes = std::make_unique<engine::SizeCollector>(*m_engine);
    m_sizes->setKeepImages(true);
    connect(m_sizes.get(), &engine::SizeCollector::progressed, this, [this](int done, int) {
        m_measured = done;
        Q_EMIT progressed();
    });
    connect(m_sizes.get(), &engine::SizeCollector::finished, this, [this] {
        if (m_cancelled)
            tidy();
        else
            readImage();
    });
    connect(m_sizes.get(), &engine::SizeCollector::removed, this, &BuildSession::end);
    m_sizes->start(m_input.snapshot, m_options.request, m_run->image(), m_input.ignoreFile);
}

void BuildSession::readImage()
{
    setPhase(Phase::Reading);
    m_reader = std::make_unique<engine::ImageReader>(*m_engine);
    connect(m_reader.get(), &engine::ImageReader::progressed, this, [this](qint64 bytes) {
        m_bytesRead = bytes;
        Q_EMIT progressed();
    });
    connect(m_reader.get(), &engine::ImageReader::read, this, [this] {
        const auto &contents = m_reader->contents();
        m_report = engine::makeReport(*m_engine, m_run->image(), progress(), m_steps, m_sizes->sizes(),
                                      contents ? &*contents : nullptr);
        if (!contents)
            m_report.problems.push_back("The image could not be read: " + contents.error().toStdString());
        if (m_cancelled)
            tidy();
        else
            readBuilder();
    });
    m_reader->start(m_run->image());
}

/// What the biggest other stage has in it, for comparison; only people look at that.
void BuildSession::readBuilder()
{
    const engine::StageReport *builder = m_report.biggestBuilder();
    const auto &stages = m_sizes->sizes().stages;
    const auto sizes = builder ? std::ranges::find(stages, builder->stage, &engine::StageBytes::stage) : stages.end();
    if (m_options.json || sizes == stages.end()) {
        tidy();
        return;
    }
    m_report.builder = builder->name;
    m_reader->disconnect(this);
    connect(m_reader.get(), &engine::ImageReader::read, this, [this] {
        if (const auto &contents = m_reader->contents())
            m_report.builderExposes = contents->exposure();
        tidy();
    });
    m_reader->start(m_sizes->sizes().images[std::size_t(sizes - stages.begin())]);
}

void BuildSession::tidy()
{
    m_sizes->removeImages();
}

void BuildSession::end()
{
    if (m_lister)
        m_lister->wait(); // done long ago, or told to stop
    if (m_cancelled && m_result == BuildResult::Built)
        m_result = BuildResult::Cancelled;
    if (m_engine && m_run && m_result != BuildResult::NotStarted && m_input.path != "-" && m_options.history) {
        engine::BuildHistory history(engine::BuildHistory::stateFolder(), QString::fromStdString(m_input.path));
        history.load();
        engine::BuildRequest request = m_options.request;
        request.target = QString::fromStdString(m_options.analysis.target);
        m_record = engine::makeRecord(m_report, *m_input.snapshot, request, m_result, std::move(m_listing),
                                      QDateTime::currentMSecsSinceEpoch());
        if (const engine::BuildRecord *last = history.lastBuilt(m_record.target))
            m_before = *last;
        if (m_result == BuildResult::Built) {
            if (const auto kept = history.append(m_record); !kept)
                m_report.problems.push_back(kept.error().toStdString());
        }
    }
    m_phase = Phase::Done;
    Q_EMIT finished();
}

} // namespace stagewright::cli
