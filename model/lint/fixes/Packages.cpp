// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/Packages.h"

#include "lint/CommandLine.h"
#include "lint/ImagePrograms.h"
#include "lint/ShellStates.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>

namespace stagewright::fixes {

namespace {

template <std::size_t N> bool contains(const std::array<std::string_view, N> &list, std::string_view word)
{
    return std::ranges::find(list, word) != list.end();
}

/// One simple command of a list, as words; quotes and variables do not matter here.
void readCommand(std::span<const std::string> words, PackageRequest &request)
{
    static constexpr std::array<std::string_view, 10> managers{
        "apt-get", "apt", "apk", "yum", "dnf", "microdnf", "tdnf", "zypper", "pacman", "install_packages"};
    static constexpr std::array<std::string_view, 3> harmless{"rm", "set", "update-ca-certificates"};
    if (words.empty())
        return;
    const std::string program = rules::fileNameOf(words.front());
    if (!contains(managers, program)) {
        request.onlyInstalls = request.onlyInstalls && contains(harmless, program);
        return;
    }
    request.uses = true;
    bool installs = program == "install_packages";
    for (const std::string &word : words.subspan(1)) {
        if (word.starts_with('-')) {
            installs = installs || word.starts_with("-S"); // pacman
        } else if (word == "install" || word == "add" || word == "in") {
            installs = true;
        } else if (installs) {
            request.packages.push_back(word.substr(0, word.find_first_of("=<>~@")));
        }
    }
}

} // namespace

PackageRequest packagesIn(std::string_view text)
{
    PackageRequest request;
    for (const lint::CalledCommand &command : lint::calledCommands(text))
        readCommand(command.program(), request);
    return request;
}

void redundantPackages(const RuleContext &context, InstructionId runId, std::vector<Fix> &out)
{
    const Instruction &run = context.snapshot.tree().instruction(runId);
    const StageState &state = context.states.stage(context.snapshot.graph().stageOf(runId));
    if (isAnswered(context, out) || !run.heredocs.empty() || !state.facts)
        return;
    const PackageRequest request = packagesIn(run.arguments);
    if (!request.uses || !request.onlyInstalls || request.packages.empty())
        return;
    std::string words;
    for (const std::string &package : request.packages) {
        const lint::DataPackage *data = lint::dataPackage(package);
        const auto found = data ? state.facts->provides.find(data->provides) : state.facts->provides.end();
        if (found == state.facts->provides.end() || !found->second)
            return;
        words += (words.empty() ? "" : " and ") + std::string(data->words);
    }
    FixBuilder builder(context.snapshot);
    builder.remove(run);
    out.push_back(builder.finish("Take the line away: the image has " + words,
                                 rules::imageWords(state) + " brings them along", "trash-2", true));
}

} // namespace stagewright::fixes
