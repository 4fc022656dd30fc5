// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "PrivateDocker.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <csignal>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace stagewright::test {

namespace {

/// Debian's own place first: a program of the same name further up the PATH may be another one.
QString find(const QString &program)
{
    const QStringList usual{u"/usr/bin"_s, u"/usr/sbin"_s, u"/sbin"_s, u"/bin"_s};
    const QString there = QStandardPaths::findExecutable(program, usual);
    return there.isEmpty() ? QStandardPaths::findExecutable(program) : there;
}

constexpr int daemonPatience = 30'000; ///< Milliseconds.

} // namespace

PrivateDocker::Answer runProgram(const QString &program, const QStringList &arguments,
                                 const QProcessEnvironment &environment, int milliseconds)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments);
    const bool ended = process.waitForFinished(milliseconds);
    if (!ended) {
        process.kill();
        process.waitForFinished(5000);
    }
    PrivateDocker::Answer answer;
    answer.words = process.readAll();
    if (ended && process.exitStatus() == QProcess::NormalExit)
        answer.code = process.exitCode();
    return answer;
}

void unmountBelow(const QString &folder)
{
    QFile mounts(u"/proc/self/mountinfo"_s);
    if (folder.isEmpty() || !mounts.open(QIODevice::ReadOnly))
        return;
    const QList<QByteArray> lines = mounts.readAll().split('\n');
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) { // the last mounted first
        const QList<QByteArray> fields = line->split(' ');
        constexpr qsizetype pointField = 4;
        if (fields.size() > pointField && fields[pointField].startsWith(folder.toUtf8() + '/'))
            ::umount2(fields[pointField].constData(), MNT_DETACH);
    }
}

std::expected<std::unique_ptr<PrivateDocker>, QString> PrivateDocker::start()
{
    std::unique_ptr<PrivateDocker> engine(new PrivateDocker);
    engine->m_client = find(u"docker"_s);
    if (engine->m_client.isEmpty())
        return std::unexpected(u"There is no program \"docker\"."_s);
    engine->m_host = qEnvironmentVariable("STAGEWRIGHT_ENGINE_HOST");
    if (engine->m_host.isEmpty()) {
        if (const auto started = engine->startDaemon(); !started)
            return std::unexpected(started.error());
    }
    const Answer version = engine->docker({u"version"_s, u"--format"_s, u"{{.Server.Version}}"_s});
    if (!version.ok())
        return std::unexpected(u"The daemon does not answer: "_s + QString::fromUtf8(version.words));
    if (!engine->docker({u"buildx"_s, u"version"_s}).ok())
        return std::unexpected(u"Docker's buildx is not installed."_s);
    engine->m_version = QString::fromUtf8(version.words).trimmed();
    return engine;
}

std::expected<void, QString> PrivateDocker::startDaemon()
{
    if (::geteuid() != 0)
        return std::unexpected(u"Only root can start a daemon."_s);
    const QString daemon = find(u"dockerd"_s);
    const QString ip = find(u"ip"_s);
    if (daemon.isEmpty() || ip.isEmpty())
        return std::unexpected(u"There is no program \"dockerd\" or no \"ip\"."_s);

    // A bridge of its own: without one the daemon takes docker0, perhaps another daemon's.
    const auto number = static_cast<int>(::getpid() % 200);
    m_bridge = u"swt%1"_s.arg(::getpid());
    const auto here = QProcessEnvironment::systemEnvironment();
    for (const QStringList &arguments :
         {QStringList{u"link"_s, u"add"_s, m_bridge, u"type"_s, u"bridge"_s},
          QStringList{u"addr"_s, u"add"_s, u"172.30.%1.1/24"_s.arg(number), u"dev"_s, m_bridge},
          QStringList{u"link"_s, u"set"_s, m_bridge, u"up"_s}}) {
        if (const Answer made = runProgram(ip, arguments, here, 10'000); !made.ok()) {
            return std::unexpected(u"No bridge can be made here: "_s + QString::fromUtf8(made.words));
        }
    }

    m_folder = std::make_unique<QTemporaryDir>(QDir::tempPath() + u"/swt-XXXXXX"_s);
    m_host = u"unix://"_s + m_folder->filePath(u"socket"_s);
    m_daemon = std::make_unique<QProcess>();
    m_daemon->setProcessChannelMode(QProcess::MergedChannels);
    m_daemon->setStandardOutputFile(m_folder->filePath(u"log"_s));
    // A test program that crashes takes its daemon along.
    m_daemon->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    m_daemon->start(daemon,
                    {u"--data-root"_s, m_folder->filePath(u"data"_s), u"--exec-root"_s, m_folder->filePath(u"exec"_s),
                     u"--pidfile"_s, m_folder->filePath(u"pid"_s), u"-H"_s, m_host, u"--bridge"_s, m_bridge,
                     u"--iptables=false"_s, u"--ip6tables=false"_s});
    QDeadlineTimer deadline(daemonPatience);
    while (!docker({u"version"_s}, 5000).ok()) {
        if (deadline.hasExpired() || m_daemon->waitForFinished(200)) {
            QFile log(m_folder->filePath(u"log"_s));
            const bool open = log.open(QIODevice::ReadOnly);
            return std::unexpected(u"The daemon does not start here: "_s
                                   + (open ? QString::fromUtf8(log.readAll().right(400)) : QString()));
        }
    }
    return {};
}

PrivateDocker::~PrivateDocker()
{
    if (m_daemon && m_daemon->state() != QProcess::NotRunning) {
        m_daemon->terminate(); // SIGTERM: it ends its containers and its containerd
        if (!m_daemon->waitForFinished(20'000)) {
            m_daemon->kill();
            m_daemon->waitForFinished(5000);
        }
    }
    if (m_folder)
        unmountBelow(m_folder->path());
    if (!m_bridge.isEmpty()) {
        std::ignore = runProgram(find(u"ip"_s), {u"link"_s, u"delete"_s, m_bridge},
                                 QProcessEnvironment::systemEnvironment(), 10'000);
    }
}

PrivateDocker::Answer PrivateDocker::docker(const QStringList &arguments, int milliseconds) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DOCKER_HOST"_s, m_host);
    environment.insert(u"DOCKER_BUILDKIT"_s, u"1"_s);
    environment.insert(u"BUILDKIT_PROGRESS"_s, u"plain"_s);
    environment.remove(u"DOCKER_CONTEXT"_s);
    return runProgram(m_client, arguments, environment, milliseconds);
}

} // namespace stagewright::test
