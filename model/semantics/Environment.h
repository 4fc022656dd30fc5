// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/BuildGraph.h"
#include "semantics/Expansion.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stagewright {

/// Variables that can be set and taken back, so that the stages that start from one another can be walked with one
/// table. Small tables are searched front to back; an index takes over when they grow.
class VariableTable final : public Variables
{
public:
    using Mark = std::size_t;

    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const override;
    [[nodiscard]] bool contains(std::string_view name) const { return indexOf(name) >= 0; }
    /// Values are cut at 64 KiB: doubling one in every line would fill the memory otherwise.
    void set(std::string_view name, std::string value);

    [[nodiscard]] Mark mark()
    {
        m_lastMark = m_log.size();
        return m_lastMark;
    }
    /// Takes back everything that was set since @p mark.
    void rollBack(Mark mark);

    /// In the order in which the names first appeared.
    [[nodiscard]] std::vector<std::string_view> names() const;

private:
    struct Entry
    {
        std::string name;
        std::string value;
        std::size_t changedAt = 0; ///< Where in the log its last change is.
    };
    struct Change
    {
        std::int32_t index;
        std::string oldValue;
        bool added;
    };

    [[nodiscard]] std::int32_t indexOf(std::string_view name) const;

    std::vector<Entry> m_entries;
    std::vector<Change> m_log;
    Mark m_lastMark = 0;
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, std::int32_t, Hash, std::equal_to<>> m_index; ///< Empty while the table is small.
};

/// Adds BUILDPLATFORM … TARGETVARIANT and TARGETSTAGE as BuildKit does.
void addAutomaticArguments(VariableTable &table, const AnalysisOptions &options, std::string_view targetStage);

/// The names that addAutomaticArguments() sets.
[[nodiscard]] std::span<const std::string_view> automaticArgumentNames();

} // namespace stagewright
