// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Arguments.h"
#include "Command.h"
#include "Configured.h"

#include "semantics/Wording.h"

#include <algorithm>
#include <array>
#include <iomanip>
#include <ostream>

namespace stagewright::cli {

namespace {

constexpr std::string_view ProgramName = "stagewright-cli";

const Command *findCommand(std::string_view name)
{
    const auto all = commands();
    const auto found = std::ranges::find(all, name, &Command::name);
    return found == all.end() ? nullptr : *found;
}

void printOverview(std::ostream &out)
{
    out << "Usage: " << ProgramName << " COMMAND [OPTIONS] FILE...\n\n"
        << "Reads Dockerfiles the way BuildKit does and says what it finds. Only \"build\" runs anything.\n\n"
        << "Commands:\n";
    for (const Command *command : commands())
        out << "  " << std::left << std::setw(10) << command->name << command->summary << '\n';
    out << "\nOptions:\n"
        << "  -h, --help     Show this text; behind a command, show its options\n"
        << "      --version  Show the version\n\n"
        << "\"-\" as a file is standard input. See \"" << ProgramName << " COMMAND --help\".\n";
}

void printHelp(const Command &command, std::ostream &out)
{
    out << "Usage: " << ProgramName << ' ' << command.usage << "\n\n" << command.summary << '\n';
    if (command.describesBuild)
        out << "\nOptions of the build:\n"
            << AnalysisOptionsHelp << (command.name == "build" ? std::string_view() : ContextOptionHelp);
    if (command.isConfigured)
        out << "\nConfiguration:\n" << ConfigurationOptionsHelp;
    if (!command.details.empty())
        out << '\n' << command.details;
}

int unknownCommand(std::string_view name, std::ostream &err)
{
    std::vector<std::string_view> names{"help"};
    for (const Command *command : commands())
        names.push_back(command->name);
    err << ProgramName << ": unknown " << (name.starts_with('-') ? "option" : "command") << ' ' << quoted(name)
        << suggestion(name, names) << "\nRun \"" << ProgramName << " --help\" for the list.\n";
    return CannotRun;
}

int help(std::span<const std::string> arguments, Streams &streams)
{
    if (arguments.empty()) {
        printOverview(streams.out);
        return Ok;
    }
    const Command *command = findCommand(arguments.front());
    if (!command)
        return unknownCommand(arguments.front(), streams.err);
    printHelp(*command, streams.out);
    return Ok;
}

/// --help counts only in front of "--", behind which everything is a file.
bool asksForHelp(std::span<const std::string> arguments)
{
    for (const std::string &argument : arguments) {
        if (argument == "--")
            return false;
        if (argument == "--help" || argument == "-h")
            return true;
    }
    return false;
}

} // namespace

std::span<const Command *const> commands()
{
    static constexpr std::array<const Command *, 5> All{&inspectCommand, &checkCommand, &fixCommand, &fmtCommand,
                                                        &buildCommand};
    return All;
}

int runCommandLine(std::span<const std::string> arguments, Streams &streams)
{
    if (arguments.empty()) {
        printOverview(streams.err);
        return CannotRun;
    }
    const std::string &name = arguments.front();
    const std::span<const std::string> rest = arguments.subspan(1);
    if (name == "--help" || name == "-h" || name == "help")
        return help(rest, streams);
    if (name == "--version") {
        streams.out << ProgramName << ' ' << STAGEWRIGHT_VERSION << '\n';
        return Ok;
    }
    const Command *command = findCommand(name);
    if (!command)
        return unknownCommand(name, streams.err);
    if (asksForHelp(rest)) {
        printHelp(*command, streams.out);
        return Ok;
    }
    return command->run(rest, streams);
}

} // namespace stagewright::cli
