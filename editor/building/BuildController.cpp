// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/BuildController.h"

#include "building/BuildMemory.h"
#include "building/BuildText.h"
#include "building/ConsoleLog.h"
#include "building/EngineList.h"
#include "building/EngineText.h"
#include "session/DocumentFile.h"
#include "session/DocumentSession.h"
#include "session/SelectionMap.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>

namespace stagewright {

namespace {

/// Finding lost instructions again compares whole texts; that is for texts of ordinary size.
constexpr std::size_t recoveryLimit = 256 * 1024;

QString toText(const std::string &text)
{
    return QString::fromStdString(text);
}

/// The file `NAME.dockerignore`, which counts before the context's own .dockerignore. That one the engine finds itself.
std::optional<QByteArray> ownIgnoreFile(const QString &path)
{
    QFile file(path + QStringLiteral(".dockerignore"));
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.readAll();
}

} // namespace

BuildController::BuildController(DocumentSession &session, const DocumentFile &file, EngineList &engines,
                                 QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_file(file)
    , m_engines(engines)
    , m_log(new ConsoleLog(this))
    , m_memory(std::make_unique<BuildMemory>())
{
    m_tick.setInterval(tick);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_steps->update(progress());
        m_log->read(progress());
        Q_EMIT progressed();
    });
    connect(&session, &DocumentSession::changed, this, &BuildController::follow);
    connect(&engines, &EngineList::changed, this, [this] {
        if (m_phase == Phase::Asking && m_engines.state() == EngineList::State::Known)
            begin();
    });
}

BuildController::~BuildController()
{
    m_tick.stop();
    if (m_run)
        m_run->disconnect(this);
}

void BuildController::setPhase(Phase phase)
{
    if (m_phase == phase)
        return;
    m_phase = phase;
    Q_EMIT phaseChanged();
}

void BuildController::build()
{
    if (isBusy())
        return;
    setPhase(Phase::Asking);
    if (m_engines.state() == EngineList::State::Known && m_engines.chosen()) {
        begin();
        return;
    }
    m_engines.ask(); // begin() follows; again, when there was none the last time
}

void BuildController::begin()
{
    const engine::Engine *engine = m_engines.chosen();
    if (!engine) {
        // The Build panel says what to install, or what to start.
        refuse(noEngineText(m_engines.problems()) + u' ' + tr("The Build panel says what to do."));
        return;
    }
    m_snapshot = m_session.snapshot();
    m_findings = m_session.diagnostics();
    m_now.resize(m_snapshot->tree().instructions().size());
    for (std::size_t i = 0; i < m_now.size(); ++i)
        m_now[i] = static_cast<InstructionId>(i);
    m_steps = std::make_unique<engine::StepMap>(m_snapshot);
    m_engine = *engine;
    m_emptyContext.reset();
    m_request = nextRequest();
    if (m_request.context.isEmpty()) {
        m_emptyContext = std::make_unique<QTemporaryDir>();
        m_request.context = m_emptyContext->path();
    }
    m_result.reset();
    m_image.clear();
    m_error.clear();
    m_took = {};
    m_run = std::make_unique<engine::BuildRun>(m_engine);
    connect(m_run.get(), &engine::BuildRun::finished, this, &BuildController::ended);
    m_memory->begin(m_emptyContext ? QString() : m_request.context, m_snapshot->options().ignoreFile);
    m_clock.start();
    m_ignoreFile = ownIgnoreFile(m_file.path());
    m_run->start(m_request, textToBuild(), m_ignoreFile);
    m_command = m_run->command();
    m_log->begin(m_command);
    m_tick.start();
    Q_EMIT started();
    setPhase(Phase::Running);
}

void BuildController::refuse(const QString &reason)
{
    m_error = reason;
    m_result = engine::BuildResult::NotStarted;
    setPhase(Phase::Over);
    Q_EMIT finished(engine::BuildResult::NotStarted);
}

void BuildController::stop()
{
    if (m_phase == Phase::Asking) {
        setPhase(m_snapshot ? Phase::Over : Phase::Idle);
        return;
    }
    if (m_phase != Phase::Running || !m_run)
        return;
    setPhase(Phase::Stopping);
    m_run->cancel();
}

void BuildController::ended(engine::BuildResult result)
{
    m_tick.stop();
    m_took = std::chrono::milliseconds(m_clock.elapsed());
    m_image = m_run->image();
    m_error = m_run->error();
    m_result = result;
    m_steps->update(progress());
    m_log->read(progress());
    if (result == engine::BuildResult::Built || result == engine::BuildResult::Failed)
        m_memory->end(*this);
    Q_EMIT progressed();
    setPhase(Phase::Over);
    if (result == engine::BuildResult::NotStarted)
        m_log->end(m_error, false);
    else
        m_log->end(buildSentence(*this) + QStringLiteral(", ") + durationText(elapsed()),
                   result == engine::BuildResult::Built);
    Q_EMIT finished(result);
}

const engine::BuildProgress &BuildController::progress() const
{
    static const engine::BuildProgress none;
    return m_run ? m_run->progress() : none;
}

std::chrono::milliseconds BuildController::elapsed() const
{
    return m_phase == Phase::Running || m_phase == Phase::Stopping ? std::chrono::milliseconds(m_clock.elapsed())
                                                                   : m_took;
}

