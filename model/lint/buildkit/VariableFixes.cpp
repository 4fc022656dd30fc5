// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/VariableFixes.h"

#include "lint/fixes/FixBuilder.h"

namespace stagewright::checks {

namespace {

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

} // namespace

void offerVariable(const RuleContext &context, const Diagnostic &diagnostic, std::string_view name,
                   std::string_view suggestion, std::vector<Fix> &out)
{
    if (suggestion.empty())
        return;
    const std::string_view text = context.snapshot.text().slice(diagnostic.range);
    EditTransaction transaction;
    for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + name.size())) {
        const bool isUse = (at >= 1 && text[at - 1] == '$') || (at >= 2 && text[at - 1] == '{' && text[at - 2] == '$');
        const std::size_t end = at + name.size();
        if (!isUse || (end < text.size() && isNameCharacter(text[end])))
            continue;
        const Offset begin = diagnostic.range.begin + static_cast<Offset>(at);
        transaction.replace({begin, begin + static_cast<Offset>(name.size())}, std::string(suggestion));
    }
    offer(out, std::move(transaction), "Use $" + std::string(suggestion), {}, "variable", false);
}

edit::Result declareGlobally(const RuleContext &context, std::string_view name)
{
    const Snapshot &snapshot = context.snapshot;
    if (snapshot.graph().stages().empty())
        return std::unexpected(edit::EditError{"There is no FROM"});
    const Instruction &from = snapshot.tree().instruction(snapshot.graph().stages().front().from);
    fixes::FixBuilder builder(snapshot);
    builder.insertAbove(from, builder.keyword("ARG") + " " + std::string(name));
    return builder.finish({}, {}, {}, false).transaction;
}

} // namespace stagewright::checks
