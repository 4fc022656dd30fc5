// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace stagewright::rules {

namespace {

/// A program that runs files, by the names under which people start it.
std::string_view runtimeOf(std::string_view word)
{
    const std::string name = fileNameOf(word);
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> names{{
        {"node", "node"},
        {"nodejs", "node"},
        {"java", "java"},
        {"dotnet", "dotnet"},
        {"ruby", "ruby"},
        {"php", "php"},
        {"deno", "deno"},
        {"bun", "bun"},
    }};
    for (const auto &[known, runtime] : names) {
        if (name == known)
            return runtime;
    }
    const bool python = name.starts_with("python") && name.find_first_not_of("0123456789.", 6) == std::string::npos;
    return python ? "python" : std::string_view();
}

std::string listed(const std::vector<std::string> &words)
{
    return lint::jsonList(words);
}

/// The stages whose containers get this file's exec-form CMD behind the image's own entrypoint.
template <typename Each> void eachCmdUnderImageEntrypoint(const RuleContext &context, Each each)
{
    std::vector<InstructionId> told;
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        const StartWords &entrypoint = state.entrypointAtEnd;
        const StartWords &cmd = state.cmdAtEnd;
        if (!state.decisive || entrypoint.setBy != InstructionId::None || entrypoint.words.empty()
            || cmd.setBy == InstructionId::None || cmd.shellForm || cmd.words.empty()
            || std::ranges::find(told, cmd.setBy) != told.end())
            continue;
        if (each(context.snapshot.tree().instruction(cmd.setBy), state))
            told.push_back(cmd.setBy);
    }
}

/// How many words of CMD say again what the entrypoint says.
std::size_t repeatedWords(const StageState &state)
{
    const auto &entrypoint = state.entrypointAtEnd.words;
    const auto &cmd = state.cmdAtEnd.words;
    const std::string_view runtime = runtimeOf(entrypoint.front());
    if (runtime.empty() || runtimeOf(cmd.front()) != runtime)
        return 0;
    std::size_t count = 1;
    // java -jar: the option is said again as well.
    while (count < cmd.size() && count < entrypoint.size() && cmd[count] == entrypoint[count])
        ++count;
    return count;
}

std::vector<std::string> behind(const std::vector<std::string> &words, std::size_t count)
{
    return {words.begin() + std::ptrdiff_t(std::min(count, words.size())), words.end()};
}

std::string joined(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

void checkRepeated(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachCmdUnderImageEntrypoint(context, [&](const Instruction &cmd, const StageState &state) {
        const std::size_t count = repeatedWords(state);
        if (count == 0)
            return false;
        const std::string runtime = state.cmdAtEnd.words.front();
        const std::vector<std::string> rest = behind(state.cmdAtEnd.words, count);
        Diagnostic d = diagnosticFor(context, cmd, severityFor(state, Severity::Error));
        d.title = "CMD repeats " + runtime + ", which the image starts already";
        d.message = imageWords(state) + " has ENTRYPOINT " + listed(state.entrypointAtEnd.words) + ", so CMD "
            + listed(state.cmdAtEnd.words) + " makes it look for a file called \"" + state.cmdAtEnd.words.front()
            + "\".";
        d.why = "An entrypoint gets CMD as its arguments. The container therefore starts\n\n    "
            + joined(state.entrypointAtEnd.words) + ' ' + joined(state.cmdAtEnd.words) + "\n\nand the program takes \""
            + runtime
            + "\" for the name of a file. The build goes through; the container stops at once, with words such as\n\n  "
              "  "
            + (runtimeOf(runtime) == "node"
                   ? "Error: Cannot find module '" + lint::joinPath(state.workdirAtEnd, runtime) + "'"
                   : runtimeOf(runtime) == "python" ? "can't open file '" + lint::joinPath(state.workdirAtEnd, runtime)
                       + "': [Errno 2] No such file or directory"
                   : runtimeOf(runtime) == "java" ? "Error: Unable to access jarfile " + runtime
                                                  : runtime + ": no such file")
            + chainWords(context.snapshot, state);
        d.how = rest.empty() ? "Name the file to run: CMD [\"app.js\"]."
                             : "Leave out what the image says already: CMD " + listed(rest)
                + ". To start something else than the image does, set ENTRYPOINT.";
        d.hint = runtime + " said twice";
        out.push_back(std::move(d));
        return true;
    });
}

void rewriteCmd(const RuleContext &context, InstructionId id, const std::vector<std::string> &words,
                std::vector<Fix> &out)
{
    const Instruction &cmd = context.snapshot.tree().instruction(id);
    const std::string text = listed(words);
    checks::offerReplace(out, cmd.argumentsRange, text, "Write CMD " + text, "the image starts the rest");
}

const StageState *stateUsing(const RuleContext &context, InstructionId cmd)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        if (state.decisive && state.cmdAtEnd.setBy == cmd && state.entrypointAtEnd.setBy == InstructionId::None
            && !state.entrypointAtEnd.words.empty())
            return &state;
    }
    return nullptr;
}

