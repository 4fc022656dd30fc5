// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "edit/EditSupport.h"
#include "lint/Rule.h"

#include <string>
#include <string_view>
#include <vector>

namespace stagewright::fixes {

/// Collects the edits of one fix, whole instructions at a time, in the file's own style.
class FixBuilder
{
public:
    explicit FixBuilder(const Snapshot &snapshot)
        : m_snapshot(snapshot)
        , m_lines(snapshot)
    {
    }

    /// Whole instructions (LF inside) above @p instruction and its comment.
    void insertAbove(const Instruction &instruction, std::string_view text);
    void insertBelow(const Instruction &instruction, std::string_view text);
    /// Replaces the instruction's text and keeps what stays the same; comment lines inside it move above it.
    void rewrite(const Instruction &instruction, const std::string &text);
    /// Replaces the instruction and the comment above it, which belongs to what goes away.
    void replaceWithComment(const Instruction &instruction, std::string_view text);
    void remove(const Instruction &instruction);
    void replace(TextRange range, std::string text) { m_transaction.replace(range, std::move(text)); }
    /// The edits of another transaction over the same snapshot; false when both touch the same text.
    [[nodiscard]] bool merge(const EditTransaction &other);

    /// The instruction with its comment, as whole lines.
    [[nodiscard]] std::string linesOf(const Instruction &instruction) const;
    /// The comment above an instruction, as whole lines; "" for none.
    [[nodiscard]] std::string commentOf(const Instruction &instruction) const;
    /// A keyword in the file's casing.
    [[nodiscard]] std::string keyword(std::string_view upper) const { return edit::detail::keyword(m_snapshot, upper); }

    [[nodiscard]] Fix finish(std::string title, std::string detail, std::string icon, bool safe);

private:
    const Snapshot &m_snapshot;
    edit::detail::Lines m_lines;
    EditTransaction m_transaction;
};

/// True when a rule only asks whether there is a fix, and one was found.
[[nodiscard]] inline bool isAnswered(const RuleContext &context, const std::vector<Fix> &out)
{
    return context.onlyWhether && !out.empty();
}

} // namespace stagewright::fixes
