// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/EngineList.h"

#include <QStandardPaths>

#include <algorithm>

namespace stagewright {

namespace {

bool isDocker(engine::EngineKind kind)
{
    return kind == engine::EngineKind::Buildx || kind == engine::EngineKind::Classic;
}

/// What has to be told: one problem a program, and none of a program that builds in another way, or is not there.
std::vector<EngineProblem> problemsAmong(const std::vector<EngineProblem> &absences,
                                         const std::vector<engine::Engine> &engines)
{
    std::vector<EngineProblem> told;
    for (const EngineProblem &absence : absences) {
        const auto same = [&](const auto &other) {
            return other.kind == absence.kind || (isDocker(other.kind) && isDocker(absence.kind));
        };
        const QString program = isDocker(absence.kind) ? QStringLiteral("docker") : engine::engineName(absence.kind);
        if (std::ranges::none_of(engines, same) && std::ranges::none_of(told, same)
            && !QStandardPaths::findExecutable(program).isEmpty())
            told.push_back(absence);
    }
    return told;
}

} // namespace

EngineList::EngineList(QObject *parent)
    : QObject(parent)
{
}

EngineList::~EngineList() = default;

void EngineList::ask()
{
    if (m_state == State::Asking)
        return;
    m_state = State::Asking;
    m_finder = std::make_unique<engine::EngineFinder>();
    connect(m_finder.get(), &engine::EngineFinder::found, this, [this] {
        m_engines = m_finder->engines();
        m_problems = problemsAmong(m_finder->absences(), m_engines);
        m_state = State::Known;
        m_finder.release()->deleteLater(); // it is emitting
        Q_EMIT changed();
    });
    m_finder->start();
    Q_EMIT changed();
}

const engine::Engine *EngineList::chosen() const
{
    if (m_engines.empty())
        return nullptr;
    const auto wanted = std::ranges::find_if(
        m_engines, [this](const engine::Engine &one) { return engine::engineName(one.kind) == m_preferred; });
    return wanted == m_engines.end() ? &m_engines.front() : &*wanted;
}

void EngineList::setPreferred(const QString &name)
{
    if (m_preferred == name)
        return;
    m_preferred = name;
    Q_EMIT preferredChanged(name);
    Q_EMIT changed();
}

} // namespace stagewright
