// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "syntax/SyntaxTree.h"

#include "syntax/Characters.h"
#include "syntax/Parser.h"
#include "syntax/SyntaxTreeData.h"

#include <algorithm>
#include <array>

namespace stagewright {

namespace {

constexpr std::array<std::string_view, 19> Keywords{
    "",      "ADD",        "ARG",     "CMD", "COPY",  "ENTRYPOINT", "ENV",  "EXPOSE", "FROM",    "HEALTHCHECK",
    "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
};

} // namespace

std::string_view keywordOf(InstructionKind kind)
{
    return Keywords[static_cast<std::size_t>(kind)];
}

InstructionKind instructionKindOf(std::string_view keyword)
{
    if (keyword.empty())
        return InstructionKind::Unknown;
    const char first = chars::toLower(keyword.front());
    for (std::size_t i = 1; i < Keywords.size(); ++i) {
        if (chars::toLower(Keywords[i].front()) == first && chars::equalsIgnoringCase(Keywords[i], keyword))
            return static_cast<InstructionKind>(i);
    }
    return InstructionKind::Unknown;
}

const Flag *Instruction::flag(std::string_view name) const
{
    const auto found = std::ranges::find(flags, name, &Flag::name);
    return found == flags.end() ? nullptr : &*found;
}

std::span<const Argument> Instruction::command() const
{
    switch (kind) {
    case InstructionKind::Run:
    case InstructionKind::Cmd:
    case InstructionKind::Entrypoint: return args;
    case InstructionKind::Healthcheck: return args.empty() ? args : args.subspan(1);
    default: return {};
    }
}

bool Instruction::isShellForm() const
{
    switch (kind) {
    case InstructionKind::Run:
    case InstructionKind::Cmd:
    case InstructionKind::Entrypoint: return !execForm;
    case InstructionKind::Healthcheck:
        return !execForm && args.size() > 1 && chars::equalsIgnoringCase(args.front().value, "CMD");
    default: return false;
    }
}

SyntaxTree::SyntaxTree()
    : d(std::make_unique<Data>(SourceText()))
{
}

SyntaxTree::SyntaxTree(SyntaxTree &&) noexcept = default;
SyntaxTree &SyntaxTree::operator=(SyntaxTree &&) noexcept = default;
SyntaxTree::~SyntaxTree() = default;

SyntaxTree SyntaxTree::parse(SourceText text)
{
    SyntaxTree tree;
    tree.d = std::make_unique<Data>(std::move(text));
    Parser(*tree.d).run();
    return tree;
}

const SourceText &SyntaxTree::text() const
{
    return d->text;
}

std::span<const Instruction> SyntaxTree::instructions() const
{
    return d->instructions;
}

InstructionsOfKind SyntaxTree::instructions(InstructionKind kind) const
{
    return {d->instructions, d->firstOfKind[static_cast<std::size_t>(kind)]};
}

const Instruction &SyntaxTree::instruction(InstructionId id) const
{
    return d->instructions[static_cast<std::size_t>(id)];
}

std::span<const Directive> SyntaxTree::directives() const
{
    return d->directives;
}

const Directive *SyntaxTree::frontEndDirective(std::string_view name) const
{
    for (const Directive &directive : d->hiddenDirectives.empty() ? d->directives : d->hiddenDirectives) {
        if (!directive.atLineStart)
            return nullptr;
        if (directive.name == name)
            return &directive;
    }
    return nullptr;
}

char SyntaxTree::escapeCharacter() const
{
    return d->escape;
}

std::span<const SyntaxError> SyntaxTree::errors() const
{
    return d->errors;
}

const Instruction *SyntaxTree::instructionAt(Offset offset) const
{
    return instructionAtLine(d->text.lineAt(offset));
}

const Instruction *SyntaxTree::instructionAtLine(std::uint32_t line) const
{
    const auto behind = std::ranges::upper_bound(d->instructions, line, {}, &Instruction::firstLine);
    if (behind == d->instructions.begin())
        return nullptr;
    const Instruction &candidate = *std::prev(behind);
    return line <= candidate.lastLine ? &candidate : nullptr;
}

std::vector<std::string_view> SyntaxTree::commentsAbove(InstructionId id) const
{
    const auto index = static_cast<std::size_t>(id);
    const std::uint32_t begin = index == 0 ? 1 : d->instructions[index - 1].lastLine + 1;
    std::vector<std::string_view> comments;
    for (std::uint32_t line = begin; line < d->instructions[index].firstLine; ++line) {
        const TextRange range = d->text.line(line);
        const std::string_view text = d->text.slice(range);
        if (!chars::trimmedLeft(text).starts_with('#'))
            continue;
        // Directives stand in the order of their lines.
        const auto directive = std::ranges::lower_bound(d->directives, range.begin, {},
                                                        [](const Directive &one) { return one.range.begin; });
        if (directive != d->directives.end() && range.contains(directive->range))
            continue;
        const std::string_view comment = chars::trimmed(text.substr(1));
        if (comment.empty())
            comments.clear();
        else
            comments.push_back(comment);
    }
    return comments;
}

} // namespace stagewright
