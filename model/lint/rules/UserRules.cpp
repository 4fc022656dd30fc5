// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/UserRules.h"

#include "lint/buildkit/CheckSupport.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/ImageUses.h"
#include "lint/rules/Rules.h"
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

void checkUnknown(const RuleContext &context, std::vector<Diagnostic> &out, bool scratch)
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

void fixUnknown(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &user = context.snapshot.tree().instruction(diagnostic.instruction);
    const StageState &state = context.states.stage(diagnostic.stage);
    const bool root = edit::detail::trimmed(user.arguments).starts_with("root");
    const std::string number = root ? "0" : numericUser(state);
    checks::offerReplace(out, user.argumentsRange, number, "USER " + number, "a number needs no account");
    const bool canRun = context.states.at(user.id).shellForm == Known::Yes && !root;
    if (!canRun || fixes::isAnswered(context, out) || !state.facts)
        return;
    std::string name(edit::detail::trimmed(user.arguments));
    name = name.substr(0, name.find(':'));
    const std::string command
        = state.facts->packageManager == "apk" ? "adduser -D " + name : "useradd --create-home " + name;
    fixes::FixBuilder builder(context.snapshot);
    builder.insertAbove(user, builder.keyword("RUN") + ' ' + command);
    out.push_back(builder.finish("Add RUN " + command, "creates the account in front of USER", "user-round", false));
}

void checkUnknownUser(const RuleContext &context, std::vector<Diagnostic> &out)
{
    checkUnknown(context, out, false);
}

void checkScratchUser(const RuleContext &context, std::vector<Diagnostic> &out)
{
    checkUnknown(context, out, true);
}

/// The number of an account that the catalogue knows.
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

void checkByName(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        const UserState &user = state.userAtEnd;
        if (!state.decisive || user.setBy == InstructionId::None || !user.known || user.isNumber() || user.isRoot()
            || context.snapshot.graph().stageOf(user.setBy) != stage.id)
            continue;
        const std::string number = numberOf(state, user.user);
        if (number.empty())
            continue;
        const Instruction &instruction = context.snapshot.tree().instruction(user.setBy);
        Diagnostic d = diagnosticFor(context, instruction, Severity::Info);
        d.title = "Kubernetes cannot tell that '" + user.user + "' is not root";
        d.message = "USER " + user.user + " is a name; " + imageWords(state) + " gives it the number " + number + ".";
        d.why = "With runAsNonRoot, Kubernetes refuses to start a container unless it can see from the image's "
                "settings that the "
                "user is not root. It does not look into the image's /etc/passwd, so a name tells it nothing:\n\n"
                "    container has runAsNonRoot and image has non-numeric user ("
            + user.user + "), cannot verify user is non-root";
        d.how = "Write the number: USER " + number + ". Inside the container it is the same account.";
        d.hint = "number is " + number;
        out.push_back(std::move(d));
    }
}

void fixByName(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const StageState &state = context.states.stage(diagnostic.stage);
    const std::string number = numberOf(state, state.userAtEnd.user);
    const Instruction &user = context.snapshot.tree().instruction(diagnostic.instruction);
    std::string group = state.userAtEnd.group;
    if (group == state.userAtEnd.user)
        group = number;
    checks::offerReplace(out, user.argumentsRange, group.empty() ? number : number + ':' + group, "USER " + number,
                         "the same account by its number");
}

/// The tag of the same image that runs as somebody else than root; "" when the catalogue knows none.
std::string nonrootOf(const RuleContext &context, const std::string &name, const std::string &reference)
{
    if (name.find('@') != std::string::npos)
        return {};
    const std::string tag = tagOf(name);
    const std::string wanted = tag.empty() || tag == "latest" ? "nonroot"
        : tag == "debug"                                      ? "debug-nonroot"
                                                              : std::string();
    if (wanted.empty())
        return {};
    const auto facts = context.catalog.lookup(repositoryOf(reference) + ':' + wanted);
    const bool good
        = facts && !facts->byNameOnly && facts->status == ImageStatus::Current && facts->uid && *facts->uid != 0;
    return good ? repositoryOf(name) + ':' + wanted : std::string();
}

void checkRoot(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        if (!state.decisive || stage.base.kind != BaseKind::Image || state.userAtEnd.setBy != InstructionId::None
            || state.userAtEnd.uid != 0U || !state.facts || state.facts->byNameOnly)
            continue;
        const std::string better = nonrootOf(context, stage.base.resolved, stage.base.reference);
        if (better.empty())
            continue;
        Diagnostic d = diagnosticFor(context, context.snapshot.tree().instruction(stage.from), Severity::Info);
        d.range = stage.base.range;
        d.title = "The container runs as root";
        d.message
            = stage.base.resolved + " runs as root; " + better + " is the same image with an account without rights.";
        d.why = "Nothing in this stage says USER, so the image's own user counts, and that is root. A process that is "
                "root inside "
                "a container is root for the kernel as well: what breaks out of the container is root on the machine, "
                "and files "
                "in mounted folders belong to root.";
        d.how = "Use the tag " + better + ", or add USER " + numericUser(state)
            + " behind the last COPY. Files that the program "
              "writes then need --chown=65532:65532 on their COPY, and ports below 1024 may need a setting of the "
              "platform.";
        d.hint = "runs as root";
        out.push_back(std::move(d));
    }
}

