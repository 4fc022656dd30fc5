// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildRun.h"
#include "engine/FailureExplanation.h"
#include "engine/StepMap.h"
#include "semantics/Snapshot.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

QT_BEGIN_NAMESPACE
class QTemporaryDir;
QT_END_NAMESPACE

namespace stagewright {

class BuildMemory;
class ConsoleLog;
class DocumentFile;
class DocumentSession;
class EngineList;
struct DocumentChange;

/// The builds of one document: starts and stops them, and keeps what the last one said until the next one starts.
///
/// Everything that a build tells belongs to the text that was built, snapshot(). The text goes on being edited; now()
/// tells which instruction of the current text is still the one that was built.
class BuildController : public QObject
{
    Q_OBJECT
public:
    enum class Phase : std::uint8_t {
        Idle,     ///< Nothing was built yet.
        Asking,   ///< Build was pressed; the engines are being asked first.
        Running,  ///< The engine works.
        Stopping, ///< It was asked to stop.
        Over,     ///< result() tells how it ended.
    };

    /// All three must outlive this.
    BuildController(DocumentSession &session, const DocumentFile &file, EngineList &engines, QObject *parent = nullptr);
    /// Stops a build that runs, and waits for it.
    ~BuildController() override;

    /// Builds the text as it is now, saved or not. Asks for the engines when nobody did before. Without one: Over, with
    /// NotStarted. While a build runs, no effect.
    void build();
    void stop();

    [[nodiscard]] Phase phase() const { return m_phase; }
    /// From build() until it has ended.
    [[nodiscard]] bool isBusy() const { return m_phase != Phase::Idle && m_phase != Phase::Over; }

    // The build that runs, or the last one
    /// The text that is built, with its options; null before the first build.
    [[nodiscard]] const SnapshotPtr &snapshot() const { return m_snapshot; }
    [[nodiscard]] const engine::Engine &engine() const { return m_engine; }
    /// What was asked for. Its context is the folder that was used.
    [[nodiscard]] const engine::BuildRequest &request() const { return m_request; }
    /// The .dockerignore of the file's own name, which counts before that of the context; if there is one.
    [[nodiscard]] const std::optional<QByteArray> &ignoreFile() const { return m_ignoreFile; }
    [[nodiscard]] const engine::BuildProgress &progress() const;
    /// Where the steps stand in snapshot(); null before the first build.
    [[nodiscard]] const engine::StepMap *steps() const { return m_steps.get(); }
    [[nodiscard]] std::optional<engine::BuildResult> result() const { return m_result; }
    [[nodiscard]] const QString &image() const { return m_image; } ///< Its id, once it is built.
    /// Why it did not start, or the engine's last words.
    [[nodiscard]] const QString &error() const { return m_error; }
    /// For a terminal, with the file's real name. Files of secrets are named, their contents never.
    [[nodiscard]] const QString &command() const { return m_command; }
    [[nodiscard]] std::chrono::milliseconds elapsed() const;
    /// What the build before this one was like; say it once this one has ended.
    [[nodiscard]] const BuildMemory &memory() const { return *m_memory; }
    [[nodiscard]] BuildMemory &memory() { return *m_memory; }
    /// Everything that it printed.
    [[nodiscard]] const ConsoleLog &log() const { return *m_log; }
    /// The context is an empty folder, because the document has none of its own yet.
    [[nodiscard]] bool hadEmptyContext() const { return m_emptyContext != nullptr; }
    /// Where and why it failed, with the finding that predicted it; findings are those of when it started.
    [[nodiscard]] engine::BuildFailure failure() const;
    [[nodiscard]] const std::vector<Diagnostic> &findings() const { return m_findings; }
    /// The step that failed, the first one to do so.
    [[nodiscard]] std::optional<std::size_t> failedStep() const;

    // The current text and the one that was built
    /// The text, or the options that the graph depends on, are not those that were built.
    [[nodiscard]] bool isOutdated() const;
    /// The instruction of the current text that @p built is; None when it is gone or reads otherwise now.
    [[nodiscard]] InstructionId now(InstructionId built) const;
    /// The other way round.
    [[nodiscard]] InstructionId then(InstructionId current) const;

    // The next build
    /// What build() would ask for.
    [[nodiscard]] engine::BuildRequest nextRequest() const;
    /// As command(), of the next build with @p engine; the error says why that engine cannot do it.
    [[nodiscard]] std::expected<QString, QString> nextCommand(const engine::Engine &engine) const;
    [[nodiscard]] EngineList &engines() const { return m_engines; }
    [[nodiscard]] DocumentSession &session() const { return m_session; }

    static constexpr int tick = 100; ///< Milliseconds between two progressed().

Q_SIGNALS:
    void phaseChanged();
    /// A build begins: snapshot(), steps(), request() and progress() are new.
    void started();
    /// At most ten times a second, and that often while a build runs, so that clocks go on.
    void progressed();
    /// Behind the last progressed(). image(), engine(), request() and snapshot() tell what there is now.
    void finished(stagewright::engine::BuildResult result);
    /// now() and then() answer differently.
    void mappingChanged();

private:
    void begin();
    void ended(engine::BuildResult result);
    void refuse(const QString &reason);
    void setPhase(Phase phase);
    void follow(const DocumentChange &change);
    void recoverLost();
    [[nodiscard]] QByteArray textToBuild() const;

    DocumentSession &m_session;
    const DocumentFile &m_file;
    EngineList &m_engines;
    ConsoleLog *m_log;
    std::unique_ptr<BuildMemory> m_memory;
    std::unique_ptr<engine::BuildRun> m_run;
    std::unique_ptr<engine::StepMap> m_steps;
    std::unique_ptr<QTemporaryDir> m_emptyContext;
    SnapshotPtr m_snapshot;
    std::vector<Diagnostic> m_findings;
    engine::Engine m_engine;
    engine::BuildRequest m_request;
    std::optional<QByteArray> m_ignoreFile;
    std::optional<engine::BuildResult> m_result;
    QString m_image;
    QString m_error;
    QString m_command;
    QElapsedTimer m_clock;
    std::chrono::milliseconds m_took{};
    QTimer m_tick;
    Phase m_phase = Phase::Idle;
    std::vector<InstructionId> m_now; ///< Per built instruction: where it went, whatever it reads now.
};

} // namespace stagewright
