// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace stagewright::engine {

/// A file in which rpm keeps its packages: rpmdb.sqlite, Packages.db (ndb) or Packages (Berkeley DB), in one of the
/// folders where distributions have it.
[[nodiscard]] bool isRpmDatabase(std::string_view path);

/// Where those are, with a slash at the end, and what they are called; what counts first is first.
[[nodiscard]] std::span<const std::string_view> rpmFolders();
[[nodiscard]] std::span<const std::string_view> rpmDatabaseNames();

/// How many packages it holds, as `rpm -qa` counts them (imported keys are packages to rpm). Told from its bytes by
/// what is in them: SQLite's b-tree of the table Packages, the slots of ndb, or the pages of a Berkeley DB hash, as
/// these formats are documented. nullopt: it is none of these, or it is cut off or damaged.
[[nodiscard]] std::optional<std::uint32_t> countRpmPackages(std::string_view bytes);

} // namespace stagewright::engine