void fixRoot(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Stage &stage = context.snapshot.graph().stage(diagnostic.stage);
    const std::string better = nonrootOf(context, stage.base.resolved, stage.base.reference);
    if (stage.base.written.find('$') == std::string_view::npos && !better.empty())
        checks::offerReplace(out, stage.base.range, better, "Use " + better, "runs as user 65532", false);
}

/// The owner of a --chown that the image does not know; "" when there is none.
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

void checkChown(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &copy : context.snapshot.tree().instructions()) {
        if (copy.kind != InstructionKind::Copy && copy.kind != InstructionKind::Add)
            continue;
        const StageId stage = context.snapshot.graph().stageOf(copy.id);
        if (stage == StageId::None)
            continue;
        const std::string name = unknownOwner(context, copy, stage);
        if (name.empty())
            continue;
        const StageState &state = context.states.stage(stage);
        Diagnostic d = diagnosticFor(context, copy, Severity::Warning);
        d.range = copy.flag("chown")->range;
        d.title = "--chown names '" + name + "', which this image does not know";
        d.message = "--chown=" + std::string(copy.flag("chown")->value) + ": " + imageWords(state)
            + " has no account or group '" + name + "', so the files belong to root.";
        d.why = "Names in --chown are looked up in /etc/passwd and /etc/group of the stage that is copied into, not of "
                "the one that "
                "is copied from. BuildKit does not find this one and takes 0:0 without a word; buildah and kaniko stop "
                "the build.";
        d.how = "Write numbers: --chown=" + numericUser(state)
            + ". They need no entry, and mean the same in every builder.";
        d.hint = "files belong to root";
        out.push_back(std::move(d));
    }
}

void fixChown(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &copy = context.snapshot.tree().instruction(diagnostic.instruction);
    const UserState &user = context.states.stage(diagnostic.stage).userAtEnd;
    // Whoever runs is who should own them, when that is known by number.
    const std::string number = user.known && user.isNumber() && !user.isRoot()
        ? user.user + ':' + (isNumeric(user.group) ? user.group : user.user)
        : numericUser(context.states.stage(diagnostic.stage));
    checks::offerReplace(out, copy.flag("chown")->valueRange, number, "Write --chown=" + number,
                         "numbers need no account", false);
}

void checkLinkChown(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &copy : context.snapshot.tree().instructions()) {
        if (copy.kind != InstructionKind::Copy && copy.kind != InstructionKind::Add)
            continue;
        const Flag *link = copy.flag("link");
        const Flag *chown = copy.flag("chown");
        const StageId stage = context.snapshot.graph().stageOf(copy.id);
        if (!link || !chown || stage == StageId::None || link->value == "false"
            || chown->value.find('$') != std::string_view::npos || isNumeric(chown->value)
            || !unknownOwner(context, copy, stage).empty())
            continue;
        Diagnostic d = diagnosticFor(context, copy, Severity::Warning);
        d.range = chown->range;
        d.title = "--link cannot look up the name in --chown";
        d.message = "COPY --link makes its layer without the image below, so '" + std::string(chown->value)
            + "' cannot be looked up there.";
        d.why = "The point of --link is that the layer does not depend on what is below it. A name, though, is an "
                "entry of "
                "/etc/passwd in exactly those layers. Depending on version and storage, BuildKit looks it up all the "
                "same, takes "
                "root, or stops with \"invalid user index: -1\".";
        d.how = "Write the numbers of the account (--chown=1000:1000), or leave --link away.";
        d.hint = "name needs layers below";
        out.push_back(std::move(d));
    }
}

void fixLinkChown(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &copy = context.snapshot.tree().instruction(diagnostic.instruction);
    const StageState &state = context.states.stage(diagnostic.stage);
    const std::string_view owner = copy.flag("chown")->value;
    const std::string number = numberOf(state, std::string(owner.substr(0, owner.find(':'))));
    if (!number.empty())
        checks::offerReplace(out, copy.flag("chown")->valueRange, number + ':' + number,
                             "Write --chown=" + number + ':' + number, "the same account by its number");
    checks::offerRemoveFlag(context, out, copy.id, "link", "Leave --link away", true);
}

} // namespace

const Rule unknownUser{
    .id = "SW021",
    .name = "unknown-user",
    .severity = Severity::Error,
    .summary = "USER names an account that the image does not have",
    .check = checkUnknownUser,
    .fix = fixUnknown,
};

const Rule userNameInScratch{
    .id = "SW022",
    .name = "user-name-in-scratch",
    .severity = Severity::Error,
    .summary = "USER by name in scratch, which has no accounts",
    .check = checkScratchUser,
    .fix = fixUnknown,
};

const Rule userByName{
    .id = "SW024",
    .name = "user-by-name",
    .severity = Severity::Info,
    .summary = "The final USER is a name, which Kubernetes cannot check",
    .check = checkByName,
    .fix = fixByName,
};

const Rule runsAsRoot{
    .id = "SW025",
    .name = "runs-as-root",
    .severity = Severity::Info,
    .summary = "The container runs as root though the image has a tag that does not",
    .check = checkRoot,
    .fix = fixRoot,
};

const Rule unknownChownName{
    .id = "SW026",
    .name = "unknown-chown-name",
    .severity = Severity::Warning,
    .summary = "--chown names an account that the image does not have",
    .check = checkChown,
    .fix = fixChown,
};

const Rule linkWithNamedChown{
    .id = "SW027",
    .name = "link-with-named-chown",
    .severity = Severity::Warning,
    .summary = "COPY --link with a name in --chown",
    .check = checkLinkChown,
    .fix = fixLinkChown,
};

} // namespace stagewright::rules
