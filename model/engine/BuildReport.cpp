// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/BuildReport.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace stagewright::engine {

namespace {

using Json = nlohmann::ordered_json;

double secondsOf(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double>(time).count();
}

/// Which steps stand at which instruction: triggers of the base belong to the FROM, so it may have several.
class StepsOfInstructions
{
public:
    StepsOfInstructions(const BuildProgress &progress, const StepMap &steps)
        : m_steps(steps.snapshot().tree().instructions().size())
    {
        for (std::size_t step = 0; step < progress.size(); ++step) {
            if (const InstructionId id = steps.placeOf(step).instruction; id != InstructionId::None)
                m_steps[indexOf(id)].push_back(step);
        }
        // Where another stage's step did the work, that one counts.
        for (std::size_t i = 0; i < m_steps.size(); ++i) {
            if (const auto shared = steps.stepOf(InstructionId(i)); m_steps[i].empty() && shared)
                m_steps[i].push_back(*shared);
        }
    }

    [[nodiscard]] const std::vector<std::size_t> &of(InstructionId id) const { return m_steps[indexOf(id)]; }

private:
    std::vector<std::vector<std::size_t>> m_steps; ///< Per instruction.
};

InstructionReport instructionReport(const Instruction &instruction, const BuildProgress &progress, const StepMap &steps,
                                    const StepsOfInstructions &own)
{
    InstructionReport report;
    report.instruction = instruction.id;
    report.line = instruction.firstLine;
    report.text = logicalLine(steps.snapshot(), instruction);
    report.state = steps.stateOf(instruction.id, progress);
    for (const std::size_t index : own.of(instruction.id)) {
        const BuildStep &step = progress.step(index);
        if (step.state == StepState::Waiting)
            continue;
        const bool cached = step.state == StepState::Cached;
        report.cached = report.cached.value_or(true) && cached;
        if (const auto time = step.duration())
            report.seconds = report.seconds.value_or(0) + secondsOf(*time);
        else if (cached)
            report.seconds = report.seconds.value_or(0);
    }
    return report;
}

void addSizes(StageReport &report, const StageBytes &sizes)
{
    report.bytes = sizes.total;
    report.baseBytes = sizes.base;
    for (InstructionReport &instruction : report.instructions) {
        instruction.bytes = 0;
        for (const InstructionBytes &row : sizes.instructions) {
            if (row.stage == report.stage && row.instruction == instruction.instruction)
                *instruction.bytes += row.bytes;
        }
    }
}

template <typename T> Json orNull(const std::optional<T> &value)
{
    return value ? Json(*value) : Json();
}

Json orNull(const std::string &text)
{
    return text.empty() ? Json() : Json(text);
}

Json exposureJson(const Exposure &exposure)
{
    return {{"shell", orNull(exposure.shell)},
            {"package_manager", orNull(exposure.packageManager)},
            {"packages", orNull(exposure.packages)},
            {"executables", exposure.executables},
            {"setuid", exposure.setuid},
            {"user", exposure.user.empty() ? "root" : exposure.user}};
}

/// Milliseconds are enough, and 0.30000000000000004 is not nice to read.
Json secondsJson(const std::optional<double> &seconds)
{
    return seconds ? Json(std::round(*seconds * 1000) / 1000) : Json();
}

} // namespace

std::string logicalLine(const Snapshot &snapshot, const Instruction &instruction)
{
    std::string text(instruction.keyword);
    for (const Flag &flag : instruction.flags)
        text += ' ' + std::string(snapshot.text().bytes().substr(flag.range.begin, flag.range.length()));
    if (!instruction.arguments.empty())
        text += ' ' + std::string(instruction.arguments);
    return text;
}

const StageReport *BuildReport::biggestBuilder() const
{
    const StageReport *best = nullptr;
    for (const StageReport &one : stages) {
        if (one.stage != target && one.bytes && (!best || *one.bytes > *best->bytes))
            best = &one;
    }
    return best;
}