std::optional<std::size_t> BuildController::failedStep() const
{
    const auto steps = progress().steps();
    const auto found = std::ranges::find(steps, engine::StepState::Failed, &engine::BuildStep::state);
    return found == steps.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - steps.begin()));
}

engine::BuildFailure BuildController::failure() const
{
    return m_steps ? engine::findFailure(progress(), *m_steps, m_findings, m_error.toStdString())
                   : engine::BuildFailure{};
}

QByteArray BuildController::textToBuild() const
{
    std::string_view text = m_snapshot->text().bytes();
    const BuildGraph &graph = m_snapshot->graph();
    // BuildKit takes no number as target. A stage without a name is what it builds when the file ends behind it, and
    // nothing behind it can be needed.
    if (graph.target() != StageId::None && !m_snapshot->options().target.empty() && m_request.target.isEmpty())
        text = text.substr(0, graph.stage(graph.target()).range.end);
    return {text.data(), static_cast<qsizetype>(text.size())};
}

engine::BuildRequest BuildController::nextRequest() const
{
    const BuildChoices &choices = m_session.buildChoices();
    const AnalysisOptions &options = m_session.options();
    const BuildGraph &graph = m_session.snapshot()->graph();
    engine::BuildRequest request;
    const QFileInfo file(m_file.path());
    request.dockerfile = m_file.path().isEmpty() ? m_file.name() : file.absoluteFilePath();
    request.context = m_file.contextFolder();
    if (graph.target() == StageId::None)
        request.target = toText(options.target); // BuildKit says that there is none
    else if (const Stage &stage = graph.stage(graph.target()); !options.target.empty() && !stage.name.empty())
        request.target = toText(stage.name);
    if (options.platform != AnalysisOptions().platform)
        request.platform = toText(options.platform);
    for (const auto &[name, value] : options.buildArgs)
        request.buildArgs.emplace_back(toText(name), toText(value).isNull() ? QStringLiteral("") : toText(value));
    for (const auto &[name, source] : options.namedContexts)
        request.namedContexts.emplace_back(toText(name), toText(source));
    request.secrets = choices.secrets;
    request.ssh = choices.ssh;
    request.tags = choices.tags;
    request.network = choices.network;
    request.noCache = choices.noCache;
    request.pull = choices.pull;
    request.extra = choices.extra;
    return request;
}

std::expected<QString, QString> BuildController::nextCommand(const engine::Engine &engine) const
{
    engine::BuildRequest request = nextRequest();
    if (request.context.isEmpty())
        request.context = QStringLiteral(".");
    const auto arguments = engine::buildArguments(engine, request);
    if (!arguments)
        return std::unexpected(arguments.error());
    return engine::shellCommand(engine, *arguments);
}

bool BuildController::isOutdated() const
{
    if (!m_snapshot)
        return false;
    const Snapshot &current = *m_session.snapshot();
    return m_snapshot->text() != current.text() || m_snapshot->options() != current.options();
}

InstructionId BuildController::now(InstructionId built) const
{
    if (!m_snapshot || built == InstructionId::None || indexOf(built) >= m_now.size())
        return InstructionId::None;
    const InstructionId here = m_now[indexOf(built)];
    const Snapshot &current = *m_session.snapshot();
    if (here == InstructionId::None || indexOf(here) >= current.tree().instructions().size())
        return InstructionId::None;
    const auto words = [](const Snapshot &snapshot, InstructionId id) {
        return snapshot.text().slice(snapshot.tree().instruction(id).range);
    };
    return words(*m_snapshot, built) == words(current, here) ? here : InstructionId::None;
}

InstructionId BuildController::then(InstructionId current) const
{
    if (current == InstructionId::None)
        return InstructionId::None;
    const auto found = std::ranges::find(m_now, current);
    if (found == m_now.end())
        return InstructionId::None;
    const auto built = static_cast<InstructionId>(found - m_now.begin());
    return now(built) == current ? built : InstructionId::None;
}

void BuildController::follow(const DocumentChange &change)
{
    if (!m_snapshot)
        return;
    if (change.origin == Origin::Load) {
        std::ranges::fill(m_now, InstructionId::None);
    } else if (!change.edits.isEmpty()) {
        const SnapshotMap map(*change.before, *change.after, change.edits);
        for (InstructionId &here : m_now)
            here = map.instruction(here);
    }
    recoverLost();
    Q_EMIT mappingChanged();
}

/// Undo, or typing the same again, brings instructions back that were lost on the way.
void BuildController::recoverLost()
{
    const Snapshot &current = *m_session.snapshot();
    if (!std::ranges::contains(m_now, InstructionId::None) || current.text().size() > recoveryLimit)
        return;
    const EditTransaction edits = EditTransaction::difference(m_snapshot->text(), current.text());
    const SnapshotMap map(*m_snapshot, current, edits);
    for (std::size_t i = 0; i < m_now.size(); ++i) {
        if (m_now[i] != InstructionId::None)
            continue;
        const InstructionId found = map.instruction(static_cast<InstructionId>(i));
        if (found != InstructionId::None && !std::ranges::contains(m_now, found))
            m_now[i] = found;
    }
}

} // namespace stagewright
