// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/InstructionKinds.h"
#include "lint/buildkit/CheckFilter.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"

#include <algorithm>

namespace stagewright::checks {

namespace {

constexpr std::string_view Name = "InvalidDefinitionDescription";

/// What a comment above describes: the stage of a FROM, the arguments of an ARG.
std::vector<std::string_view> definedNames(const RuleContext &context, const Instruction &instruction)
{
    std::vector<std::string_view> names;
    if (instruction.kind == InstructionKind::Arg) {
        for (const Argument &argument : instruction.args)
            names.push_back(argument.key);
    } else if (instruction.kind == InstructionKind::From) {
        const Stage &stage = context.snapshot.graph().stage(context.snapshot.graph().stageOf(instruction.id));
        if (!stage.name.empty())
            names.push_back(stage.name);
    }
    return names;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    const SyntaxTree &tree = context.snapshot.tree();
    const CheckOptions file = CheckOptions::ofFile(tree);
    using enum InstructionKind;
    for (const Instruction &instruction : lint::instructionsOf(tree, Arg, From)) {
        // Blank lines may stand between them and the instruction.
        const std::vector<std::string_view> comments = tree.commentsAbove(instruction.id);
        if (comments.empty())
            continue;
        const std::vector<std::string_view> names = definedNames(context, instruction);
        if (names.empty() || !checkOptionsAt(tree, file, instruction.id).enablesExperimental(Name))
            continue;
        const std::string_view first = comments.back().substr(0, comments.back().find(' '));
        if (std::ranges::contains(names, first))
            continue;
        const std::string name = names.size() > 1 ? "<arg_key>" : std::string(names.front());
        const std::string keyword(keywordOf(instruction.kind));
        out.push_back(fromInstruction(
            context, instruction, instruction.leadingComment.isEmpty() ? instruction.range : instruction.leadingComment,
            {"The comment does not start with '" + name + "'",
             "Comment for " + keyword + " should follow the format: `# " + name + " <description>`",
             "docker build --call=outline and --call=targets show the comment above an ARG or FROM as its description, "
             "when it starts with the name.",
             "Start it with the name, or put a line with a bare # between the comment and the instruction."}));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &instruction = instructionOf(context, diagnostic);
    const std::vector<std::string_view> names = definedNames(context, instruction);
    if (names.size() != 1 || instruction.leadingComment.isEmpty())
        return;
    const SourceText &text = context.snapshot.text();
    const std::string_view comment = text.slice(instruction.leadingComment);
    std::size_t start = comment.rfind('\n');
    start = comment.find('#', start == std::string_view::npos ? 0 : start);
    const std::size_t word = start == std::string_view::npos ? start : comment.find_first_not_of("# \t", start);
    if (word == std::string_view::npos)
        return;
    offerReplace(out, TextRange::at(instruction.leadingComment.begin + static_cast<Offset>(word)),
                 std::string(names.front()) + " ", "Start the comment with '" + std::string(names.front()) + "'");
}

} // namespace

const Rule invalidDefinitionDescription{
    .id = "InvalidDefinitionDescription",
    .name = "invalid-definition-description",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "Descriptions should start with the name they describe",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
