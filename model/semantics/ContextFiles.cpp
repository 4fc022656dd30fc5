// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/ContextFiles.h"

#include "semantics/BuildGraph.h"
#include "semantics/IgnorePatterns.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <map>
#include <mutex>

namespace stagewright {

namespace {

class FilesOnDisk final : public ContextFiles
{
public:
    explicit FilesOnDisk(QString folder)
        : m_folder(std::move(folder))
    {
    }

    std::optional<std::string> read(std::string_view path) const override
    {
        const auto name = inside(path);
        if (!name)
            return std::nullopt;
        const QFileInfo info(*name);
        if (!info.isFile() || info.size() > qint64(LargestFile) || !staysInside(info))
            return std::nullopt;
        const Stamp stamp{info.size(), info.lastModified().toMSecsSinceEpoch()};
        const std::scoped_lock lock(m_mutex);
        const auto kept = m_kept.find(path);
        if (kept != m_kept.end() && kept->second.stamp == stamp)
            return kept->second.content;
        QFile file(*name);
        std::optional<std::string> content;
        if (file.open(QIODevice::ReadOnly))
            content = file.read(qint64(LargestFile)).toStdString();
        if (content && content->find('\0') != std::string::npos)
            content.reset();
        if (m_kept.size() >= mostKept)
            m_kept.clear();
        m_kept.insert_or_assign(std::string(path), Kept{stamp, content});
        return content;
    }

    Presence presence(std::string_view path) const override
    {
        const auto name = inside(path);
        if (!name)
            return Presence::Unknown;
        const QFileInfo info(*name);
        return info.exists() || info.isSymLink() ? Presence::Present : Presence::Absent;
    }

private:
    struct Stamp
    {
        qint64 size = 0;
        qint64 modified = 0;
        friend bool operator==(const Stamp &, const Stamp &) = default;
    };
    struct Kept
    {
        Stamp stamp;
        std::optional<std::string> content;
    };
    static constexpr std::size_t mostKept = 32;

    /// Where @p path is on disk; nothing for what is no plain path below the folder.
    [[nodiscard]] std::optional<QString> inside(std::string_view path) const
    {
        while (path.starts_with('/') || path.starts_with("./"))
            path.remove_prefix(path.starts_with('/') ? 1 : 2);
        if (path.empty() || path.find_first_of("*?[$\\") != std::string_view::npos
            || path.find('\0') != std::string_view::npos)
            return std::nullopt;
        for (std::string_view rest = path; !rest.empty();) {
            const std::string_view part = rest.substr(0, rest.find('/'));
            if (part == "..")
                return std::nullopt;
            rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        }
        return m_folder + QLatin1Char('/') + QString::fromUtf8(path.data(), qsizetype(path.size()));
    }

    /// Links may point anywhere; only what they lead to inside the context is a part of it.
    [[nodiscard]] bool staysInside(const QFileInfo &info) const
    {
        const QString real = info.canonicalFilePath();
        const QString folder = QFileInfo(m_folder).canonicalFilePath();
        return !real.isEmpty() && !folder.isEmpty()
            && (folder == QLatin1String("/") || real.startsWith(folder + QLatin1Char('/')));
    }

    const QString m_folder;
    mutable std::mutex m_mutex;
    mutable std::map<std::string, Kept, std::less<>> m_kept;
};

} // namespace

namespace {

bool mayBeIgnored(const AnalysisOptions &options, std::string_view path)
{
    return options.ignoreFile && !IgnorePatterns(*options.ignoreFile).leavesOut(path).empty();
}

} // namespace

std::optional<std::string> readFromContext(const AnalysisOptions &options, std::string_view path)
{
    return !options.context || path.empty() || mayBeIgnored(options, path) ? std::nullopt : options.context->read(path);
}

ContextFiles::Presence presenceInContext(const AnalysisOptions &options, std::string_view path)
{
    return !options.context || path.empty() || mayBeIgnored(options, path) ? ContextFiles::Presence::Unknown
                                                                           : options.context->presence(path);
}

std::shared_ptr<const ContextFiles> filesOnDisk(const std::string &folder)
{
    const QFileInfo info(QString::fromStdString(folder));
    return folder.empty() || !info.isDir() ? nullptr : std::make_shared<FilesOnDisk>(info.absoluteFilePath());
}

std::shared_ptr<const ContextFiles> filesBeside(const std::string &dockerfile)
{
    if (dockerfile.empty() || dockerfile == "-")
        return nullptr;
    return filesOnDisk(QFileInfo(QString::fromStdString(dockerfile)).absolutePath().toStdString());
}

void takeContext(AnalysisOptions &options, const std::string &dockerfile)
{
    options.ignoreFile = readIgnoreFile(dockerfile);
    if (!options.context)
        options.context = filesBeside(dockerfile);
    else if (dockerfile.empty() || !QFileInfo(QString::fromStdString(dockerfile + ".dockerignore")).isFile())
        options.ignoreFile = options.context->read(".dockerignore"); // that of the other folder
}

} // namespace stagewright
