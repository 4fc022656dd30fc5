// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "lint/LintConfig.h"
#include "text/FileProblem.h"

#include <optional>
#include <string>
#include <vector>

namespace stagewright {

/// Where a configuration comes from.
struct ConfigurationSources
{
    std::string folder;          ///< Of the Dockerfile: where the search for a project file begins; "": no search.
    std::string projectFile;     ///< This one instead; it has to be there.
    RuleLevelMap preferences;    ///< What the person at the computer wants; the project file wins.
    std::string personalCatalog; ///< Need not be there; "": none.
    std::vector<std::string> catalogs; ///< In front of all others, the first first; they have to be there.

    friend bool operator==(const ConfigurationSources &, const ConfigurationSources &) = default;
};

/// A catalogue file that takes part.
struct CatalogFile
{
    std::string path;
    FactsOrigin origin = FactsOrigin::Person;
    std::size_t entries = 0; ///< That can be used.
};

/// Everything from outside of a Dockerfile that decides what is found in it. Mistakes are in @c problems; what is not
/// wrong counts all the same.
struct Configuration
{
    Catalog catalog = Catalog::builtIn(); ///< Given ones over the project's over the personal over the built-in.
    LintConfig lint;                      ///< The project's levels over the preferences.
    RuleLevelMap projectLevels;           ///< Those that the project file decides.
    std::optional<Severity> failOn;
    std::string projectFile; ///< "" when there is none.
    std::vector<CatalogFile> catalogFiles;
    std::vector<FileProblem> problems;
    std::vector<std::string> files;   ///< That were read, or were not there; a change of one changes this.
    std::vector<std::string> folders; ///< Where a project file may appear.
};

[[nodiscard]] Configuration loadConfiguration(const ConfigurationSources &sources);

/// catalog.json in the folder for settings (~/.config/stagewright on Linux).
[[nodiscard]] std::string personalCatalogPath();
/// What a new catalogue file of a person starts with: valid, with one entry to change.
[[nodiscard]] std::string_view newCatalogText();

} // namespace stagewright
