// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/EditSupport.h"

#include <algorithm>

namespace stagewright::edit::detail {

namespace {

struct OldLine
{
    TextRange content;
    TextRange whole; ///< With the ending.
};

std::vector<OldLine> oldLines(const SourceText &text, TextRange range)
{
    std::vector<OldLine> lines;
    const std::uint32_t last = text.lineAt(range.end);
    for (std::uint32_t line = text.lineAt(range.begin); line <= last; ++line) {
        const TextRange content = text.line(line);
        const TextRange whole = text.lineWithEnding(line);
        lines.push_back({{std::max(content.begin, range.begin), std::min(content.end, range.end)},
                         {std::max(whole.begin, range.begin), std::min(whole.end, range.end)}});
    }
    return lines;
}

std::vector<std::string_view> newLines(std::string_view text)
{
    std::vector<std::string_view> lines;
    for (std::size_t begin = 0;;) {
        const std::size_t end = text.find('\n', begin);
        lines.push_back(text.substr(begin, end == std::string_view::npos ? end : end - begin));
        if (end == std::string_view::npos)
            return lines;
        begin = end + 1;
    }
}

bool isContinuationByte(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// One edit for the characters between the common start and the common end.
void rewriteCharacters(EditTransaction &transaction, const SourceText &text, TextRange range, std::string_view wanted)
{
    const std::string_view old = text.slice(range);
    if (old == wanted)
        return;
    const std::size_t shorter = std::min(old.size(), wanted.size());
    std::size_t prefix = 0;
    while (prefix < shorter && old[prefix] == wanted[prefix])
        ++prefix;
    while (prefix > 0
           && ((prefix < old.size() && isContinuationByte(old[prefix]))
               || (prefix < wanted.size() && isContinuationByte(wanted[prefix]))))
        --prefix;
    std::size_t suffix = 0;
    while (suffix < shorter - prefix && old[old.size() - suffix - 1] == wanted[wanted.size() - suffix - 1])
        ++suffix;
    while (suffix > 0
           && (isContinuationByte(old[old.size() - suffix]) || isContinuationByte(wanted[wanted.size() - suffix])))
        --suffix;
    transaction.replace({range.begin + static_cast<Offset>(prefix), range.end - static_cast<Offset>(suffix)},
                        std::string(wanted.substr(prefix, wanted.size() - suffix - prefix)));
}

/// Pairs (old line, new line) of a longest common subsequence; too long lists are taken as all different.
std::vector<std::pair<std::size_t, std::size_t>> commonLines(const SourceText &text, std::span<const OldLine> old,
                                                             std::span<const std::string_view> wanted)
{
    constexpr std::size_t MostCells = 1'000'000;
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    const std::size_t width = wanted.size() + 1;
    if ((old.size() + 1) * width > MostCells)
        return pairs;
    std::vector<std::uint32_t> lengths((old.size() + 1) * width, 0);
    const auto same = [&](std::size_t i, std::size_t k) { return text.slice(old[i].content) == wanted[k]; };
    for (std::size_t i = old.size(); i-- > 0;) {
        for (std::size_t k = wanted.size(); k-- > 0;) {
            lengths[i * width + k] = same(i, k) ? lengths[(i + 1) * width + k + 1] + 1
                                                : std::max(lengths[(i + 1) * width + k], lengths[i * width + k + 1]);
        }
    }
    for (std::size_t i = 0, k = 0; i < old.size() && k < wanted.size();) {
        if (same(i, k))
            pairs.emplace_back(i++, k++);
        else if (lengths[(i + 1) * width + k] >= lengths[i * width + k + 1])
            ++i;
        else
            ++k;
    }
    return pairs;
}

std::string joined(std::span<const std::string_view> lines, std::string_view newline)
{
    std::string result;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0)
            result += newline;
        result += lines[i];
    }
    return result;
}

/// Lines [first, end) of all old lines become @p wanted.
void rewriteRun(EditTransaction &transaction, const SourceText &text, std::span<const OldLine> all, std::size_t first,
                std::size_t end, std::span<const std::string_view> wanted)
{
    const std::string_view newline = text.newline();
    if (end - first == wanted.size()) {
        for (std::size_t i = first; i < end; ++i)
            rewriteCharacters(transaction, text, all[i].content, wanted[i - first]);
    } else if (first == end && first == all.size()) {
        transaction.insert(all.back().content.end, std::string(newline) + joined(wanted, newline));
    } else if (first == end) {
        transaction.insert(all[first].whole.begin, joined(wanted, newline) + std::string(newline));
    } else if (wanted.empty() && end == all.size() && first > 0) {
        transaction.remove({all[first - 1].content.end, all[end - 1].content.end});
    } else if (wanted.empty()) {
        transaction.remove({all[first].whole.begin, all[end - 1].whole.end});
    } else {
        rewriteCharacters(transaction, text, {all[first].content.begin, all[end - 1].content.end},
                          joined(wanted, newline));
    }
}

} // namespace

void rewrite(EditTransaction &transaction, const SourceText &text, TextRange range, std::string_view wantedText)
{
    const std::vector<OldLine> old = oldLines(text, range);
    const std::vector<std::string_view> wanted = newLines(wantedText);
    std::size_t i = 0;
    std::size_t k = 0;
    const auto run = [&](std::size_t endOld, std::size_t endWanted) {
        if (i < endOld || k < endWanted)
            rewriteRun(transaction, text, old, i, endOld, std::span(wanted).subspan(k, endWanted - k));
    };
    for (const auto &[sameOld, sameWanted] : commonLines(text, old, wanted)) {
        run(sameOld, sameWanted);
        i = sameOld + 1;
        k = sameWanted + 1;
    }
    run(old.size(), wanted.size());
}

} // namespace stagewright::edit::detail
