// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/FailureExplanation.h"

#include "engine/FailureTable.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <initializer_list>
#include <limits>

namespace stagewright::engine {

namespace {

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

bool holds(std::string_view line, const FailureParts &parts)
{
    std::size_t at = 0;
    for (const std::string_view part : parts) {
        at = line.find(part, at);
        if (at == std::string_view::npos)
            return false;
        at += part.size();
    }
    return true;
}

/// BuildKit shows the file's own lines with the error; they are no message.
bool isExcerpt(std::string_view line)
{
    const std::size_t bar = line.find(" | ");
    return bar != std::string_view::npos && bar < 8
        && std::ranges::all_of(line.substr(0, bar), [](char c) { return c == ' ' || (c >= '0' && c <= '9'); });
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r' || text.back() == '\n'))
        text.remove_suffix(1);
    return text;
}

/// podman and buildah write their own remarks between what matters: time="…" level=warning msg="…".
bool isRemark(std::string_view line)
{
    return line.starts_with("time=\"")
        && (line.contains(" level=warning ") || line.contains(" level=info ") || line.contains(" level=debug "));
}

/// Takes the first line off @p text; without the blanks around it.
std::string_view takeLine(std::string_view &text)
{
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

/// A line as people read it: without colours, and without the variable that podman prints behind some errors.
std::string plain(std::string_view line)
{
    std::string text;
    for (std::size_t at = 0; at < line.size();) {
        if (line.substr(at).starts_with("\x1b[")) {
            at = line.find_first_not_of("0123456789;?", at + 2); // the letter that ends it goes, too
            at = at == std::string_view::npos ? line.size() : at + 1;
        } else {
            text += line[at++];
        }
    }
    text.resize(std::min(text.size(), text.find(" &imagebuilder.Step{")));
    return text;
}

/// The engine's verdict: its last line. What stands above is what a program wrote, or what the engine deprecates.
std::string verdict(std::string_view text)
{
    std::string last;
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        if (!line.empty() && !isRemark(line))
            last = plain(line);
    }
    for (const std::string_view prefix : {"ERROR: ", "Error: ", "error: ", "failed to solve: "}) {
        if (last.starts_with(prefix))
            last.erase(0, prefix.size());
    }
    return last;
}

/// The number at the start of @p text; 0: none.
std::uint32_t numberAt(std::string_view text)
{
    std::uint32_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// The line of a file that an engine refuses: "Dockerfile:7" on a line of its own, "parse error on line 7: …". 0: it
/// names none.
std::uint32_t lineIn(std::string_view text)
{
    constexpr std::string_view refused = "parse error on line ";
    std::uint32_t number = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view line = takeLine(rest);
        const std::size_t name = line.rfind("Dockerfile:");
        if (name == 0 && line.find_first_not_of("0123456789", 11) == std::string_view::npos)
            return numberAt(line.substr(11));
        if (const std::size_t at = line.find(refused); at != std::string_view::npos)
            number = numberAt(line.substr(at + refused.size()));
    }
    return number;
}

/// Whether instructions further down live with what it sets or brings.
bool isLasting(InstructionKind kind)
{
    switch (kind) {
    case InstructionKind::Add:
    case InstructionKind::Copy:
    case InstructionKind::Env:
    case InstructionKind::Shell:
    case InstructionKind::User:
    case InstructionKind::Workdir: return true;
    default: return false;
    }
}

/// Per instruction: how many instructions before @p place it stands, through the stages that this one is built from;
/// -1: it is not among them, or it ends with its own step.
std::vector<std::int32_t> distancesBefore(const StepPlace &place, const Snapshot &snapshot)
{
    std::vector<std::int32_t> distances(snapshot.tree().instructions().size(), -1);
    distances[indexOf(place.instruction)] = 0;
    std::int32_t distance = 0;
    std::size_t behind = indexOf(place.instruction);
    for (StageId id = place.stage; id != StageId::None;) {
        const Stage &stage = snapshot.graph().stage(id);
        for (std::size_t i = behind; i > indexOf(stage.firstInstruction); --i) {
            if (isLasting(snapshot.tree().instructions()[i - 1].kind))
                distances[i - 1] = ++distance;
        }
        id = stage.base.kind == BaseKind::Stage ? stage.base.stage : StageId::None;
        if (id != StageId::None)
            behind = indexOf(snapshot.graph().stage(id).endInstruction);
    }
    return distances;
}

/// The finding that foresaw @p failure: one whose rule is about it, at the instruction or at the nearest before it that
/// is to blame (USER, SHELL, a COPY), or else any error at the instruction, whatever the engine's words are.
std::optional<std::size_t> predictionOf(const BuildFailure &failure, const Snapshot &snapshot,
                                        std::span<const Diagnostic> findings)
{
    const std::vector<std::int32_t> distances = distancesBefore(failure.place, snapshot);
    std::optional<std::size_t> best;
    std::int32_t nearest = std::numeric_limits<std::int32_t>::max();
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const Diagnostic &finding = findings[i];
        if (finding.instruction == InstructionId::None)
            continue;
        const std::int32_t distance = distances[indexOf(finding.instruction)];
        const bool related = failure.explanation
            && std::ranges::find(failure.explanation->rules, finding.ruleId) != failure.explanation->rules.end();
        if (related && distance >= 0 && distance < nearest) {
            best = i;
            nearest = distance;
        } else if (!best && distance == 0 && finding.severity == Severity::Error) {
            best = i;
        }
    }
    return best;
}

} // namespace

std::optional<FailureExplanation> explainFailure(std::string_view text)
{
    const std::vector<FailureRow> &rows = failureTable();
    std::size_t best = rows.size();
    std::string bestLine;
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        if (line.empty() || isExcerpt(line) || isRemark(line))
            continue;
        const std::string words = plain(line);
        const std::string lower = lowered(words);
        for (std::size_t i = 0; i < rows.size() && i <= best; ++i) {
            if (std::ranges::any_of(rows[i].patterns, [&](const FailureParts &parts) { return holds(lower, parts); })) {
                best = i;
                bestLine = words;
                break;
            }
        }
    }
    if (best == rows.size())
        return std::nullopt;
    const FailureRow &row = rows[best];
    return FailureExplanation{row.id, row.title, row.meaning, row.remedy, row.rules, bestLine.substr(0, 500)};
}

BuildFailure findFailure(const BuildProgress &progress, const StepMap &steps, std::span<const Diagnostic> findings,
                         std::string_view lastWords)
{
    BuildFailure failure;
    std::string text;
    for (std::size_t i = 0; i < progress.size(); ++i) {
        const BuildStep &step = progress.step(i);
        if (step.state != StepState::Failed)
            continue;
        // Of several that failed at once the one that is in the document is more use.
        const StepPlace place = steps.placeOf(i);
        if (failure.step
            && (failure.place.instruction != InstructionId::None || place.instruction == InstructionId::None))
            continue;
        failure.step = i;
        failure.place = place;
        failure.message = verdict(step.error);
        text = step.log.text() + '\n' + step.error + '\n';
    }
    text += lastWords;
    if (failure.message.empty() || !failure.step)
        failure.message = verdict(lastWords);
    failure.explanation = explainFailure(text);
    if (failure.explanation && failure.place.instruction == InstructionId::None)
        failure.message = verdict(failure.explanation->message);
    if (failure.place.instruction == InstructionId::None) {
        failure.line = lineIn(lastWords);
        return failure;
    }
    failure.line = steps.snapshot().tree().instruction(failure.place.instruction).firstLine;
    failure.predicted = predictionOf(failure, steps.snapshot(), findings);
    return failure;
}

} // namespace stagewright::engine
