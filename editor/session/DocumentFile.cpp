// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "session/DocumentFile.h"

#include "semantics/ContextFiles.h"
#include "session/DocumentSession.h"

#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QScopedValueRollback>
#include <QTimer>
#include <QUndoStack>

#include <utility>

namespace stagewright {

namespace {

constexpr int RecoveryDelay = 1000;
constexpr int LayoutDelay = 1000;
/// Programs write a file in several steps; look when they have settled.
constexpr int DiskDelay = 150;

QTimer *makeTimer(QObject *parent, int interval)
{
    auto *timer = new QTimer(parent);
    timer->setSingleShot(true);
    timer->setInterval(interval);
    return timer;
}

QByteArray asBytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

} // namespace

DocumentFile::DocumentFile(DocumentSession &session, const QString &dataFolder, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_layoutStore(dataFolder + QStringLiteral("/layout"))
    , m_recoveryStore(dataFolder + QStringLiteral("/recovery"))
    , m_watcher(new QFileSystemWatcher(this))
    , m_diskTimer(makeTimer(this, DiskDelay))
    , m_recoveryTimer(makeTimer(this, RecoveryDelay))
    , m_recoveryLatest(makeTimer(this, 5 * RecoveryDelay))
    , m_layoutTimer(makeTimer(this, LayoutDelay))
{
    connect(&m_session, &DocumentSession::changed, this, &DocumentFile::onChanged);
    connect(&m_session, &DocumentSession::nodePositionsChanged, this, [this] {
        if (!m_loading)
            m_layoutTimer->start();
    });
    connect(&m_session, &DocumentSession::buildChoicesChanged, this, [this] {
        takeContextFolder();
        if (!m_loading)
            m_layoutTimer->start();
    });
    connect(m_watcher, &QFileSystemWatcher::fileChanged, m_diskTimer, qOverload<>(&QTimer::start));
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, m_diskTimer, qOverload<>(&QTimer::start));
    connect(m_diskTimer, &QTimer::timeout, this, &DocumentFile::checkDisk);
    connect(m_recoveryTimer, &QTimer::timeout, this, &DocumentFile::writeRecovery);
    connect(m_recoveryLatest, &QTimer::timeout, this, &DocumentFile::writeRecovery);
    connect(m_layoutTimer, &QTimer::timeout, this, &DocumentFile::writeLayout);
}

DocumentFile::~DocumentFile()
{
    if (m_layoutTimer->isActive())
        writeLayout();
    dropRecovery();
}

QString DocumentFile::name() const
{
    return m_path.isEmpty() ? m_untitledName : QFileInfo(m_path).fileName();
}

std::expected<void, FileError> DocumentFile::open(const QString &path)
{
    auto loaded = readDocument(path);
    if (!loaded)
        return std::unexpected(loaded.error());
    const QScopedValueRollback loading(m_loading, true);
    dropRecovery();
    const bool readOnly = !loaded->notice.isEmpty();
    adopt(path, loaded->text, loaded->fingerprint, loaded->notice);
    m_session.load(std::move(loaded->text), readOnly);
    restoreView();
    updateModified();
    return {};
}

void DocumentFile::openUntitled(SourceText text, const QString &name)
{
    const QScopedValueRollback loading(m_loading, true);
    dropRecovery();
    m_untitledName = name;
    adopt({}, text, {}, {});
    m_session.load(std::move(text));
    updateModified();
}

std::expected<void, FileError> DocumentFile::openRecovered(const Recovery &recovery)
{
    auto slot = m_recoveryStore.claim(recovery.id);
    const auto bytes = slot ? m_recoveryStore.read(recovery.id) : std::nullopt;
    auto text = bytes ? SourceText::fromBytes(bytes->toStdString()) : std::unexpected(DecodeError{});
    if (!text) {
        return std::unexpected(FileError{FileError::Kind::NotReadable,
                                         tr("The recovered changes of %1 cannot be read.").arg(recovery.path)});
    }
    const QScopedValueRollback loading(m_loading, true);
    dropRecovery();
    auto onDisk = recovery.path.isEmpty() ? std::unexpected(FileError{}) : readDocument(recovery.path);
    const bool exists = onDisk && onDisk->notice.isEmpty();
    if (!exists)
        onDisk = LoadedFile{};
    m_untitledName = recovery.path.isEmpty() ? tr("Recovered Dockerfile") : QString();
    adopt(recovery.path, onDisk->text, onDisk->fingerprint, {});
    m_session.load(std::move(onDisk->text));
    m_session.replaceAll(std::move(*text), tr("Recover changes"));
    restoreView();
    m_recovery = std::move(slot);
    if (!exists && !m_path.isEmpty())
        setDiskState(DiskState::Deleted);
    updateModified();
    return {};
}

void DocumentFile::adopt(const QString &path, SourceText saved, Fingerprint fingerprint, const QString &notice)
{
    const QString absolute = path.isEmpty() ? QString() : QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    const bool moved = absolute != m_path;
    m_path = absolute;
    m_canonicalPath = absolute.isEmpty() ? QString() : resolvedPath(absolute);
    m_saved = std::move(saved);
    m_onDisk = std::move(fingerprint);
    m_ignored = false;
    m_lastSaved = m_onDisk.modified;
    if (std::exchange(m_notice, notice) != notice)
        Q_EMIT noticeChanged();
    setDiskState(DiskState::Same);
    watch();
    takeContextFolder();
    if (moved)
        Q_EMIT pathChanged();
}

QString DocumentFile::contextFolder() const
{
    const QString &chosen = m_session.buildChoices().context;
    if (m_path.isEmpty() || chosen.contains(QLatin1String("://")))
        return chosen;
    const QDir beside = QFileInfo(m_path).absoluteDir();
    return chosen.isEmpty() ? beside.absolutePath() : QDir::cleanPath(beside.absoluteFilePath(chosen));
}

void DocumentFile::takeContextFolder()
{
    AnalysisOptions options = m_session.options(); // what a person chose stays
    const QString folder = contextFolder();
    if (std::exchange(m_contextFolder, folder) != folder || !options.context)
        options.context = filesOnDisk(folder.toStdString());
    takeContext(options, m_path.toStdString());
    m_session.setOptions(std::move(options));
}

std::expected<void, FileError> DocumentFile::save(Overwrite overwrite)
{
    if (m_path.isEmpty())
        return std::unexpected(FileError{FileError::Kind::NotFound, tr("%1 has no file yet.").arg(name())});
    if (m_session.isReadOnly())
        return std::unexpected(FileError{FileError::Kind::NotWritable, m_notice});
    checkDisk();
    if (m_diskState == DiskState::Changed && overwrite == Overwrite::No) {
        return std::unexpected(FileError{FileError::Kind::ChangedOnDisk,
                                         tr("%1 was changed by another program since it was opened.").arg(name())});
    }
    return writeTo(m_path);
}

std::expected<void, FileError> DocumentFile::saveAs(const QString &path)
{
    if (m_session.isReadOnly())
        return std::unexpected(FileError{FileError::Kind::NotWritable, m_notice});
    return writeTo(path);
}

std::expected<void, FileError> DocumentFile::writeTo(const QString &path)
{
    if (m_modified)
        writeRecovery(); // Whatever happens while writing, the text is somewhere.
    const SourceText text = m_session.snapshot()->text();
    auto written = writeDocument(path, text.bytes());
    if (!written)
        return std::unexpected(written.error());
    dropRecovery();
    adopt(path, text, std::move(*written), {});
    m_session.undoStack()->setClean();
    updateModified();
    writeLayout();
    Q_EMIT saved();
    return {};
}

void DocumentFile::watch()
{
    if (const QStringList files = m_watcher->files(); !files.isEmpty())
        m_watcher->removePaths(files);
    if (const QStringList folders = m_watcher->directories(); !folders.isEmpty())
        m_watcher->removePaths(folders);
    if (m_path.isEmpty())
        return;
    // The folder too: programs that save atomically replace the file, and the watch on the old one goes with it.
    QStringList paths{QFileInfo(m_canonicalPath).absolutePath()};
    if (QFileInfo::exists(m_canonicalPath))
        paths.append(m_canonicalPath);
    m_watcher->addPaths(paths);
}

void DocumentFile::checkDisk()
{
    if (m_path.isEmpty())
        return;
    if (!QFileInfo::exists(m_canonicalPath)) {
        setDiskState(DiskState::Deleted);
        return;
    }
    if (!m_watcher->files().contains(m_canonicalPath))
        watch();
    const Fingerprint now = fingerprintOnDisk(m_canonicalPath);
    if (now.size < 0 || now.hash == m_onDisk.hash) { // An unreadable moment is not a change; the next look will tell.
        setDiskState(DiskState::Same);
        return;
    }
    if (m_ignored && now.hash == m_announced.hash)
        return;
    m_ignored = false;
    m_announced = now;
    setDiskState(DiskState::Changed);
}

void DocumentFile::setDiskState(DiskState state)
{
    if (m_diskState == state)
        return;
    m_diskState = state;
    updateModified();
    Q_EMIT diskStateChanged(state);
}

std::expected<void, FileError> DocumentFile::reload()
{
    auto loaded = readDocument(m_path);
    if (!loaded)
        return std::unexpected(loaded.error());
    const QScopedValueRollback loading(m_loading, true);
    adopt(m_path, loaded->text, loaded->fingerprint, loaded->notice);
    if (loaded->notice.isEmpty() && !m_session.isReadOnly())
        m_session.replaceAll(std::move(loaded->text), tr("Reload from disk"));
    else
        m_session.load(std::move(loaded->text), !loaded->notice.isEmpty());
    m_session.undoStack()->setClean();
    dropRecovery();
    updateModified();
    return {};
}

void DocumentFile::ignoreDiskChange()
{
    if (m_diskState != DiskState::Changed)
        return;
    m_ignored = true;
    setDiskState(DiskState::Same);
    updateModified();
}

void DocumentFile::updateModified()
{
    const bool modified = !m_session.isReadOnly()
        && (m_diskState == DiskState::Deleted || m_ignored || !(m_session.snapshot()->text() == m_saved));
    if (std::exchange(m_modified, modified) != modified)
        Q_EMIT modifiedChanged(modified);
}

void DocumentFile::onChanged(const DocumentChange &change)
{
    if (m_loading)
        return;
    if (change.origin == Origin::Options) {
        m_layoutTimer->start();
        return;
    }
    updateModified();
    if (!m_modified) {
        dropRecovery();
        return;
    }
    m_recoveryTimer->start();
    if (!m_recoveryLatest->isActive())
        m_recoveryLatest->start();
}

void DocumentFile::writeRecovery()
{
    m_recoveryTimer->stop();
    m_recoveryLatest->stop();
    if (!m_recovery)
        m_recovery = m_recoveryStore.newSlot();
    if (m_recovery)
        m_recovery->write(m_path, asBytes(m_session.snapshot()->text().bytes()));
}

void DocumentFile::dropRecovery()
{
    m_recoveryTimer->stop();
    m_recoveryLatest->stop();
    if (m_recovery)
        m_recovery->clear();
    m_recovery.reset();
}

void DocumentFile::setRecoveryDelay(int milliseconds)
{
    m_recoveryTimer->setInterval(milliseconds);
    m_recoveryLatest->setInterval(5 * milliseconds);
}

void DocumentFile::writeLayout()
{
    m_layoutTimer->stop();
    m_layoutStore.write(m_canonicalPath, {m_session.nodePositions(), m_session.options(), m_session.buildChoices()});
}

void DocumentFile::restoreView()
{
    KeptView view = m_layoutStore.read(m_canonicalPath);
    view.options.ignoreFile = m_session.options().ignoreFile;
    view.options.context = m_session.options().context;
    m_session.setOptions(std::move(view.options));
    m_session.setNodePositions(std::move(view.positions));
    m_session.setBuildChoices(std::move(view.build));
}

} // namespace stagewright
