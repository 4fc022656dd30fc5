// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/ExecList.h"
#include "lint/InstructionKinds.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/StartCommands.h"

#include <algorithm>

namespace stagewright::rules {

namespace {

/// BuildKit refuses some lists itself (`["sleep", 10]`); that is said already.
bool isRefused(const RuleContext &context, const Instruction &instruction)
{
    return std::ranges::any_of(context.snapshot.tree().errors(), [&](const SyntaxError &error) {
        return error.range.begin >= instruction.range.begin && error.range.begin <= instruction.range.end;
    });
}

/// The list alone, without what else stands in the instruction.
TextRange listRange(const RuleContext &context, const Instruction &instruction)
{
    TextRange range = instruction.argumentsRange;
    const std::size_t bracket = context.snapshot.text().slice(range).find('[');
    if (bracket != std::string_view::npos)
        range.begin += static_cast<Offset>(bracket);
    return range;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &instruction : lint::commandsIn(context.snapshot.tree())) {
        const auto list = lint::brokenListOf(instruction);
        if (!list || isRefused(context, instruction))
            continue;
        const StageId stage = context.snapshot.graph().stageOf(instruction.id);
        const bool health = instruction.kind == InstructionKind::Healthcheck;
        if (stage == StageId::None)
            continue;
        const InstructionState &at = context.states.at(instruction.id);
        const StageState &state = context.states.stage(stage);
        const bool noShell = (health ? at.binSh : at.shellForm) == Known::No;
        const Severity sure = noShell && !health ? severityFor(state, Severity::Error) : Severity::Warning;
        const auto severity = severityWhereUsed(context, instruction, sure);
        if (!severity)
            continue;
        const std::string keyword(keywordOf(instruction.kind));
        const std::string shell(health ? std::string_view("/bin/sh") : at.shell->program());
        const bool build = instruction.kind == InstructionKind::Run;
        Diagnostic d = diagnosticFor(context, instruction, *severity);
        d.range = listRange(context, instruction);
        d.title = "This list is not JSON, so " + keyword + " goes to a shell";
        d.message = keyword + " " + commandWords(instruction) + ": " + list->fault
            + ". BuildKit takes it for shell form"
            + (noShell ? ", and " + noShellWords(state) + "." : " without a word.");
        d.why = "Exec form is a JSON list: double quotes, commas between the words, none behind the last. Whatever is "
                "not JSON is handed to a shell as it stands, brackets and all:\n\n    "
            + (health ? "/bin/sh -c \"" + commandWords(instruction) + '"' : invocationWords(*at.shell, instruction));
        if (noShell)
            d.why += "\n\n" + absenceWords(context.snapshot, state, shell)
                + (build ? " So the build stops here with:\n\n    " : " The container does not start it:\n\n    ")
                + execError(shell);
        else
            d.why += "\n\nA shell takes the bracket and the first word for the name of a program. "
                + std::string(build ? "The build stops with exit code 127, for example:"
                                    : "The build goes through; what starts ends with exit code 127, for example:")
                + "\n\n    /bin/sh: [" + list->words.front() + ": not found";
        d.how = "Write " + lint::jsonList(list->words) + ".";
        d.hint = "not JSON";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &instruction = context.snapshot.tree().instruction(diagnostic.instruction);
    if (const auto list = lint::brokenListOf(instruction)) {
        const std::string text = lint::jsonList(list->words);
        checks::offerReplace(out, diagnostic.range, text, "Write the list as JSON", "becomes " + text);
    }
}

} // namespace

const Rule invalidExecForm{
    .id = "SW005",
    .name = "invalid-exec-form",
    .severity = Severity::Error,
    .summary = "A command that looks like a list is not JSON, so it goes to a shell",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
