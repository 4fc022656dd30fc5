// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildProgress.h"
#include "engine/TerminalText.h"

#include <QObject>
#include <QString>

#include <vector>

namespace stagewright {

/// Everything that a build printed, in the order in which it came, as a terminal would show it; bounded however much
/// that is. A heading stands wherever another step begins to speak.
class ConsoleLog : public QObject
{
    Q_OBJECT
public:
    /// Sources of lines that no step wrote; a step's source is its index.
    static constexpr int engineSource = -2; ///< The engine itself.
    static constexpr int ownSource = -3;    ///< This program: the command, how it ended.

    explicit ConsoleLog(QObject *parent = nullptr);

    /// A new build: everything goes, and @p command is the first line.
    void begin(const QString &command);
    /// Takes what is new in @p progress.
    void read(const engine::BuildProgress &progress);
    /// The last line, what the build came to.
    void end(const QString &sentence, bool good);

    [[nodiscard]] const engine::TerminalText &text() const { return m_text; }

Q_SIGNALS:
    /// Lines from @p lowest on are new or different; what stands before text().first() is gone.
    void changed(quint64 lowest);

private:
    void take(int source, const std::string &heading, const engine::StepLog &log, std::uint64_t &seen);
    void announce();

    engine::TerminalText m_text;
    std::vector<std::uint64_t> m_seen; ///< Bytes, per step.
    std::vector<bool> m_failureTold;   ///< Per step.
    std::uint64_t m_messagesSeen = 0;
    int m_speaker = ownSource;
};

} // namespace stagewright
