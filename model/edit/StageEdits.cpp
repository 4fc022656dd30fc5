// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/EditSupport.h"

#include <algorithm>

namespace stagewright::edit {

using namespace detail;

namespace {

std::string newlines(const Snapshot &s, std::size_t count)
{
    std::string result;
    for (; count > 0; --count)
        result += s.text().newline();
    return result;
}

std::vector<std::int32_t> sameNumbers(const Snapshot &s)
{
    std::vector<std::int32_t> numbers(s.graph().stages().size());
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = static_cast<std::int32_t>(i);
    return numbers;
}

/// Rewrites every numeric --from whose stage gets another number; what @p edits takes away stays away.
void shiftNumbers(EditTransaction &edits, const Snapshot &s, const std::vector<std::int32_t> &newNumbers)
{
    for (const FromUse &use : fromUses(s)) {
        const auto number = use.mount ? std::nullopt : stageNumber(use.written);
        if (!number || use.stage == StageId::None || *number != indexOf(use.stage) || edits.touches(use.range))
            continue;
        const std::int32_t now = newNumbers[*number];
        if (now >= 0 && static_cast<std::size_t>(now) != *number)
            replaceLiteral(edits, s.text(), use.range, use.written, std::to_string(now));
    }
}

/// The stage's text, LF; count is the number of its instructions.
std::expected<Fragment, EditError> stageText(const Snapshot &s, const NewStage &stage)
{
    const std::string_view base = trimmed(stage.base);
    if (base.empty() || std::ranges::any_of(base, [](char c) { return isBlankChar(c) || c == '\n'; }))
        return refuse("A stage needs one image or stage to start from.");
    Fragment result{.text = {}, .count = 1, .hasFrom = true};
    if (!stage.comment.empty()) {
        const std::string comment = normalised(stage.comment) + '\n';
        for (std::size_t begin = 0; begin < comment.size();) {
            const std::size_t end = comment.find('\n', begin);
            const std::string line = comment.substr(begin, end - begin);
            result.text += isBlankText(line) ? "#\n" : "# " + line + '\n';
            begin = end + 1;
        }
    }
    result.text += keyword(s, "FROM") + ' ' + std::string(base);
    if (!stage.name.empty())
        result.text += ' ' + keyword(s, "AS") + ' ' + stage.name;
    for (const std::string &instruction : stage.instructions) {
        auto part = fragment(s, instruction, true);
        if (!part)
            return std::unexpected(std::move(part.error()));
        if (part->hasFrom)
            return refuse("FROM starts another stage.");
        result.text += '\n' + part->text;
        result.count += part->count;
    }
    return result;
}

/// Where a stage with index @p index goes, and the blank lines before and behind it.
struct Slot
{
    std::uint32_t line = 1;
    std::size_t blanksBefore = 0;
    std::size_t blanksBehind = 0;
};

Slot slotFor(const Snapshot &s, std::size_t index)
{
    const Lines lines(s);
    const auto stages = s.graph().stages();
    if (index < stages.size())
        return {lines.stageWithHeading(stages[index].id).first, 0, lines.blanksBetweenStages()};
    if (!stages.empty())
        return {lines.stage(stages.back().id).last + 1, lines.blanksBetweenStages(), 0};
    const std::uint32_t last = lines.count();
    const bool heading = last > 0 && !lines.isBlank(last) && !s.tree().instructionAtLine(last);
    return {last + 1, heading ? 1u : 0u, 0};
}

void insertStage(EditTransaction &transaction, const Snapshot &s, const Slot &slot, const std::string &lines)
{
    insertLines(transaction, s, slot.line, newlines(s, slot.blanksBefore) + lines + newlines(s, slot.blanksBehind));
}

/// The shape with one more stage at @p index.
Shape withStageAt(const Snapshot &s, std::size_t index, std::vector<std::int32_t> &newNumbers)
{
    newNumbers = sameNumbers(s);
    for (std::int32_t &number : newNumbers)
        number += static_cast<std::size_t>(number) >= index ? 1 : 0;
    Shape shape = shapeOf(s.graph());
    renumber(shape, newNumbers);
    shape.stages.insert(shape.stages.begin() + static_cast<std::ptrdiff_t>(index), Shape::StageShape{});
    return shape;
}

} // namespace

Result addStage(const Snapshot &s, const NewStage &stage, std::optional<std::size_t> atIndex)
{
    if (!stage.name.empty()) {
        if (auto why = whyNotStageName(s, stage.name))
            return std::unexpected(*std::move(why));
    }
    auto text = stageText(s, stage);
    if (!text)
        return std::unexpected(std::move(text.error()));
    const std::size_t index = std::min(atIndex.value_or(s.graph().stages().size()), s.graph().stages().size());
    std::vector<std::int32_t> newNumbers;
    const Shape shape = withStageAt(s, index, newNumbers);
    Slot slot = slotFor(s, index);
    // A comment that opens the file could read as a parser directive: then a blank line keeps it a comment.
    Result result;
    for (const std::size_t blanks : {slot.blanksBefore, std::max<std::size_t>(slot.blanksBefore, 1)}) {
        slot.blanksBefore = blanks;
        EditTransaction transaction("Add stage" + (stage.name.empty() ? std::string() : ' ' + stage.name));
        insertStage(transaction, s, slot, asLines(s, text->text));
        shiftNumbers(transaction, s, newNumbers);
        result = checked(
            s, std::move(transaction),
            {.instructions = s.tree().instructions().size() + text->count, .shape = shape, .openStage = index});
        if (result)
            break;
    }
    return result;
}

Result duplicateStage(const Snapshot &s, StageId id, std::string_view newName)
{
    if (!isValid(s, id))
        return refuse("This stage is not there any more.");
    const Stage &stage = s.graph().stage(id);
    std::string name(trimmed(newName));
    if (name.empty() && !stage.name.empty())
        name = freeStageName(s, stage.name);
    if (!name.empty()) {
        if (auto why = whyNotStageName(s, name))
            return std::unexpected(*std::move(why));
    }
    EditTransaction rename;
    if (!name.empty() && stage.nameRange.isEmpty()) {
        const std::string_view from = s.tree().instruction(stage.from).keyword;
        rename.insert(stage.base.range.end, (from == lowered(from) ? " as " : " AS ") + name);
    } else if (!name.empty()) {
        rename.replace(stage.nameRange, name);
    }
    const Lines lines(s);
    const LineSpan span = lines.stage(id);
    const bool isLast = indexOf(id) + 1 == s.graph().stages().size();
    const std::size_t index = isLast ? indexOf(id) : indexOf(id) + 1;
    const std::size_t gap = lines.blanksBetweenStages();
    const Slot slot = isLast ? Slot{span.first, 0, gap} : Slot{span.last + 1, gap, 0};

    EditTransaction transaction("Duplicate " + describe(s, id));
    insertStage(transaction, s, slot, editedText(s, span, rename));
    std::vector<std::int32_t> newNumbers;
    Shape shape = withStageAt(s, index, newNumbers);
    shiftNumbers(transaction, s, newNumbers);
    const std::size_t count = indexOf(stage.endInstruction) - indexOf(stage.from);
    return checked(
        s, std::move(transaction),
        {.instructions = s.tree().instructions().size() + count, .shape = std::move(shape), .openStage = index});
}

namespace {

/// "FROM on line 7" … of those that a stage cannot go without.
std::vector<std::string> usersOf(const Snapshot &s, StageId id)
{
    std::vector<std::string> users;
    const auto at = [&](InstructionId instruction) {
        return " on line " + std::to_string(s.tree().instruction(instruction).firstLine);
    };
    for (const Stage &user : s.graph().stages()) {
        if (user.base.kind == BaseKind::Stage && user.base.stage == id && user.id != id)
            users.push_back("FROM" + at(user.from));
    }
    for (const FromUse &use : fromUses(s)) {
        if (use.stage == id && use.inStage != id)
            users.push_back((use.mount ? "RUN --mount" : "COPY --from") + at(use.instruction));
    }
    return users;
}

/// Users of a stage that goes: COPY lines and mounts away, FROMs to the stage's own base.
std::size_t detachUsers(EditTransaction &transaction, const Snapshot &s, StageId id, std::vector<LineSpan> &gone)
{
    const Stage &stage = s.graph().stage(id);
    const Lines lines(s);
    std::size_t removed = 0;
    for (const FromUse &use : fromUses(s)) {
        if (use.stage != id || use.inStage == id)
            continue;
        const Instruction &instruction = s.tree().instruction(use.instruction);
        if (!use.mount) {
            gone.push_back(lines.instruction(instruction));
            ++removed;
            continue;
        }
        for (const Flag &flag : effective(instruction).flags) {
            if (flag.range.contains(use.range))
                removeWord(transaction, s, effective(instruction), flag.range);
        }
    }
    const Flag *platform = s.tree().instruction(stage.from).flag("platform");
    for (const Stage &user : s.graph().stages()) {
        if (user.base.kind != BaseKind::Stage || user.base.stage != id)
            continue;
        transaction.replace(user.base.range, std::string(s.text().slice(stage.base.range)));
        const Instruction &from = s.tree().instruction(user.from);
        if (platform && !from.flag("platform"))
            transaction.insert(from.keywordRange.end, ' ' + std::string(s.text().slice(platform->range)));
    }
    return removed;
}

Shape shapeWithout(const Snapshot &s, StageId id, std::vector<std::int32_t> &newNumbers)
{
    const auto gone = static_cast<std::int32_t>(id);
    Shape shape = shapeOf(s.graph());
    const Shape::StageShape stage = shape.stages[indexOf(id)];
    for (Shape::StageShape &user : shape.stages) {
        if (user.baseStage == gone && user.base == BaseKind::Stage) {
            user.base = stage.base;
            user.baseStage = stage.baseStage;
            user.baseImage = stage.baseImage;
        }
        std::erase_if(user.references, [gone](const Shape::Reference &reference) {
            return reference.kind == ReferenceKind::Stage && reference.stage == gone;
        });
    }
    newNumbers = sameNumbers(s);
    for (std::int32_t &number : newNumbers)
        number = number == gone ? -1 : number - (number > gone ? 1 : 0);
    renumber(shape, newNumbers);
    shape.stages.erase(shape.stages.begin() + gone);
    return shape;
}

} // namespace

Result deleteStage(const Snapshot &s, StageId id, bool cascade)
{
    if (!isValid(s, id))
        return refuse("This stage is not there any more.");
    const Stage &stage = s.graph().stage(id);
    if (const auto users = usersOf(s, id); !cascade && !users.empty()) {
        return refuse("The " + describe(s, id) + " is used by " + users.front()
                      + (users.size() == 1 ? "." : " and " + std::to_string(users.size() - 1) + " more."));
    }
    EditTransaction transaction("Delete " + describe(s, id));
    std::vector<LineSpan> gone{Lines(s).stage(id)};
    const std::size_t removed = detachUsers(transaction, s, id, gone);
    removeLines(transaction, s, std::move(gone));
    std::vector<std::int32_t> newNumbers;
    Expectation expectation;
    expectation.shape = shapeWithout(s, id, newNumbers);
    shiftNumbers(transaction, s, newNumbers);
    const auto instructions = s.tree().instructions();
    expectation.instructions = instructions.size() - (indexOf(stage.endInstruction) - indexOf(stage.from)) - removed;
    // An empty document is a fair place to start again from, though BuildKit has nothing to build there.
    expectation.noNewErrors = s.graph().stages().size() > 1;
    // Triggers of a base run in other stages then.
    if (std::ranges::any_of(instructions, [](const Instruction &one) { return one.inner != nullptr; }))
        expectation.shape.reset();
    return checked(s, std::move(transaction), expectation);
}

Result moveStage(const Snapshot &s, StageId id, std::size_t newIndex)
{
    if (!isValid(s, id))
        return refuse("This stage is not there any more.");
    const auto stages = s.graph().stages();
    const std::size_t from = indexOf(id);
    const std::size_t to = std::min(newIndex, stages.size() - 1);
    if (from == to)
        return EditTransaction("Move stage");
    std::vector<std::int32_t> newNumbers = sameNumbers(s);
    for (std::int32_t &number : newNumbers) {
        const auto index = static_cast<std::size_t>(number);
        if (index == from)
            number = static_cast<std::int32_t>(to);
        else if (from < index && index <= to)
            --number;
        else if (to <= index && index < from)
            ++number;
    }
    for (const Edge &edge : s.graph().edges()) {
        if (edge.source.kind != NodeKind::Stage || edge.source.index >= static_cast<std::int32_t>(edge.target))
            continue;
        const auto source = static_cast<std::size_t>(edge.source.index);
        if (newNumbers[source] > newNumbers[indexOf(edge.target)])
            return refuse("A stage uses only earlier stages: " + describe(s, edge.target) + " needs "
                          + describe(s, stages[source].id) + '.');
    }

    const Lines lines(s);
    const LineSpan block = lines.stageWithHeading(id);
    const LineSpan neighbour = lines.stageWithHeading(stages[from < to ? from + 1 : from - 1].id);
    const LineSpan landing = lines.stageWithHeading(stages[to].id);
    const LineSpan gap
        = from < to ? LineSpan{block.last + 1, neighbour.first - 1} : LineSpan{neighbour.last + 1, block.first - 1};
    const std::string gapText = gap.first <= gap.last ? lines.text(gap) : std::string();
    EditTransaction numbers;
    shiftNumbers(numbers, s, newNumbers);
    const std::string blockText = editedText(s, block, numbers);

    EditTransaction transaction("Move " + describe(s, id));
    TextRange removed = lines.range(from < to ? LineSpan{block.first, neighbour.first - 1}
                                              : LineSpan{neighbour.last + 1, block.last});
    if (block.last == lines.count() && lines.lacksFinalNewline())
        removed.begin = s.text().line(neighbour.last).end;
    transaction.remove(removed);
    if (from < to)
        insertLines(transaction, s, landing.last + 1, gapText + blockText);
    else
        insertLines(transaction, s, landing.first, blockText + gapText);
    for (const TextEdit &edit : numbers.edits()) {
        if (!removed.contains(edit.range))
            transaction.replace(edit.range, edit.replacement);
    }

    Shape shape = shapeOf(s.graph());
    renumber(shape, newNumbers);
    Shape::StageShape moved = shape.stages[from];
    shape.stages.erase(shape.stages.begin() + static_cast<std::ptrdiff_t>(from));
    shape.stages.insert(shape.stages.begin() + static_cast<std::ptrdiff_t>(to), std::move(moved));
    return checked(s, std::move(transaction),
                   {.instructions = s.tree().instructions().size(), .shape = std::move(shape)});
}

} // namespace stagewright::edit
