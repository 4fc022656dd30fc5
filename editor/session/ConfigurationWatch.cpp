// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "session/ConfigurationWatch.h"

#include "config/ProjectFile.h"
#include "session/FileIo.h"

#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QTimer>

#include <utility>

namespace stagewright {

namespace {

/// Programs write a file in several steps; look when they have settled.
constexpr int settleTime = 150;

QString asPath(const std::string &path)
{
    return QString::fromStdString(path);
}

} // namespace

ConfigurationWatch::ConfigurationWatch(QObject *parent)
    : QObject(parent)
    , m_watcher(new QFileSystemWatcher(this))
    , m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    m_timer->setInterval(settleTime);
    connect(m_watcher, &QFileSystemWatcher::fileChanged, m_timer, qOverload<>(&QTimer::start));
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, m_timer, qOverload<>(&QTimer::start));
    connect(m_timer, &QTimer::timeout, this, &ConfigurationWatch::check);
}

void ConfigurationWatch::setSources(ConfigurationSources sources)
{
    if (!m_state.isNull() && sources == m_sources)
        return;
    m_sources = std::move(sources);
    load();
    Q_EMIT changed();
}

void ConfigurationWatch::check()
{
    m_timer->stop();
    if (m_state.isNull() || state() == m_state) {
        watch(); // a file that was replaced is another one for the watcher
        return;
    }
    load();
    Q_EMIT changed();
}

void ConfigurationWatch::load()
{
    m_configuration = loadConfiguration(m_sources);
    m_state = state();
    watch();
}

QByteArray ConfigurationWatch::state() const
{
    QByteArray state("-");
    for (const std::string &file : m_configuration.files) {
        const QFileInfo info(asPath(file));
        state += info.isFile() ? fingerprintOnDisk(info.filePath()).hash : QByteArray(info.exists() ? "other" : "none");
        state += '\n';
    }
    const QString name = QString::fromUtf8(ProjectFileName.data(), qsizetype(ProjectFileName.size()));
    for (const std::string &folder : m_configuration.folders)
        state += QDir(asPath(folder)).exists(name) ? '+' : '-';
    return state;
}

void ConfigurationWatch::watch()
{
    QStringList wanted;
    for (const std::string &folder : m_configuration.folders)
        wanted << asPath(folder);
    for (const std::string &file : m_configuration.files) {
        const QFileInfo info(asPath(file));
        wanted << info.filePath();
        // The folder too: who saves in one step replaces the file, and a file may appear.
        wanted << info.path();
    }
    wanted.removeDuplicates();
    const QStringList watched = m_watcher->files() + m_watcher->directories();
    for (const QString &path : watched) {
        if (!wanted.contains(path))
            m_watcher->removePath(path);
    }
    for (const QString &path : std::as_const(wanted)) {
        if (!watched.contains(path) && QFileInfo::exists(path))
            m_watcher->addPath(path);
    }
}

std::vector<Diagnostic> asFindings(const std::vector<FileProblem> &problems)
{
    std::vector<Diagnostic> findings;
    for (const FileProblem &problem : problems) {
        Diagnostic d;
        d.ruleId = d.ruleName = ConfigurationFindingId;
        d.severity = Severity::Warning;
        const std::string name = QFileInfo(asPath(problem.file)).fileName().toStdString();
        d.title = FileProblem{name, problem.where, problem.message}.text();
        d.message = problem.text();
        d.why = "What is wrong in a project file or a catalogue counts for nothing; the rest of the file does.";
        d.how = "Correct the file. It is read again as soon as it is saved.";
        findings.push_back(std::move(d));
    }
    return findings;
}

} // namespace stagewright
