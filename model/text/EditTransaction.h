// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "text/SourceText.h"
#include "text/TextRange.h"

#include <string>
#include <vector>

namespace stagewright {

/// Replaces the bytes of @c range by @c replacement (UTF-8). An empty range inserts.
struct TextEdit
{
    TextRange range;
    std::string replacement;
    friend bool operator==(const TextEdit &, const TextEdit &) = default;
};

/// One undoable step: edits that all refer to the same text, sorted and not overlapping.
/// Insertions at one offset keep the order in which they were added.
class EditTransaction
{
public:
    EditTransaction() = default;
    explicit EditTransaction(std::string label)
        : m_label(std::move(label))
    {
    }

    /// @p label is what the undo menu shows ("Rename stage build").
    [[nodiscard]] const std::string &label() const { return m_label; }
    void setLabel(std::string label) { m_label = std::move(label); }

    /// Adds an edit. Precondition (asserted): it overlaps no edit already added.
    void replace(TextRange range, std::string replacement);
    void insert(Offset at, std::string text) { replace(TextRange::at(at), std::move(text)); }
    void remove(TextRange range) { replace(range, {}); }
    /// True if @p range overlaps an edit that is already here.
    [[nodiscard]] bool touches(TextRange range) const;

    [[nodiscard]] const std::vector<TextEdit> &edits() const { return m_edits; }
    [[nodiscard]] bool isEmpty() const { return m_edits.empty(); }

    /// The text after the edits. Precondition: every range lies in @p before.
    [[nodiscard]] SourceText applyTo(const SourceText &before) const;
    /// What takes applyTo(before) back to @p before, byte for byte.
    [[nodiscard]] EditTransaction inverse(const SourceText &before) const;

    /// Where an offset (range) of the old text is in the new one. An offset inside a replaced range moves to
    /// the replacement's end; an insertion exactly at an offset pushes it to the right if @p pushed.
    [[nodiscard]] Offset mapOffset(Offset offset, bool pushed = true) const;
    [[nodiscard]] TextRange mapRange(TextRange range) const;

    /// The smallest single edit that turns @p before into @p after, on UTF-8 boundaries. Empty if they are equal.
    [[nodiscard]] static EditTransaction difference(const SourceText &before, const SourceText &after);

    friend bool operator==(const EditTransaction &a, const EditTransaction &b) { return a.m_edits == b.m_edits; }

private:
    std::string m_label;
    std::vector<TextEdit> m_edits;
};

} // namespace stagewright
