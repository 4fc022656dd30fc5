// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "lint/rules/Rules.h"
#include "lint/rules/RuntimeCommands.h"
#include "lint/rules/ShellText.h"

namespace stagewright::rules {

namespace {

/// How many words of CMD say again what the entrypoint says.
std::size_t repeatedWords(const StageState &state)
{
    const auto &entrypoint = state.entrypointAtEnd.words;
    const auto &cmd = state.cmdAtEnd.words;
    const std::string_view runtime = runtimeOf(entrypoint.front());
    if (runtime.empty() || runtimeOf(cmd.front()) != runtime)
        return 0;
    // An entrypoint that names its file takes the rest for that file's arguments.
    if (state.entrypointAtEnd.setBy != InstructionId::None && entrypoint.size() > 1 && entrypoint.back() != "-jar")
        return 0;
    std::size_t count = 1;
    // java -jar: the option is said again as well.
    while (count < cmd.size() && count < entrypoint.size() && cmd[count] == entrypoint[count])
        ++count;
    return count;
}

void checkRepeated(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachCmdUnderEntrypoint(context, true, [&](const Instruction &cmd, const StageState &state) {
        const std::size_t count = repeatedWords(state);
        if (count == 0)
            return false;
        const std::string runtime = state.cmdAtEnd.words.front();
        const std::vector<std::string> rest = behind(state.cmdAtEnd.words, count);
        Diagnostic d = diagnosticFor(context, cmd, severityFor(state, Severity::Error));
        d.title = "CMD repeats " + runtime + ", which the image starts already";
        d.message = entrypointWords(state) + ", so CMD " + lint::jsonList(state.cmdAtEnd.words)
            + " makes it look for a file called \"" + state.cmdAtEnd.words.front() + "\".";
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
                             : "Leave out what the image says already: CMD " + lint::jsonList(rest)
                + ". To start something else than the image does, set ENTRYPOINT.";
        d.hint = runtime + " said twice";
        out.push_back(std::move(d));
        return true;
    });
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

} // namespace

const Rule runtimeRepeatedInCmd{
    .id = "SW015",
    .name = "runtime-repeated-in-cmd",
    .severity = Severity::Error,
    .summary = "CMD repeats the program that the image's entrypoint starts",
    .check = checkRepeated,
    .fix = fixRepeated,
};

} // namespace stagewright::rules
