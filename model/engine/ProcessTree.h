// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstdint>
#include <vector>

namespace stagewright::engine {

/// A process that cannot be mistaken for a later one with the same number.
struct ProcessId
{
    std::int64_t pid = 0;
    std::uint64_t started = 0; ///< Clock ticks since the machine's start.
    friend bool operator==(const ProcessId &, const ProcessId &) = default;
};

/// Everything that @p pid started and that still runs, children before grandchildren. Reads /proc: a few milliseconds;
/// empty where there is none.
[[nodiscard]] std::vector<ProcessId> descendantsOf(std::int64_t pid);

/// Ends those that still are the processes that they were, and what they started meanwhile. Returns how many that were.
std::size_t endProcesses(const std::vector<ProcessId> &processes);

} // namespace stagewright::engine
