// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright::cli {

/// Exit codes of every command.
enum ExitCode : int {
    Ok = 0,        ///< Done; nothing at or above the level that was asked for.
    Findings = 1,  ///< Findings at or above the level.
    CannotRun = 2, ///< Bad usage, unreadable file.
};

/// Where a command reads and writes; tests pass string streams.
struct Streams
{
    std::istream &in;
    std::ostream &out;
    std::ostream &err;
    bool colour = false; ///< `out` is a terminal.
};

/// One subcommand. @c run gets the arguments behind the command's name; --help never reaches it.
struct Command
{
    std::string_view name;
    std::string_view usage;
    std::string_view summary;
    int (*run)(std::span<const std::string> arguments, Streams &streams) = nullptr;
    std::string_view details = {}; ///< Options and exit codes, for `help COMMAND`; lines end with a newline.
    bool describesBuild = false;   ///< Takes analysisOptions(); the help lists them.
};

extern const Command inspectCommand;
extern const Command checkCommand;
extern const Command fixCommand;
extern const Command fmtCommand;
extern const Command buildCommand;

/// All commands, in the order of the help.
[[nodiscard]] std::span<const Command *const> commands();

/// Runs `stagewright-cli ARGUMENTS…` (without the program's name). Returns the exit code.
int runCommandLine(std::span<const std::string> arguments, Streams &streams);

} // namespace stagewright::cli