BuildReport makeReport(const Engine &engine, const QString &image, const BuildProgress &progress, const StepMap &steps,
                       const StageSizes &sizes, const ImageContents *contents)
{
    const Snapshot &snapshot = steps.snapshot();
    BuildReport report;
    report.engine = engineName(engine.kind).toStdString();
    report.image = image.toStdString();
    report.target = snapshot.graph().target();
    std::optional<Time> first;
    std::optional<Time> last;
    for (const BuildStep &step : progress.steps()) {
        if (step.started && (!first || *step.started < *first))
            first = step.started;
        if (step.completed && (!last || *step.completed > *last))
            last = step.completed;
    }
    if (first && last)
        report.seconds = secondsOf(*last - *first);
    const StepsOfInstructions own(progress, steps);
    for (const Stage &stage : snapshot.graph().stages()) {
        if (!stage.reachable)
            continue;
        StageReport &one = report.stages.emplace_back();
        one.stage = stage.id;
        one.name = stage.displayName;
        one.baseName = stage.base.resolved;
        one.instructions.push_back(instructionReport(snapshot.tree().instruction(stage.from), progress, steps, own));
        for (const Instruction &instruction : snapshot.instructionsOf(stage.id))
            one.instructions.push_back(instructionReport(instruction, progress, steps, own));
        for (const InstructionReport &instruction : one.instructions)
            one.seconds += instruction.seconds.value_or(0);
        if (const StageBytes *bytes = sizes.of(stage.id))
            addSizes(one, *bytes);
        if (stage.id == report.target) {
            report.bytes = one.bytes;
            report.baseBytes = one.baseBytes;
        }
    }
    for (const QString &problem : sizes.problems)
        report.problems.push_back(problem.toStdString());
    if (contents) {
        report.wasted = contents->wasted();
        report.wastedBytes = 0;
        for (const WastedPath &path : report.wasted)
            *report.wastedBytes += path.bytes;
        const std::uint64_t all = contents->bytes();
        report.efficiency = all == 0 ? 1.0 : double(all - *report.wastedBytes) / double(all);
        report.exposes = contents->exposure();
    }
    return report;
}

std::string reportJson(const BuildReport &report)
{
    Json stages = Json::array();
    for (const StageReport &stage : report.stages) {
        Json instructions = Json::array();
        for (const InstructionReport &instruction : stage.instructions) {
            instructions.push_back({{"line", instruction.line},
                                    {"text", instruction.text},
                                    {"bytes", orNull(instruction.bytes)},
                                    {"seconds", secondsJson(instruction.seconds)},
                                    {"cached", orNull(instruction.cached)}});
        }
        stages.push_back({{"index", static_cast<int>(stage.stage)},
                          {"name", stage.name},
                          {"bytes", orNull(stage.bytes)},
                          {"base_bytes", orNull(stage.baseBytes)},
                          {"instructions", std::move(instructions)}});
    }
    const Json json{{"engine", report.engine},
                    {"image", orNull(report.image)},
                    {"bytes", orNull(report.bytes)},
                    {"base_bytes", orNull(report.baseBytes)},
                    {"stages", std::move(stages)},
                    {"efficiency", orNull(report.efficiency)},
                    {"wasted_bytes", orNull(report.wastedBytes)},
                    {"exposes", report.exposes ? exposureJson(*report.exposes) : Json()}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string secondsText(double seconds)
{
    std::array<char, 48> text{};
    const auto whole = static_cast<long long>(std::llround(std::max(0.0, seconds)));
    if (seconds < 9.95)
        std::snprintf(text.data(), text.size(), "%.1f s", std::max(0.0, seconds));
    else if (whole < 60)
        std::snprintf(text.data(), text.size(), "%lld s", whole);
    else
        std::snprintf(text.data(), text.size(), "%lld min %02lld s", whole / 60, whole % 60);
    return text.data();
}

} // namespace stagewright::engine
