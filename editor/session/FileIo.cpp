// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "session/FileIo.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QSaveFile>

namespace stagewright {

namespace {

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(stagewright::FileIo)
};

QString shown(const QString &path)
{
    return QDir::toNativeSeparators(path);
}

std::unexpected<FileError> fail(FileError::Kind kind, QString message)
{
    return std::unexpected(FileError{kind, std::move(message)});
}

Fingerprint fingerprint(const QString &path, QByteArrayView bytes)
{
    return {bytes.size(), QFileInfo(path).lastModified(), QCryptographicHash::hash(bytes, QCryptographicHash::Sha256)};
}

std::unexpected<FileError> failFolder(const QString &path)
{
    QString message = Messages::tr("%1 is a folder, not a file.").arg(shown(path));
    const QString inside = path + QStringLiteral("/Dockerfile");
    if (QFileInfo(inside).isFile())
        message += QLatin1Char(' ') + Messages::tr("There is a Dockerfile in it: open %1.").arg(shown(inside));
    return fail(FileError::Kind::NotAFile, message);
}

/// Other encodings of Unicode are full of NUL bytes; their byte order marks tell them from binary files.
bool isUtf16(const QByteArray &bytes)
{
    return bytes.startsWith("\xFF\xFE") || bytes.startsWith("\xFE\xFF");
}

} // namespace

QString resolvedPath(const QString &path)
{
    QFileInfo info(path);
    for (int links = 0; info.isSymLink() && links < 40; ++links)
        info.setFile(info.symLinkTarget());
    const QString canonical = info.canonicalFilePath();
    if (!canonical.isEmpty())
        return canonical;
    const QString folder = QFileInfo(info.absolutePath()).canonicalFilePath();
    return folder.isEmpty() ? QDir::cleanPath(info.absoluteFilePath()) : folder + QLatin1Char('/') + info.fileName();
}

Fingerprint fingerprintOnDisk(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || file.size() > MaximumFileSize || !file.open(QIODevice::ReadOnly))
        return {};
    return fingerprint(path, file.readAll());
}

std::expected<LoadedFile, FileError> readDocument(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return fail(FileError::Kind::NotFound,
                    info.isSymLink() ? Messages::tr("%1 is a link to a file that does not exist.").arg(shown(path))
                                     : Messages::tr("There is no file %1.").arg(shown(path)));
    }
    if (info.isDir())
        return failFolder(path);
    if (!info.isFile())
        return fail(FileError::Kind::NotAFile, Messages::tr("%1 is not a regular file.").arg(shown(path)));
    if (info.size() > MaximumFileSize) {
        const QLocale locale;
        return fail(
            FileError::Kind::TooLarge,
            Messages::tr("%1 is too large to open: %2. The limit is %3.")
                .arg(shown(path), locale.formattedDataSize(info.size()), locale.formattedDataSize(MaximumFileSize)));
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(FileError::Kind::NotReadable,
                    Messages::tr("%1 cannot be read: %2.").arg(shown(path), file.errorString()));
    }
    const QByteArray bytes = file.read(MaximumFileSize + 1);
    if (file.error() != QFileDevice::NoError || bytes.size() > MaximumFileSize)
        return fail(FileError::Kind::NotReadable,
                    Messages::tr("%1 cannot be read: %2.").arg(shown(path), file.errorString()));

    LoadedFile loaded;
    loaded.fingerprint = fingerprint(path, bytes);
    auto text = SourceText::fromBytes(bytes.toStdString());
    if (text) {
        loaded.text = std::move(*text);
        return loaded;
    }
    const DecodeError &error = text.error();
    if (isUtf16(bytes)) {
        return fail(FileError::Kind::Binary,
                    Messages::tr("%1 is UTF-16 text; a Dockerfile must be UTF-8. Convert it first.").arg(shown(path)));
    }
    if (error.kind != DecodeError::Kind::InvalidUtf8) {
        return fail(error.kind == DecodeError::Kind::TooLarge ? FileError::Kind::TooLarge : FileError::Kind::Binary,
                    Messages::tr("%1 is not a text file: there is a NUL byte in line %2.")
                        .arg(shown(path))
                        .arg(error.where.line));
    }
    loaded.text
        = SourceText::fromBytesLossy(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    loaded.notice
        = Messages::tr("Read-only: line %1 is not valid UTF-8. Saving would change bytes that cannot be shown.")
              .arg(error.where.line);
    return loaded;
}

std::expected<Fingerprint, FileError> writeDocument(const QString &path, std::string_view bytes)
{
    const QString target = resolvedPath(path);
    const QFileInfo info(target);
    if (info.isDir())
        return failFolder(target);
    if (info.exists() && !info.isFile())
        return fail(FileError::Kind::NotAFile, Messages::tr("%1 is not a regular file.").arg(shown(target)));
    // The permission bits count also for a user who may write everything: somebody wanted the file to stay.
    const QFile::Permissions anyWrite = QFile::WriteOwner | QFile::WriteGroup | QFile::WriteOther;
    if (info.exists() && (!info.isWritable() || !(info.permissions() & anyWrite))) {
        return fail(FileError::Kind::NotWritable,
                    Messages::tr("%1 is write-protected. Save under another name, or change its permissions.")
                        .arg(shown(target)));
    }
    if (!QFileInfo(info.absolutePath()).isDir()) {
        return fail(FileError::Kind::NotFound,
                    Messages::tr("The folder %1 does not exist (any more).").arg(shown(info.absolutePath())));
    }
    QSaveFile file(target);
    file.setDirectWriteFallback(info.exists());
    const auto size = static_cast<qint64>(bytes.size());
    if (!file.open(QIODevice::WriteOnly)) {
        return fail(FileError::Kind::NotWritable,
                    Messages::tr("%1 cannot be written: %2.").arg(shown(target), file.errorString()));
    }
    if (file.write(bytes.data(), size) != size || !file.commit()) {
        return fail(FileError::Kind::WriteFailed,
                    Messages::tr("%1 could not be written: %2. The file on disk is unchanged.")
                        .arg(shown(target), file.errorString()));
    }
    return fingerprint(target, QByteArrayView(bytes.data(), size));
}

} // namespace stagewright
