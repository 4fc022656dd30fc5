// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/PackageScripts.h"

#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "lint/rules/FileTexts.h"
#include "lint/rules/RuntimeCommands.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace stagewright::rules {

namespace {

using Json = nlohmann::json;

/// Nested deeper than any package.json; reading such a text takes a stack of its depth.
constexpr int deepest = 64;

/// The name behind the package manager: "start" of `npm start`, `npm run start`, `yarn run start`, `yarn start`.
std::string scriptName(const Instruction &start)
{
    static constexpr std::array<std::string_view, 3> managers{"npm", "yarn", "pnpm"};
    if (start.args.size() < 2 || std::ranges::find(managers, std::string_view(start.args[0].value)) == managers.end())
        return {};
    const bool run = start.args[1].value == "run" || start.args[1].value == "run-script";
    if (!run && start.args[0].value == "npm" && start.args[1].value != "start" && start.args[1].value != "test")
        return {}; // a command of npm's own
    const std::size_t at = run ? 2 : 1;
    // More words would be the script's arguments.
    return start.args.size() == at + 1 ? std::string(start.args[at].value) : std::string();
}

bool isDeep(std::string_view text)
{
    int depth = 0;
    int most = 0;
    for (const char c : text) {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        most = std::max(most, depth);
    }
    return most > deepest;
}

} // namespace

std::optional<PackageScript> packageScript(const RuleContext &context, StageId stage, const Instruction &start)
{
    const std::string name = scriptName(start);
    const StageState &state = context.states.stage(stage);
    if (name.empty() || state.workdirAtEnd.empty())
        return std::nullopt;
    const FileText file
        = fileText(context, stage, lint::joinPath(state.workdirAtEnd, "package.json"), InstructionId::None);
    if (file.inContext.empty() || file.text.empty() || isDeep(file.text))
        return std::nullopt;
    const Json package = Json::parse(file.text, nullptr, false);
    if (!package.is_object())
        return std::nullopt;
    const auto scripts = package.find("scripts");
    if (scripts == package.end() || !scripts->is_object() || !scripts->contains(name) || !(*scripts)[name].is_string())
        return std::nullopt;
    PackageScript script{name, (*scripts)[name].get<std::string>(), file.inContext, {}};
    const lint::ExecForm form = lint::readExecForm(script.command);
    if (form.refusal.empty() && form.words.size() > 1 && runtimeOf(form.words.front()) == "node")
        script.arguments.assign(form.words.begin() + 1, form.words.end());
    return script;
}

} // namespace stagewright::rules
