// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "lint/ShellStates.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/RuntimeCommands.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>
#include <utility>

namespace stagewright::fixes {

namespace {

/// The command text of an instruction in shell form.
std::string_view commandText(const Instruction &instruction)
{
    std::string_view text = instruction.arguments;
    if (instruction.kind == InstructionKind::Healthcheck) {
        const std::size_t blank = text.find_first_of(" \t\n");
        text = blank == std::string_view::npos ? std::string_view() : text.substr(blank);
    }
    return text;
}

/// `curl … || exit 1` says no more than curl's own exit code: every code but 0 is "unhealthy".
std::string_view withoutExitOne(std::string_view text)
{
    text = edit::detail::trimmed(text);
    for (const std::string_view tail : {"|| exit 1", "||exit 1", "|| exit 1;", "|| false"}) {
        if (text.ends_with(tail))
            return edit::detail::trimmed(text.substr(0, text.size() - tail.size()));
    }
    return text;
}

lint::ExecForm execFormOf(const Instruction &instruction)
{
    if (!instruction.heredocs.empty())
        return {{}, "it is a here-document"};
    const std::string_view text = commandText(instruction);
    return lint::readExecForm(instruction.kind == InstructionKind::Healthcheck ? withoutExitOne(text) : text);
}

/// Tools of a distribution: where there is no shell, they are missing as well.
bool isSystemTool(std::string_view program)
{
    static constexpr std::array<std::string_view, 6> folders{"/bin/",      "/sbin/",           "/usr/bin/",
                                                             "/usr/sbin/", "/usr/local/sbin/", "/busybox/"};
    return program.find('/') == std::string_view::npos
        || std::ranges::any_of(folders, [&](std::string_view folder) { return program.starts_with(folder); });
}

std::string flagsText(const Snapshot &snapshot, const Instruction &instruction)
{
    std::string text;
    for (const Flag &flag : instruction.flags)
        text += std::string(snapshot.text().slice(flag.range)) + ' ';
    return text;
}

std::string keywordAsWritten(const Instruction &instruction)
{
    return std::string(instruction.keyword);
}

/// The words of an exec-form entrypoint that CMD's words follow.
std::vector<std::string> entrypointWords(const RuleContext &context, const StageState &state)
{
    std::vector<std::string> words;
    if (state.entrypoint == InstructionId::None)
        return state.facts && state.facts->entrypoint ? *state.facts->entrypoint : words;
    const Instruction &entrypoint = context.snapshot.tree().instruction(state.entrypoint);
    if (entrypoint.execForm) {
        for (const Argument &argument : entrypoint.args)
            words.emplace_back(argument.value);
    }
    return words;
}

/// Takes away what the entrypoint says already: `node server.js` behind ["/nodejs/bin/node"] is `server.js`.
std::string dropEntrypoint(std::vector<std::string> &words, const std::vector<std::string> &entrypoint)
{
    if (entrypoint.empty() || entrypoint.size() >= words.size())
        return {};
    // python3 and /usr/bin/python3.11 are one.
    const std::string_view runtime = rules::runtimeOf(entrypoint.front());
    if (rules::fileNameOf(entrypoint.front()) != rules::fileNameOf(words.front())
        && (runtime.empty() || runtime != rules::runtimeOf(words.front())))
        return {};
    for (std::size_t i = 1; i < entrypoint.size(); ++i) {
        if (entrypoint[i] != words[i])
            return {};
    }
    words.erase(words.begin(), words.begin() + std::ptrdiff_t(entrypoint.size()));
    return entrypoint.front();
}

} // namespace

std::string whyNoExecForm(const Instruction &instruction)
{
    return execFormOf(instruction).refusal;
}

void runAsExecForm(const RuleContext &context, InstructionId run, std::vector<Fix> &out)
{
    if (isAnswered(context, out))
        return;
    const Instruction &instruction = context.snapshot.tree().instruction(run);
    const lint::ExecForm form = execFormOf(instruction);
    // Only a program that may be in the image: one that was copied, or that stands in a folder of its own.
    if (!form.refusal.empty()
        || (isSystemTool(form.words.front()) && context.states.hasProgram(run, form.words.front()) != Known::Yes))
        return;
    FixBuilder builder(context.snapshot);
    const std::string list = lint::jsonList(form.words);
    builder.rewrite(instruction, keywordAsWritten(instruction) + ' ' + flagsText(context.snapshot, instruction) + list);
    out.push_back(builder.finish("Start " + form.words.front() + " without a shell", "writes RUN " + list, "terminal",
                                 context.states.hasProgram(run, form.words.front()) == Known::Yes));
}

namespace {

/// Whether the list would only change what is wrong: npm is not there either. Behind an entrypoint the words are mere
/// arguments.
bool staysBroken(const RuleContext &context, const Instruction &start, const std::string &program)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        const bool cmd = start.kind == InstructionKind::Cmd;
        if (!state.decisive || (cmd ? state.cmd : state.entrypoint) != start.id
            || (cmd && !rules::argumentsGoTo(state).empty()))
            continue;
        // A CMD for a shell would then be the program's arguments.
        if (!cmd && state.cmdAtEnd.shellForm)
            return true;
        const bool relative = program.find('/') != std::string::npos && !program.starts_with('/');
        if (!relative && context.states.hasProgramAtEnd(stage.id, program) == Known::No)
            return true;
    }
    return false;
}

} // namespace

