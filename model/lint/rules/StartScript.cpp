// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/CopiedBinaries.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>
#include <optional>

namespace stagewright::rules {

namespace {

constexpr int mostHops = 16; // stages that one file may come through

/// The interpreter that the text of a file asks for in its first line: "/bin/sh", or for env the name behind it.
struct Interpreter
{
    std::string program; ///< "" when the file is no script.
    std::string byEnv;   ///< The name that env is to look for; "" when the program is not env.
};

Interpreter interpreterOf(std::string_view text)
{
    if (!text.starts_with("#!"))
        return {};
    text = text.substr(
        2, text.find_first_of("\r\n") == std::string_view::npos ? text.npos : text.find_first_of("\r\n") - 2);
    const auto word = [&] {
        text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
        const std::string_view first = text.substr(0, text.find_first_of(" \t"));
        text.remove_prefix(first.size());
        return first;
    };
    const std::string_view program = word();
    const bool env = fileNameOf(program) == "env";
    const std::string_view name = env ? word() : std::string_view();
    return {std::string(program), std::string(name.starts_with('-') ? std::string_view() : name)};
}

/// What `printf '#!/bin/sh\n…' > path` or `echo` of a RUN writes; "" when it does not, or nobody can tell.
std::string writtenBy(const Instruction &run, std::string_view workdir, std::string_view path)
{
    if (run.kind != InstructionKind::Run || !run.isShellForm() || !run.heredocs.empty()
        || run.arguments.find("#!") == std::string_view::npos)
        return {};
    for (const lint::SimpleCommand &command : lint::readCommands(run.arguments).commands) {
        if (command.outputFile.empty() || command.append || command.words.size() < 2
            || (command.words.front() != "printf" && command.words.front() != "echo")
            || lint::joinPath(workdir, command.outputFile) != path)
            continue;
        std::size_t first = 1;
        while (first + 1 < command.words.size() && command.words[first].starts_with('-'))
            ++first;
        std::string text = command.words[first];
        // printf '%s\n' '#!/bin/sh' 'exec /app'
        if (command.words.front() == "printf" && text.starts_with("%s") && first + 1 < command.words.size())
            text = command.words[first + 1];
        if (const std::size_t newline = text.find("\\n"); newline != std::string::npos)
            text.replace(newline, 2, "\n");
        return text;
    }
    return {};
}

/// The text of a here-document that a COPY writes to @p path; "" for none.
std::string documentAt(const RuleContext &context, const CopiedFiles &copy, std::string_view path)
{
    for (const Heredoc &document : copy.instruction->heredocs) {
        const std::string there = copy.intoFolder ? lint::joinPath(copy.destination, document.name) : copy.destination;
        if (there == path)
            return std::string(context.snapshot.text().slice(document.body));
    }
    return {};
}

/// What is known about the file that a container starts.
struct StartFile
{
    std::string text;   ///< Its beginning; "" when it comes from outside.
    bool found = false; ///< A COPY or RUN of this document puts it there.
};

StartFile startFile(const RuleContext &context, StageId stage, std::string path, InstructionId before)
{
    StartFile result;
    for (int hop = 0; hop < mostHops; ++hop) {
        const StageState &state = context.states.stage(stage);
        if (context.states.isTooLong(stage, before))
            return {};
        InstructionId written = InstructionId::None;
        for (const StageId part : state.chain) {
            for (const Instruction &run : context.snapshot.instructionsOf(part)) {
                std::string text = writtenBy(run, *context.states.at(run.id).workdir, path);
                if (!text.empty() && run.id > written && (before == InstructionId::None || run.id < before)) {
                    result = {std::move(text), true};
                    written = run.id;
                }
            }
        }
        const auto origin = context.states.originOf(stage, before, path);
        if (!origin || (written != InstructionId::None && written > origin->copy.at))
            return result;
        result.found = true;
        if (!origin->copy.instruction->heredocs.empty()) {
            result.text = documentAt(context, origin->copy, path);
            return result;
        }
        if (origin->copy.from == StageId::None || origin->copy.from >= stage)
            return result;
        stage = origin->copy.from;
        path = origin->path;
        before = InstructionId::None;
    }
    return result;
}

struct Finding
{
    InstructionId start = InstructionId::None;
    StageId stage = StageId::None;
    std::string path;
    std::string interpreter;
    bool sure = false; ///< The file's text is known.
};

std::optional<Finding> findingFor(const RuleContext &context, const Stage &stage)
{
    const StageState &state = context.states.stage(stage.id);
    const StartWords &words = state.entrypointAtEnd.words.empty() ? state.cmdAtEnd : state.entrypointAtEnd;
    if (!state.decisive || !state.facts || words.setBy == InstructionId::None || words.shellForm)
        return std::nullopt;
    for (const std::string &path : startedPaths(context, stage.id)) {
        const StartFile file = startFile(context, stage.id, path, InstructionId::None);
        if (!file.found)
            continue;
        const Interpreter interpreter = interpreterOf(file.text);
        Finding finding{words.setBy, stage.id, path, interpreter.program, true};
        if (file.text.empty() && path.ends_with(".sh"))
            finding = {words.setBy, stage.id, path, "/bin/sh", false};
        const auto isAbsent = [&](const std::string &program) {
            return !program.empty() && context.states.hasProgramAtEnd(stage.id, program) == Known::No;
        };
        if (isAbsent(interpreter.byEnv) && !isAbsent(finding.interpreter))
            finding.interpreter = interpreter.byEnv;
        if (!isAbsent(finding.interpreter))
            return std::nullopt;
        return finding;
    }
    return std::nullopt;
}

/// A RUN in exec form that starts such a script: it fails in the build.
void checkRuns(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &run : context.snapshot.tree().instructions(InstructionKind::Run)) {
        if (!run.execForm || run.args.empty() || !run.args.front().value.starts_with('/'))
            continue;
        const StageId stage = context.snapshot.graph().stageOf(run.id);
        const std::string path(run.args.front().value);
        if (stage == StageId::None || !context.states.stage(stage).facts || !run.flags.empty())
            continue;
        const std::string program = interpreterOf(startFile(context, stage, path, run.id).text).program;
        if (program.empty() || context.states.hasProgram(run.id, program) != Known::No)
            continue;
        const StageState &state = context.states.stage(stage);
        Diagnostic d = diagnosticFor(context, run, severityFor(state, Severity::Error));
        d.title = "The script needs " + program + ", and this image has none";
        d.message = "RUN starts " + path + ", whose first line names " + program + ", and " + imageWords(state)
            + " does not have it.";
        d.why = "A script is not started itself: the kernel reads its first line (#!" + program
            + ") and starts that program with the script as its argument. "
            + absenceWords(context.snapshot, state, program) + " The build stops here with:\n\n    exec " + path
            + ": no such file or directory";
        d.how = "Run the script in an earlier stage that has " + program + ", and copy the result with COPY --from.";
        d.hint = "no " + fileNameOf(program) + " here";
        out.push_back(std::move(d));
    }
}

/// A RUN that is nothing but a here-document with an interpreter in its first line: the shell starts it as a script.
void checkDocuments(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &run : context.snapshot.tree().instructions(InstructionKind::Run)) {
        if (run.heredocs.size() != 1 || run.execForm || !run.flags.empty() || !run.arguments.starts_with("<<")
            || run.arguments.find_first_of(" \t;|&>") != std::string_view::npos)
            continue;
        const Heredoc &document = run.heredocs.front();
        std::string_view text = context.snapshot.text().slice(document.body);
        if (document.stripTabs)
            text.remove_prefix(std::min(text.find_first_not_of('\t'), text.size()));
        const Interpreter interpreter = interpreterOf(text);
        const StageId stage = context.snapshot.graph().stageOf(run.id);
        if (interpreter.program.empty() || stage == StageId::None
            || context.states.at(run.id).shellForm == Known::No) // SW004 tells
            continue;
        const bool byEnv = !interpreter.byEnv.empty();
        const std::string &program = byEnv ? interpreter.byEnv : interpreter.program;
        if (context.states.hasProgram(run.id, program) != Known::No)
            continue;
        const StageState &state = context.states.stage(stage);
        Diagnostic d = diagnosticFor(context, run, severityFor(state, Severity::Error));
        d.title = "The script needs " + program + ", and this image has none";
        d.message = "The first line of this here-document names " + program + ", and " + imageWords(state)
            + " does not have it.";
        d.why = "A here-document that begins with #! is started as a script: the kernel reads that line and starts the "
                "program in it. "
            + imageWords(state) + " has no " + program + '.' + chainWords(context.snapshot, state)
            + " The build stops here with:\n\n    "
            + (byEnv ? "env: can't execute '" + program + "': No such file or directory" : "not found");
        d.how = "Install " + fileNameOf(program)
            + " in a RUN above, start from an image that has it, or write the lines "
              "for the shell that is there and leave the first line away.";
        d.hint = "no " + fileNameOf(program) + " here";
        out.push_back(std::move(d));
    }
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    checkRuns(context, out);
    checkDocuments(context, out);
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const auto finding = findingFor(context, stage);
        if (!finding)
            continue;
        const StageState &state = context.states.stage(stage.id);
        const Instruction &start = context.snapshot.tree().instruction(finding->start);
        const std::string keyword(keywordOf(start.kind));
        Diagnostic d
            = diagnosticFor(context, start, finding->sure ? severityFor(state, Severity::Error) : Severity::Warning);
        d.title = "The script needs " + finding->interpreter + ", and this image has none";
        d.message = keyword + " starts " + finding->path
            + (finding->sure ? ", whose first line names " : ", by its name a script for ") + finding->interpreter
            + ", and " + imageWords(state) + " does not have it.";
        d.why = "A script is not started itself: the kernel reads its first line (#!" + finding->interpreter
            + ") and starts that program with the script as its argument. "
            + (state.facts->hasShell == Known::No ? absenceWords(context.snapshot, state, finding->interpreter)
                                                  : imageWords(state) + " has no " + finding->interpreter + '.')
            + " The build goes through; the container stops at once with:\n\n    exec " + finding->path
            + ": no such file or directory\n\nThe script is there. Its interpreter is what the message is about.";
        d.how = "Start the program itself and let it do what the script does: " + keyword
            + " [\"/app\", …]. Settings go into ENV, work that needs a shell into a build stage.\n\nOr run on an image "
              "that "
              "has "
            + finding->interpreter + '.';
        if (!finding->sure)
            d.how += "\n\nWhether it is a script is not in this file: only its name says so.";
        d.hint = "no " + fileNameOf(finding->interpreter) + " here";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const auto finding = findingFor(context, stage);
        if (!finding || finding->start != diagnostic.instruction || !finding->sure)
            continue;
        const Instruction &start = context.snapshot.tree().instruction(finding->start);
        fixes::FixBuilder builder(context.snapshot);
        if (finding->interpreter == "/bin/bash" && context.states.stage(stage.id).facts->packageManager == "apk") {
            builder.insertAbove(start, builder.keyword("RUN") + " apk add --no-cache bash");
            out.push_back(builder.finish("Install bash", "adds RUN apk add --no-cache bash above", "terminal", false));
        } else if (finding->interpreter == "/bin/sh") {
            builder.insertAbove(start, builder.keyword("COPY") + " --from=busybox:musl /bin/sh /bin/sh");
            out.push_back(builder.finish("Copy a shell from busybox:musl", "the final image then carries a shell",
                                         "terminal", false));
        }
        return;
    }
}

} // namespace

const Rule startScript{
    .id = "SW013",
    .name = "start-script-without-interpreter",
    .severity = Severity::Error,
    .summary = "The container starts a script whose interpreter the image does not have",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
