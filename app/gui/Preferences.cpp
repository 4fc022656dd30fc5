// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Preferences.h"

#include "Settings.h"
#include "session/ConfigurationWatch.h"

#include <algorithm>
#include <utility>

namespace stagewright {

namespace {

constexpr double largestFittedZoom = 2;

} // namespace

Preferences::Preferences(Settings &settings, const Linter &builtIn, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_levels(settings.ruleLevels())
    , m_textSize(std::clamp(settings.textSize(usualTextSize), smallestTextSize, largestTextSize))
    , m_fittedZoom(std::clamp(settings.fittedZoom(1), 1.0, largestFittedZoom))
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

void Preferences::setTextSize(double px)
{
    px = std::clamp(px, smallestTextSize, largestTextSize);
    if (px == m_textSize)
        return;
    m_textSize = px;
    m_settings.setTextSize(px);
    Q_EMIT textSizeChanged(px);
}

void Preferences::setFittedZoom(double zoom)
{
    zoom = std::clamp(zoom, 1.0, largestFittedZoom);
    if (zoom == m_fittedZoom)
        return;
    m_fittedZoom = zoom;
    m_settings.setFittedZoom(zoom);
    Q_EMIT fittedZoomChanged(zoom);
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
