// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/UserRules.h"

#include "lint/buildkit/CheckSupport.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <optional>

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
        if (!state.chain.contains(context.snapshot.graph().stageOf(user.id)))
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

/// A name behind USER that the image does not know.
struct UnknownName
{
    std::string name;
    bool group = false;
    std::string words; ///< All that stands behind USER, with the values of variables.
};

/// The user, else the group, of `USER name:group` that neither the image nor anything before the end of the stage
/// brings.
std::optional<UnknownName> unknownName(const RuleContext &context, const Instruction &user, StageId stage)
{
    // What USER makes of its words is the state of what follows; the last one's is the stage's.
    const std::string words = context.states.expanded(stage, edit::detail::trimmed(user.arguments));
    if (words.find_first_of("$\\\"'") != std::string::npos)
        return std::nullopt;
    const std::size_t colon = words.find(':');
    const std::string name = words.substr(0, colon);
    if (!name.empty() && !isNumeric(name) && context.states.hasUser(user.id, name) == Known::No
        && context.states.hasUserAtEnd(stage, name) == Known::No)
        return UnknownName{name, false, words};
    const std::string group = colon == std::string::npos ? std::string() : words.substr(colon + 1);
    if (!group.empty() && !isNumeric(group) && context.states.hasGroup(user.id, group) == Known::No
        && context.states.hasGroupAtEnd(stage, group) == Known::No)
        return UnknownName{group, true, words};
    return std::nullopt;
}

/// What USER can say instead: numbers, or for a group the account alone.
std::string numberFor(const StageState &state, const Instruction &user, const UnknownName &unknown)
{
    if (!unknown.group)
        return unknown.name == "root" ? "0" : numericUser(state);
    const std::string account(edit::detail::trimmed(user.arguments.substr(0, user.arguments.find(':'))));
    return isNumeric(account) ? account + ':' + account : account;
}

/// The USER instructions with a name that no /etc/passwd or /etc/group has.
template <typename Each> void eachUnknownUser(const RuleContext &context, bool scratch, Each each)
{
    for (const Instruction &instruction : context.snapshot.tree().instructions(InstructionKind::User)) {
        const StageId stage = context.snapshot.graph().stageOf(instruction.id);
        if (stage == StageId::None || (context.states.stage(stage).rootKind == BaseKind::Scratch) != scratch)
            continue;
        if (const auto unknown = unknownName(context, instruction, stage))
            each(instruction, context.states.stage(stage), *unknown);
    }
}

} // namespace

void checkUnknownUsers(const RuleContext &context, std::vector<Diagnostic> &out, bool scratch)
{
    eachUnknownUser(
        context, scratch, [&](const Instruction &user, const StageState &state, const UnknownName &unknown) {
            const auto &[name, group, words] = unknown;
            const Instruction *run = nullptr;
            const bool starts = startsAs(context, user, run);
            const std::string file = group ? "group" : "passwd";
            const StageId stage = context.snapshot.graph().stageOf(user.id);
            const bool copied = context.states.originOf(stage, user.id, "/etc/" + file).has_value();
            Diagnostic d = diagnosticFor(context, user, starts ? severityFor(state, Severity::Error) : Severity::Info);
            d.title = scratch && !copied ? "scratch knows no " + std::string(group ? "group" : "user") + " names"
                                         : (group ? "No group is called '" : "No account is called '") + name + "'";
            d.message = "USER " + words
                + (copied        ? ": the /etc/" + file + " that is copied into the image has no entry of this name."
                       : scratch ? ": scratch (the empty image) has no /etc/" + file + ", so no name means anything."
                                 : ": " + imageWords(state) + " has no "
                           + (group ? "group '" + name + "'" : "account of this name")
                           + ", and nothing above adds one.");
            const std::string error = "unable to find " + std::string(group ? "group " : "user ") + name
                + ": no matching entries in " + file + " file";
            d.why = "USER is written into the image as it stands; a name is looked up in /etc/" + file
                + " of the image whenever a process starts. "
                + (run ? "The first to start is RUN in line " + std::to_string(run->firstLine)
                           + ", and there the build ends with:\n\n    "
                       : starts
                       ? std::string("The build goes through; the container does not start (exit code 125):\n\n    ")
                       : std::string("Nothing starts as this user so far. Where something does, it ends with:\n\n    "))
                + error
                + (scratch && name == "root" ? "\n\nThis holds for root as well: only the number 0 needs no entry."
                                             : "")
                + chainWords(context.snapshot, state);
            const std::string number = numberFor(state, user, unknown);
            d.how = group ? "Write USER " + number
                    + (isNumeric(number) ? ": numbers need no entry." : ": the account's own group counts then.")
                          : "Give the number: USER " + number
                    + ". It needs no entry in /etc/passwd, and Kubernetes can see that it is not root"
                    + (name == "root" ? std::string(" when it is another one than 0.") : std::string("."));
            d.how += "\n\nOr bring the " + std::string(group ? "group" : "account")
                + " along: create it in the builder and COPY --from=… /etc/passwd /etc/group /etc/.";
            d.hint = group ? "no such group" : "no such account";
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
    const auto unknown = unknownName(context, user, diagnostic.stage);
    if (!unknown)
        return;
    const std::string number = numberFor(state, user, *unknown);
    checks::offerReplace(out, user.argumentsRange, number, "USER " + number,
                         isNumeric(number) ? "a number needs no account" : "the account's own group");
    const std::string &name = unknown->name;
    if (unknown->group)
        return;
    accountsFromBuilder(context, user, name, out);
    const bool canRun = context.states.at(user.id).shellForm == Known::Yes && name != "root";
    if (!canRun || fixes::isAnswered(context, out) || !state.facts)
        return;
    const std::string_view words = edit::detail::trimmed(user.arguments);
    const std::string written(words.substr(0, words.find(':')));
    const std::string command
        = state.facts->packageManager == "apk" ? "adduser -D " + written : "useradd --create-home " + written;
    fixes::FixBuilder builder(context.snapshot);
    builder.insertAbove(user, builder.keyword("RUN") + ' ' + command);
    out.push_back(builder.finish("Add RUN " + command, "creates the account in front of USER", "user-round", false));
}

} // namespace stagewright::rules
