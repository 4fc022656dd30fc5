// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "BuildOutput.h"

#include "FindingText.h"

#include "engine/BuildComparison.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ostream>

namespace stagewright::cli {

namespace {

using engine::BuildReport;
using engine::bytesText;
using engine::secondsText;
using engine::StepState;

constexpr std::size_t widestText = 76; // of an instruction in the table
constexpr std::size_t mostWasted = 5;  // paths that are named
constexpr std::size_t mostChanges = 8;
constexpr std::size_t logLines = 20; // of a step that failed

/// At most @p width characters, in one line, without control characters: a terminal must not obey what a build prints.
std::string oneLine(std::string_view text, std::size_t width)
{
    std::string result;
    std::size_t characters = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) != 0x80U && ++characters > width) {
            result += "…";
            break;
        }
        result += byte < 0x20 || byte == 0x7F ? ' ' : c;
    }
    return result;
}

std::string right(std::string_view text, std::size_t width)
{
    return std::string(width - std::min(width, text.size()), ' ') + std::string(text);
}

std::string left(std::string_view text, std::size_t width)
{
    return std::string(text) + std::string(width - std::min(width, text.size()), ' ');
}

std::string sizeText(const std::optional<std::uint64_t> &bytes)
{
    return bytes ? bytesText(*bytes) : "?";
}

std::string signedText(std::int64_t bytes)
{
    return (bytes < 0 ? "-" : "+") + bytesText(static_cast<std::uint64_t>(bytes < 0 ? -bytes : bytes));
}

std::string stepName(const engine::BuildStep &step)
{
    return oneLine(step.name, widestText);
}

void addStage(std::string &out, const engine::StageReport &stage, bool isTarget)
{
    out += std::string("\n") + (isTarget ? "Final stage " : "Stage ") + stage.name + ": " + sizeText(stage.bytes);
    if (stage.baseBytes && *stage.baseBytes > 0)
        out += " (base image " + bytesText(*stage.baseBytes) + ")";
    out += ", " + secondsText(stage.seconds) + '\n';
    out += "   line      bytes       time\n";
    for (const engine::InstructionReport &one : stage.instructions) {
        const bool isFrom = &one == &stage.instructions.front();
        // A FROM adds nothing of its own but what triggers of its base do.
        const std::string bytes = isFrom && one.bytes.value_or(0) == 0 ? "" : sizeText(one.bytes);
        out += right(std::to_string(one.line), 7) + right(bytes, 11)
            + right(one.cached.value_or(false) ? "cached"
                        : one.seconds          ? secondsText(*one.seconds)
                                               : "",
                    11)
            + "  " + oneLine(one.text, widestText) + '\n';
    }
}

void addExposure(std::string &out, const BuildReport &report)
{
    if (!report.exposes)
        return;
    const engine::Exposure &image = *report.exposes;
    const engine::Exposure *other = report.builderExposes ? &*report.builderExposes : nullptr;
    const auto row = [&](std::string_view name, auto text) {
        out += "  " + left(name, 20) + (other ? left(text(image), 18) + text(*other) : text(image)) + '\n';
    };
    out += '\n' + left("What it exposes", 22) + (other ? left("image", 18) + report.builder : "image") + '\n';
    const auto orNone = [](const std::string &text) { return text.empty() ? std::string("none") : text; };
    row("shell", [&](const engine::Exposure &e) { return orNone(e.shell); });
    row("package manager", [&](const engine::Exposure &e) { return orNone(e.packageManager); });
    row("packages",
        [](const engine::Exposure &e) { return e.packages ? std::to_string(*e.packages) : std::string("not known"); });
    row("executable files", [](const engine::Exposure &e) { return std::to_string(e.executables); });
    row("setuid files", [](const engine::Exposure &e) { return std::to_string(e.setuid); });
    row("user", [](const engine::Exposure &e) { return e.user.empty() ? std::string("root") : oneLine(e.user, 40); });
}

