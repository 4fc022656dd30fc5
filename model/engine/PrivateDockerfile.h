// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/Snapshot.h"

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <optional>
#include <string>

namespace stagewright::engine {

/// A text that an engine reads, saved by its owner or not: in a folder that nobody else can read, with the
/// .dockerignore that counts for it beside it. Taken away with the object.
class PrivateDockerfile
{
public:
    /// nullptr when nothing can be written in the folder for temporary files.
    [[nodiscard]] static std::unique_ptr<PrivateDockerfile> make(const QByteArray &text,
                                                                 const std::optional<QByteArray> &ignoreFile);
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("Dockerfile")); }
    /// Where the engine may write the image's id.
    [[nodiscard]] QString idFile() const { return m_folder.filePath(QStringLiteral("image")); }
    /// What it wrote there; "" for nothing.
    [[nodiscard]] QString image() const;

private:
    PrivateDockerfile();
    QTemporaryDir m_folder;
};

/// A text in which a stage can be named as a target.
struct TargetText
{
    std::string text;
    std::string target; ///< For --target.
};

/// BuildKit takes no number as target: a stage without a name, or with one that another stage has too, gets one of
/// ours in the copy; the rest of the text is unchanged.
[[nodiscard]] TargetText textWithTarget(const Snapshot &snapshot, StageId stage);

} // namespace stagewright::engine
