// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/PrivateDockerfile.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace stagewright::engine {

using namespace Qt::StringLiterals;

namespace {

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    // Build arguments and secrets' names may be in the text; nobody else needs to read it.
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(bytes) == bytes.size() && file.flush();
}

} // namespace

PrivateDockerfile::PrivateDockerfile()
    : m_folder(QDir::tempPath() + u"/stagewright-build-XXXXXX"_s)
{
}

std::unique_ptr<PrivateDockerfile> PrivateDockerfile::make(const QByteArray &text,
                                                           const std::optional<QByteArray> &ignoreFile)
{
    std::unique_ptr<PrivateDockerfile> file(new PrivateDockerfile);
    if (!file->m_folder.isValid() || !write(file->path(), text)
        || (ignoreFile && !write(file->path() + u".dockerignore"_s, *ignoreFile)))
        return nullptr;
    return file;
}

QString PrivateDockerfile::image() const
{
    QFile id(idFile());
    return id.open(QIODevice::ReadOnly) ? QString::fromLatin1(id.readAll().trimmed()) : QString();
}

TargetText textWithTarget(const Snapshot &snapshot, StageId id)
{
    const Stage &stage = snapshot.graph().stage(id);
    TargetText result{std::string(snapshot.text().bytes()), stage.name};
    const auto named
        = [&](const std::string &name) { return std::ranges::count(snapshot.graph().stages(), name, &Stage::name); };
    if (!stage.name.empty() && named(stage.name) == 1)
        return result;
    for (int number = 0; result.target.empty() || named(result.target) > 0; ++number)
        result.target
            = "stagewright-" + std::to_string(indexOf(id)) + (number == 0 ? "" : "-" + std::to_string(number));
    // The end of the base is where an unnamed stage's name would stand; a name that is there is replaced.
    const TextRange range = stage.nameRange;
    result.text.replace(range.begin, range.end - range.begin,
                        stage.name.empty() ? " AS " + result.target : result.target);
    return result;
}

} // namespace stagewright::engine
