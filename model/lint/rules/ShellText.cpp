// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/ShellText.h"

#include "lint/fixes/ShellFixes.h"

#include <algorithm>
#include <ranges>

namespace stagewright::rules {

namespace {

constexpr std::size_t longestCommand = 72;

std::string oneLine(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank)
            result += c;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    while (result.ends_with(' '))
        result.pop_back();
    return result;
}

std::string shortened(std::string text)
{
    if (text.size() <= longestCommand)
        return text;
    std::size_t end = longestCommand - 1;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end; // not inside a character
    return text.substr(0, end) + "…";
}

} // namespace

std::string imageWords(const StageState &state)
{
    if (state.rootKind == BaseKind::Scratch)
        return "scratch (the empty image)";
    // A digest tells people nothing past its first digits.
    constexpr std::size_t shown = 12;
    const std::size_t digest = state.rootName.find("@sha256:");
    if (digest == std::string::npos || state.rootName.size() <= digest + 8 + shown)
        return state.rootName;
    return state.rootName.substr(0, digest + 8 + shown) + "…";
}

std::string stageWords(const Snapshot &snapshot, StageId stage)
{
    const Stage &s = snapshot.graph().stage(stage);
    return s.name.empty() ? "stage " + std::to_string(indexOf(stage)) : "stage '" + s.displayName + "'";
}

std::string chainWords(const Snapshot &snapshot, const StageState &state)
{
    if (state.chain.size() < 2)
        return {};
    std::string words = " " + stageWords(snapshot, state.chain.front());
    words[1] = 'S';
    constexpr std::size_t longest = 16; // nobody reads more
    std::size_t told = 0;
    for (const StageId stage : state.chain | std::views::drop(1) | std::views::take(longest))
        words += (told++ == 0 ? " is built FROM " : ", that one FROM ") + stageWords(snapshot, stage);
    if (state.chain.size() > longest + 1)
        words += ", and so on down to " + stageWords(snapshot, state.chain.back());
    return words + ", so it starts with what " + imageWords(state) + " holds.";
}

std::string noShellWords(const StageState &state)
{
    if (state.facts && state.facts->hasShell == Known::Yes)
        return imageWords(state) + " has only " + state.facts->shell;
    if (state.facts && state.facts->hasShell == Known::Unknown)
        return imageWords(state) + " has no /bin/sh"; // a digest: some of its builds have a shell elsewhere
    return imageWords(state) + (state.byNameOnly() ? " has no shell, going by its tag" : " has no shell");
}

std::string absenceWords(const Snapshot &snapshot, const StageState &state, std::string_view program)
{
    std::string text;
    if (state.rootKind == BaseKind::Scratch)
        text = "scratch is the empty image: there is no " + std::string(program) + " and nothing else either.";
    else if (state.byNameOnly())
        text = "The tag of " + imageWords(state) + " says that the image has no shell.";
    else if (state.facts && state.facts->hasShell == Known::Yes)
        text = imageWords(state) + " holds only " + state.facts->shell + ".";
    else
        text = imageWords(state) + " is made without a shell, so there is no " + std::string(program) + " in it.";
    return text + chainWords(snapshot, state);
}

std::string runWithoutShellHow(const RuleContext &, const Instruction &run, const StageState &state)
{
    std::string text = "Do this work in an earlier stage that has a shell, and take over only the result with COPY "
                       "--from. Folders need no command at all: WORKDIR and COPY make them.\n\nA program that is in "
                       "the image can run without a shell when it is written as a JSON list: RUN [\"/path/program\", "
                       "\"argument\"].";
    if (const std::string reason = fixes::whyNoExecForm(run); !reason.empty())
        text += " This command cannot be written that way: " + reason + ".";
    if (state.facts && !state.facts->replacement.empty() && state.facts->status != ImageStatus::Current)
        text += "\n\n" + imageWords(state) + " is no longer kept up to date; " + state.facts->replacement
            + " takes its place, and has no shell either.";
    return text;
}

std::string fileNameOf(std::string_view path)
{
    return std::string(path.substr(path.rfind('/') + 1));
}

std::string commandWords(const Instruction &instruction)
{
    std::string_view text = instruction.arguments;
    // HEALTHCHECK: what stands behind CMD; the keyword is not a part of the command.
    if (instruction.kind == InstructionKind::Healthcheck) {
        const std::size_t blank = text.find_first_of(" \t");
        text = blank == std::string_view::npos ? std::string_view() : text.substr(blank);
    }
    return shortened(oneLine(text));
}

std::string invocationWords(const EffectiveShell &shell, const Instruction &instruction)
{
    std::string words;
    for (const std::string &part : shell.command)
        words += part + ' ';
    return words + '"' + commandWords(instruction) + '"';
}

std::string execError(std::string_view program)
{
    const std::string name(program);
    // A name without a slash is looked up, and the lookup has words of its own.
    if (name.find('/') == std::string::npos)
        return "exec: \"" + name + "\": executable file not found in $PATH";
    return "exec: \"" + name + "\": stat " + name + ": no such file or directory";
}

TextRange commandRange(const Snapshot &, const Instruction &instruction)
{
    TextRange range = instruction.keywordRange.united(instruction.argumentsRange);
    if (instruction.argumentsRange.isEmpty())
        range = instruction.keywordRange;
    return range;
}

Diagnostic diagnosticFor(const RuleContext &context, const Instruction &instruction, Severity severity)
{
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.instruction = instruction.id;
    diagnostic.stage = context.snapshot.graph().stageOf(instruction.id);
    diagnostic.range = commandRange(context.snapshot, instruction);
    return diagnostic;
}

Severity severityFor(const StageState &state, Severity sure)
{
    return sure == Severity::Error && state.byNameOnly() ? Severity::Warning : sure;
}

bool hasShellElsewhere(const StageState &state, const EffectiveShell &shell)
{
    return state.facts && state.facts->hasShell == Known::Yes && !state.facts->shell.empty()
        && state.facts->shell != shell.program();
}

bool hasCommand(const Instruction &instruction)
{
    return instruction.arguments.find_first_not_of(" \t\r\n") != std::string_view::npos
        || !instruction.heredocs.empty();
}

} // namespace stagewright::rules
