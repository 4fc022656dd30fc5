// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/UserRules.h"

#include "lint/buildkit/CheckSupport.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/ShellText.h"

#include <algorithm>

namespace stagewright::rules {

std::string numericUser(const StageState &state)
{
    if (state.facts && state.facts->uid && *state.facts->uid != 0)
        return std::to_string(*state.facts->uid) + ':' + std::to_string(*state.facts->uid);
    return "65532:65532";
}

bool isNumeric(std::string_view owner)
{
    return !owner.empty() && owner.find_first_not_of("0123456789:") == std::string_view::npos;
}

bool startsAs(const RuleContext &context, const Instruction &user, const Instruction *&run)
{
    run = nullptr;
    bool starts = false;
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        // A stage that only collects files is made from scratch and starts nothing; of any other a container is made.
        const bool files
            = state.rootKind == BaseKind::Scratch && state.entrypointAtEnd.isNothing() && state.cmdAtEnd.isNothing();
        if (state.userAtEnd.setBy == user.id && state.decisive && !files)
            starts = true;
        if (std::ranges::find(state.chain, context.snapshot.graph().stageOf(user.id)) == state.chain.end())
            continue;
        for (const Instruction &instruction : context.snapshot.instructionsOf(stage.id)) {
            if (!run && instruction.kind == InstructionKind::Run
                && context.states.at(instruction.id).user->setBy == user.id)
                run = &instruction;
        }
    }
    return starts || run;
}

std::string numberOf(const StageState &state, const std::string &name)
{
    if (!state.facts)
        return {};
    if (state.facts->user == name && state.facts->uid)
        return std::to_string(*state.facts->uid);
    const bool listed
        = state.facts->accounts && std::ranges::find(*state.facts->accounts, name) != state.facts->accounts->end();
    if (listed && name == "nonroot")
        return "65532";
    return listed && name == "nobody" ? "65534" : std::string();
}

std::string unknownOwner(const RuleContext &context, const Instruction &copy, StageId stage)
{
    const Flag *chown = copy.flag("chown");
    if (!chown || chown->value.empty())
        return {};
    const std::string owner = context.states.expanded(stage, chown->value);
    if (owner.find('$') != std::string::npos)
        return {};
    const std::size_t colon = owner.find(':');
    const std::string user = owner.substr(0, colon);
    const std::string group = colon == std::string::npos ? std::string() : owner.substr(colon + 1);
    if (!user.empty() && !isNumeric(user) && context.states.hasUser(copy.id, user) == Known::No)
        return user;
    return !group.empty() && !isNumeric(group) && context.states.hasGroup(copy.id, group) == Known::No ? group
                                                                                                       : std::string();
}

namespace {

/// The USER instructions whose name no /etc/passwd has.
template <typename Each> void eachUnknownUser(const RuleContext &context, bool scratch, Each each)
{
    for (const Instruction &instruction : context.snapshot.tree().instructions()) {
        if (instruction.kind != InstructionKind::User)
            continue;
        const StageId stage = context.snapshot.graph().stageOf(instruction.id);
        if (stage == StageId::None || (context.states.stage(stage).rootKind == BaseKind::Scratch) != scratch)
            continue;
        const StageState &state = context.states.stage(stage);
        // What USER makes of its words is the state of what follows; the last one's is the stage's.
        std::string name = context.states.expanded(stage, edit::detail::trimmed(instruction.arguments));
        name = name.substr(0, name.find(':'));
        if (name.empty() || name.find_first_of("$\\\"'") != std::string::npos || isNumeric(name)
            || context.states.hasUser(instruction.id, name) != Known::No
            || context.states.hasUserAtEnd(stage, name) != Known::No)
            continue;
        each(instruction, state, name);
    }
}

} // namespace

