// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "syntax/InstructionCheck.h"

#include "syntax/Characters.h"
#include "syntax/FlagValues.h"
#include "syntax/GoText.h"
#include "syntax/ShellWords.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

namespace stagewright {

namespace {

enum class FlagType : std::uint8_t { Boolean, Text, Texts };

struct KnownFlag
{
    std::string_view name;
    FlagType type = FlagType::Text;
};

// Sorted by name: of equally near names the first is suggested.
constexpr std::array<KnownFlag, 7> AddFlags{{
    {"checksum", FlagType::Text},
    {"chmod", FlagType::Text},
    {"chown", FlagType::Text},
    {"exclude", FlagType::Texts},
    {"keep-git-dir", FlagType::Boolean},
    {"link", FlagType::Boolean},
    {"unpack", FlagType::Boolean},
}};
constexpr std::array<KnownFlag, 6> CopyFlags{{
    {"chmod", FlagType::Text},
    {"chown", FlagType::Text},
    {"exclude", FlagType::Texts},
    {"from", FlagType::Text},
    {"link", FlagType::Boolean},
    {"parents", FlagType::Boolean},
}};
constexpr std::array<KnownFlag, 1> FromFlags{{{"platform", FlagType::Text}}};
constexpr std::array<KnownFlag, 5> HealthcheckFlags{{
    {"interval", FlagType::Text},
    {"retries", FlagType::Text},
    {"start-interval", FlagType::Text},
    {"start-period", FlagType::Text},
    {"timeout", FlagType::Text},
}};
constexpr std::array<KnownFlag, 4> RunFlags{{
    {"device", FlagType::Texts},
    {"mount", FlagType::Texts},
    {"network", FlagType::Text},
    {"security", FlagType::Text},
}};

std::span<const KnownFlag> knownFlags(InstructionKind kind)
{
    switch (kind) {
    case InstructionKind::Add: return AddFlags;
    case InstructionKind::Copy: return CopyFlags;
    case InstructionKind::From: return FromFlags;
    case InstructionKind::Healthcheck: return HealthcheckFlags;
    case InstructionKind::Run: return RunFlags;
    default: return {};
    }
}

bool isStageName(std::string_view name)
{
    const std::string lower = gotext::toLower(name);
    return !lower.empty() && lower.front() >= 'a' && lower.front() <= 'z' && std::ranges::all_of(lower, [](char c) {
        return (c >= 'a' && c <= 'z') || chars::isDigit(c) || c == '-' || c == '_' || c == '.';
    });
}

/// The value that counts: of a repeated flag that may stand once only, there is no second.
const Flag *lastFlag(const Instruction &instruction, std::string_view name)
{
    const auto flags = instruction.flags;
    const auto found = std::find_if(flags.rbegin(), flags.rend(), [&](const Flag &flag) { return flag.name == name; });
    return found == flags.rend() ? nullptr : &*found;
}

/// Checks one instruction in the order in which BuildKit does; the first problem is the answer.
class Checker
{
public:
    explicit Checker(const Instruction &instruction)
        : m_instruction(instruction)
        , m_range(instruction.keywordRange)
    {
    }

    [[nodiscard]] bool run();
    [[nodiscard]] std::string takeMessage() { return std::move(m_message); }
    [[nodiscard]] TextRange range() const { return m_range; }

private:
    bool fail(std::string message, TextRange range);
    bool failAtArguments(std::string_view what);
    bool exactlyOne();
    bool atLeastOne();
    bool flags();
    bool flagValue(const Flag &flag, const KnownFlag &known);
    bool unknown();
    bool from();
    bool copy();
    bool pairs();
    bool arg();
    bool runFlags();
    bool onbuild();
    bool volume();
    bool shell();
    bool healthcheck();
    bool healthcheckNumbers();

