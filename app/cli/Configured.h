// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "Arguments.h"

#include "config/Configuration.h"
#include "lint/Linter.h"

#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright::cli {

/// What the options say about configuration.
struct ConfigurationChoice
{
    bool none = false; ///< Neither a project file nor the person's catalogue.
    std::string projectFile;
    std::vector<std::string> catalogs;
};

/// The options --config, --no-config and --catalog.
[[nodiscard]] std::vector<Option> configurationOptions(ConfigurationChoice &choice);
/// Their help, for Command::details.
inline constexpr std::string_view ConfigurationOptionsHelp
    = "  --config FILE                Take this project file instead of looking for .stagewright.json\n"
      "  --no-config                  Read no project file and not your own catalogue\n"
      "  --catalog FILE               Also know the images of this file; may be given several times\n";

/// What counts for one Dockerfile.
struct Configured
{
    Linter linter;
    std::optional<Severity> failOn;
    std::vector<FileProblem> problems;
};

/// The configurations of the files of one run: read once for each folder, and what is wrong in them said once.
class Configurations
{
public:
    /// BuildKit's checks stay as BuildKit says them with @p buildChecksAsTheyAre.
    Configurations(ConfigurationChoice choice, std::ostream &err, bool buildChecksAsTheyAre = false);

    /// "-" takes the project file of the current folder.
    [[nodiscard]] const Configured &of(const std::string &path);
    /// Something was wrong in one of them.
    [[nodiscard]] bool hasProblems() const { return !m_said.empty(); }

private:
    ConfigurationChoice m_choice;
    std::ostream &m_err;
    bool m_buildChecksAsTheyAre;
    std::map<std::string, std::unique_ptr<Configured>> m_byFolder;
    std::vector<FileProblem> m_said;
};

} // namespace stagewright::cli
