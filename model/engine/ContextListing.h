// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/Snapshot.h"

#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright::engine {

/// The files of a build context with what tells cheaply that one changed: size and time, never contents.
struct ContextListing
{
    struct Stamp
    {
        std::uint64_t bytes = 0;
        std::int64_t modified = 0; ///< Milliseconds since the epoch.
        friend bool operator==(const Stamp &, const Stamp &) = default;
    };
    std::map<std::string, Stamp, std::less<>> files; ///< By path in the context, '/' between.
    bool complete = true;                            ///< False: there are more than were looked at.

    static constexpr std::size_t MaximumFiles = 20'000;
    friend bool operator==(const ContextListing &, const ContextListing &) = default;
};

/// Walks @p folder; what the .dockerignore leaves out is not in it, links are not followed. Reads the disk: call it
/// on a worker thread. Stops early when @p stop turns true.
[[nodiscard]] ContextListing listContext(const std::string &folder, const std::optional<std::string> &ignoreFile,
                                         const std::atomic_bool *stop = nullptr);

/// The paths that differ between two listings, sorted.
[[nodiscard]] std::vector<std::string> changedFiles(const ContextListing &before, const ContextListing &after);

/// Whether a COPY or ADD from the context, or a bind mount of it, reads @p path (wildcards as BuildKit matches them).
[[nodiscard]] bool readsFromContext(const Instruction &instruction, std::string_view path);

} // namespace stagewright::engine