void startAsExecForm(const RuleContext &context, InstructionId start, std::vector<Fix> &out)
{
    if (isAnswered(context, out))
        return;
    const Instruction &instruction = context.snapshot.tree().instruction(start);
    lint::ExecForm form = execFormOf(instruction);
    if (!form.refusal.empty())
        return;
    std::string detail;
    if (instruction.kind == InstructionKind::Cmd) {
        const StageState &state = context.states.stage(context.snapshot.graph().stageOf(start));
        if (const std::string dropped = dropEntrypoint(form.words, entrypointWords(context, state)); !dropped.empty())
            detail = ", since the image's entrypoint " + dropped + " stands in front of it";
    }
    if (form.words.empty())
        return;
    // Where the image has its own program off PATH, the list needs the path: ["/nodejs/bin/node", …].
    const StageState &own = context.states.stage(context.snapshot.graph().stageOf(start));
    if (own.facts && own.facts->entrypoint && !own.facts->entrypoint->empty()
        && rules::fileNameOf(own.facts->entrypoint->front()) == form.words.front()
        && staysBroken(context, instruction, form.words.front()))
        form.words.front() = own.facts->entrypoint->front();
    if (staysBroken(context, instruction, form.words.front()))
        return;
    const std::string list = lint::jsonList(form.words);
    const std::string keyword(keywordOf(instruction.kind));
    FixBuilder builder(context.snapshot);
    builder.rewrite(instruction, keywordAsWritten(instruction) + ' ' + list);
    out.push_back(builder.finish("Write " + keyword + " in exec form", "becomes " + list + detail, "terminal", true));
}

void healthcheckAsExecForm(const RuleContext &context, InstructionId healthcheck, std::vector<Fix> &out)
{
    if (isAnswered(context, out))
        return;
    const Instruction &instruction = context.snapshot.tree().instruction(healthcheck);
    const lint::ExecForm form = execFormOf(instruction);
    const StageId stage = context.snapshot.graph().stageOf(healthcheck);
    if (!form.refusal.empty()
        || (isSystemTool(form.words.front())
            && context.states.hasProgramAtEnd(stage, form.words.front()) != Known::Yes))
        return;
    const std::string list = lint::jsonList(form.words);
    FixBuilder builder(context.snapshot);
    builder.rewrite(instruction,
                    keywordAsWritten(instruction) + ' ' + flagsText(context.snapshot, instruction)
                        + builder.keyword("CMD") + ' ' + list);
    out.push_back(builder.finish("Write HEALTHCHECK in exec form", "becomes CMD " + list, "terminal", true));
}

