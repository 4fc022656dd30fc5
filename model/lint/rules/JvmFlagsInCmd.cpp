// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/Rules.h"
#include "lint/rules/RuntimeCommands.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <span>

namespace stagewright::rules {

namespace {

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
    eachCmdUnderEntrypoint(context, true, [&](const Instruction &cmd, const StageState &state) {
        const std::size_t count = jvmFlags(state);
        if (count == 0)
            return false;
        const bool stops = hasClassPath(state, count);
        const std::string first = state.cmdAtEnd.words.front();
        const std::string starts = joined(state.entrypointAtEnd.words);
        Diagnostic d = diagnosticFor(context, cmd, severityFor(state, stops ? Severity::Error : Severity::Warning));
        d.title = stops ? "Behind -jar no class can be named" : "Options of the JVM stand behind -jar";
        d.message = entrypointWords(state)
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
    builder.replace(cmd.argumentsRange, lint::jsonList(rest));
    out.push_back(
        builder.finish(options.empty() ? "Write CMD " + lint::jsonList(rest) : "Move the options to JAVA_TOOL_OPTIONS",
                       "CMD names the jar only", "variable", true));
}

} // namespace

const Rule jvmFlagsInCmd{
    .id = "SW016",
    .name = "jvm-flags-in-cmd",
    .severity = Severity::Error,
    .summary = "CMD begins with JVM options behind an entrypoint that ends with -jar",
    .check = checkJvm,
    .fix = fixJvm,
};

} // namespace stagewright::rules
