// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/EditSupport.h"

#include <algorithm>

namespace stagewright::edit {

using namespace detail;

namespace {

bool isVariableChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Names of the variables that @p text expands.
std::vector<std::string> variablesIn(std::string_view text)
{
    std::vector<std::string> names;
    for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at)) {
        at += at + 1 < text.size() && text[at + 1] == '{' ? 2 : 1;
        std::size_t end = at;
        while (end < text.size() && isVariableChar(text[end]))
            ++end;
        if (end > at)
            names.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return names;
}

std::string lineOf(const Snapshot &s, InstructionId instruction)
{
    return "line " + std::to_string(s.tree().instruction(instruction).firstLine);
}

/// Follows a name that a FROM takes from a global ARG, when nothing else depends on that ARG.
class ArgumentRename
{
public:
    ArgumentRename(const Snapshot &s, const Stage &stage)
        : m_snapshot(s)
        , m_stage(stage)
    {
    }

    /// Adds the edits for `FROM …$VARIABLE…` of @p user, or says why it cannot be followed.
    std::optional<std::string> follow(const Stage &user, std::string_view newName, EditTransaction &transaction)
    {
        const std::vector<std::string> names = variablesIn(user.base.written);
        const std::string place = "FROM on " + lineOf(m_snapshot, user.from);
        if (names.size() != 1)
            return place + " puts this name together from variables; change it there first.";
        const std::string &name = names.front();
        if (m_snapshot.options().buildArgs.contains(name))
            return place + " gets this name from the build argument " + name + '.';
        const auto value = defaultOf(name);
        if (!value)
            return followLiteral(user, newName, transaction, place);
        const std::string_view literal = unquoted(m_snapshot.text().slice(*value));
        if (!equalsIgnoringCase(literal, m_stage.name))
            return place + " gets this name through ARG " + name + "; change it there first.";
        if (auto other = otherUse(name))
            return "ARG " + name + " names this stage, and " + *other + " uses it too; change it there first.";
        if (!transaction.touches(*value))
            replaceLiteral(transaction, m_snapshot.text(), *value, literal, newName);
        return std::nullopt;
    }

private:
    std::optional<std::string> followLiteral(const Stage &user, std::string_view newName, EditTransaction &transaction,
                                             const std::string &place) const
    {
        const std::size_t fallback = user.base.written.find(":-" + m_stage.name + '}');
        if (fallback == std::string_view::npos)
            return place + " takes this name from a variable; change it there first.";
        const Offset at = user.base.range.begin + static_cast<Offset>(fallback) + 2;
        const TextRange range{at, at + static_cast<Offset>(m_stage.name.size())};
        if (m_snapshot.text().slice(range) != m_stage.name)
            return place + " takes this name from a variable; change it there first.";
        transaction.replace(range, std::string(newName));
        return std::nullopt;
    }

    static std::string_view unquoted(std::string_view text)
    {
        if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
            return text.substr(1, text.size() - 2);
        return text;
    }

    /// Where the global ARG's default stands: the last declaration that has one.
    std::optional<TextRange> defaultOf(std::string_view name) const
    {
        std::optional<TextRange> result;
        for (const Instruction &instruction : m_snapshot.tree().instructions()) {
            if (instruction.kind == InstructionKind::From)
                break;
            for (const Argument &argument : instruction.args) {
                const std::size_t equals = m_snapshot.text().slice(argument.range).find('=');
                if (argument.key != name || !argument.hasAssigned || equals == std::string_view::npos)
                    continue;
                result = TextRange{argument.range.begin + static_cast<Offset>(equals) + 1, argument.range.end};
            }
        }
        return result;
    }

