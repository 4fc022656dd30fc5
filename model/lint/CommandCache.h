// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/CommandLine.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stagewright::lint {

/// calledCommands() of the texts of one document, read once for all rules that ask. For one thread.
class CommandCache
{
public:
    /// @p text must stay where it is as long as the cache lives: it is known by its place, not by what it says.
    [[nodiscard]] std::span<const CalledCommand> of(std::string_view text)
    {
        auto &known = m_known[Place{text.data(), text.size()}];
        if (!known)
            known = std::make_unique<const std::vector<CalledCommand>>(calledCommands(text));
        return *known;
    }

private:
    struct Place
    {
        const char *begin;
        std::size_t size;
        friend bool operator==(const Place &, const Place &) = default;
    };
    struct Hash
    {
        std::size_t operator()(const Place &place) const { return std::hash<const char *>()(place.begin) ^ place.size; }
    };
    std::unordered_map<Place, std::unique_ptr<const std::vector<CalledCommand>>, Hash> m_known;
};

} // namespace stagewright::lint
