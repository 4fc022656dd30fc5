// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/LineDiff.h"

#include <algorithm>

namespace stagewright {

namespace {

/// A run of whole lines that edits touch, in both texts; half-open, 1-based.
struct Hunk
{
    std::uint32_t oldFirst = 0, oldEnd = 0, newFirst = 0, newEnd = 0;
};

std::vector<Hunk> hunksOf(const SourceText &before, const SourceText &after, const EditTransaction &edits)
{
    std::vector<Hunk> hunks;
    for (const TextEdit &edit : edits.edits()) {
        // A whole line put in at the start of a line touches neither neighbour.
        const Offset newEnd = edits.mapOffset(edit.range.end);
        const auto newBegin = static_cast<Offset>(newEnd - edit.replacement.size());
        Hunk hunk{before.lineAt(edit.range.begin), before.lineAt(edit.range.end) + 1, after.lineAt(newBegin),
                  after.lineAt(newEnd) + 1};
        const bool atStart = before.line(hunk.oldFirst).begin == edit.range.begin;
        const bool toStart
            = before.line(hunk.oldEnd - 1).begin == edit.range.end && after.line(hunk.newEnd - 1).begin == newEnd;
        if (atStart && toStart) {
            --hunk.oldEnd;
            --hunk.newEnd;
        }
        if (!hunks.empty() && hunk.oldFirst < hunks.back().oldEnd) {
            hunks.back().oldEnd = std::max(hunks.back().oldEnd, hunk.oldEnd);
            hunks.back().newEnd = std::max(hunks.back().newEnd, hunk.newEnd);
        } else {
            hunks.push_back(hunk);
        }
    }
    return hunks;
}

std::string lineOf(const SourceText &text, std::uint32_t line)
{
    return std::string(text.slice(text.line(line)));
}

} // namespace

std::vector<DiffLine> lineDiff(const SourceText &before, const EditTransaction &edits, std::size_t limit)
{
    const SourceText after = edits.applyTo(before);
    std::vector<DiffLine> lines;
    for (Hunk hunk : hunksOf(before, after, edits)) {
        while (hunk.oldFirst < hunk.oldEnd && hunk.newFirst < hunk.newEnd
               && lineOf(before, hunk.oldFirst) == lineOf(after, hunk.newFirst)) {
            ++hunk.oldFirst;
            ++hunk.newFirst;
        }
        while (hunk.oldFirst < hunk.oldEnd && hunk.newFirst < hunk.newEnd
               && lineOf(before, hunk.oldEnd - 1) == lineOf(after, hunk.newEnd - 1)) {
            --hunk.oldEnd;
            --hunk.newEnd;
        }
        if (!lines.empty() && (hunk.oldFirst < hunk.oldEnd || hunk.newFirst < hunk.newEnd))
            lines.push_back({DiffLine::Kind::Gap, 0, {}});
        for (std::uint32_t line = hunk.oldFirst; line < hunk.oldEnd; ++line)
            lines.push_back({DiffLine::Kind::Removed, line, lineOf(before, line)});
        for (std::uint32_t line = hunk.newFirst; line < hunk.newEnd; ++line)
            lines.push_back({DiffLine::Kind::Added, line, lineOf(after, line)});
    }
    if (lines.size() > limit) {
        lines.resize(limit);
        lines.push_back({DiffLine::Kind::Gap, 0, {}});
    }
    return lines;
}

} // namespace stagewright
