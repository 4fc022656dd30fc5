// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

QT_BEGIN_NAMESPACE
class QLockFile;
QT_END_NAMESPACE

namespace stagewright {

/// What a crash left behind: a document with changes that were not saved.
struct Recovery
{
    QString id;        ///< Names the file in the store.
    QString path;      ///< Of the document; empty when it never had one.
    QDateTime written; ///< When the recovery file was last written.
};

/// A recovery file that belongs to one open document of this process. Held by a lock with the process id, so that
/// no other running program offers or deletes it; a lock of a process that died does not count.
class RecoverySlot
{
public:
    ~RecoverySlot(); ///< Keeps the file when it holds something: call clear() for a proper end.
    [[nodiscard]] const QString &id() const { return m_id; }
    /// Atomic; readable by the owner alone. False when it could not be written.
    bool write(const QString &path, const QByteArray &bytes);
    void clear();

private:
    friend class RecoveryStore;
    RecoverySlot(QString folder, QString id, std::unique_ptr<QLockFile> lock);
    [[nodiscard]] QString fileName() const;
    QString m_folder;
    QString m_id;
    std::unique_ptr<QLockFile> m_lock;
};

/// The folder of recovery files; several processes share it.
class RecoveryStore
{
public:
    explicit RecoveryStore(QString folder)
        : m_folder(std::move(folder))
    {
    }

    /// What no running process holds, newest first.
    [[nodiscard]] std::vector<Recovery> abandoned() const;
    /// The bytes of one; nullopt when unreadable.
    [[nodiscard]] std::optional<QByteArray> read(const QString &id) const;
    /// Deletes one that no running process holds.
    void discard(const QString &id) const;

    /// A slot for a document; null when the folder cannot be written.
    [[nodiscard]] std::unique_ptr<RecoverySlot> newSlot() const;
    /// Takes over one of abandoned(); null when another process was faster.
    [[nodiscard]] std::unique_ptr<RecoverySlot> claim(const QString &id) const;

private:
    QString m_folder;
};

} // namespace stagewright