void addChanges(std::string &out, const BuildSession &session)
{
    if (!session.before() || !session.before()->bytes || !session.record().bytes)
        return;
    const engine::BuildRecord &before = *session.before();
    const auto difference = std::int64_t(*session.record().bytes) - std::int64_t(*before.bytes);
    out += "\nSince the last build: " + bytesText(*before.bytes) + " → " + bytesText(*session.record().bytes);
    out += difference == 0 ? ", no difference\n" : " (" + signedText(difference) + ")\n";
    std::size_t shown = 0;
    for (const engine::SizeChange &change : engine::compareSizes(before, session.record())) {
        if (change.difference() == 0 || ++shown > mostChanges)
            break;
        static constexpr std::array<const char *, 5> words{"added", "removed", "changed", "same text", "base image"};
        out += right(signedText(change.difference()), 14) + "  " + left(words[std::size_t(change.kind)], 10) + ' '
            + change.stageName + ": " + oneLine(change.text, widestText - 16) + '\n';
    }
}

void addMisses(std::string &out, const BuildSession &session, const Snapshot &snapshot)
{
    if (!session.before())
        return;
    std::string list;
    for (const engine::CacheMiss &miss :
         engine::explainMisses(snapshot, session.report(), &*session.before(), session.record())) {
        if (miss.reason != engine::MissReason::EarlierStep)
            list += right(std::to_string(snapshot.tree().instruction(miss.instruction).firstLine), 7) + "  " + miss.text
                + '\n';
    }
    if (!list.empty())
        out += "\nWhy steps ran again\n" + list;
}

} // namespace

ProgressDisplay::ProgressDisplay(std::ostream &out, bool terminal, int columns)
    : m_out(out)
    , m_terminal(terminal)
    , m_columns(std::clamp(columns, 30, 200))
{
}

void ProgressDisplay::clear()
{
    if (m_drawn)
        m_out << "\r\x1b[K" << std::flush;
    m_drawn = false;
}

void ProgressDisplay::show(const BuildSession &session)
{
    if (m_terminal)
        drawBar(session);
    else
        printSteps(session);
}

void ProgressDisplay::drawBar(const BuildSession &session)
{
    std::size_t all = 0;
    std::size_t over = 0;
    std::string now;
    switch (session.phase()) {
    case BuildSession::Phase::Looking: now = "looking for an engine"; break;
    case BuildSession::Phase::Building: {
        const Snapshot &snapshot = session.steps().snapshot();
        for (const Instruction &instruction : snapshot.tree().instructions()) {
            const engine::RowState state = session.steps().stateOf(instruction.id, session.progress());
            if (state == engine::RowState::None || state == engine::RowState::Skipped)
                continue;
            ++all;
            over += state != engine::RowState::Waiting && state != engine::RowState::Running ? 1U : 0U;
        }
        for (const engine::BuildStep &step : session.progress().steps()) {
            if (step.state == StepState::Running)
                now = stepName(step);
        }
        break;
    }
    case BuildSession::Phase::Measuring:
        now = "measuring the stages";
        all = session.steps().snapshot().graph().stages().size();
        over = std::min(all, std::size_t(session.stagesMeasured()));
        break;
    case BuildSession::Phase::Reading:
        now = "reading the image: " + bytesText(static_cast<std::uint64_t>(session.bytesRead()));
        break;
    case BuildSession::Phase::Done: return;
    }
    constexpr std::size_t width = 20;
    const std::size_t filled = all == 0 ? 0 : over * width / all;
    std::string line = "[" + std::string(filled, '#') + std::string(width - filled, '.') + "] ";
    if (all > 0)
        line += std::to_string(over) + '/' + std::to_string(all) + ' ';
    // One column stays free: a terminal may go to the next line when the last one is written.
    line += oneLine(now, std::size_t(m_columns) - std::min(std::size_t(m_columns) - 2, line.size() + 2));
    m_out << '\r' << line << "\x1b[K" << std::flush;
    m_drawn = true;
}

void ProgressDisplay::printSteps(const BuildSession &session)
{
    const engine::BuildProgress &progress = session.progress();
    m_told.resize(progress.size());
    for (std::size_t i = 0; i < progress.size(); ++i) {
        const engine::BuildStep &step = progress.step(i);
        if (m_told[i] || !step.isOver() || step.name.empty())
            continue;
        m_told[i] = true;
        const auto time = step.duration();
        std::string_view word;
        switch (step.state) {
        case StepState::Cached: word = "cached"; break;
        case StepState::Failed: word = "FAILED"; break;
        case StepState::Cancelled: word = "cancelled"; break;
        default: break;
        }
        const std::string end = !word.empty() ? std::string(word)
            : time                            ? secondsText(std::chrono::duration<double>(*time).count())
                                              : "done";
        m_out << right(end, 10) << "  " << stepName(step) << '\n';
    }
    if (m_phase != session.phase()) {
        m_phase = session.phase();
        if (m_phase == BuildSession::Phase::Measuring)
            m_out << "Measuring the stages.\n";
        else if (m_phase == BuildSession::Phase::Reading)
            m_out << "Reading the image.\n";
    }
    m_out << std::flush;
}

