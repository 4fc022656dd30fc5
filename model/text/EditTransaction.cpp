// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/EditTransaction.h"

#include <QtAssert>

#include <algorithm>
#include <utility>

namespace stagewright {

namespace {

/// Insertions at an offset stand in front of a replacement that begins there.
bool orderedBefore(TextRange a, TextRange b)
{
    return std::pair(a.begin, !a.isEmpty()) < std::pair(b.begin, !b.isEmpty());
}

bool isContinuationByte(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

bool splitsCharacter(std::string_view text, std::size_t at)
{
    return at < text.size() && isContinuationByte(text[at]);
}

} // namespace

void EditTransaction::replace(TextRange range, std::string replacement)
{
    Q_ASSERT(range.begin <= range.end);
    Q_ASSERT(!touches(range));
    if (range.isEmpty() && replacement.empty())
        return;
    TextEdit edit{range, std::move(replacement)};
    if (m_edits.empty() || !orderedBefore(range, m_edits.back().range)) {
        m_edits.push_back(std::move(edit));
        return;
    }
    const auto at = std::ranges::upper_bound(m_edits, range, orderedBefore, &TextEdit::range);
    m_edits.insert(at, std::move(edit));
}

bool EditTransaction::touches(TextRange range) const
{
    const auto behind
        = std::ranges::upper_bound(m_edits, range.begin, {}, [](const TextEdit &edit) { return edit.range.begin; });
    if (behind != m_edits.end() && behind->range.begin < range.end)
        return true;
    if (behind == m_edits.begin())
        return false;
    const TextRange before = std::prev(behind)->range;
    if (range.isEmpty())
        return before.begin < range.begin && range.begin < before.end;
    return before.overlaps(range);
}

SourceText EditTransaction::applyTo(const SourceText &before) const
{
    const std::string_view old = before.bytes();
    std::size_t size = old.size();
    for (const TextEdit &edit : m_edits)
        size += edit.replacement.size();
    std::string text;
    text.reserve(size);
    std::size_t done = 0;
    for (const TextEdit &edit : m_edits) {
        Q_ASSERT(edit.range.end <= old.size());
        text.append(old.substr(done, edit.range.begin - done)).append(edit.replacement);
        done = edit.range.end;
    }
    text.append(old.substr(done));
    return SourceText::fromTrusted(std::move(text));
}

EditTransaction EditTransaction::inverse(const SourceText &before) const
{
    EditTransaction undo(m_label);
    undo.m_edits.reserve(m_edits.size());
    std::int64_t shift = 0;
    for (const TextEdit &edit : m_edits) {
        const auto begin = static_cast<Offset>(edit.range.begin + shift);
        const auto length = static_cast<Offset>(edit.replacement.size());
        undo.m_edits.push_back({{begin, begin + length}, std::string(before.slice(edit.range))});
        shift += static_cast<std::int64_t>(length) - edit.range.length();
    }
    return undo;
}

Offset EditTransaction::mapOffset(Offset offset, bool pushed) const
{
    std::int64_t shift = 0;
    for (const TextEdit &edit : m_edits) {
        const TextRange range = edit.range;
        if (range.begin > offset || (range.begin == offset && !(range.isEmpty() && pushed)))
            break;
        shift += static_cast<std::int64_t>(edit.replacement.size()) - range.length();
        if (range.end > offset)
            return static_cast<Offset>(range.end + shift);
    }
    return static_cast<Offset>(offset + shift);
}

TextRange EditTransaction::mapRange(TextRange range) const
{
    const Offset begin = mapOffset(range.begin, true);
    if (range.isEmpty())
        return TextRange::at(begin);
    return {begin, std::max(begin, mapOffset(range.end, false))};
}

EditTransaction EditTransaction::difference(const SourceText &before, const SourceText &after)
{
    EditTransaction change;
    const std::string_view a = before.bytes();
    const std::string_view b = after.bytes();
    const std::size_t shorter = std::min(a.size(), b.size());
    auto prefix = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    while (prefix > 0 && (splitsCharacter(a, prefix) || splitsCharacter(b, prefix)))
        --prefix;
    std::size_t suffix = 0;
    while (suffix < shorter - prefix && a[a.size() - 1 - suffix] == b[b.size() - 1 - suffix])
        ++suffix;
    while (suffix > 0 && isContinuationByte(a[a.size() - suffix]))
        --suffix;
    const TextRange range{static_cast<Offset>(prefix), static_cast<Offset>(a.size() - suffix)};
    change.replace(range, std::string(b.substr(prefix, b.size() - suffix - prefix)));
    return change;
}

} // namespace stagewright
