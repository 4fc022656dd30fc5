// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/ShellChain.h"

#include "lint/ShellStates.h"

#include <algorithm>

namespace stagewright {

namespace {

std::string line(const Instruction &instruction)
{
    return "Line " + std::to_string(instruction.firstLine);
}

/// A copy of this stage that puts the shell there, if there is one.
std::string copyOf(const Snapshot &snapshot, const ShellStates &states, const Stage &stage, std::string_view program)
{
    const auto origin = states.originOf(stage.id, InstructionId::None, program);
    if (!origin || origin->copy.stage != stage.id || !origin->copy.instruction
        || origin->copy.at == InstructionId::None)
        return {};
    return line(snapshot.tree().instruction(origin->copy.at)) + " copies " + std::string(program) + " in.";
}

std::string shellLine(const Snapshot &snapshot, const ShellStates &states, const Stage &stage)
{
    std::string text;
    for (const Instruction &instruction : snapshot.instructionsOf(stage.id)) {
        if (instruction.kind != InstructionKind::Shell || instruction.args.empty())
            continue;
        const std::string program(instruction.args.front().value);
        const Known there = states.hasProgramAtEnd(stage.id, program);
        text = line(instruction) + " makes " + program + " the shell"
            + (there == Known::No        ? ", which is not there."
                   : there == Known::Yes ? ", and it is there."
                                         : ".");
    }
    return text;
}

ShellChainStep stageStep(const Snapshot &snapshot, const ShellStates &states, const Stage &stage)
{
    ShellChainStep step;
    step.node = NodeRef::stage(stage.id);
    step.at = stage.from;
    step.name = "stage " + stage.displayName;
    const std::string base = stage.base.kind == BaseKind::Stage
        ? "stage " + snapshot.graph().stage(stage.base.stage).displayName
        : stage.base.resolved;
    step.text = line(snapshot.tree().instruction(stage.from)) + " builds it on " + base + ".";
    std::string more = copyOf(snapshot, states, stage, states.stage(stage.id).shellAtEnd->program());
    if (const std::string shell = shellLine(snapshot, states, stage); !shell.empty())
        more += (more.empty() ? "" : " ") + shell;
    step.text += ' ' + (more.empty() ? std::string("Nothing in it brings a shell.") : more);
    return step;
}

std::string imageText(const StageState &state)
{
    if (state.rootKind == BaseKind::Scratch)
        return "The empty image: not one file is in it, so no shell either.";
    if (!state.facts)
        return "The catalogue does not know this image, so nothing is said about its shell.";
    const ImageFacts &facts = *state.facts;
    std::string text;
    if (facts.hasShell == Known::No)
        text = "This image has no shell.";
    else if (facts.hasShell == Known::Yes && facts.shellFormWorks == Known::No)
        text = "Its shell is " + facts.shell + ". RUN in shell form asks for /bin/sh, and that is not there.";
    else if (facts.hasShell == Known::Yes)
        text = "This image has " + (facts.shell.empty() ? std::string("a shell") : facts.shell) + '.';
    else
        text = "Whether this image has a shell is not known.";
    if (facts.byNameOnly)
        text += " Only its name tells that.";
    if (!facts.note.empty())
        text += ' ' + facts.note;
    return text;
}

ShellChainStep imageStep(const Snapshot &snapshot, const StageState &state)
{
    ShellChainStep step;
    const Stage &root = snapshot.graph().stage(state.chain.back());
    if (root.base.kind == BaseKind::Image)
        step.node = NodeRef::image(root.base.image);
    step.name = state.rootName.empty() ? std::string(root.base.written) : state.rootName;
    step.text = imageText(state);
    if (state.facts)
        step.sources = state.facts->sources;
    return step;
}

} // namespace

ShellChain shellChain(const Snapshot &snapshot, const Catalog &catalog, StageId stage)
{
    ShellChain chain;
    const auto stages = snapshot.graph().stages();
    if (stage == StageId::None || indexOf(stage) >= stages.size())
        return chain;
    const ShellStates states = ShellStates::compute(snapshot, catalog);
    const StageState &state = states.stage(stage);
    chain.stage = stage;
    const std::string_view program = state.shellAtEnd->program();
    chain.shell = program.empty() ? Known::Unknown : states.hasProgramAtEnd(stage, program);
    const std::string name = "stage " + snapshot.graph().stage(stage).displayName;
    switch (chain.shell) {
    case Known::No: chain.question = "Why is " + name + " shell-less?"; break;
    case Known::Yes: chain.question = "Where has " + name + " its shell from?"; break;
    case Known::Unknown: chain.question = "Has " + name + " a shell?"; break;
    }
    for (const StageId id : state.chain)
        chain.steps.push_back(stageStep(snapshot, states, snapshot.graph().stage(id)));
    chain.steps.push_back(imageStep(snapshot, state));
    return chain;
}

} // namespace stagewright
