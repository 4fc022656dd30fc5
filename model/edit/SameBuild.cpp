// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/SameBuild.h"

#include "edit/EditSupport.h"
#include "edit/ShellQuotes.h"

#include <algorithm>

namespace stagewright::edit::detail {

namespace {

bool sameFlags(const Instruction &one, const Instruction &other)
{
    return std::ranges::equal(one.flags, other.flags, [](const Flag &a, const Flag &b) {
        return a.name == b.name && a.value == b.value && a.hasValue == b.hasValue;
    });
}

bool sameHeredocs(const Snapshot &a, const Instruction &one, const Snapshot &b, const Instruction &other)
{
    return std::ranges::equal(one.heredocs, other.heredocs, [&](const Heredoc &first, const Heredoc &second) {
        return first.name == second.name && first.expand == second.expand && first.stripTabs == second.stripTabs
            && first.fileDescriptor == second.fileDescriptor && first.terminated == second.terminated
            && a.text().slice(first.body) == b.text().slice(second.body);
    });
}

bool sameArguments(const Instruction &one, const Instruction &other, char escape)
{
    const bool shell = !one.execForm
        && (one.kind == InstructionKind::Run || one.kind == InstructionKind::Cmd
            || one.kind == InstructionKind::Entrypoint || one.kind == InstructionKind::Healthcheck);
    if (shell) {
        const std::string a = withPlainBlanks(trimmed(one.arguments), escape);
        const std::string b = withPlainBlanks(trimmed(other.arguments), escape);
        // HEALTHCHECK's own CMD may be in another casing.
        if (one.kind != InstructionKind::Healthcheck)
            return a == b;
        return equalsIgnoringCase(a.substr(0, 3), b.substr(0, 3))
            && a.substr(std::min<std::size_t>(3, a.size())) == b.substr(std::min<std::size_t>(3, b.size()));
    }
    const bool from = one.kind == InstructionKind::From;
    std::size_t index = 0;
    return std::ranges::equal(one.args, other.args, [&](const Argument &a, const Argument &b) {
        const bool as = from && index++ == 1 && equalsIgnoringCase(a.value, "as");
        return (as ? equalsIgnoringCase(a.value, b.value) : a.value == b.value) && a.key == b.key
            && a.assigned == b.assigned && a.hasAssigned == b.hasAssigned;
    });
}

} // namespace

bool saysTheSame(const Snapshot &a, const Instruction &one, const Snapshot &b, const Instruction &other)
{
    if (one.kind != other.kind || one.execForm != other.execForm || !equalsIgnoringCase(one.keyword, other.keyword)
        || !sameFlags(one, other) || !sameHeredocs(a, one, b, other))
        return false;
    if (one.inner && other.inner)
        return saysTheSame(a, *one.inner, b, *other.inner);
    return !one.inner && !other.inner && sameArguments(one, other, a.tree().escapeCharacter());
}

bool buildsTheSame(const Snapshot &a, const Snapshot &b)
{
    const auto sameDirective = [](const Directive &one, const Directive &other) {
        return one.name == other.name && one.value == other.value && one.atLineStart == other.atLineStart;
    };
    const auto sameError = [](const BuildError &one, const BuildError &other) {
        return one.phase == other.phase && one.message == other.message && one.instruction == other.instruction;
    };
    const auto sameEdge = [](const Edge &one, const Edge &other) {
        return one.kind == other.kind && one.source == other.source && one.target == other.target
            && one.instruction == other.instruction && one.label == other.label && one.needed == other.needed;
    };
    return std::ranges::equal(a.tree().directives(), b.tree().directives(), sameDirective)
        && shapeOf(a.graph()) == shapeOf(b.graph())
        && std::ranges::equal(a.graph().errors(), b.graph().errors(), sameError)
        && std::ranges::equal(a.graph().edges(), b.graph().edges(), sameEdge);
}

} // namespace stagewright::edit::detail
