// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/BuildRun.h"

#include "engine/RawJsonReader.h"
#include "engine/StepTextReader.h"
#include "engine/WorkingContainers.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <utility>

namespace stagewright::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int answerTime = 30'000; // ms; podman on a busy disk has needed more than ten seconds
constexpr int tickTime = 50;       // ms
constexpr int tidyTime = 10'000;   // ms

/// Every program of that name in PATH, in its order.
QStringList candidates(const QString &name)
{
    QStringList result;
    for (const QString &folder : qEnvironmentVariable("PATH").split(QDir::listSeparator(), Qt::SkipEmptyParts)) {
        const QString path = QStandardPaths::findExecutable(name, {folder});
        if (!path.isEmpty() && !result.contains(path))
            result << path;
    }
    return result;
}

} // namespace

EngineFinder::EngineFinder(QObject *parent)
    : QObject(parent)
{
}

void EngineFinder::start()
{
    const std::vector<Probe> all = probes();
    m_answers.assign(all.size(), std::unexpected(EngineProblem()));
    m_open = all.size();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QStringList programs = candidates(all[i].program);
        QTimer::singleShot(0, this, [this, i, programs, probe = all[i]] {
            ask(i, programs, {probe.kind, {}, tr("There is no program %1.").arg(probe.program)});
        });
    }
}

/// Asks the first of @p programs and, when that does not answer, the others: one that is first in PATH may be a
/// stand-in of somebody's.
void EngineFinder::ask(std::size_t index, QStringList programs, const EngineProblem &problem)
{
    if (programs.isEmpty()) {
        answered(index, std::unexpected(problem));
        return;
    }
    const QString path = programs.takeFirst();
    auto *process = new QProcess(this);
    auto *timeout = new QTimer(process);
    timeout->setSingleShot(true);
    connect(timeout, &QTimer::timeout, process, &QProcess::kill);
    // The next one gets its turn from the event loop, for this runs inside a signal of the process.
    const Probe probe = probes()[index];
    const auto next = [this, process, index, programs, probe, path](const QString &reason) {
        process->deleteLater();
        QTimer::singleShot(0, this, [this, index, programs, problem = EngineProblem{probe.kind, path, reason}] {
            ask(index, programs, problem);
        });
    };
    connect(process, &QProcess::finished, this,
            [this, process, probe, path, index, next](int code, QProcess::ExitStatus status) {
                const QByteArray output = process->readAllStandardOutput();
                auto engine = status == QProcess::NormalExit
                    ? engineFrom(probe, path, code, {output.constData(), std::size_t(output.size())})
                    : std::nullopt;
                if (engine) {
                    process->deleteLater();
                    answered(index, std::move(*engine));
                    return;
                }
                const QString words = probeFailure(process->readAllStandardError().toStdString(), output.toStdString());
                next(status != QProcess::NormalExit ? tr("It did not answer within %1 s.").arg(answerTime / 1000)
                         : words.isEmpty()          ? tr("It is there, but it cannot build.")
                                                    : words);
            });
    connect(process, &QProcess::errorOccurred, this, [next](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            next(tr("It could not be started."));
    });
    process->setStandardInputFile(QProcess::nullDevice());
    process->start(path, probe.arguments);
    timeout->start(answerTime);
}

void EngineFinder::answered(std::size_t probe, std::expected<Engine, EngineProblem> engine)
{
    m_answers[probe] = std::move(engine);
    if (--m_open > 0)
        return;
    m_engines.clear();
    m_absences.clear();
    const std::vector<Probe> all = probes();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (m_answers[i])
            m_engines.push_back(*m_answers[i]);
        else
            m_absences.push_back(m_answers[i].error());
    }
    // buildx tells its builder only; the server is the same as the classic builder's.
    for (Engine &engineFound : m_engines) {
        for (const Engine &other : m_engines) {
            if (engineFound.kind == EngineKind::Buildx && other.kind == EngineKind::Classic) {
                engineFound.context = other.context;
                engineFound.server = other.server;
                engineFound.rootless = other.rootless;
            }
        }
        const bool docker = engineFound.kind == EngineKind::Buildx || engineFound.kind == EngineKind::Classic;
        engineFound.host = qEnvironmentVariable(docker ? "DOCKER_HOST" : "CONTAINER_HOST");
    }
    Q_EMIT found();
}

std::vector<EngineProblem> EngineFinder::problems() const
{
    // A client without the buildx plug-in still has the classic builder: nothing is missing that has to be told.
    std::vector<EngineProblem> told;
    for (const EngineProblem &problem : m_absences) {
        const auto sameProgram = [&](const auto &one) { return one.program == problem.program; };
        if (!problem.program.isEmpty() && std::ranges::none_of(m_engines, sameProgram)
            && std::ranges::none_of(told, sameProgram))
            told.push_back(problem);
    }
    std::ranges::sort(told, {}, &EngineProblem::kind);
    return told;
}

BuildRun::BuildRun(Engine engine, QObject *parent)
    : QObject(parent)
    , m_engine(std::move(engine))
    , m_tidier(m_engine)
{
    m_tick.setSingleShot(true);
    m_tick.setInterval(tickTime);
    connect(&m_tick, &QTimer::timeout, this, &BuildRun::progressed);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, &BuildRun::cancel);
}

