// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/CopiedBinaries.h"
#include "lint/rules/FileTexts.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <optional>

namespace stagewright::rules {

namespace {

/// The interpreter that the text of a file asks for in its first line: "/bin/sh", or for env the name behind it.
struct Interpreter
{
    std::string program;         ///< "" when the file is no script.
    std::string byEnv;           ///< The name that env is to look for; "" when the program is not env.
    bool carriageReturn = false; ///< The line ends as Windows ends lines.
};

Interpreter interpreterOf(std::string_view text)
{
    if (!text.starts_with("#!"))
        return {};
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const bool carriageReturn = end < text.size() && text[end] == '\r';
    text = text.substr(2, end - 2);
    const auto word = [&] {
        text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
        const std::string_view first = text.substr(0, text.find_first_of(" \t"));
        text.remove_prefix(first.size());
        return first;
    };
    const std::string_view program = word();
    const bool env = fileNameOf(program) == "env";
    const std::string_view name = env ? word() : std::string_view();
    return {std::string(program), std::string(name.starts_with('-') ? std::string_view() : name), carriageReturn};
}

struct Finding
{
    InstructionId start = InstructionId::None;
    StageId stage = StageId::None;
    std::string path;
    std::string interpreter;
    bool sure = false;           ///< The file's text is known.
    std::string carriageReturns; ///< The file of the context whose first line ends with one; "" for none.
};

/// Whether the image lacks what scripts ask for most; any other is worth a look only where a path is started.
bool lacksInterpreters(const ImageFacts &facts)
{
    const auto bash = facts.provides.find("bash");
    return facts.shellFormWorks != Known::Yes || (bash != facts.provides.end() && !bash->second);
}

std::optional<Finding> findingFor(const RuleContext &context, const Stage &stage)
{
    const StageState &state = context.states.stage(stage.id);
    const StartWords &words = state.entrypointAtEnd.words.empty() ? state.cmdAtEnd : state.entrypointAtEnd;
    if (!state.decisive || !state.facts || words.setBy == InstructionId::None || words.shellForm)
        return std::nullopt;
    if (!lacksInterpreters(*state.facts)
        && std::ranges::none_of(words.words, [](const std::string &word) { return word.find('/') != word.npos; }))
        return std::nullopt;
    for (const std::string &path : startedPaths(context, stage.id)) {
        const FileText file = fileText(context, stage.id, path, InstructionId::None);
        if (!file.found)
            continue;
        const Interpreter interpreter = interpreterOf(file.text);
        Finding finding{words.setBy, stage.id, path, interpreter.program, true, {}};
        if (interpreter.carriageReturn && !file.inContext.empty()) {
            finding.carriageReturns = file.inContext;
            return finding;
        }
        if (file.text.empty() && path.ends_with(".sh"))
            finding = {words.setBy, stage.id, path, "/bin/sh", false, {}};
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
        const std::string program = interpreterOf(fileText(context, stage, path, run.id).text).program;
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

/// The script is copied as it lies there, with the line endings of Windows.
Diagnostic carriageReturnFinding(const RuleContext &context, const Instruction &start, const Finding &finding)
{
    const std::string keyword(keywordOf(start.kind));
    const StageState &state = context.states.stage(finding.stage);
    Diagnostic d = diagnosticFor(context, start, severityFor(state, Severity::Error));
    d.title = "The script's first line ends with a carriage return";
    d.message = keyword + " starts " + finding.path + ", and " + finding.carriageReturns
        + " in the build context has the line endings of Windows.";
    d.why
        = "A script is not started itself: the kernel reads its first line and starts the program in it. It takes the "
          "carriage return at the end of that line for a part of the name, and nothing is called "
        + finding.interpreter
        + " with one behind it. The build goes through; the container stops at once with:\n\n    exec " + finding.path
        + ": no such file or directory";
    d.how = "Save " + finding.carriageReturns
        + " with plain line feeds. In git, the line \"*.sh text eol=lf\" in .gitattributes keeps it so on Windows too.";
    d.hint = "carriage return in #!";
    return d;
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
        if (!finding->carriageReturns.empty()) {
            out.push_back(carriageReturnFinding(context, start, *finding));
            continue;
        }
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
            d.how += "\n\nWhether it is a script nobody knows here: only its name says so.";
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
        const InstructionState &at = context.states.at(start.id);
        if (!finding->carriageReturns.empty()) {
            // Only who may write the file can mend it there.
            if (at.shellForm == Known::Yes && (at.user->setBy == InstructionId::None || at.user->isRoot())) {
                const std::string line = builder.keyword("RUN") + " sed -i 's/\\r$//' " + finding->path;
                builder.insertAbove(start, line);
                out.push_back(builder.finish("Take the carriage returns away", "adds " + line, "wand-sparkles", false));
            }
        } else if ((finding->interpreter == "/bin/bash" || finding->interpreter == "bash")
                   && context.states.stage(stage.id).facts->packageManager == "apk") {
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
