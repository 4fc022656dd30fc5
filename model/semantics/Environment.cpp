// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/Environment.h"

#include "semantics/Platform.h"

#include <array>

namespace stagewright {

namespace {

constexpr std::size_t IndexFrom = 24;
constexpr std::size_t MaximumValue = 64 * 1024;

constexpr std::array<std::string_view, 11> AutomaticNames{
    "BUILDPLATFORM", "BUILDOS",         "BUILDOSVERSION", "BUILDARCH",     "BUILDVARIANT", "TARGETPLATFORM",
    "TARGETOS",      "TARGETOSVERSION", "TARGETARCH",     "TARGETVARIANT", "TARGETSTAGE"};

} // namespace

std::int32_t VariableTable::indexOf(std::string_view name) const
{
    if (!m_index.empty()) {
        const auto found = m_index.find(name);
        return found == m_index.end() ? -1 : found->second;
    }
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (m_entries[i].name == name)
            return static_cast<std::int32_t>(i);
    }
    return -1;
}

std::optional<std::string_view> VariableTable::find(std::string_view name) const
{
    const std::int32_t index = indexOf(name);
    if (index < 0)
        return std::nullopt;
    return m_entries[static_cast<std::size_t>(index)].value;
}

void VariableTable::set(std::string_view name, std::string value)
{
    if (value.size() > MaximumValue) {
        std::size_t end = MaximumValue;
        while ((static_cast<unsigned char>(value[end]) & 0xc0u) == 0x80u) // not inside a character
            --end;
        value.resize(end);
    }
    const std::int32_t index = indexOf(name);
    if (index >= 0) {
        Entry &entry = m_entries[static_cast<std::size_t>(index)];
        // What rollBack() restores is the value at the last mark; those in between may go.
        if (entry.changedAt < m_lastMark) {
            entry.changedAt = m_log.size();
            m_log.push_back({index, std::move(entry.value), false});
        }
        entry.value = std::move(value);
        return;
    }
    const auto added = static_cast<std::int32_t>(m_entries.size());
    m_entries.push_back({std::string(name), std::move(value), m_log.size()});
    m_log.push_back({added, {}, true});
    if (!m_index.empty()) {
        m_index.emplace(name, added);
    } else if (m_entries.size() >= IndexFrom) {
        for (std::size_t i = 0; i < m_entries.size(); ++i)
            m_index.emplace(m_entries[i].name, static_cast<std::int32_t>(i));
    }
}

void VariableTable::rollBack(Mark mark)
{
    while (m_log.size() > mark) {
        Change &change = m_log.back();
        if (change.added) { // the newest entry is the last one: entries are taken back in reverse order
            if (!m_index.empty())
                m_index.erase(m_index.find(m_entries.back().name));
            m_entries.pop_back();
        } else {
            Entry &entry = m_entries[static_cast<std::size_t>(change.index)];
            entry.value = std::move(change.oldValue);
            entry.changedAt = 0; // most likely not since the mark; once too often does no harm
        }
        m_log.pop_back();
    }
    m_lastMark = mark;
}

std::vector<std::string_view> VariableTable::names() const
{
    std::vector<std::string_view> names;
    names.reserve(m_entries.size());
    for (const Entry &entry : m_entries)
        names.push_back(entry.name);
    return names;
}

void addAutomaticArguments(VariableTable &table, const AnalysisOptions &options, std::string_view targetStage)
{
    const Platform build;
    // A list of platforms is several builds; the first stands for them.
    const std::string_view wanted = std::string_view(options.platform).substr(0, options.platform.find(','));
    const Platform target = Platform::parse(wanted).value_or(Platform());
    const std::string_view stage = targetStage.empty() ? std::string_view("default") : targetStage;
    const std::array<std::string, AutomaticNames.size()> values{
        build.toString(),    build.os,          build.osVersion,   build.architecture,
        build.variant,       target.toString(), target.os,         target.osVersion,
        target.architecture, target.variant,    std::string(stage)};
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto given = options.buildArgs.find(std::string(AutomaticNames[i]));
        table.set(AutomaticNames[i], given == options.buildArgs.end() ? values[i] : given->second);
    }
}

std::span<const std::string_view> automaticArgumentNames()
{
    return AutomaticNames;
}

} // namespace stagewright