std::string reportText(const BuildSession &session, const Snapshot &snapshot)
{
    const BuildReport &report = session.report();
    std::string out = "Built " + report.image.substr(0, 19) + " with "
        + session.engineUsed()->description().toStdString() + " in " + secondsText(report.seconds) + '\n';
    for (const engine::StageReport &stage : report.stages)
        addStage(out, stage, stage.stage == report.target);
    const engine::StageReport *builder = report.biggestBuilder();
    out += '\n';
    if (builder && report.bytes)
        out += builder->name + ' ' + sizeText(builder->bytes) + " → final " + bytesText(*report.bytes) + '\n';
    if (report.bytes && report.baseBytes)
        out += "Image " + bytesText(*report.bytes) + ": base " + bytesText(*report.baseBytes) + ", this file adds "
            + bytesText(*report.bytes - *report.baseBytes) + '\n';
    if (report.efficiency) {
        std::array<char, 32> percent{};
        std::snprintf(percent.data(), percent.size(), "%.1f %%", *report.efficiency * 100);
        out += std::string("Efficiency ") + percent.data() + ", wasted " + bytesText(report.wastedBytes.value_or(0))
            + '\n';
        for (std::size_t i = 0; i < std::min(mostWasted, report.wasted.size()); ++i) {
            const engine::WastedPath &path = report.wasted[i];
            out += right(bytesText(path.bytes), 12) + "  " + oneLine(path.path, widestText)
                + (path.copies > 1 ? " (" + std::to_string(path.copies) + " copies)" : " (removed later)") + '\n';
        }
    }
    addExposure(out, report);
    addChanges(out, session);
    addMisses(out, session, snapshot);
    for (const std::string &problem : report.problems)
        out += "\nnote: " + problem + '\n';
    return out;
}

std::string failureText(const BuildSession &session, const BuildInput &input, const engine::BuildFailure &failure,
                        std::span<const Diagnostic> findings)
{
    std::string out;
    if (failure.step) {
        const engine::BuildStep &step = session.progress().step(*failure.step);
        std::string log = step.log.tail(16'000);
        while (log.ends_with('\n'))
            log.pop_back();
        std::size_t begin = log.size();
        for (std::size_t lines = 0; begin != std::string::npos && begin > 0 && lines < logLines; ++lines)
            begin = log.rfind('\n', begin - 1);
        log = begin == std::string::npos || begin == 0 ? log : log.substr(begin + 1);
        while (!log.empty()) {
            const std::size_t end = log.find('\n');
            out += "  | " + oneLine(std::string_view(log).substr(0, end), 200) + '\n';
            log.erase(0, end == std::string::npos ? log.size() : end + 1);
        }
    }
    const Snapshot &snapshot = *input.snapshot;
    out += failure.line > 0 ? input.path + ':' + std::to_string(failure.line) + ": " : std::string();
    out += "The build failed";
    if (failure.place.instruction != InstructionId::None)
        out += " at "
            + oneLine(engine::logicalLine(snapshot, snapshot.tree().instruction(failure.place.instruction)), 120);
    out += '\n';
    if (!failure.message.empty())
        out += "  " + oneLine(failure.message, 400) + '\n';
    if (failure.explanation) {
        if (failure.explanation->message != failure.message)
            out += "  " + oneLine(failure.explanation->message, 400) + '\n';
        out += '\n' + std::string(failure.explanation->title) + ". " + std::string(failure.explanation->meaning) + '\n'
            + "How to fix it: " + std::string(failure.explanation->remedy) + '\n';
    }
    if (failure.predicted)
        out += "\nThis was foreseen:\n"
            + findingText(input.path, snapshot, findings[*failure.predicted], {.colour = false, .explain = false});
    return out;
}

} // namespace stagewright::cli
