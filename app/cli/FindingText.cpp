// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "FindingText.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

namespace stagewright::cli {

namespace {

/// Longer lines are cut off here, in code points; nobody reads a generated line to its end.
constexpr std::uint32_t MaximumColumns = 160;

constexpr bool startsCodePoint(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
}

/// Terminals must not act on what a file contains.
char printable(char c)
{
    const auto code = static_cast<unsigned char>(c);
    if (c == '\n')
        return ' ';
    return c != '\t' && (code < 0x20 || code == 0x7f) ? '?' : c;
}

std::string_view colourOf(Severity severity)
{
    switch (severity) {
    case Severity::Error: return "\033[1;31m";
    case Severity::Warning: return "\033[1;33m";
    case Severity::Info: break;
    }
    return "\033[1;36m";
}

std::string wrapped(std::string_view text, std::string_view colour, bool use)
{
    return use ? std::string(colour) + std::string(text) + "\033[0m" : std::string(text);
}

/// The finding's first line and a second one that underlines the part of the range that is on it.
std::string excerpt(const Snapshot &snapshot, const Diagnostic &finding, bool colour)
{
    const SourceText &text = snapshot.text();
    const TextRange line = text.line(text.lineAt(finding.range.begin));
    const Offset end = std::max(std::min(finding.range.end, line.end), finding.range.begin + 1);
    std::string shown;
    std::string mark;
    std::uint32_t columns = 0;
    bool marking = false;
    const std::string_view bytes = text.slice(line);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (startsCodePoint(bytes[i]) && ++columns > MaximumColumns) {
            shown += "…";
            break;
        }
        shown += printable(bytes[i]);
        const Offset offset = line.begin + static_cast<Offset>(i);
        if (!startsCodePoint(bytes[i]) || offset >= end)
            continue;
        if (offset < finding.range.begin)
            mark += bytes[i] == '\t' ? '\t' : ' ';
        else
            mark += std::exchange(marking, true) ? '~' : '^';
    }
    if (!marking)
        mark += '^'; // at the end of the line, or behind what is shown
    const std::string number = std::to_string(text.lineAt(finding.range.begin));
    const std::string margin(number.size() < 5 ? 5 - number.size() : 0, ' ');
    return margin + number + " | " + shown + '\n' + std::string(margin.size() + number.size(), ' ') + " | "
        + wrapped(mark, colourOf(finding.severity), colour) + '\n';
}

/// "  how: " and the text, further lines below its first character. Precondition: the text is not blank.
std::string paragraph(std::string_view name, std::string_view text)
{
    std::string result = "  " + std::string(name) + ": ";
    const std::string indent(result.size(), ' ');
    bool first = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0) { // blank lines between paragraphs would tear the findings apart
            result += std::exchange(first, false) ? "" : indent;
            std::ranges::transform(text.substr(0, end), std::back_inserter(result), printable);
            result += '\n';
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

} // namespace

std::string findingText(std::string_view path, const Snapshot &snapshot, const Diagnostic &finding, FindingStyle style)
{
    const LineColumn where = snapshot.text().positionAt(finding.range.begin);
    // BuildKit's line wins where it differs from what is underlined (an error about a whole instruction).
    const std::uint32_t line = finding.line != 0 ? finding.line : where.line;
    std::string place(path);
    place += ':' + std::to_string(line) + ':' + std::to_string(where.line == line ? where.column : 1) + ": ";
    std::string message;
    std::ranges::transform(finding.message, std::back_inserter(message), printable);
    std::string result = wrapped(place, "\033[1m", style.colour)
        + wrapped(severityName(finding.severity), colourOf(finding.severity), style.colour) + ": " + message + " ["
        + std::string(finding.ruleId) + "]\n";
    result += excerpt(snapshot, finding, style.colour);
    if (style.explain && !finding.why.empty())
        result += paragraph("why", finding.why);
    if (!finding.how.empty())
        result += paragraph("how", finding.how);
    return result;
}

} // namespace stagewright::cli