    const Instruction &m_instruction;
    std::string m_message;
    TextRange m_range;
};

bool Checker::fail(std::string message, TextRange range)
{
    m_message = std::move(message);
    m_range = range.isEmpty() ? m_instruction.keywordRange : range;
    return false;
}

/// "KEYWORD what", at the arguments (or the keyword, if there are none).
bool Checker::failAtArguments(std::string_view what)
{
    std::string message(keywordOf(m_instruction.kind));
    return fail(message.append(" ").append(what), m_instruction.argumentsRange);
}

bool Checker::exactlyOne()
{
    return m_instruction.args.size() == 1 || failAtArguments("requires exactly one argument");
}

bool Checker::atLeastOne()
{
    return !m_instruction.args.empty() || failAtArguments("requires at least one argument");
}

bool Checker::flagValue(const Flag &flag, const KnownFlag &known)
{
    const std::string name = "--" + std::string(flag.name);
    const bool isMissing = known.type == FlagType::Boolean ? flag.hasValue && flag.value.empty() : !flag.hasValue;
    if (isMissing)
        return fail("missing a value on flag: " + name, flag.range);
    if (known.type == FlagType::Boolean && !flag.value.empty() && !chars::equalsIgnoringCase(flag.value, "true")
        && !chars::equalsIgnoringCase(flag.value, "false"))
        return fail("expecting boolean value for flag " + name + ", not: " + std::string(flag.value), flag.valueRange);
    return true;
}

bool Checker::flags()
{
    const std::span<const KnownFlag> known = knownFlags(m_instruction.kind);
    std::array<bool, AddFlags.size()> used{};
    for (const Flag &flag : m_instruction.flags) {
        const auto found = std::ranges::find(known, flag.name, &KnownFlag::name);
        if (found == known.end()) {
            std::vector<std::string_view> names;
            std::ranges::transform(known, std::back_inserter(names), &KnownFlag::name);
            return fail("unknown flag: --" + std::string(flag.name) + gotext::suggestion(flag.name, names, true),
                        flag.range);
        }
        bool &isUsed = used[static_cast<std::size_t>(found - known.begin())];
        if (isUsed && found->type != FlagType::Texts)
            return fail("duplicate flag specified: --" + std::string(flag.name), flag.range);
        isUsed = true;
        if (!flagValue(flag, *found))
            return false;
    }
    return true;
}

bool Checker::unknown()
{
    std::vector<std::string_view> names;
    for (int kind = 1; kind <= static_cast<int>(InstructionKind::Workdir); ++kind)
        names.push_back(keywordOf(static_cast<InstructionKind>(kind)));
    const std::string_view keyword = m_instruction.keyword;
    return fail("unknown instruction: " + std::string(keyword) + gotext::suggestion(keyword, names, false),
                m_instruction.keywordRange);
}

bool Checker::from()
{
    const auto args = m_instruction.args;
    if (args.size() == 3 && chars::equalsIgnoringCase(args[1].value, "as")) {
        if (!isStageName(args[2].value))
            return fail("invalid name for build stage: " + gotext::quote(args[2].value)
                            + ", name can't start with a number or contain symbols",
                        args[2].range);
    } else if (args.size() != 1) {
        return failAtArguments("requires either one or three arguments");
    }
    return flags();
}

bool Checker::copy()
{
    if (m_instruction.args.size() < 2)
        return failAtArguments("requires at least two arguments, but only one was provided. Destination could not be "
                               "determined");
    if (!flags())
        return false;
    const Argument &destination = m_instruction.args.back();
    if (parseHeredocWord(destination.value).found)
        return fail(std::string(keywordOf(m_instruction.kind)) + " cannot accept a heredoc as a destination",
                    destination.range);
    return true;
}

bool Checker::pairs()
{
    if (!flags() || !atLeastOne())
        return false;
    const auto blank = std::ranges::find_if(m_instruction.args, [](const Argument &pair) { return pair.key.empty(); });
    return blank == m_instruction.args.end()
        || fail(std::string(keywordOf(m_instruction.kind)) + " names can not be blank", blank->range);
}

/// BuildKit does not look at the flags of an ARG.
bool Checker::arg()
{
    if (!atLeastOne())
        return false;
    const auto blank = std::ranges::find_if(m_instruction.args,
                                            [](const Argument &pair) { return pair.hasAssigned && pair.key.empty(); });
    return blank == m_instruction.args.end() || fail("ARG names can not be blank", blank->range);
}

bool Checker::runFlags()
{
    if (!flags())
        return false;
    for (const std::string_view name : {"device", "mount"}) {
        for (const Flag &flag : m_instruction.flags) {
            if (flag.name != name)
                continue;
            std::string problem
                = name == "mount" ? flagvalues::mountProblem(flag.value) : flagvalues::deviceProblem(flag.value);
            if (!problem.empty())
                return fail(std::move(problem), flag.valueRange.isEmpty() ? flag.range : flag.valueRange);
        }
    }
    if (const Flag *network = lastFlag(m_instruction, "network");
        network && network->value != "default" && network->value != "none" && network->value != "host")
        return fail("invalid network mode " + gotext::quote(network->value), network->range);
    if (const Flag *security = lastFlag(m_instruction, "security");
        security && security->value != "insecure" && security->value != "sandbox")
        return fail("security " + gotext::quote(security->value) + " is not valid", security->range);
    return true;
}

bool Checker::onbuild()
{
    const Instruction *inner = m_instruction.inner;
    if (inner == nullptr)
        return failAtArguments("requires at least one argument");
    if (!flags())
        return false;
    switch (inner->kind) {
    case InstructionKind::Onbuild:
        return fail("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed", inner->keywordRange);
    case InstructionKind::Maintainer:
    case InstructionKind::From:
        return fail(std::string(keywordOf(inner->kind)) + " isn't allowed as an ONBUILD trigger", inner->keywordRange);
    default: return true;
    }
}

bool Checker::volume()
{
    if (!atLeastOne() || !flags())
        return false;
    const auto blank = std::ranges::find_if(m_instruction.args,
                                            [](const Argument &path) { return chars::trimmed(path.value).empty(); });
    return blank == m_instruction.args.end() || fail("VOLUME specified can not be an empty string", blank->range);
}

bool Checker::shell()
{
    if (!flags() || !atLeastOne())
        return false;
    return m_instruction.execForm || failAtArguments("requires the arguments to be in JSON form");
}

bool Checker::healthcheck()
{
    if (!atLeastOne())
        return false;
    const auto args = m_instruction.args;
    const std::string type = gotext::toUpper(args.front().value);
    if (type == "NONE")
        return args.size() == 1 || fail("HEALTHCHECK NONE takes no arguments", args[1].range);
    if (!flags())
        return false;
    if (type != "CMD")
        return fail("Unknown type " + gotext::quote(type) + " in HEALTHCHECK (try CMD)", args.front().range);
    if (args.size() < 2)
        return fail("Missing command after HEALTHCHECK CMD", args.front().range);
    return healthcheckNumbers();
}

bool Checker::healthcheckNumbers()
{
    for (const std::string_view name : {"interval", "timeout", "start-period", "start-interval"}) {
        const Flag *flag = lastFlag(m_instruction, name);
        if (flag == nullptr || flag->value.empty())
            continue;
        flagvalues::Duration duration = flagvalues::parseDuration(flag->value);
        if (!duration.error.empty())
            return fail(std::move(duration.error), flag->valueRange);
        constexpr std::int64_t Millisecond = 1'000'000;
        if (duration.nanoseconds != 0 && duration.nanoseconds < Millisecond)
            return fail("Interval " + gotext::quote(name) + " cannot be less than 1ms", flag->valueRange);
    }
    const Flag *retries = lastFlag(m_instruction, "retries");
    if (retries == nullptr || retries->value.empty())
        return true;
    flagvalues::Integer number = flagvalues::parseInt32(retries->value);
    if (!number.error.empty())
        return fail(std::move(number.error), retries->valueRange);
    if (number.value < 0)
        return fail("--retries cannot be negative (" + std::to_string(number.value) + ")", retries->valueRange);
    return true;
}

bool Checker::run()
{
    using enum InstructionKind;
    switch (m_instruction.kind) {
    case Unknown: return unknown();
    case Add:
    case Copy: return copy();
    case Arg: return arg();
    case Cmd:
    case Entrypoint: return flags();
    case Env:
    case Label: return pairs();
    case Expose: return atLeastOne() && flags();
    case From: return from();
    case Healthcheck: return healthcheck();
    case Maintainer:
    case User:
    case Workdir: return exactlyOne() && flags();
    case Onbuild: return onbuild();
    case Run: return runFlags();
    case Shell: return shell();
    case Stopsignal: return exactlyOne(); // its flags are not looked at either
    case Volume: return volume();
    }
    return true;
}

} // namespace

std::string instructionError(const Instruction &instruction, TextRange *range)
{
    Checker checker(instruction);
    if (checker.run())
        return {};
    if (range != nullptr)
        *range = checker.range();
    return checker.takeMessage();
}

std::vector<InstructionError> instructionErrors(const SyntaxTree &tree)
{
    std::vector<InstructionError> all;
    std::vector<std::uint32_t> broken;
    for (const SyntaxError &error : tree.errors())
        broken.push_back(error.firstLine);
    std::ranges::sort(broken);
    bool hasStage = false;
    bool saidSo = false;
    for (const Instruction &instruction : tree.instructions()) {
        const std::uint32_t first = instruction.firstLine;
        hasStage = hasStage || instruction.kind == InstructionKind::From;
        if (std::ranges::binary_search(broken, first))
            continue; // what the parser says is enough
        TextRange range;
        std::string message = instructionError(instruction, &range);
        if (!message.empty()) {
            all.push_back({"dockerfile parse error on line " + std::to_string(first) + ": " + std::move(message), range,
                           first, instruction.lastLine, instruction.id});
        } else if (!hasStage && !saidSo && instruction.kind != InstructionKind::Arg) {
            // Once is enough: what is missing is one FROM.
            saidSo = true;
            all.push_back({"no build stage in current context", instruction.keywordRange, first, instruction.lastLine,
                           instruction.id});
        }
    }
    return all;
}

} // namespace stagewright
