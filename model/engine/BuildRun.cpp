// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/BuildRun.h"

#include "engine/EngineCall.h"
#include "engine/RawJsonReader.h"
#include "engine/StepTextReader.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace stagewright::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int answerTime = 10'000; // ms
constexpr int tickTime = 50;       // ms

} // namespace

EngineFinder::EngineFinder(QObject *parent)
    : QObject(parent)
{
}

void EngineFinder::start()
{
    const std::vector<Probe> all = probes();
    m_answers.assign(all.size(), std::nullopt);
    m_open = all.size();
    m_problems.clear();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Probe probe = all[i];
        const QString path = QStandardPaths::findExecutable(probe.program);
        if (path.isEmpty()) {
            QTimer::singleShot(0, this, [this, i] { answered(i, std::nullopt); });
            continue;
        }
        auto *process = new QProcess(this);
        auto *timeout = new QTimer(process);
        timeout->setSingleShot(true);
        connect(timeout, &QTimer::timeout, process, &QProcess::kill);
        connect(process, &QProcess::finished, this,
                [this, process, probe, path, i](int code, QProcess::ExitStatus status) {
                    const std::string output = process->readAllStandardOutput().toStdString();
                    const std::string errors = process->readAllStandardError().toStdString();
                    std::optional<Engine> engine;
                    if (status == QProcess::NormalExit)
                        engine = engineFrom(probe, path, code, output);
                    if (!engine) {
                        m_problems.push_back({probe.kind, path,
                                              status == QProcess::NormalExit
                                                  ? probeFailure(errors, output)
                                                  : tr("It did not answer within %1 s.").arg(answerTime / 1000)});
                    }
                    answered(i, std::move(engine));
                    process->deleteLater();
                });
        connect(process, &QProcess::errorOccurred, this, [this, process, i](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart) {
                answered(i, std::nullopt);
                process->deleteLater();
            }
        });
        process->setStandardInputFile(QProcess::nullDevice());
        process->start(path, probe.arguments);
        timeout->start(answerTime);
    }
}

void EngineFinder::answered(std::size_t probe, std::optional<Engine> engine)
{
    m_answers[probe] = std::move(engine);
    if (--m_open > 0)
        return;
    m_engines.clear();
    for (std::optional<Engine> &one : m_answers) {
        if (one)
            m_engines.push_back(std::move(*one));
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
    // A client without the buildx plug-in still has the classic builder: nothing is missing that has to be told.
    std::ranges::sort(m_problems, {}, &EngineProblem::kind);
    std::vector<EngineProblem> told;
    for (EngineProblem &problem : m_problems) {
        if (std::ranges::none_of(m_engines, [&](const Engine &one) { return one.program == problem.program; })
            && std::ranges::none_of(told, [&](const EngineProblem &one) { return one.program == problem.program; }))
            told.push_back(std::move(problem));
    }
    m_problems = std::move(told);
    Q_EMIT found();
}

BuildRun::BuildRun(Engine engine, QObject *parent)
    : QObject(parent)
    , m_engine(std::move(engine))
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
    const auto arguments = buildArguments(m_engine, request);
    if (!arguments) {
        fail(arguments.error());
        return;
    }
    BuildRequest shown = request;
    shown.dockerfile = realName;
    shown.idFile.clear();
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
    const QByteArray output = m_process->readAllStandardOutput();
    const QByteArray errors = m_process->readAllStandardError();
    m_reader->readOutput({output.constData(), std::size_t(output.size())});
    m_reader->readErrors({errors.constData(), std::size_t(errors.size())});
    const bool built = status == QProcess::NormalExit && exitCode == 0 && !m_cancelled;
    m_reader->finish(built);
    m_progress.finish();
    m_error = QString::fromStdString(m_progress.messages().tail(16'000)).trimmed();
    if (built)
        m_image = m_file->image();
    m_file.reset();
    m_tick.stop();
    Q_EMIT progressed();
    Q_EMIT finished(built ? BuildResult::Built : m_cancelled ? BuildResult::Cancelled : BuildResult::Failed);
}

} // namespace stagewright::engine
