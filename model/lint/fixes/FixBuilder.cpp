// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/FixBuilder.h"

#include "lint/fixes/ShellFixes.h"

#include <algorithm>

namespace stagewright::fixes {

namespace detail = edit::detail;

void FixBuilder::insertAbove(const Instruction &instruction, std::string_view text)
{
    detail::insertLines(m_transaction, m_snapshot, m_lines.instruction(instruction).first,
                        detail::asLines(m_snapshot, text));
}

void FixBuilder::insertBelow(const Instruction &instruction, std::string_view text)
{
    detail::insertLines(m_transaction, m_snapshot, instruction.lastLine + 1, detail::asLines(m_snapshot, text));
}

void FixBuilder::rewrite(const Instruction &instruction, const std::string &text)
{
    std::string comments;
    const std::uint32_t end = instruction.heredocs.empty() ? instruction.lastLine : instruction.firstLine;
    for (std::uint32_t line = instruction.firstLine + 1; line <= end; ++line) {
        if (m_lines.isComment(line))
            comments += std::string(detail::trimmed(m_snapshot.text().slice(m_snapshot.text().line(line)))) + '\n';
    }
    if (comments.empty()) {
        detail::rewrite(m_transaction, m_snapshot.text(), instruction.range, text);
        return;
    }
    std::string whole = comments + text;
    std::string lines = detail::asLines(m_snapshot, whole);
    while (lines.ends_with('\n') || lines.ends_with('\r'))
        lines.pop_back();
    m_transaction.replace(instruction.range, std::move(lines));
}

void FixBuilder::replaceWithComment(const Instruction &instruction, std::string_view text)
{
    const TextRange whole = m_lines.range(m_lines.instruction(instruction));
    std::string lines = detail::asLines(m_snapshot, text);
    // The file's last line may have no ending; then its successor has none either.
    if (!m_snapshot.text().slice(whole).ends_with('\n')) {
        while (lines.ends_with('\n') || lines.ends_with('\r'))
            lines.pop_back();
    }
    m_transaction.replace(whole, std::move(lines));
}

void FixBuilder::remove(const Instruction &instruction)
{
    detail::removeLines(m_transaction, m_snapshot, {m_lines.instruction(instruction)});
}

bool FixBuilder::merge(const EditTransaction &other)
{
    for (const TextEdit &edit : other.edits()) {
        if (m_transaction.touches(edit.range))
            return false;
        m_transaction.replace(edit.range, edit.replacement);
    }
    return true;
}

std::string FixBuilder::linesOf(const Instruction &instruction) const
{
    return m_lines.text(m_lines.instruction(instruction));
}

std::string FixBuilder::commentOf(const Instruction &instruction) const
{
    const detail::LineSpan span = m_lines.instruction(instruction);
    return span.first < instruction.firstLine ? m_lines.text({span.first, instruction.firstLine - 1}) : std::string();
}

Fix FixBuilder::finish(std::string title, std::string detail, std::string icon, bool safe)
{
    m_transaction.setLabel(title);
    return {std::move(title), std::move(detail), std::move(icon), std::move(m_transaction), safe};
}

void removeInstruction(const RuleContext &context, InstructionId instruction, std::string_view title,
                       std::string_view detail, std::vector<Fix> &out)
{
    FixBuilder builder(context.snapshot);
    builder.remove(context.snapshot.tree().instruction(instruction));
    out.push_back(builder.finish(std::string(title), std::string(detail), "trash-2", false));
}

} // namespace stagewright::fixes
