// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/EditSupport.h"

#include <algorithm>

namespace stagewright::edit {

using namespace detail;

namespace {

bool isThere(const Snapshot &s, NodeRef node)
{
    const auto below = [&](std::size_t size) { return node.index >= 0 && static_cast<std::size_t>(node.index) < size; };
    switch (node.kind) {
    case NodeKind::Stage: return below(s.graph().stages().size());
    case NodeKind::Image: return below(s.graph().images().size());
    case NodeKind::BuildContext: return true;
    case NodeKind::NamedContext: return below(s.graph().namedContexts().size());
    case NodeKind::CacheMount: return below(s.graph().cacheMounts().size());
    case NodeKind::Remote: return below(s.graph().remotes().size());
    }
    return false;
}

/// What both kinds of connection ask for.
std::optional<EditError> whyNotSource(const Snapshot &s, NodeRef source, StageId target, std::string_view self,
                                      std::string_view later)
{
    if (!isValid(s, target) || !isThere(s, source))
        return EditError{"This stage is not there any more."};
    if (source.kind != NodeKind::Stage)
        return std::nullopt;
    if (source.index == static_cast<std::int32_t>(target))
        return EditError{std::string(self)};
    if (source.index > static_cast<std::int32_t>(target))
        return EditError{std::string(later)};
    return std::nullopt;
}

/// A source as FROM or --from names it; an unnamed stage gets a name by an edit of its own.
std::string sourceWord(EditTransaction &transaction, const Snapshot &s, NodeRef source, Shape &shape)
{
    const auto index = static_cast<std::size_t>(source.index);
    if (source.kind == NodeKind::Image)
        return imageWord(s, ImageId{source.index});
    if (source.kind == NodeKind::NamedContext)
        return s.graph().namedContexts()[index].name;
    if (auto name = nameForFrom(s, StageId{source.index}))
        return *std::move(name);
    const Stage &stage = s.graph().stage(StageId{source.index});
    const bool builds = std::ranges::contains(s.instructionsOf(stage.id), InstructionKind::Run, &Instruction::kind);
    std::string name = freeStageName(s, builds ? "build" : "base");
    const std::string_view from = s.tree().instruction(stage.from).keyword;
    transaction.insert(stage.base.range.end, (from == lowered(from) ? " as " : " AS ") + name);
    shape.stages[index].name = name;
    return name;
}

/// The place for one more COPY: in front of the CMD, ENTRYPOINT and HEALTHCHECK that end a stage.
std::size_t copyIndex(const Snapshot &s, StageId stage)
{
    const auto instructions = s.instructionsOf(stage);
    std::size_t index = instructions.size();
    for (std::size_t i = instructions.size(); i-- > 0;) {
        switch (instructions[i].kind) {
        case InstructionKind::Cmd:
        case InstructionKind::Entrypoint:
        case InstructionKind::Healthcheck: index = i; break;
        case InstructionKind::Run:
        case InstructionKind::Copy:
        case InstructionKind::Add:
        case InstructionKind::Workdir:
        case InstructionKind::Unknown: return index;
        default: break;
        }
    }
    return index;
}

void addReference(Shape &shape, const Snapshot &s, NodeRef source, StageId target)
{
    Shape::Reference reference;
    if (source.kind == NodeKind::Stage)
        reference = {ReferenceKind::Stage, source.index, {}};
    else if (source.kind == NodeKind::Image)
        reference = {ReferenceKind::Image, -1, s.graph().image(ImageId{source.index}).reference};
    else if (source.kind == NodeKind::NamedContext)
        reference = {ReferenceKind::NamedContext, -1,
                     lowered(s.graph().namedContexts()[static_cast<std::size_t>(source.index)].name)};
    else
        return;
    auto &references = shape.stages[indexOf(target)].references;
    references.push_back(std::move(reference));
    std::ranges::sort(references);
}

std::string describe(const Snapshot &s, NodeRef node)
{
    if (node.kind == NodeKind::Stage)
        return detail::describe(s, StageId{node.index});
    if (node.kind == NodeKind::Image)
        return s.graph().image(ImageId{node.index}).written;
    if (node.kind == NodeKind::NamedContext)
        return "context '" + s.graph().namedContexts()[static_cast<std::size_t>(node.index)].name + '\'';
    return "the build context";
}

} // namespace

std::optional<EditError> whyNotCopyFrom(const Snapshot &s, NodeRef source, StageId target)
{
    if (auto why = whyNotSource(s, source, target, "A stage cannot copy from itself.",
                                "A stage copies only from earlier stages."))
        return why;
    if (source.kind == NodeKind::CacheMount)
        return EditError{"A cache is only there while a RUN mounts it."};
    if (source.kind == NodeKind::Remote)
        return EditError{"A remote file comes in with ADD."};
    return std::nullopt;
}

std::optional<EditError> whyNotFrom(const Snapshot &s, NodeRef source, StageId target)
{
    if (auto why = whyNotSource(s, source, target, "A stage cannot start from itself.",
                                "A stage starts only from earlier stages."))
        return why;
    if (source.kind != NodeKind::Stage && source.kind != NodeKind::Image && source.kind != NodeKind::NamedContext)
        return EditError{"A stage starts from an image or from another stage."};
    return std::nullopt;
}

Result connectCopyFrom(const Snapshot &s, NodeRef source, StageId target, std::string_view sourcePath,
                       std::string_view destination, std::optional<std::size_t> index)
{
    if (auto why = whyNotCopyFrom(s, source, target))
        return std::unexpected(*std::move(why));
    if (trimmed(sourcePath).empty() || trimmed(destination).empty())
        return refuse("COPY needs a source path and a destination.");
    if (sourcePath.contains('\n') || destination.contains('\n'))
        return refuse("A path is one line.");
    Shape shape = shapeOf(s.graph());
    EditTransaction transaction("Copy from " + describe(s, source) + " to " + detail::describe(s, target));
    std::string text = keyword(s, "COPY");
    if (source.kind != NodeKind::BuildContext)
        text += " --from=" + flagValue(sourceWord(transaction, s, source, shape));
    text += ' ' + copyArguments(s, sourcePath, destination);
    auto line = addInstruction(s, {target, index.value_or(copyIndex(s, target))}, text);
    if (!line)
        return line;
    for (const TextEdit &edit : line->edits())
        transaction.replace(edit.range, edit.replacement);
    addReference(shape, s, source, target);
    return checked(s, std::move(transaction),
                   {.instructions = s.tree().instructions().size() + 1, .shape = std::move(shape)});
}

Result retargetCopy(const Snapshot &s, InstructionId id, NodeRef source)
{
    if (!isValid(s, id))
        return refuse("This instruction is not there any more.");
    const Instruction &copy = effective(s.tree().instruction(id));
    const StageId target = s.graph().stageOf(id);
    if (copy.kind != InstructionKind::Copy)
        return refuse("Only COPY can copy from somewhere else.");
    if (!copy.heredocs.empty())
        return refuse("This COPY writes text of its own.");
    if (auto why = whyNotCopyFrom(s, source, target))
        return std::unexpected(*std::move(why));
    EditTransaction transaction("Copy from " + describe(s, source));
    for (const FromUse &use : fromUses(s)) {
        if (use.instruction == id && source == NodeRef::stage(use.stage))
            return transaction;
    }
    Shape shape = shapeOf(s.graph());
    if (source.kind == NodeKind::BuildContext)
        writeFlag(transaction, s, copy, "from", std::nullopt, false);
    else
        writeFlag(transaction, s, copy, "from", sourceWord(transaction, s, source, shape), false);
    return checked(
        s, std::move(transaction),
        {.instructions = s.tree().instructions().size(), .shape = std::move(shape), .openStage = indexOf(target)});
}

namespace {

/// Writes another base into a FROM.
void writeBase(EditTransaction &transaction, const Snapshot &s, const Stage &stage, std::string_view base)
{
    if (!stage.base.range.isEmpty()) {
        if (s.text().slice(stage.base.range) != base)
            transaction.replace(stage.base.range, std::string(base));
        return;
    }
    const Instruction &from = s.tree().instruction(stage.from);
    const Offset at = from.flags.empty() ? from.keywordRange.end : from.flags.back().range.end;
    transaction.insert(at, ' ' + std::string(base));
}

} // namespace

Result setBase(const Snapshot &s, StageId id, std::string_view base)
{
    if (!isValid(s, id))
        return refuse("This stage is not there any more.");
    base = trimmed(base);
    if (base.empty() || base.starts_with("--")
        || std::ranges::any_of(base, [](char c) { return isBlankChar(c) || c == '\n'; }))
        return refuse("A stage starts from one image or stage; its name has no blanks.");
    EditTransaction transaction("Start " + describe(s, NodeRef::stage(id)) + " from " + std::string(base));
    writeBase(transaction, s, s.graph().stage(id), base);
    return checked(
        s, std::move(transaction),
        {.instructions = s.tree().instructions().size(), .shape = shapeOf(s.graph()), .openStage = indexOf(id)});
}

Result connectFrom(const Snapshot &s, NodeRef source, StageId target)
{
    if (auto why = whyNotFrom(s, source, target))
        return std::unexpected(*std::move(why));
    const Stage &stage = s.graph().stage(target);
    EditTransaction transaction("Start " + detail::describe(s, target) + " from " + describe(s, source));
    if (source.kind == NodeKind::Stage && stage.base.kind == BaseKind::Stage
        && source == NodeRef::stage(stage.base.stage))
        return transaction;
    Shape shape = shapeOf(s.graph());
    std::string word;
    if (source.kind == NodeKind::Stage && !s.graph().stage(StageId{source.index}).name.empty())
        word = s.graph().stage(StageId{source.index}).name;
    else
        word = sourceWord(transaction, s, source, shape);
    writeBase(transaction, s, stage, word);
    auto result = checked(
        s, std::move(transaction),
        {.instructions = s.tree().instructions().size(), .shape = std::move(shape), .openStage = indexOf(target)});
    if (!result || source.kind != NodeKind::Stage)
        return result;
    // FROM takes the latest stage of a name: with two of one name it may not be the one that was meant.
    const SnapshotPtr after = Snapshot::make(result->applyTo(s.text()), s.options());
    if (after->graph().stage(target).base.stage != StageId{source.index})
        return refuse("The name '" + word + "' does not lead to this stage: give it a name of its own first.");
    return result;
}

} // namespace stagewright::edit
