// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/ProjectFiles.h"

#include <nlohmann/json.hpp>

namespace stagewright::lint {

std::string packageScript(const std::optional<std::string> &packageJson, const std::vector<std::string> &words)
{
    if (!packageJson || words.size() < 2 || (words[0] != "npm" && words[0] != "yarn" && words[0] != "pnpm"))
        return {};
    const bool run = words[1] == "run" || words[1] == "run-script";
    if (run && words.size() < 3)
        return {};
    // Only `start` and `test` are scripts without `run` for npm; the others know all.
    const std::string &script = run ? words[2] : words[1];
    if (!run && words[0] == "npm" && script != "start")
        return {};
    if (words.size() > (run ? 3U : 2U))
        return {}; // further arguments: for the script, or for the tool
    const nlohmann::json document = nlohmann::json::parse(*packageJson, nullptr, false);
    if (!document.is_object() || !document.contains("scripts") || !document["scripts"].is_object())
        return {};
    const nlohmann::json &scripts = document["scripts"];
    if (scripts.contains("pre" + script) || scripts.contains("post" + script) || !scripts.contains(script)
        || !scripts[script].is_string())
        return {};
    return scripts[script].get<std::string>();
}

} // namespace stagewright::lint