    /// What else looks at the ARG: another FROM, another ARG, a stage that takes it over.
    std::optional<std::string> otherUse(const std::string &name) const
    {
        const auto uses = [&](std::string_view text) { return std::ranges::contains(variablesIn(text), name); };
        for (const Stage &stage : m_snapshot.graph().stages()) {
            const Instruction &from = m_snapshot.tree().instruction(stage.from);
            const bool means = stage.base.kind == BaseKind::Stage && stage.base.stage == m_stage.id;
            if ((uses(stage.base.written) && !means)
                || std::ranges::any_of(from.flags, [&](const Flag &flag) { return uses(flag.value); }))
                return lineOf(m_snapshot, stage.from);
        }
        for (const Instruction &instruction : m_snapshot.tree().instructions()) {
            const Instruction &inner = effective(instruction);
            if (inner.kind != InstructionKind::Arg)
                continue;
            const bool global = m_snapshot.graph().stageOf(instruction.id) == StageId::None;
            for (const Argument &argument : inner.args) {
                const bool takenOver = !global && argument.key == name;
                if (takenOver || (global && uses(argument.assigned)))
                    return lineOf(m_snapshot, instruction.id);
            }
        }
        return std::nullopt;
    }

    const Snapshot &m_snapshot;
    const Stage &m_stage;
};

/// " AS name" behind the base, in the casing of the FROM.
void addName(EditTransaction &transaction, const Snapshot &s, const Stage &stage, std::string_view name)
{
    const Instruction &from = s.tree().instruction(stage.from);
    const bool lower = from.keyword == lowered(from.keyword);
    transaction.insert(stage.base.range.end, (lower ? " as " : " AS ") + std::string(name));
}

Result takeNameAway(const Snapshot &s, const Stage &stage)
{
    for (const Stage &user : s.graph().stages()) {
        if (user.base.kind == BaseKind::Stage && user.base.stage == stage.id)
            return refuse("FROM on " + lineOf(s, user.from) + " needs the name '" + stage.displayName + "'.");
    }
    EditTransaction transaction("Remove the name of " + describe(s, stage.id));
    const TextRange range{stage.base.range.end, stage.nameRange.end};
    if (s.text().slice(range).contains('#'))
        return refuse("A comment stands between the image and the name.");
    transaction.remove(range);
    for (const FromUse &use : fromUses(s)) {
        if (use.stage != stage.id || stageNumber(use.written))
            continue;
        if (use.mount)
            return refuse("The mount on " + lineOf(s, use.instruction) + " needs the name '" + stage.displayName
                          + "'.");
        replaceLiteral(transaction, s.text(), use.range, use.written, std::to_string(indexOf(stage.id)));
    }
    Shape shape = shapeOf(s.graph());
    shape.stages[indexOf(stage.id)].name.clear();
    return checked(s, std::move(transaction),
                   {.instructions = s.tree().instructions().size(), .shape = std::move(shape)});
}

} // namespace

Result renameStage(const Snapshot &s, StageId id, std::string_view newName)
{
    if (!isValid(s, id))
        return refuse("This stage is not there any more.");
    const Stage &stage = s.graph().stage(id);
    newName = trimmed(newName);
    if (s.text().slice(stage.nameRange) == newName)
        return EditTransaction("Rename stage");
    if (newName.empty())
        return takeNameAway(s, stage);
    if (stage.base.range.isEmpty())
        return refuse("FROM on " + lineOf(s, stage.from) + " names no image yet.");
    if (auto why = whyNotStageName(s, newName, id))
        return std::unexpected(*std::move(why));

    EditTransaction transaction;
    if (stage.nameRange.isEmpty()) {
        transaction.setLabel("Name a stage " + std::string(newName));
        addName(transaction, s, stage, newName);
    } else {
        transaction.setLabel("Rename stage " + stage.displayName + " to " + std::string(newName));
        transaction.replace(stage.nameRange, std::string(newName));
        ArgumentRename arguments(s, stage);
        for (const Stage &user : s.graph().stages()) {
            if (user.base.kind != BaseKind::Stage || user.base.stage != id)
                continue;
            if (!user.base.written.contains('$'))
                replaceLiteral(transaction, s.text(), user.base.range, user.base.written, newName);
            else if (auto why = arguments.follow(user, newName, transaction))
                return refuse(*std::move(why));
        }
        for (const FromUse &use : fromUses(s)) {
            if (use.stage == id && (use.mount || !stageNumber(use.written)))
                replaceLiteral(transaction, s.text(), use.range, use.written, newName);
        }
    }
    Shape shape = shapeOf(s.graph());
    shape.stages[indexOf(id)].name = newName;
    return checked(s, std::move(transaction),
                   {.instructions = s.tree().instructions().size(), .shape = std::move(shape)});
}

} // namespace stagewright::edit
