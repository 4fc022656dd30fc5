// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <expected>
#include <memory>

namespace stagewright::test {

/// A Docker daemon of its own for a test program: its own socket, bridge and data, in a temporary folder. It is ended
/// by its process, and nothing of it stays.
///
/// With STAGEWRIGHT_ENGINE_HOST ("unix:///…") in the environment that daemon is used instead and left running: for
/// people who run these tests many times.
class PrivateDocker
{
public:
    /// The error says what is missing here: a reason to skip, for people.
    [[nodiscard]] static std::expected<std::unique_ptr<PrivateDocker>, QString> start();
    PrivateDocker(const PrivateDocker &) = delete;
    PrivateDocker &operator=(const PrivateDocker &) = delete;
    ~PrivateDocker();

    [[nodiscard]] QString host() const { return m_host; }     ///< For DOCKER_HOST.
    [[nodiscard]] QString client() const { return m_client; } ///< The absolute path of `docker`.
    [[nodiscard]] QString version() const { return m_version; }

    /// Nobody else uses it, and everything in it goes with it.
    [[nodiscard]] bool isPrivate() const { return m_daemon != nullptr; }

    struct Answer
    {
        int code = -1;    ///< -1: did not start, crashed or took too long.
        QByteArray words; ///< Standard output and standard error, as they came.
        [[nodiscard]] bool ok() const { return code == 0; }
    };
    /// Runs `docker ARGUMENTS…` and waits; safe to call from several threads.
    [[nodiscard]] Answer docker(const QStringList &arguments, int milliseconds = 120'000) const;

private:
    PrivateDocker() = default;
    [[nodiscard]] std::expected<void, QString> startDaemon();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_daemon;
    QString m_bridge;
    QString m_host;
    QString m_client;
    QString m_version;
};

/// Takes away what is mounted below a folder: an engine that was killed leaves that, and it holds files fast.
void unmountBelow(const QString &folder);

/// Runs a program and waits for it; the arguments go to it as they are.
[[nodiscard]] PrivateDocker::Answer runProgram(const QString &program, const QStringList &arguments,
                                               const QProcessEnvironment &environment, int milliseconds);

} // namespace stagewright::test
