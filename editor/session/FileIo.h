// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "text/SourceText.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <cstdint>
#include <expected>

namespace stagewright {

/// Why a file could not be opened or saved.
struct FileError
{
    enum class Kind : std::uint8_t {
        NotFound,
        NotAFile, ///< A folder, a pipe, a device.
        NotReadable,
        TooLarge,
        Binary,
        NotWritable,
        ChangedOnDisk, ///< Save again with Overwrite::Yes to win.
        WriteFailed,   ///< Disk full and the like; what is on disk is as it was.
    };
    Kind kind = Kind::NotFound;
    QString message; ///< Whole sentences for people; names the file.
};

/// Tells versions of a file apart; the hash decides, size and time only save reading it.
struct Fingerprint
{
    qint64 size = -1;
    QDateTime modified;
    QByteArray hash;
};

/// A file as it was read.
struct LoadedFile
{
    SourceText text;
    QString notice; ///< Why it can be shown but not edited; empty when it can.
    Fingerprint fingerprint;
};

/// Bigger files are refused: no Dockerfile is, and something that big opened by mistake would only hang the program.
inline constexpr qint64 MaximumFileSize = 64 * 1024 * 1024;

/// Never opens what is no regular file (a pipe would block).
[[nodiscard]] std::expected<LoadedFile, FileError> readDocument(const QString &path);
/// Replaces a file in one step: a temporary file beside it that takes its name. Permissions are kept, symbolic links
/// are followed. Where the folder cannot be written but the file can, it is written in place.
[[nodiscard]] std::expected<Fingerprint, FileError> writeDocument(const QString &path, std::string_view bytes);
/// Of what is on disk now; nullopt-like (size -1) when there is no readable file.
[[nodiscard]] Fingerprint fingerprintOnDisk(const QString &path);
/// The path with all symbolic links followed, also when the last one points to nothing (yet).
[[nodiscard]] QString resolvedPath(const QString &path);

} // namespace stagewright