void ownHealthCommand(const RuleContext &context, InstructionId healthcheck, std::vector<Fix> &out)
{
    if (isAnswered(context, out))
        return;
    const Instruction &instruction = context.snapshot.tree().instruction(healthcheck);
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        const StartWords &start = state.entrypointAtEnd.words.empty() ? state.cmdAtEnd : state.entrypointAtEnd;
        // A runtime knows no such word; only a program of one's own can.
        if (state.healthcheck != healthcheck || !state.decisive || start.shellForm || start.words.empty()
            || start.setBy == InstructionId::None || !start.words.front().starts_with('/')
            || !rules::runtimeOf(start.words.front()).empty() || rules::startsItsArguments({start.words.front()}))
            continue;
        const std::string list = lint::jsonList({start.words.front(), "health"});
        FixBuilder builder(context.snapshot);
        builder.rewrite(instruction,
                        keywordAsWritten(instruction) + ' ' + flagsText(context.snapshot, instruction)
                            + builder.keyword("CMD") + ' ' + list);
        out.push_back(builder.finish("Let " + start.words.front() + " check itself",
                                     "becomes CMD " + list + "; the program has to know the word", "heart-pulse",
                                     false));
        return;
    }
}

namespace {

/// The one http address that `curl -f URL` or `wget --spider URL` asks; "" when there is more to it.
std::string probedAddress(const std::vector<std::string> &words)
{
    static constexpr std::array<std::string_view, 20> flags{
        "-f",   "-s",     "-S",       "-L",      "-q",       "-fs",  "-fsS", "-sf", "-sS",        "-fsSL",
        "-sSf", "--fail", "--silent", "--quiet", "--spider", "-qO-", "-nv",  "-O-", "--location", "--show-error"};
    const std::string program = words.empty() ? std::string() : rules::fileNameOf(words.front());
    if (program != "curl" && program != "wget")
        return {};
    std::string address;
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string &word = words[i];
        const bool output = (word == "-o" || word == "-O" || word == "--output") && i + 1 < words.size();
        if (output)
            ++i;
        else if (word.starts_with('-') && std::ranges::find(flags, word) == flags.end())
            return {};
        else if (!word.starts_with('-') && !std::exchange(address, word).empty())
            return {};
    }
    // BusyBox needs a helper for https, and does not know a bare host's port by itself.
    const bool plain = address.starts_with("http://")
        || (address.find("://") == std::string::npos && address.find_first_of(":/") != std::string::npos);
    return plain ? address : std::string();
}

/// The words of a check that needs no shell to be read: exec form, or shell form of one command.
std::vector<std::string> checkWords(const Instruction &instruction)
{
    if (instruction.isShellForm())
        return execFormOf(instruction).words;
    std::vector<std::string> words;
    for (std::size_t i = 1; i < instruction.args.size(); ++i)
        words.emplace_back(instruction.args[i].value);
    return words;
}

} // namespace

void staticProbe(const RuleContext &context, InstructionId healthcheck, std::vector<Fix> &out)
{
    if (isAnswered(context, out))
        return;
    const Instruction &instruction = context.snapshot.tree().instruction(healthcheck);
    const std::string address = probedAddress(checkWords(instruction));
    const StageId stage = context.snapshot.graph().stageOf(healthcheck);
    // The musl build is static and runs wherever its processor does; `wget` is one of its names.
    const auto busybox = context.catalog.lookup("busybox:musl");
    if (address.empty() || stage == StageId::None || !busybox || busybox->libc != "musl"
        || context.states.stage(stage).rootReference.find("windows") != std::string::npos)
        return;
    const std::string list = lint::jsonList({"/bin/wget", "-q", "-O", "/dev/null", address});
    const std::string line
        = edit::detail::keyword(context.snapshot, "COPY") + " --from=busybox:musl /bin/wget /bin/wget";
    FixBuilder builder(context.snapshot);
    builder.rewrite(instruction,
                    line + '\n' + keywordAsWritten(instruction) + ' ' + flagsText(context.snapshot, instruction)
                        + builder.keyword("CMD") + ' ' + list);
    out.push_back(builder.finish("Copy a static wget for it", "adds " + line, "heart-pulse", false));
}

void noHealthcheck(const RuleContext &context, InstructionId healthcheck, std::vector<Fix> &out)
{
    if (isAnswered(context, out))
        return;
    const Instruction &instruction = context.snapshot.tree().instruction(healthcheck);
    FixBuilder builder(context.snapshot);
    builder.rewrite(instruction, keywordAsWritten(instruction) + ' ' + builder.keyword("NONE"));
    out.push_back(builder.finish("Turn the health check off", "writes HEALTHCHECK NONE", "x", false));
}

} // namespace stagewright::fixes
