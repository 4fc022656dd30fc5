// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/EditSupport.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace stagewright::edit::detail {

bool isValid(const Snapshot &snapshot, StageId stage)
{
    return stage >= StageId{0} && indexOf(stage) < snapshot.graph().stages().size();
}

bool isValid(const Snapshot &snapshot, InstructionId instruction)
{
    return instruction >= InstructionId{0} && indexOf(instruction) < snapshot.tree().instructions().size();
}

const Instruction &effective(const Instruction &instruction)
{
    const Instruction *current = &instruction;
    while (current->inner)
        current = current->inner;
    return *current;
}

std::string describe(const Snapshot &snapshot, StageId stage)
{
    return "stage '" + snapshot.graph().stage(stage).displayName + '\'';
}

namespace {

/// The range of `from=`'s value in a mount's comma-separated fields.
std::optional<TextRange> mountFrom(const SourceText &text, const Flag &flag)
{
    const std::string_view fields = text.slice(flag.valueRange);
    for (std::size_t begin = 0; begin <= fields.size();) {
        std::size_t end = std::min(fields.find(',', begin), fields.size());
        std::size_t first = begin;
        std::size_t last = end;
        const auto isQuote = [&](std::size_t at) { return fields[at] == '"' || fields[at] == '\''; };
        while (first < last && (isQuote(first) || isBlankChar(fields[first])))
            ++first;
        while (last > first && (isQuote(last - 1) || isBlankChar(fields[last - 1])))
            --last;
        const std::size_t equals = fields.substr(first, last - first).find('=');
        if (equals != std::string_view::npos && equalsIgnoringCase(fields.substr(first, equals), "from")) {
            first += equals + 1;
            while (first < last && isQuote(first))
                ++first;
            return TextRange{flag.valueRange.begin + static_cast<Offset>(first),
                             flag.valueRange.begin + static_cast<Offset>(last)};
        }
        begin = end + 1;
    }
    return std::nullopt;
}

/// With quotes in a mount the graph points at all its fields; then the name is looked for among them.
TextRange writtenRange(const Snapshot &snapshot, const Instruction &instruction, const StageReference &reference)
{
    if (instruction.kind != InstructionKind::Run || snapshot.text().slice(reference.range) == reference.written)
        return reference.range;
    for (const Flag &flag : instruction.flags) {
        if (flag.valueRange == reference.range)
            return mountFrom(snapshot.text(), flag).value_or(reference.range);
    }
    return reference.range;
}

using NameMap = std::map<std::string, StageId, std::less<>>;

StageId stageNamed(const NameMap &names, std::string_view written)
{
    const auto found = names.find(lowered(written));
    return found == names.end() ? StageId::None : found->second;
}

StageId stageMeant(const Snapshot &snapshot, const NameMap &names, std::string_view written, bool mount)
{
    if (const StageId named = stageNamed(names, written); named != StageId::None)
        return named;
    const auto number = stageNumber(written);
    if (mount || !number || *number >= snapshot.graph().stages().size())
        return StageId::None;
    return StageId{static_cast<std::int32_t>(*number)};
}

/// BuildKit looks at ONBUILD's references only in a child, but they mean this file's names there.
void addTriggerUses(const Snapshot &snapshot, const NameMap &names, const Instruction &outer,
                    std::vector<FromUse> &uses)
{
    const Instruction &inner = effective(outer);
    for (const Flag &flag : inner.flags) {
        const bool mount = inner.kind == InstructionKind::Run && flag.name == "mount";
        std::optional<TextRange> range;
        if (mount)
            range = mountFrom(snapshot.text(), flag);
        else if (inner.kind == InstructionKind::Copy && flag.name == "from" && flag.hasValue)
            range = flag.valueRange;
        if (!range)
            continue;
        const std::string_view written = mount ? snapshot.text().slice(*range) : flag.value;
        uses.push_back({.instruction = outer.id,
                        .inStage = snapshot.graph().stageOf(outer.id),
                        .stage = stageMeant(snapshot, names, written, mount),
                        .written = written,
                        .range = *range,
                        .mount = mount});
    }
}

} // namespace

std::vector<FromUse> fromUses(const Snapshot &snapshot)
{
    std::vector<FromUse> uses;
    NameMap names;
    for (const Stage &stage : snapshot.graph().stages()) {
        if (!stage.name.empty())
            names.insert_or_assign(stage.name, stage.id);
    }
    const auto instructions = snapshot.tree().instructions();
    for (const StageReference &reference : snapshot.graph().references()) {
        const Instruction &instruction = instructions[indexOf(reference.instruction)];
        // What an ONBUILD of the base brings is found where it is written.
        if (instruction.kind == InstructionKind::From || reference.range.isEmpty())
            continue;
        const bool mount = instruction.kind == InstructionKind::Run;
        // A reference that points forward is an error, but it still means that stage.
        const StageId stage = reference.kind == ReferenceKind::Error
            ? stageMeant(snapshot, names, reference.written, mount)
            : reference.stage;
        uses.push_back({.instruction = reference.instruction,
                        .inStage = reference.inStage,
                        .stage = stage,
                        .written = reference.written,
                        .range = writtenRange(snapshot, instruction, reference),
                        .mount = mount});
    }
    for (const Instruction &instruction : instructions) {
        if (instruction.inner)
            addTriggerUses(snapshot, names, instruction, uses);
    }
    std::ranges::sort(uses, {}, &FromUse::range);
    const auto twice = std::ranges::unique(uses, {}, &FromUse::range);
    uses.erase(twice.begin(), twice.end());
    return uses;
}

