// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Preferences.h"

#include "Settings.h"
#include "session/ConfigurationWatch.h"

#include <utility>

namespace stagewright {

Preferences::Preferences(Settings &settings, const Linter &builtIn, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_levels(settings.ruleLevels())
    , m_watch(new ConfigurationWatch(this))
    , m_linter(builtIn)
{
    connect(m_watch, &ConfigurationWatch::changed, this, [this] {
        const Configuration &now = m_watch->configuration();
        m_linter = Linter(now.catalog, now.lint);
        Q_EMIT changed();
    });
    apply();
}

const Configuration &Preferences::configuration() const
{
    return m_watch->configuration();
}

QString Preferences::catalogPath() const
{
    return m_settings.folder() + QStringLiteral("/catalog.json");
}

void Preferences::setLevel(std::string_view ruleId, std::optional<RuleLevel> level)
{
    if (level)
        m_levels.insert_or_assign(std::string(ruleId), *level);
    else if (const auto found = m_levels.find(ruleId); found != m_levels.end())
        m_levels.erase(found);
    m_settings.setRuleLevels(m_levels);
    apply();
}

void Preferences::resetLevels()
{
    m_levels.clear();
    m_settings.setRuleLevels(m_levels);
    apply();
}

void Preferences::check()
{
    m_watch->check();
}

void Preferences::apply()
{
    ConfigurationSources sources;
    sources.preferences = m_levels;
    sources.personalCatalog = catalogPath().toStdString();
    m_watch->setSources(std::move(sources));
}

} // namespace stagewright
