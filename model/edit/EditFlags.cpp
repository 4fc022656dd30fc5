// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/EditSupport.h"

#include <algorithm>
#include <array>

namespace stagewright::edit {

namespace detail {

namespace {

/// Where a new flag goes: behind the last flag, else behind the keyword.
Offset behindFlags(const Instruction &instruction)
{
    return instruction.flags.empty() ? instruction.keywordRange.end : instruction.flags.back().range.end;
}

bool endsInContinuation(const Snapshot &snapshot, std::string_view lineRest)
{
    const std::string_view rest = trimmed(lineRest);
    return rest.size() == 1 && rest.front() == snapshot.tree().escapeCharacter();
}

} // namespace

void writeFlag(EditTransaction &transaction, const Snapshot &snapshot, const Instruction &instruction,
               std::string_view name, std::optional<std::string_view> value, bool bare)
{
    const auto found = std::ranges::find(instruction.flags, name, &Flag::name);
    if (!value) {
        for (const Flag &flag : instruction.flags) {
            if (flag.name == name)
                removeWord(transaction, snapshot, instruction, flag.range);
        }
        return;
    }
    const bool withValue = !(bare && value->empty());
    const std::string written = withValue ? '=' + flagValue(*value) : std::string();
    if (found == instruction.flags.end()) {
        transaction.insert(behindFlags(instruction), " --" + std::string(name) + written);
        return;
    }
    if (found->hasValue == withValue && found->value == *value)
        return;
    if (found->hasValue && withValue) {
        transaction.replace(found->valueRange, flagValue(*value));
        return;
    }
    const Offset nameEnd = found->range.begin + 2 + static_cast<Offset>(name.size());
    transaction.replace({nameEnd, found->range.end}, written);
}

void removeWord(EditTransaction &transaction, const Snapshot &snapshot, const Instruction &instruction, TextRange word)
{
    const SourceText &text = snapshot.text();
    const std::string_view bytes = text.bytes();
    const std::uint32_t number = text.lineAt(word.begin);
    const TextRange line = text.line(number);
    const bool oneLine = word.end <= line.end;
    const std::string_view before = text.slice({line.begin, word.begin});
    const std::string_view after = oneLine ? text.slice({word.end, line.end}) : std::string_view();
    if (oneLine && number > instruction.firstLine && isBlankText(before) && endsInContinuation(snapshot, after)) {
        transaction.remove(text.lineWithEnding(number));
        return;
    }
    TextRange range = word;
    if (isBlankText(before)) { // First on its line: the indentation stays for what follows.
        while (range.end < line.end && isBlankChar(bytes[range.end]))
            ++range.end;
    } else {
        while (isBlankChar(bytes[range.begin - 1]))
            --range.begin;
    }
    transaction.remove(range);
}

} // namespace detail

using namespace detail;

namespace {

struct FlagNames
{
    InstructionKind kind;
    std::array<std::string_view, 8> names;
};

/// BuildKit's flags; those of the labs channel too.
constexpr std::array Known = {
    FlagNames{InstructionKind::From, {"platform"}},
    FlagNames{InstructionKind::Add, {"keep-git-dir", "checksum", "chown", "chmod", "link", "exclude", "unpack"}},
    FlagNames{InstructionKind::Copy, {"from", "chown", "chmod", "link", "parents", "exclude"}},
    FlagNames{InstructionKind::Run, {"mount", "network", "security", "device"}},
    FlagNames{InstructionKind::Healthcheck, {"interval", "timeout", "start-period", "start-interval", "retries"}},
};

/// Flags that may stand several times.
bool isRepeatable(std::string_view name)
{
    return name == "mount" || name == "exclude" || name == "device";
}

std::optional<EditError> whyNotFlag(const Instruction &instruction, std::string_view name)
{
    const std::string word(keywordOf(instruction.kind));
    const auto known = std::ranges::find(Known, instruction.kind, &FlagNames::kind);
    if (known == Known.end())
        return EditError{(word.empty() ? std::string("This instruction") : word) + " takes no flags."};
    if (name.empty() || !std::ranges::contains(known->names, name))
        return EditError{word + " has no flag --" + std::string(name) + "."};
    return std::nullopt;
}

} // namespace

Result setFlag(const Snapshot &s, InstructionId id, std::string_view name, std::optional<std::string_view> value,
               bool bare)
{
    if (!isValid(s, id))
        return refuse("This instruction is not there any more.");
    const Instruction &instruction = effective(s.tree().instruction(id));
    const auto present = std::ranges::count(instruction.flags, name, &Flag::name);
    EditTransaction transaction;
    if (!value) {
        transaction.setLabel("Remove --" + std::string(name));
    } else {
        if (auto why = whyNotFlag(instruction, name))
            return refuse(why->message);
        if (value->contains('\n') || value->contains('\0'))
            return refuse("A flag's value is one line.");
        if (present > 1)
            return refuse(isRepeatable(name) ? "There are several --" + std::string(name)
                                  + " flags here; change the one you mean in the text."
                                             : "--" + std::string(name) + " is given more than once.");
        transaction.setLabel("Set --" + std::string(name));
    }
    writeFlag(transaction, s, instruction, name, value, bare);
    return checked(s, std::move(transaction), {.instructions = s.tree().instructions().size()});
}

Result setPlatform(const Snapshot &s, StageId stage, std::string_view platform)
{
    if (!isValid(s, stage))
        return refuse("This stage is not there any more.");
    platform = trimmed(platform);
    if (std::ranges::any_of(platform, [](char c) { return isBlankChar(c) || c == '\n'; }))
        return refuse("A platform is one word, such as linux/arm64.");
    auto result = setFlag(s, s.graph().stage(stage).from, "platform",
                          platform.empty() ? std::nullopt : std::optional(platform));
    if (result)
        result->setLabel(platform.empty() ? "Remove the platform of " + describe(s, stage)
                                          : "Set the platform of " + describe(s, stage));
    return result;
}

} // namespace stagewright::edit
