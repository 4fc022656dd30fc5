// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Reading a shell command line without a shell: only what needs no shell to be understood.
namespace stagewright::lint {

/// One simple command: words without quotes, and where `>` sends its output.
struct SimpleCommand
{
    std::vector<std::string> words{};
    std::string outputFile{}; ///< Of `> file` or `>> file`; "" for none.
    bool append = false;      ///< `>>`
};

/// A list of simple commands that run one after the other (`a && b; c`).
struct CommandList
{
    std::vector<SimpleCommand> commands;
    /// Why the text needs a shell ("it expands $HOME"); "" when `commands` says everything.
    std::string refusal;
};

/// Splits by the rules of a POSIX shell. Anything that only a shell can do (variables, pipes, globs, `||`,
/// subshells, reserved words, assignments in front of a command …) ends in a refusal.
[[nodiscard]] CommandList readCommands(std::string_view text);

/// The words of a text that is one command and can do without a shell: no list, no redirection, no built-in that
/// only exists inside a shell; a leading `exec` is dropped. Otherwise `refusal` says why not.
struct ExecForm
{
    std::vector<std::string> words{};
    std::string refusal;
};
[[nodiscard]] ExecForm readExecForm(std::string_view text);

/// One command of a text that need not be understood as a whole: good enough to see which programs are called.
struct CalledCommand
{
    std::vector<std::string> words{};       ///< Quotes removed, variables as written.
    std::vector<std::string> environment{}; ///< Assignments in front of them.
    std::size_t begin = 0;                  ///< Where its first word (an assignment counts) begins in the text.
    std::size_t end = 0;                    ///< Behind its last word.
    bool conditional = false; ///< Behind `||`, a test and `&&`, or in an if, a loop, a case or a function.
    bool ignored = false;     ///< The text goes on when it fails (`;` without `set -e`, in a pipe, `||`).

    /// The words from the program on: without sudo, env, exec, time and the like. Never empty.
    [[nodiscard]] std::span<const std::string> program() const;
};

/// Every command that a shell script calls, in order.
[[nodiscard]] std::vector<CalledCommand> calledCommands(std::string_view text);

/// `["a", "b \"c\""]`, as exec form is written.
[[nodiscard]] std::string jsonList(const std::vector<std::string> &words);

} // namespace stagewright::lint
