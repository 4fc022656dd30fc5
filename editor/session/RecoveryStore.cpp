// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "session/RecoveryStore.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSaveFile>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace stagewright {

namespace {

// A recovery file is one line of JSON that says whose it is, then the document's exact bytes.
const QLatin1String Suffix(".recovery");
const QLatin1String LockSuffix(".lock");
constexpr qint64 MaximumHeader = 64 * 1024;

QString inFolder(const QString &folder, const QString &id, QLatin1String suffix)
{
    return folder + QLatin1Char('/') + id + suffix;
}

std::unique_ptr<QLockFile> tryLock(const QString &folder, const QString &id)
{
    auto lock = std::make_unique<QLockFile>(inFolder(folder, id, LockSuffix));
    lock->setStaleLockTime(0); // Stale when its process is gone, never by age.
    return lock->tryLock(0) ? std::move(lock) : nullptr;
}

/// Ids come from file names; nothing else may be made a path of.
bool isId(const QString &id)
{
    return !id.isEmpty() && std::ranges::all_of(id, [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || c == u'-';
    });
}

} // namespace

RecoverySlot::RecoverySlot(QString folder, QString id, std::unique_ptr<QLockFile> lock)
    : m_folder(std::move(folder))
    , m_id(std::move(id))
    , m_lock(std::move(lock))
{
}

RecoverySlot::~RecoverySlot() = default;

QString RecoverySlot::fileName() const
{
    return inFolder(m_folder, m_id, Suffix);
}

bool RecoverySlot::write(const QString &path, const QByteArray &bytes)
{
    const QJsonObject header{{QStringLiteral("path"), path},
                             {QStringLiteral("written"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}};
    QSaveFile file(fileName());
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(QJsonDocument(header).toJson(QJsonDocument::Compact));
    file.write("\n");
    file.write(bytes);
    return file.commit();
}

void RecoverySlot::clear()
{
    QFile::remove(fileName());
}

std::vector<Recovery> RecoveryStore::abandoned() const
{
    std::vector<Recovery> result;
    const QStringList names = QDir(m_folder).entryList({QLatin1Char('*') + Suffix}, QDir::Files);
    for (const QString &name : names) {
        const QString id = name.chopped(Suffix.size());
        if (!isId(id) || !tryLock(m_folder, id)) // The lock is let go at once: claim() takes it.
            continue;
        QFile file(inFolder(m_folder, id, Suffix));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject header = QJsonDocument::fromJson(file.readLine(MaximumHeader)).object();
        if (!header.contains(QLatin1String("path")))
            continue;
        result.push_back({id, header[QLatin1String("path")].toString(),
                          QDateTime::fromString(header[QLatin1String("written")].toString(), Qt::ISODateWithMs)});
    }
    std::ranges::stable_sort(result, [](const Recovery &a, const Recovery &b) { return a.written > b.written; });
    return result;
}

std::optional<QByteArray> RecoveryStore::read(const QString &id) const
{
    QFile file(inFolder(m_folder, id, Suffix));
    if (!isId(id) || !file.open(QIODevice::ReadOnly) || !file.readLine(MaximumHeader).endsWith('\n'))
        return std::nullopt;
    return file.readAll();
}

void RecoveryStore::discard(const QString &id) const
{
    if (const auto slot = claim(id))
        slot->clear();
}

std::unique_ptr<RecoverySlot> RecoveryStore::newSlot() const
{
    if (!QDir().mkpath(m_folder))
        return nullptr;
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    auto lock = tryLock(m_folder, id);
    if (!lock)
        return nullptr;
    return std::unique_ptr<RecoverySlot>(new RecoverySlot(m_folder, id, std::move(lock)));
}

std::unique_ptr<RecoverySlot> RecoveryStore::claim(const QString &id) const
{
    if (!isId(id) || !QFile::exists(inFolder(m_folder, id, Suffix)))
        return nullptr;
    auto lock = tryLock(m_folder, id);
    if (!lock)
        return nullptr;
    return std::unique_ptr<RecoverySlot>(new RecoverySlot(m_folder, id, std::move(lock)));
}

} // namespace stagewright