void fixRepeated(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const StageState *state = stateUsing(context, diagnostic.instruction);
    if (!state)
        return;
    const std::vector<std::string> rest = behind(state->cmdAtEnd.words, repeatedWords(*state));
    if (!rest.empty())
        rewriteCmd(context, diagnostic.instruction, rest, out);
}

/// Options of the JVM at the beginning of CMD, where a jar is expected.
std::size_t jvmFlags(const StageState &state)
{
    const auto &entrypoint = state.entrypointAtEnd.words;
    const auto &cmd = state.cmdAtEnd.words;
    if (entrypoint.size() < 2 || runtimeOf(entrypoint.front()) != "java" || entrypoint.back() != "-jar")
        return 0;
    std::size_t count = 0;
    while (count < cmd.size() && cmd[count].starts_with('-'))
        ++count;
    return count;
}

/// Options that name a class to start by; behind -jar the class is taken for an archive.
bool hasClassPath(const StageState &state, std::size_t count)
{
    const auto words = std::span(state.cmdAtEnd.words).first(count);
    return std::ranges::any_of(words, [](std::string_view word) {
        return word == "-cp" || word == "-classpath" || word == "--class-path" || word.starts_with("--class-path=");
    });
}

void checkJvm(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachCmdUnderImageEntrypoint(context, [&](const Instruction &cmd, const StageState &state) {
        const std::size_t count = jvmFlags(state);
        if (count == 0)
            return false;
        const bool stops = hasClassPath(state, count);
        const std::string first = state.cmdAtEnd.words.front();
        const std::string starts = joined(state.entrypointAtEnd.words);
        Diagnostic d = diagnosticFor(context, cmd, severityFor(state, stops ? Severity::Error : Severity::Warning));
        d.title = stops ? "Behind -jar no class can be named" : "Options of the JVM stand behind -jar";
        d.message = imageWords(state) + " starts " + starts
            + (stops ? ", so Java takes the class behind " + first + " for an archive."
                     : ", so the first word of CMD is meant to be the jar; it is " + first + ".");
        d.why = "The container starts\n\n    " + starts + ' ' + joined(state.cmdAtEnd.words) + "\n\n"
            + (stops
                   ? "A class path does not undo -jar. The build goes through; the container stops at once:\n\n    "
                     "Error: Unable to access jarfile …"
                   : "OpenJDK reads options up to the name of the archive, so this starts. Java's manual puts them in "
                     "front of -jar, and whoever sets another CMD loses them.");
        d.how = stops ? "Start the class with an ENTRYPOINT of your own, ENTRYPOINT [\"java\", \"-cp\", …], or name an "
                        "archive that has a main class."
                      : "Give options in the environment, ENV JAVA_TOOL_OPTIONS=\"…\", and leave the jar and its "
                        "arguments in CMD. Or set ENTRYPOINT [\"java\", \"…\", \"-jar\", \"/app.jar\"] yourself.";
        d.hint = "the jar comes first";
        out.push_back(std::move(d));
        return true;
    });
}

