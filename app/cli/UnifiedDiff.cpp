// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "UnifiedDiff.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace stagewright::cli {

namespace {

using Lines = std::vector<std::string_view>;

/// One line of the result; indexes into the two texts' lines.
struct Step
{
    char sign = ' '; ///< ' ', '-' or '+'
    std::size_t before = 0;
    std::size_t after = 0;
};

/// Above this many pairs of lines the table of the longest common subsequence would take too much memory; what
/// differs is then shown as replaced as a whole.
constexpr std::size_t MaximumPairs = 16'000'000;

Lines splitLines(std::string_view text)
{
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
        lines.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return lines;
}

/// Steps for what lies between the common start and the common end, by longest common subsequence.
void appendChanged(std::vector<Step> &steps, const Lines &before, const Lines &after, std::size_t start,
                   std::size_t beforeEnd, std::size_t afterEnd)
{
    const std::size_t rows = beforeEnd - start;
    const std::size_t columns = afterEnd - start;
    std::size_t i = 0;
    std::size_t j = 0;
    if (rows > 0 && columns > 0 && rows <= MaximumPairs / columns) {
        // length[i][j]: the longest common subsequence of what is left from i and j on.
        std::vector<std::uint32_t> length((rows + 1) * (columns + 1), 0);
        const auto at = [&](std::size_t row, std::size_t column) -> std::uint32_t & {
            return length[row * (columns + 1) + column];
        };
        for (std::size_t row = rows; row-- > 0;) {
            for (std::size_t column = columns; column-- > 0;) {
                at(row, column) = before[start + row] == after[start + column]
                    ? at(row + 1, column + 1) + 1
                    : std::max(at(row + 1, column), at(row, column + 1));
            }
        }
        while (i < rows && j < columns) {
            if (before[start + i] == after[start + j]) {
                steps.push_back({' ', start + i++, start + j++});
            } else if (at(i + 1, j) >= at(i, j + 1)) {
                steps.push_back({'-', start + i++, start + j});
            } else {
                steps.push_back({'+', start + i, start + j++});
            }
        }
    }
    while (i < rows)
        steps.push_back({'-', start + i++, start + j});
    while (j < columns)
        steps.push_back({'+', start + i, start + j++});
}

std::vector<Step> stepsBetween(const Lines &before, const Lines &after)
{
    std::size_t start = 0;
    while (start < before.size() && start < after.size() && before[start] == after[start])
        ++start;
    std::size_t beforeEnd = before.size();
    std::size_t afterEnd = after.size();
    while (beforeEnd > start && afterEnd > start && before[beforeEnd - 1] == after[afterEnd - 1]) {
        --beforeEnd;
        --afterEnd;
    }
    std::vector<Step> steps;
    for (std::size_t i = 0; i < start; ++i)
        steps.push_back({' ', i, i});
    appendChanged(steps, before, after, start, beforeEnd, afterEnd);
    for (; beforeEnd < before.size(); ++beforeEnd, ++afterEnd)
        steps.push_back({' ', beforeEnd, afterEnd});
    return steps;
}

/// "12,3" as diff(1) counts: the length is left out when it is 1, and an empty part names the line in front of it.
std::string partOf(std::size_t first, std::size_t count)
{
    std::string part = std::to_string(count == 0 ? first : first + 1);
    if (count != 1)
        part += "," + std::to_string(count);
    return part;
}

void appendHunk(std::string &result, const std::vector<Step> &steps, std::size_t first, std::size_t end,
                const Lines &before, const Lines &after)
{
    const auto count = [&](char other) {
        return static_cast<std::size_t>(std::count_if(steps.begin() + std::ptrdiff_t(first),
                                                      steps.begin() + std::ptrdiff_t(end),
                                                      [other](const Step &step) { return step.sign != other; }));
    };
    result
        += "@@ -" + partOf(steps[first].before, count('+')) + " +" + partOf(steps[first].after, count('-')) + " @@\n";
    for (std::size_t i = first; i < end; ++i) {
        const std::string_view line = steps[i].sign == '+' ? after[steps[i].after] : before[steps[i].before];
        result += steps[i].sign;
        result += line;
        if (!line.ends_with('\n'))
            result += "\n\\ No newline at end of file\n";
    }
}

} // namespace

std::string unifiedDiff(std::string_view before, std::string_view after, std::string_view oldName,
                        std::string_view newName)
{
    if (before == after)
        return {};
    constexpr std::size_t context = 3;
    const Lines oldLines = splitLines(before);
    const Lines newLines = splitLines(after);
    const std::vector<Step> steps = stepsBetween(oldLines, newLines);

    std::string result;
    result.append("--- ").append(oldName).append("\n+++ ").append(newName).append("\n");
    std::size_t i = 0;
    while (true) {
        while (i < steps.size() && steps[i].sign == ' ')
            ++i;
        if (i == steps.size())
            return result;
        const std::size_t first = i - std::min(i, context);
        // The hunk goes on while the next change is so near that its context would overlap.
        std::size_t lastChange = i;
        while (i < steps.size() && i - lastChange <= 2 * context) {
            if (steps[i].sign != ' ')
                lastChange = i;
            ++i;
        }
        const std::size_t end = std::min(steps.size(), lastChange + context + 1);
        appendHunk(result, steps, first, end, oldLines, newLines);
        i = end;
    }
}

} // namespace stagewright::cli
