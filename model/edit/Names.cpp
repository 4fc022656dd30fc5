// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/EditSupport.h"

#include <algorithm>

namespace stagewright::edit {

using namespace detail;

namespace {

bool isLetter(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isNameChar(char c)
{
    return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

bool isReserved(std::string_view name)
{
    return name == "scratch" || name == "context";
}

bool isTaken(const Snapshot &s, std::string_view name, StageId except)
{
    return std::ranges::any_of(s.graph().stages(),
                               [&](const Stage &stage) { return stage.name == name && stage.id != except; });
}

/// The line of a reference that means the image @p name now and would mean the stage then, or 0.
std::uint32_t imageUse(const Snapshot &s, std::string_view name, StageId except)
{
    for (const StageReference &reference : s.graph().references()) {
        if (reference.kind == ReferenceKind::Image && equalsIgnoringCase(reference.written, name))
            return s.tree().instruction(reference.instruction).firstLine;
    }
    for (const Stage &stage : s.graph().stages()) {
        if (stage.id > except && stage.base.kind == BaseKind::Image && stage.base.resolved == name)
            return stage.firstLine;
    }
    return 0;
}

} // namespace

std::optional<EditError> whyNotStageName(const Snapshot &s, std::string_view name, StageId except)
{
    if (name.empty())
        return EditError{"A stage name has at least one character."};
    const std::string quoted = '\'' + std::string(name) + '\'';
    if (!isLetter(name.front()) || !std::ranges::all_of(name, isNameChar)) {
        const std::string lower = lowered(name);
        if (isLetter(lower.front()) && std::ranges::all_of(lower, isNameChar))
            return EditError{"Stage names are written in lower case: '" + lower + "'."};
        return EditError{"Invalid stage name " + quoted
                         + ": it starts with a letter and holds only a-z, 0-9, '-', '_' and '.'."};
    }
    if (isReserved(name))
        return EditError{"The name " + quoted + " is reserved."};
    if (isTaken(s, name, except))
        return EditError{"There is already a stage " + quoted + '.'};
    if (s.options().namedContexts.contains(std::string(name)))
        return EditError{"A named build context " + quoted + " would stand in for this stage."};
    // A new stage's place is not known here: only what holds anywhere in the file is looked at.
    const StageId from
        = except == StageId::None ? StageId{static_cast<std::int32_t>(s.graph().stages().size())} : except;
    if (const std::uint32_t line = imageUse(s, name, from))
        return EditError{"Line " + std::to_string(line) + " uses the image " + quoted
                         + ", and would then mean this stage."};
    return std::nullopt;
}

std::string freeStageName(const Snapshot &s, std::string_view wish)
{
    std::string name;
    for (const char c : lowered(wish)) {
        if (name.empty() && !isLetter(c))
            continue;
        if (isNameChar(c))
            name += c;
        else if (!name.ends_with('-'))
            name += '-';
    }
    while (!name.empty() && !isLetter(name.back()) && !(name.back() >= '0' && name.back() <= '9'))
        name.pop_back();
    if (name.empty())
        name = "stage";
    const auto isFree = [&](std::string_view candidate) {
        return !isReserved(candidate) && !isTaken(s, candidate, StageId::None)
            && !s.options().namedContexts.contains(std::string(candidate))
            && imageUse(s, candidate, StageId::None) == 0;
    };
    if (isFree(name))
        return name;
    for (std::size_t number = 2;; ++number) {
        if (std::string candidate = name + '-' + std::to_string(number); isFree(candidate))
            return candidate;
    }
}

} // namespace stagewright::edit
