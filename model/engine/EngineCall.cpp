// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/EngineCall.h"

#include <csignal>

#if __has_include(<unistd.h>)
#include <sys/types.h>
#include <unistd.h>
#endif

namespace stagewright::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int insistence = 500; // ms between asking and making

} // namespace

void interrupt(QProcess &process)
{
#if __has_include(<unistd.h>)
    if (const qint64 pid = process.processId(); pid > 0)
        ::kill(pid_t(pid), SIGINT);
#else
    process.kill();
#endif
}

QString lastWords(const QByteArray &errors)
{
    const QList<QByteArray> lines = errors.trimmed().split('\n');
    for (auto it = lines.rbegin(); it != lines.rend(); ++it) {
        QString line = QString::fromUtf8(*it).trimmed();
        // podman's own log: time="…" level=warning msg="…"
        if (line.isEmpty() || (line.startsWith("time="_L1) && line.contains("level=warning"_L1)))
            continue;
        for (const QLatin1StringView prefix : {"Error response from daemon: "_L1, "Error: "_L1, "ERROR: "_L1}) {
            if (line.startsWith(prefix))
                line.remove(0, prefix.size());
        }
        return line;
    }
    return {};
}

EngineCall::EngineCall(Engine engine, QObject *parent)
    : QObject(parent)
    , m_engine(std::move(engine))
{
    m_timeout.setSingleShot(true);
    connect(&m_timeout, &QTimer::timeout, this, [this] {
        if (!m_process)
            return;
        m_late = !m_cancelled;
        m_process->kill();
    });
}

EngineCall::~EngineCall()
{
    if (!m_process)
        return;
    m_process->disconnect(this);
    m_process->kill();
    m_process->waitForFinished(insistence);
}

void EngineCall::start(const QStringList &arguments, Done done, int milliseconds)
{
    Q_ASSERT(!m_process);
    m_done = std::move(done);
    m_output.clear();
    m_cancelled = m_late = m_tooLong = false;
    m_process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : buildEnvironment(m_engine))
        environment.insert(name, value);
    m_process->setProcessEnvironment(environment);
    m_process->setStandardInputFile(QProcess::nullDevice());
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, [this] {
        m_output += m_process->readAllStandardOutput();
        if (m_output.size() > MaximumOutput) {
            m_tooLong = true;
            m_process->kill();
        }
    });
    connect(m_process.get(), &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        m_output += m_process->readAllStandardOutput();
        CallResult result;
        result.cancelled = m_cancelled;
        result.ok = status == QProcess::NormalExit && code == 0 && !m_cancelled;
        if (m_cancelled)
            result.error = tr("It was cancelled.");
        else if (m_late)
            result.error = tr("%1 did not answer in time.").arg(engineName(m_engine.kind));
        else if (m_tooLong)
            result.error = tr("%1 said more than can be read.").arg(engineName(m_engine.kind));
        else if (!result.ok)
            result.error = lastWords(m_process->readAllStandardError());
        if (!result.ok && result.error.isEmpty())
            result.error = status == QProcess::NormalExit
                ? tr("%1 ended with code %2.").arg(engineName(m_engine.kind)).arg(code)
                : tr("%1 was ended by somebody else.").arg(engineName(m_engine.kind));
        result.output = std::move(m_output);
        end(std::move(result));
    });
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end({.ok = false,
                 .cancelled = false,
                 .output = {},
                 .error = tr("%1 could not be started.").arg(m_engine.program)});
    });
    if (milliseconds > 0)
        m_timeout.start(milliseconds);
    m_process->start(m_engine.program, arguments);
}

void EngineCall::cancel()
{
    if (!m_process || m_cancelled)
        return;
    m_cancelled = true;
    interrupt(*m_process);
    m_timeout.start(insistence);
}

void EngineCall::end(CallResult result)
{
    m_timeout.stop();
    // This runs inside a signal of the process, and the continuation may start the next call or delete this object.
    m_process.release()->deleteLater();
    const Done done = std::move(m_done);
    m_done = nullptr;
    QTimer::singleShot(0, this, [done, result] { done(result); });
}

} // namespace stagewright::engine
