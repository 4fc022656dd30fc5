// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What an image brings before any instruction, as far as the catalogue's facts tell.
namespace stagewright::lint {

/// Whether a program of this name is a POSIX-style shell ("sh", "bash", "busybox" …).
[[nodiscard]] bool isShellName(std::string_view name);

/// Whether @p name is one of the small tools that come with a distribution's user land and never without one:
/// coreutils, file and text tools, curl and wget, package managers.
[[nodiscard]] bool isUserLandTool(std::string_view name);

/// Whether @p name runs or manages programs of a language ("node", "npm", "python3", "pip").
[[nodiscard]] bool isLanguageTool(std::string_view name);

/// The package manager that a program belongs to, in the catalogue's words ("apt" for "apt-get" and "dpkg"); "" for
/// none.
[[nodiscard]] std::string_view packageManagerOf(std::string_view program);

/// A package that is nothing but data, and can be copied as one path.
struct DataPackage
{
    std::string_view package;
    std::string_view path;
    std::string_view provides; ///< Key of ImageFacts::provides.
    std::string_view words;    ///< "certificates"
    std::string_view sign;     ///< Every path or command that is about it has this in its name.
};

/// By package name or by key of ImageFacts::provides; null for every other.
[[nodiscard]] const DataPackage *dataPackage(std::string_view name);

/// Where @p program may be: the path itself, or a name in every folder where PATH finds programs in such an image.
/// @p path is the value of PATH where an ENV sets it, "" otherwise.
[[nodiscard]] std::vector<std::string> programPaths(std::string_view program, const ImageFactsPtr &facts,
                                                    std::string_view path = {});

/// Whether @p folder (no slash at the end) is one of those in @p path, a value of PATH.
[[nodiscard]] bool isOnPath(std::string_view folder, std::string_view path);

/// Whether the image itself has @p program (a path, or a name that PATH finds).
[[nodiscard]] Known imageHas(const ImageFactsPtr &facts, std::string_view program);

} // namespace stagewright::lint
