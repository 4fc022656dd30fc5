// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildRun.h"
#include "engine/Engine.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace stagewright {

/// A program that is there, but cannot build, and what it said.
using EngineProblem = engine::EngineFinder::Absence;

/// The build engines of this machine. One list for all documents.
///
/// Nothing is asked before somebody calls ask(): asking starts processes, and opening a file must not do that.
class EngineList : public QObject
{
    Q_OBJECT
public:
    enum class State : std::uint8_t { NotAsked, Asking, Known };

    explicit EngineList(QObject *parent = nullptr);
    ~EngineList() override;

    /// Asks every engine, again when they were asked before. Does not block; ends with changed(). While it is asking,
    /// no effect.
    void ask();
    [[nodiscard]] State state() const { return m_state; }
    /// Best first; empty before they were asked, and when there is none.
    [[nodiscard]] const std::vector<engine::Engine> &engines() const { return m_engines; }
    /// Programs that are there but cannot build, with what they said.
    [[nodiscard]] const std::vector<EngineProblem> &problems() const { return m_problems; }

    /// The engine to build with: the preferred one when it is there, else the best. Null: none is known.
    [[nodiscard]] const engine::Engine *chosen() const;
    /// engine::engineName() of the engine that a person chose; "" for the best.
    [[nodiscard]] const QString &preferred() const { return m_preferred; }
    void setPreferred(const QString &name);

Q_SIGNALS:
    /// The state, the engines or the chosen one.
    void changed();
    /// A person chose; to be remembered.
    void preferredChanged(const QString &name);

private:
    std::unique_ptr<engine::EngineFinder> m_finder;
    std::vector<engine::Engine> m_engines;
    std::vector<EngineProblem> m_problems;
    QString m_preferred;
    State m_state = State::NotAsked;
};

} // namespace stagewright
