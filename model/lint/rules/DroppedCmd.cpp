// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/Rules.h"
#include "lint/rules/RuntimeCommands.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>

namespace stagewright::rules {

namespace {

struct Dropped
{
    std::string words;                       ///< As CMD would be written again.
    StageId stage = StageId::None;           ///< The stage whose CMD it was; None: the image's.
    InstructionId cmd = InstructionId::None; ///< That CMD.
};

/// A shell or an interpreter waiting for input: nobody misses that.
bool isInteractive(const std::vector<std::string> &words)
{
    static constexpr std::array<std::string_view, 8> names{"irb", "jshell", "iex", "julia",
                                                           "R",   "ghci",   "php", "python"};
    const std::string name = fileNameOf(words.front());
    const bool alone = words.size() == 1 || (words.size() == 2 && words[1].starts_with('-'));
    return alone && (isShellName(name) || !runtimeOf(name).empty() || std::ranges::find(names, name) != names.end());
}

/// The CMD that the ENTRYPOINT of this stage resets.
Dropped droppedBy(const RuleContext &context, const Stage &stage)
{
    const StageState &state = context.states.stage(stage.id);
    const InstructionId entrypoint = state.entrypoint;
    if (!state.decisive || entrypoint == InstructionId::None || state.cmd != InstructionId::None
        || context.snapshot.graph().stageOf(entrypoint) != stage.id)
        return {};
    const Instruction &instruction = context.snapshot.tree().instruction(entrypoint);
    if (instruction.kind != InstructionKind::Entrypoint || !instruction.execForm || instruction.args.empty())
        return {}; // in shell form it would not get a CMD anyway
    if (stage.base.kind == BaseKind::Stage && stage.base.stage != StageId::None) {
        const StageState &parent = context.states.stage(stage.base.stage);
        const StartWords &cmd = parent.cmdAtEnd;
        if (cmd.setBy != InstructionId::None && cmd.known && !cmd.words.empty()) {
            const Instruction &own = context.snapshot.tree().instruction(cmd.setBy);
            return {cmd.shellForm ? std::string(own.arguments) : lint::jsonList(cmd.words), stage.base.stage,
                    cmd.setBy};
        }
    }
    // Of an image's CMD only that counts which a script in front of it is to start.
    const auto &facts = state.facts;
    std::vector<std::string> words;
    for (const Argument &argument : instruction.args)
        words.emplace_back(argument.value);
    if (!facts || !facts->cmd || facts->cmd->empty() || isInteractive(*facts->cmd) || words.size() > 1
        || !startsItsArguments(words))
        return {};
    return {lint::jsonList(*facts->cmd), StageId::None, InstructionId::None};
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const Dropped dropped = droppedBy(context, stage);
        if (dropped.words.empty())
            continue;
        const StageState &state = context.states.stage(stage.id);
        const Instruction &entrypoint = context.snapshot.tree().instruction(state.entrypoint);
        const std::string whose
            = dropped.stage == StageId::None ? imageWords(state) : stageWords(context.snapshot, dropped.stage);
        Diagnostic d = diagnosticFor(context, entrypoint, Severity::Info);
        d.title = "This ENTRYPOINT drops the CMD below it";
        d.message = "CMD " + dropped.words + " of " + whose
            + " does not hold here any more: " + "ENTRYPOINT sets it to nothing.";
        d.why = "A stage inherits CMD from what it is built FROM, until it sets ENTRYPOINT. From there on the old "
                "command "
                "would rarely fit, so it is dropped, without a word. "
            + fileNameOf(entrypoint.args.front().value) + " is started without arguments.";
        d.how = "Say CMD again below ENTRYPOINT, if it is still wanted: CMD " + dropped.words + ".";
        d.hint = "CMD is dropped";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Dropped dropped = droppedBy(context, context.snapshot.graph().stage(diagnostic.stage));
    if (dropped.words.empty())
        return;
    std::string words = dropped.words;
    if (!words.starts_with('[')) {
        // A text for a shell would reach the new entrypoint as arguments; a list says the same to it.
        const lint::ExecForm form = lint::readExecForm(words);
        if (!form.refusal.empty())
            return;
        words = lint::jsonList(form.words);
    }
    fixes::FixBuilder builder(context.snapshot);
    const std::string line = builder.keyword("CMD") + ' ' + words;
    builder.insertBelow(context.snapshot.tree().instruction(diagnostic.instruction), line);
    out.push_back(builder.finish("Say CMD again", "adds " + line, "play", false));
}

} // namespace

const Rule droppedCmd{
    .id = "SW018",
    .name = "dropped-cmd",
    .severity = Severity::Info,
    .summary = "ENTRYPOINT drops the CMD that the stage would inherit",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
