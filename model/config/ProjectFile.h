// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/LintConfig.h"
#include "text/FileProblem.h"

#include <QByteArray>

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

inline constexpr std::string_view ProjectFileName = ".stagewright.json";

/// What a project decides (schema: resources/stagewright.schema.json). What is wrong in the file counts for nothing;
/// the rest does.
struct ProjectFile
{
    std::string path;
    RuleLevelMap levels;
    std::optional<Severity> failOn;        ///< The least severity that fails a check.
    std::vector<std::string> catalogs;     ///< Paths, relative ones resolved against the file's folder; the first wins.
    std::vector<LineColumn> catalogPlaces; ///< Where each is named.
    std::vector<FileProblem> problems;     ///< In the order of the file.
};

/// The project file for what is in @p folder: there, or in a folder above, up to the one that holds .git, the home
/// folder or the root of the file system. Nothing when there is none. @p searched gets every folder that was looked in.
[[nodiscard]] std::optional<std::string> findProjectFile(const std::string &folder,
                                                         std::vector<std::string> *searched = nullptr);
/// Where a project file for @p folder is, or would be made: beside .git, else in the folder itself.
[[nodiscard]] std::string projectFileFor(const std::string &folder);

/// Never fails: a file that cannot be read is one problem.
[[nodiscard]] ProjectFile readProjectFile(const std::string &path);
[[nodiscard]] ProjectFile parseProjectFile(const QByteArray &json, const std::string &path);

/// The text of a project file (empty: a new one) with the rule set to @p level. Everything else keeps its bytes.
/// The error is what is wrong with @p json.
[[nodiscard]] std::expected<std::string, FileProblem> withRuleLevel(const QByteArray &json, const std::string &path,
                                                                    std::string_view ruleId, RuleLevel level);
/// Does so on disk in one step; makes the file when there is none.
[[nodiscard]] std::expected<void, FileProblem> writeRuleLevel(const std::string &path, std::string_view ruleId,
                                                              RuleLevel level);

} // namespace stagewright
