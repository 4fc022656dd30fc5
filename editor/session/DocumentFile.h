// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "session/FileIo.h"
#include "session/LayoutStore.h"
#include "session/RecoveryStore.h"
#include "text/SourceText.h"

#include <QDateTime>
#include <QObject>
#include <QString>

#include <expected>
#include <memory>

QT_BEGIN_NAMESPACE
class QFileSystemWatcher;
class QTimer;
QT_END_NAMESPACE

namespace stagewright {

class DocumentSession;
struct DocumentChange;

/// What is known about the file on disk, compared with what was last read or written.
enum class DiskState : std::uint8_t { Same, Changed, Deleted };

/// The file behind a session: reading, atomic saving, changes by others, crash recovery, and the node positions.
class DocumentFile : public QObject
{
    Q_OBJECT
public:
    enum class Overwrite : std::uint8_t { No, Yes };

    /// @p dataFolder: where recovery files ("recovery/") and node positions ("layout/") are kept, usually
    /// QStandardPaths::AppLocalDataLocation. @p session must outlive this.
    DocumentFile(DocumentSession &session, const QString &dataFolder, QObject *parent = nullptr);
    /// A proper end: removes the recovery file, writes the node positions.
    ~DocumentFile() override;

    /// Reads a file into the session. On an error the session stays as it is. A file that is not valid UTF-8 opens
    /// read-only, and notice() says why.
    std::expected<void, FileError> open(const QString &path);
    /// A new document without a file (a sample, a template). @p name is what titles show.
    void openUntitled(SourceText text, const QString &name);
    /// Continues what a crash left behind; modified, under its old path.
    std::expected<void, FileError> openRecovered(const Recovery &recovery);

    /// Writes the session's bytes: to a temporary file that then takes the place of the old one, which keeps its
    /// permissions; symbolic links stay links. The document must have a path.
    std::expected<void, FileError> save(Overwrite overwrite = Overwrite::No);
    /// The same under a new name, which the document has from then on. An existing file there is replaced (the file
    /// dialog has asked).
    std::expected<void, FileError> saveAs(const QString &path);

    /// Absolute, as it was opened (symbolic links not followed); empty for a new document.
    [[nodiscard]] const QString &path() const { return m_path; }
    /// File name, or the name of a new document.
    [[nodiscard]] QString name() const;
    /// The build context: what was chosen for it (a folder, absolute where the document has a file, or an address),
    /// else the folder of the file; "" for none.
    [[nodiscard]] QString contextFolder() const;
    /// True when saving would change the file. Moved nodes alone do not count: they are kept elsewhere.
    [[nodiscard]] bool isModified() const { return m_modified; }
    /// Why the document is read-only; empty when it is not.
    [[nodiscard]] const QString &notice() const { return m_notice; }
    [[nodiscard]] QDateTime lastSaved() const { return m_lastSaved; }

    [[nodiscard]] DiskState diskState() const { return m_diskState; }
    /// Looks at the file now (the window became active); the watcher does it by itself.
    void checkDisk();
    /// Takes over what is on disk as one undo step.
    std::expected<void, FileError> reload();
    /// Keeps the text as it is: the change on disk is not announced again, and the next save overwrites it.
    void ignoreDiskChange();

    [[nodiscard]] const RecoveryStore &recoveryStore() const { return m_recoveryStore; }
    /// How long after the last change the recovery file is written (1 s, and never later than five times that).
    void setRecoveryDelay(int milliseconds);

Q_SIGNALS:
    void pathChanged();
    void modifiedChanged(bool modified);
    void noticeChanged();
    void diskStateChanged(stagewright::DiskState state);
    void saved();

private:
    std::expected<void, FileError> writeTo(const QString &path);
    void adopt(const QString &path, SourceText saved, Fingerprint fingerprint, const QString &notice);
    void takeContextFolder();
    void watch();
    void setDiskState(DiskState state);
    void updateModified();
    void onChanged(const DocumentChange &change);
    void writeRecovery();
    void dropRecovery();
    void writeLayout();
    /// Node positions and build options as they were when the file was last open.
    void restoreView();

    DocumentSession &m_session;
    LayoutStore m_layoutStore;
    RecoveryStore m_recoveryStore;
    std::unique_ptr<RecoverySlot> m_recovery;
    QFileSystemWatcher *m_watcher = nullptr;
    QTimer *m_diskTimer = nullptr;
    QTimer *m_recoveryTimer = nullptr;
    QTimer *m_recoveryLatest = nullptr;
    QTimer *m_layoutTimer = nullptr;
    QString m_path;
    QString m_contextFolder; ///< Whose files the session's options have.
    QString m_canonicalPath; ///< Symbolic links followed: what positions are kept under and what is watched.
    QString m_untitledName;
    QString m_notice;
    SourceText m_saved;
    Fingerprint m_onDisk;
    Fingerprint m_announced; ///< The foreign version that is announced or ignored.
    QDateTime m_lastSaved;
    DiskState m_diskState = DiskState::Same;
    bool m_modified = false;
    bool m_ignored = false; ///< The announced change is to be overwritten.
    bool m_loading = false;
};

} // namespace stagewright
