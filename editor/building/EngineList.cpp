// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/EngineList.h"

#include <algorithm>

namespace stagewright {

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
        m_problems = m_finder->problems();
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
