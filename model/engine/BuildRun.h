// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildProgress.h"
#include "engine/Engine.h"
#include "engine/EngineCall.h"
#include "engine/PrivateDockerfile.h"
#include "engine/ProcessTree.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <expected>
#include <memory>
#include <optional>

namespace stagewright::engine {

/// An engine that does not answer.
struct EngineProblem
{
    EngineKind kind = EngineKind::Buildx;
    QString program; ///< Absolute path; "": there is none.
    QString reason;  ///< What it said, one line; or that it did not answer.
};

/// Asks every engine whether it is there. Nothing blocks; an engine that does not answer in ten seconds is not there.
class EngineFinder : public QObject
{
    Q_OBJECT
public:
    explicit EngineFinder(QObject *parent = nullptr);
    void start();
    [[nodiscard]] const std::vector<Engine> &engines() const
    {
        return m_engines;
    } ///< Best first, once found() was emitted.
    /// Every engine that does not answer, and why.
    [[nodiscard]] const std::vector<EngineProblem> &absences() const { return m_absences; }
    /// Of those, one a program at most, and only of programs that are there and that no engine was found with.
    [[nodiscard]] std::vector<EngineProblem> problems() const;

Q_SIGNALS:
    void found();

private:
    void ask(std::size_t probe, QStringList programs, const EngineProblem &problem);
    void answered(std::size_t probe, std::expected<Engine, EngineProblem> engine);

    std::vector<std::expected<Engine, EngineProblem>> m_answers;
    std::vector<EngineProblem> m_absences;
    std::vector<Engine> m_engines;
    std::size_t m_open = 0;
};

enum class BuildResult : std::uint8_t { Built, Failed, Cancelled, NotStarted };

/// One build from start to end. Runs the engine as a process with an argument list; never a shell.
class BuildRun : public QObject
{
    Q_OBJECT
public:
    explicit BuildRun(Engine engine, QObject *parent = nullptr);
    ~BuildRun() override; ///< Cancels; waits until the process is gone.

    /// Builds @p text, saved or not: it is written to a private folder for as long as the build runs. @p ignoreFile is
    /// the .dockerignore that belongs to it (by its own name, "Dockerfile.dockerignore"), which then counts.
    void start(BuildRequest request, const QByteArray &text, const std::optional<QByteArray> &ignoreFile);
    /// Asks the engine to stop, and makes it after @c patience. What podman and buildah leave of a build that did not
    /// succeed is taken away before finished().
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_process && m_process->state() != QProcess::NotRunning; }

    [[nodiscard]] const Engine &engine() const { return m_engine; }
    [[nodiscard]] const BuildProgress &progress() const { return m_progress; }
    [[nodiscard]] QString command() const { return m_command; } ///< For a terminal; the file's real name in it.
    [[nodiscard]] QString image() const { return m_image; }     ///< Its id, once it is built.
    [[nodiscard]] QString error() const { return m_error; }     ///< Why it did not start, or the engine's last words.

    /// Milliseconds between asking, asking more firmly and making: within a second nothing of ours runs any more.
    static constexpr int patience = 350;

Q_SIGNALS:
    void progressed(); ///< At most every 50 ms.
    void finished(stagewright::engine::BuildResult result);

private:
    void ended(int exitCode, QProcess::ExitStatus status);
    void tidy(BuildResult result);
    void finish(BuildResult result);
    void fail(const QString &reason);

    Engine m_engine;
    BuildProgress m_progress;
    std::unique_ptr<ProgressReader> m_reader;
    std::unique_ptr<QProcess> m_process;
    std::unique_ptr<PrivateDockerfile> m_file;
    QTimer m_tick;
    QTimer m_patience;
    EngineCall m_tidier; ///< Takes away what the engine left.
    QString m_mark;      ///< Of its containers; see newBuildMark().
    QString m_command;
    QString m_image;
    QString m_error;
    std::vector<ProcessId> m_children; ///< What the engine had started when it was asked to stop.
    int m_urgency = 0;                 ///< How hard it was asked to stop.
    bool m_cancelled = false;
};

} // namespace stagewright::engine