void fixJvm(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const StageState *state = stateUsing(context, diagnostic.instruction);
    if (!state)
        return;
    const std::size_t count = jvmFlags(*state);
    if (hasClassPath(*state, count))
        return;
    std::string options;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string &word = state->cmdAtEnd.words[i];
        if (word == "-jar")
            continue;
        if (word.find_first_of(" \"\\$") != std::string::npos)
            return; // needs quotes that JAVA_TOOL_OPTIONS does not have
        options += (options.empty() ? "" : " ") + word;
    }
    const std::vector<std::string> rest = behind(state->cmdAtEnd.words, count);
    const Instruction &cmd = context.snapshot.tree().instruction(diagnostic.instruction);
    if (rest.empty() || context.states.env(cmd.id, "JAVA_TOOL_OPTIONS"))
        return;
    fixes::FixBuilder builder(context.snapshot);
    if (!options.empty())
        builder.insertAbove(cmd, builder.keyword("ENV") + " JAVA_TOOL_OPTIONS=\"" + options + '"');
    builder.replace(cmd.argumentsRange, listed(rest));
    out.push_back(
        builder.finish(options.empty() ? "Write CMD " + listed(rest) : "Move the options to JAVA_TOOL_OPTIONS",
                       "CMD names the jar only", "variable", true));
}

void checkUnderShell(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachCmdUnderImageEntrypoint(context, [&](const Instruction &cmd, const StageState &state) {
        const auto &entrypoint = state.entrypointAtEnd.words;
        const std::string &first = state.cmdAtEnd.words.front();
        // A shell does run a script whose name it is given, and everything behind -c.
        if (entrypoint.size() != 1 || !isShellName(fileNameOf(entrypoint.front())) || first.starts_with('-')
            || first.ends_with(".sh"))
            return false;
        Diagnostic d = diagnosticFor(context, cmd, severityFor(state, Severity::Error));
        d.title = "The image's shell would read " + first + " as a script";
        d.message = imageWords(state) + " has ENTRYPOINT " + listed(entrypoint) + ", so CMD "
            + listed(state.cmdAtEnd.words) + " is read by that shell.";
        d.why = "The container starts\n\n    " + joined(entrypoint) + ' ' + joined(state.cmdAtEnd.words)
            + "\n\nA shell takes its first argument for a script. " + first
            + " is a program, so the shell finds bytes that it does not understand and stops (exit code 2). Without "
              ":debug the same "
              "CMD works, since that image has no entrypoint.";
        d.how = "Write ENTRYPOINT " + listed(state.cmdAtEnd.words)
            + " instead of CMD: it replaces the image's entrypoint, and holds for every tag.";
        d.hint = "a shell reads this";
        out.push_back(std::move(d));
        return true;
    });
}

void fixUnderShell(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &cmd = context.snapshot.tree().instruction(diagnostic.instruction);
    fixes::FixBuilder builder(context.snapshot);
    builder.replace(cmd.keywordRange, builder.keyword("ENTRYPOINT"));
    out.push_back(
        builder.finish("Write ENTRYPOINT instead of CMD", "replaces the shell that the image starts", "play", true));
}

} // namespace

const Rule runtimeRepeatedInCmd{
    .id = "SW015",
    .name = "runtime-repeated-in-cmd",
    .severity = Severity::Error,
    .summary = "CMD repeats the program that the image's entrypoint starts",
    .check = checkRepeated,
    .fix = fixRepeated,
};

const Rule jvmFlagsInCmd{
    .id = "SW016",
    .name = "jvm-flags-in-cmd",
    .severity = Severity::Error,
    .summary = "CMD begins with JVM options behind an entrypoint that ends with -jar",
    .check = checkJvm,
    .fix = fixJvm,
};

const Rule cmdUnderShellEntrypoint{
    .id = "SW020",
    .name = "cmd-under-shell-entrypoint",
    .severity = Severity::Error,
    .summary = "CMD names a program, but the image's entrypoint is a shell",
    .check = checkUnderShell,
    .fix = fixUnderShell,
};

} // namespace stagewright::rules
