// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/ImageUses.h"

namespace stagewright::rules {

void eachImageUse(const RuleContext &context, const std::function<void(const ImageUse &)> &each)
{
    const BuildGraph &graph = context.snapshot.graph();
    for (const Stage &stage : graph.stages()) {
        if (stage.base.kind == BaseKind::Image && stage.from != InstructionId::None)
            each({context.snapshot.tree().instruction(stage.from), stage.base.written, stage.base.resolved,
                  stage.base.reference, stage.base.range, true});
    }
    for (const StageReference &reference : graph.references()) {
        const Instruction &instruction = context.snapshot.tree().instruction(reference.instruction);
        if (reference.kind == ReferenceKind::Image && instruction.kind != InstructionKind::From)
            each({instruction, reference.written, reference.written, graph.image(reference.image).reference,
                  reference.range, false});
    }
}

namespace {

std::size_t nameEnd(std::string_view reference)
{
    const std::size_t slash = reference.rfind('/');
    const std::size_t end = reference.find_first_of(":@", slash == std::string_view::npos ? 0 : slash);
    return end == std::string_view::npos ? reference.size() : end;
}

} // namespace

std::string tagOf(std::string_view reference)
{
    const std::size_t end = nameEnd(reference);
    if (end == reference.size() || reference[end] != ':')
        return {};
    const std::string_view tag = reference.substr(end + 1);
    return std::string(tag.substr(0, tag.find('@')));
}

std::string repositoryOf(std::string_view reference)
{
    return std::string(reference.substr(0, nameEnd(reference)));
}

} // namespace stagewright::rules
