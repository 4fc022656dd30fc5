// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/Engine.h"

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QTimer>

#include <functional>
#include <memory>

namespace stagewright::engine {

/// How a short call of an engine went.
struct CallResult
{
    bool ok = false; ///< It ran to its end and returned 0.
    bool cancelled = false;
    QByteArray output; ///< Standard output, whole.
    QString error;     ///< A sentence when it is not ok: the engine's last line, or why it did not run.
};

/// One short call of an engine (history, inspect, image rm …) at a time; never a shell, nothing blocks. The
/// continuation runs in the caller's thread, from the event loop, exactly once a call; not after destruction.
class EngineCall : public QObject
{
    Q_OBJECT
public:
    using Done = std::function<void(const CallResult &)>;
    explicit EngineCall(Engine engine, QObject *parent = nullptr);
    ~EngineCall() override; ///< Ends the process.

    /// A call that takes longer than @p milliseconds is ended; 0: as long as it takes.
    void start(const QStringList &arguments, Done done, int milliseconds = AnswerTime);
    /// Asks the engine to stop (SIGINT), and makes it after half a second. The continuation is still called.
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_process != nullptr; }

    static constexpr int AnswerTime = 60'000;                 ///< Milliseconds.
    static constexpr qint64 MaximumOutput = qint64(64) << 20; ///< Bytes; an engine that says more is stopped.

private:
    void end(CallResult result);

    Engine m_engine;
    std::unique_ptr<QProcess> m_process;
    QTimer m_timeout;
    Done m_done;
    QByteArray m_output;
    bool m_cancelled = false;
    bool m_late = false;
    bool m_tooLong = false;
};

/// Asks a process politely to stop (SIGINT), as Ctrl+C does.
void interrupt(QProcess &process);

/// The last line of an engine's error output that says something, without "Error: " and log decoration.
[[nodiscard]] QString lastWords(const QByteArray &errors);

} // namespace stagewright::engine