std::optional<std::string> nameForFrom(const Snapshot &snapshot, StageId id)
{
    const auto stages = snapshot.graph().stages();
    const std::string &name = snapshot.graph().stage(id).name;
    if (name.empty())
        return std::nullopt;
    const bool isLast
        = std::ranges::none_of(stages.subspan(indexOf(id) + 1), [&](const Stage &later) { return later.name == name; });
    if (isLast && !snapshot.options().namedContexts.contains(name))
        return name;
    return std::to_string(indexOf(id));
}

std::string imageWord(const Snapshot &snapshot, ImageId id)
{
    const ExternalImage &image = snapshot.graph().image(id);
    const std::string name = lowered(image.written);
    const bool taken
        = std::ranges::any_of(snapshot.graph().stages(), [&](const Stage &stage) { return stage.name == name; });
    return taken || image.written.empty() ? image.reference : image.written;
}

Shape shapeOf(const BuildGraph &graph)
{
    Shape shape;
    for (const Stage &stage : graph.stages()) {
        const StageBase &base = stage.base;
        Shape::StageShape one{
            .name = stage.name, .base = base.kind, .baseStage = -1, .baseImage = {}, .references = {}};
        if (base.kind == BaseKind::Stage)
            one.baseStage = static_cast<std::int32_t>(base.stage);
        else if (base.kind == BaseKind::Image)
            one.baseImage = base.reference;
        else if (base.kind == BaseKind::NamedContext)
            one.baseImage = base.resolved;
        shape.stages.push_back(std::move(one));
    }
    for (const StageReference &reference : graph.references()) {
        Shape::Reference one{.kind = reference.kind, .stage = static_cast<std::int32_t>(reference.stage), .other = {}};
        if (reference.kind == ReferenceKind::Image)
            one.other = graph.image(reference.image).reference;
        else if (reference.kind == ReferenceKind::NamedContext)
            one.other = lowered(reference.written);
        shape.stages[indexOf(reference.inStage)].references.push_back(std::move(one));
    }
    for (Shape::StageShape &stage : shape.stages)
        std::ranges::sort(stage.references);
    return shape;
}

void renumber(Shape &shape, const std::vector<std::int32_t> &newNumbers)
{
    const auto follow = [&](std::int32_t &stage) {
        if (stage >= 0)
            stage = newNumbers[static_cast<std::size_t>(stage)];
    };
    for (Shape::StageShape &stage : shape.stages) {
        follow(stage.baseStage);
        for (Shape::Reference &reference : stage.references)
            follow(reference.stage);
        std::ranges::sort(stage.references);
    }
}

namespace {

/// BuildKit's words for the first error that was not there before.
std::optional<std::string> newError(std::span<const BuildError> before, std::span<const BuildError> after)
{
    if (after.size() <= before.size())
        return std::nullopt;
    std::map<std::string_view, std::size_t> known;
    for (const BuildError &error : before)
        ++known[error.message];
    for (const BuildError &error : after) {
        std::size_t &left = known[error.message];
        if (left == 0)
            return error.message;
        --left;
    }
    return std::nullopt;
}

/// What was an error before may be anything afterwards.
bool sameStage(const Shape::StageShape &expected, const Shape::StageShape &actual)
{
    const bool sameBase = expected.base == BaseKind::Invalid
        || (expected.base == actual.base && expected.baseStage == actual.baseStage
            && expected.baseImage == actual.baseImage);
    if (expected.name != actual.name || !sameBase || expected.references.size() != actual.references.size())
        return false;
    std::vector<Shape::Reference> sure;
    std::ranges::copy_if(expected.references, std::back_inserter(sure),
                         [](const Shape::Reference &reference) { return reference.kind != ReferenceKind::Error; });
    return std::ranges::includes(actual.references, sure);
}

bool sameShape(const Shape &expected, const Shape &actual, std::optional<std::size_t> openStage)
{
    if (expected.stages.size() != actual.stages.size())
        return false;
    for (std::size_t i = 0; i < expected.stages.size(); ++i) {
        if (openStage != i && !sameStage(expected.stages[i], actual.stages[i]))
            return false;
    }
    return true;
}

bool sameDirectives(const SyntaxTree &a, const SyntaxTree &b)
{
    return std::ranges::equal(a.directives(), b.directives(), [](const Directive &one, const Directive &other) {
        return one.name == other.name && one.value == other.value;
    });
}

} // namespace

Result checked(const Snapshot &snapshot, EditTransaction transaction, const Expectation &expectation)
{
    if (transaction.isEmpty())
        return transaction;
    // A target that is named on the command line may be the very stage that gets another name.
    AnalysisOptions options = snapshot.options();
    options.target.clear();
    const SnapshotPtr after = Snapshot::make(transaction.applyTo(snapshot.text()), options);
    if (!sameDirectives(snapshot.tree(), after->tree()))
        return refuse("This would change the parser directives at the head of the file.");
    if (after->tree().instructions().size() != expectation.instructions)
        return refuse("The text around it does not allow this: an unfinished instruction or heredoc would swallow "
                      "its neighbour. Complete it first.");
    if (expectation.noNewErrors) {
        const SnapshotPtr before
            = snapshot.options().target.empty() ? nullptr : Snapshot::make(snapshot.text(), options);
        if (auto error = newError((before ? *before : snapshot).graph().errors(), after->graph().errors()))
            return refuse("The build would fail: " + *error);
    }
    if (expectation.shape && !sameShape(*expectation.shape, shapeOf(after->graph()), expectation.openStage))
        return refuse("A name here would then mean another stage or image.");
    return transaction;
}

} // namespace stagewright::edit::detail