void checkUnknownUsers(const RuleContext &context, std::vector<Diagnostic> &out, bool scratch)
{
    eachUnknownUser(context, scratch, [&](const Instruction &user, const StageState &state, const std::string &name) {
        const Instruction *run = nullptr;
        const bool starts = startsAs(context, user, run);
        Diagnostic d = diagnosticFor(context, user, starts ? severityFor(state, Severity::Error) : Severity::Info);
        d.title = scratch ? "scratch knows no user names" : "No account is called '" + name + "'";
        d.message = "USER " + name
            + (scratch ? ": scratch (the empty image) has no /etc/passwd, so no name means anything."
                       : ": " + imageWords(state) + " has no account of this name, and nothing above adds one.");
        const std::string error = "unable to find user " + name + ": no matching entries in passwd file";
        d.why = "USER is written into the image as it stands; a name is looked up in /etc/passwd of the image whenever "
                "a process "
                "starts. "
            + (run ? "The first to start is RUN in line " + std::to_string(run->firstLine)
                       + ", and there the build ends with:\n\n    "
                   : starts
                   ? std::string("The build goes through; the container does not start (exit code 125):\n\n    ")
                   : std::string("Nothing starts as this user so far. Where something does, it ends with:\n\n    "))
            + error
            + (scratch && name == "root" ? "\n\nThis holds for root as well: only the number 0 needs no entry." : "")
            + chainWords(context.snapshot, state);
        const std::string number = name == "root" ? "0" : numericUser(state);
        d.how = "Give the number: USER " + number
            + ". It needs no entry in /etc/passwd, and Kubernetes can see that it is not root"
            + (name == "root" ? std::string(" when it is another one than 0.") : std::string("."))
            + "\n\nOr bring the account along: create it in the builder and COPY --from=… /etc/passwd /etc/group "
              "/etc/.";
        d.hint = "no such account";
        out.push_back(std::move(d));
    });
}

namespace {

/// The accounts of a stage that is copied from and knows the name.
void accountsFromBuilder(const RuleContext &context, const Instruction &user, std::string_view name,
                         std::vector<Fix> &out)
{
    if (fixes::isAnswered(context, out))
        return;
    const StageId stage = context.snapshot.graph().stageOf(user.id);
    for (const StageReference &reference : context.snapshot.graph().references()) {
        if (reference.inStage != stage || reference.kind != ReferenceKind::Stage
            || reference.instructionKind != InstructionKind::Copy || reference.instruction > user.id
            || context.states.hasUserAtEnd(reference.stage, name) != Known::Yes)
            continue;
        const Stage &builder = context.snapshot.graph().stage(reference.stage);
        const std::string source = builder.name.empty() ? std::to_string(indexOf(builder.id)) : builder.displayName;
        fixes::FixBuilder edits(context.snapshot);
        const std::string line = edits.keyword("COPY") + " --from=" + source + " /etc/passwd /etc/group /etc/";
        edits.insertAbove(user, line);
        out.push_back(edits.finish("Bring the account from " + stageWords(context.snapshot, builder.id), "adds " + line,
                                   "user-round", false));
        return;
    }
}

} // namespace

void fixUnknownUser(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &user = context.snapshot.tree().instruction(diagnostic.instruction);
    const StageState &state = context.states.stage(diagnostic.stage);
    const bool root = edit::detail::trimmed(user.arguments).starts_with("root");
    const std::string number = root ? "0" : numericUser(state);
    checks::offerReplace(out, user.argumentsRange, number, "USER " + number, "a number needs no account");
    std::string name(edit::detail::trimmed(user.arguments));
    name = name.substr(0, name.find(':'));
    accountsFromBuilder(context, user, name, out);
    const bool canRun = context.states.at(user.id).shellForm == Known::Yes && !root;
    if (!canRun || fixes::isAnswered(context, out) || !state.facts)
        return;
    const std::string command
        = state.facts->packageManager == "apk" ? "adduser -D " + name : "useradd --create-home " + name;
    fixes::FixBuilder builder(context.snapshot);
    builder.insertAbove(user, builder.keyword("RUN") + ' ' + command);
    out.push_back(builder.finish("Add RUN " + command, "creates the account in front of USER", "user-round", false));
}

} // namespace stagewright::rules