BuildRun::~BuildRun()
{
    if (!isRunning())
        return;
    m_process->disconnect(this);
    cancel();
    if (!m_process->waitForFinished(patience)) {
        m_process->kill();
        m_process->waitForFinished(patience);
    }
    endProcesses(m_children);
    removeWorkingContainers(m_engine, m_mark);
}

void BuildRun::fail(const QString &reason)
{
    m_error = reason;
    m_file.reset();
    QTimer::singleShot(0, this, [this] { Q_EMIT finished(BuildResult::NotStarted); });
}

void BuildRun::start(BuildRequest request, const QByteArray &text, const std::optional<QByteArray> &ignoreFile)
{
    Q_ASSERT(!m_process);
    const QString realName = request.dockerfile;
    if (!QFileInfo(request.context).isDir() && !request.context.contains(u"://"_s)) {
        fail(tr("The context %1 is no folder.").arg(request.context));
        return;
    }
    m_file = PrivateDockerfile::make(text, ignoreFile);
    if (!m_file) {
        fail(tr("No temporary file can be written in %1.").arg(QDir::tempPath()));
        return;
    }
    request.idFile = m_file->idFile();
    request.dockerfile = m_file->path();
    request.mark = m_mark = newBuildMark(m_engine);
    const auto arguments = buildArguments(m_engine, request);
    if (!arguments) {
        fail(arguments.error());
        return;
    }
    BuildRequest shown = request;
    shown.dockerfile = realName;
    shown.idFile.clear();
    shown.mark.clear();
    m_command = shellCommand(m_engine, buildArguments(m_engine, shown).value_or(QStringList()));
    if (m_engine.capabilities().rawJson)
        m_reader = std::make_unique<RawJsonReader>(m_progress);
    else
        m_reader = std::make_unique<StepTextReader>(m_progress);

    m_process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : buildEnvironment(m_engine))
        environment.insert(name, value);
    m_process->setProcessEnvironment(environment);
    m_process->setStandardInputFile(QProcess::nullDevice());
    const auto read = [this](const QByteArray &bytes, void (ProgressReader::*into)(std::string_view)) {
        (m_reader.get()->*into)({bytes.constData(), std::size_t(bytes.size())});
        if (!m_tick.isActive())
            m_tick.start();
    };
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this,
            [this, read] { read(m_process->readAllStandardOutput(), &ProgressReader::readOutput); });
    connect(m_process.get(), &QProcess::readyReadStandardError, this,
            [this, read] { read(m_process->readAllStandardError(), &ProgressReader::readErrors); });
    connect(m_process.get(), &QProcess::finished, this, &BuildRun::ended);
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(tr("%1 could not be started.").arg(m_engine.program));
    });
    m_process->start(m_engine.program, *arguments);
}

void BuildRun::cancel()
{
    if (!isRunning())
        return;
    m_cancelled = true;
    // podman leaves what a RUN started behind, whatever signal it gets.
    for (const ProcessId &child : descendantsOf(m_process->processId())) {
        if (std::ranges::find(m_children, child) == m_children.end())
            m_children.push_back(child);
    }
    // buildx ends itself and what it runs within a second of SIGINT; whoever does not gets told more firmly.
    if (m_urgency == 0)
        interrupt(*m_process);
    else if (m_urgency == 1)
        m_process->terminate();
    else
        m_process->kill();
    ++m_urgency;
    m_patience.start();
}

void BuildRun::ended(int exitCode, QProcess::ExitStatus status)
{
    m_patience.stop();
    endProcesses(std::exchange(m_children, {}));
    const QByteArray output = m_process->readAllStandardOutput();
    const QByteArray errors = m_process->readAllStandardError();
    m_reader->readOutput({output.constData(), std::size_t(output.size())});
    m_reader->readErrors({errors.constData(), std::size_t(errors.size())});
    const bool built = status == QProcess::NormalExit && exitCode == 0 && !m_cancelled;
    m_reader->finish(built);
    m_progress.finish();
    m_error = QString::fromStdString(m_progress.messages().tail(16'000)).trimmed();
    if (status != QProcess::NormalExit && !m_cancelled)
        m_error += tr("\n%1 ended in the middle of the build: it was killed or crashed.").arg(m_engine.program);
    m_error = m_error.trimmed();
    if (built)
        m_image = m_file->image();
    m_file.reset();
    m_tick.stop();
    if (built)
        finish(BuildResult::Built);
    else
        tidy(m_cancelled ? BuildResult::Cancelled : BuildResult::Failed);
}

/// Takes away the containers that the build left. That it could not is nothing that a person can do something about.
void BuildRun::tidy(BuildResult result)
{
    const QStringList containers = workingContainers(m_engine, m_mark);
    if (containers.isEmpty())
        finish(result);
    else
        m_tidier.start(
            removeContainersArguments(m_engine, containers), [this, result](const CallResult &) { finish(result); },
            tidyTime);
}

void BuildRun::finish(BuildResult result)
{
    m_mark.clear();
    Q_EMIT progressed();
    Q_EMIT finished(result);
}

} // namespace stagewright::engine
