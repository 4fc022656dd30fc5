// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/BuildComparison.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

namespace stagewright::engine {

namespace {

constexpr std::size_t none = std::string::npos;
constexpr std::size_t mostFiles = 10;

std::string nameOf(const StageRecord &stage)
{
    return stage.name.empty() ? "stage-" + std::to_string(stage.index) : stage.name;
}

std::vector<std::uint64_t> hashesOf(const StageRecord &stage)
{
    std::vector<std::uint64_t> hashes;
    for (const InstructionRecord &instruction : stage.instructions)
        hashes.push_back(instruction.hash);
    return hashes;
}

SizeChange changeOf(ChangeKind kind, const StageRecord &stage, const InstructionRecord &instruction)
{
    SizeChange change;
    change.kind = kind;
    change.stage = stage.index;
    change.stageName = nameOf(stage);
    change.line = instruction.line;
    change.text = instruction.text;
    return change;
}

/// Instructions of @p old and @p now between two that are the same: edited as far as there are pairs.
void compareGap(const StageRecord &old, std::size_t oldBegin, std::size_t oldEnd, const StageRecord &now,
                std::size_t nowBegin, std::size_t nowEnd, std::vector<SizeChange> &changes)
{
    const std::size_t pairs = std::min(oldEnd - oldBegin, nowEnd - nowBegin);
    for (std::size_t i = 0; i < pairs; ++i) {
        SizeChange change = changeOf(ChangeKind::Edited, now, now.instructions[nowBegin + i]);
        change.before = old.instructions[oldBegin + i].bytes;
        change.after = now.instructions[nowBegin + i].bytes;
        changes.push_back(std::move(change));
    }
    for (std::size_t i = oldBegin + pairs; i < oldEnd; ++i) {
        changes.push_back(changeOf(ChangeKind::Removed, old, old.instructions[i]));
        changes.back().before = old.instructions[i].bytes;
    }
    for (std::size_t i = nowBegin + pairs; i < nowEnd; ++i) {
        changes.push_back(changeOf(ChangeKind::Added, now, now.instructions[i]));
        changes.back().after = now.instructions[i].bytes;
    }
}

void compareStages(const StageRecord &old, const StageRecord &now, std::vector<SizeChange> &changes)
{
    if (old.baseBytes && now.baseBytes && *old.baseBytes != *now.baseBytes) {
        SizeChange change;
        change.kind = ChangeKind::Base;
        change.stage = now.index;
        change.stageName = nameOf(now);
        change.text = now.base;
        change.before = old.baseBytes;
        change.after = now.baseBytes;
        changes.push_back(std::move(change));
    }
    const std::vector<std::size_t> matches = matchInstructions(old, hashesOf(now));
    std::size_t oldBegin = 0;
    std::size_t nowBegin = 0;
    for (std::size_t i = 0; i < now.instructions.size(); ++i) {
        if (matches[i] == none)
            continue;
        compareGap(old, oldBegin, matches[i], now, nowBegin, i, changes);
        const InstructionRecord &before = old.instructions[matches[i]];
        const InstructionRecord &after = now.instructions[i];
        if (before.bytes && after.bytes && *before.bytes != *after.bytes) {
            changes.push_back(changeOf(ChangeKind::Resized, now, after));
            changes.back().before = before.bytes;
            changes.back().after = after.bytes;
        }
        oldBegin = matches[i] + 1;
        nowBegin = i + 1;
    }
    compareGap(old, oldBegin, old.instructions.size(), now, nowBegin, now.instructions.size(), changes);
}

/// Works out the reasons of one build.
class Misses
{
public:
    Misses(const Snapshot &snapshot, const BuildReport &report, const BuildRecord *before, const BuildRecord &now)
        : m_snapshot(snapshot)
        , m_report(report)
        , m_before(before)
        , m_now(now)
    {
        if (before)
            m_files = changedFiles(before->context, now.context);
        m_listed = before && !before->context.files.empty() && !now.context.files.empty();
        for (const StageReport &stage : report.stages)
            lookAt(stage);
    }
    [[nodiscard]] std::vector<CacheMiss> take() { return std::move(m_misses); }

private:
    void lookAt(const StageReport &stage);
    [[nodiscard]] CacheMiss reasonFor(const StageReport &stage, const InstructionReport &instruction, bool ownText);
    /// The first thing that changed or missed in the stages that @p instruction copies or mounts from.
    [[nodiscard]] InstructionId causeInSources(InstructionId instruction) const;
    [[nodiscard]] std::string nameOf(InstructionId id) const
    {
        return "line " + std::to_string(m_snapshot.tree().instruction(id).firstLine);
    }

    const Snapshot &m_snapshot;
    const BuildReport &m_report;
    const BuildRecord *m_before;
    const BuildRecord &m_now;
    std::vector<std::string> m_files;
    bool m_listed = false;
    std::map<StageId, InstructionId> m_firstCause; ///< Per stage, its base stages included.
    std::vector<CacheMiss> m_misses;
};

InstructionId Misses::causeInSources(InstructionId instruction) const
{
    for (const Edge &edge : m_snapshot.graph().edges()) {
        if (edge.instruction != instruction || edge.source.kind != NodeKind::Stage || edge.kind == EdgeKind::From)
            continue;
        if (const auto found = m_firstCause.find(StageId(edge.source.index)); found != m_firstCause.end())
            return found->second;
    }
    return InstructionId::None;
}

CacheMiss Misses::reasonFor(const StageReport &stage, const InstructionReport &instruction, bool ownText)
{
    CacheMiss miss;
    miss.instruction = instruction.instruction;
    const auto say = [&miss](MissReason reason, std::string text) {
        miss.reason = reason;
        miss.text = std::move(text);
        return miss;
    };
    if (m_now.noCache)
        return say(MissReason::NoCache, "It was built without the cache.");
    if (!m_before)
        return say(MissReason::FirstBuild, "No earlier build of this file is known.");
    if (ownText)
        return say(MissReason::OwnText, "The instruction is new or was changed.");
    const auto earlier = m_firstCause.find(stage.stage);
    miss.cause = earlier != m_firstCause.end() ? earlier->second : causeInSources(instruction.instruction);
    if (miss.cause != InstructionId::None)
        return say(MissReason::EarlierStep, "It depends on " + nameOf(miss.cause) + ", which changed or ran again.");
    if (m_listed) {
        const Instruction &source = m_snapshot.tree().instruction(instruction.instruction);
        for (const std::string &file : m_files) {
            if (miss.files.size() < mostFiles && readsFromContext(source, file))
                miss.files.push_back(file);
        }
        if (!miss.files.empty()) {
            std::string list = miss.files.front();
            if (miss.files.size() > 1)
                list += miss.files.size() == mostFiles ? " and others"
                                                       : " and " + std::to_string(miss.files.size() - 1) + " more";
            return say(MissReason::ContextFile, "In the build context " + list + " changed.");
        }
    }
    const StageRecord *old
        = matchStage(*m_before, m_snapshot.graph().stage(stage.stage).name, std::uint32_t(indexOf(stage.stage)));
    const StageRecord *now = m_now.stage(std::uint32_t(indexOf(stage.stage)));
    if (old && now
        && (old->base != now->base || (old->baseBytes && now->baseBytes && old->baseBytes != now->baseBytes)))
        return say(MissReason::BaseImage, "The base image is another one than before.");
    if (m_before->arguments != m_now.arguments)
        return say(MissReason::Arguments, "The build arguments have other values than before.");
    return say(MissReason::Unknown, "Why is not known: the cache may have been cleared, or the base image changed.");
}

void Misses::lookAt(const StageReport &report)
{
    const Stage &stage = m_snapshot.graph().stage(report.stage);
    if (stage.base.kind == BaseKind::Stage) {
        if (const auto base = m_firstCause.find(stage.base.stage); base != m_firstCause.end())
            m_firstCause[report.stage] = base->second;
    }
    std::vector<std::size_t> matches(report.instructions.size(), none);
    if (const StageRecord *old
        = m_before ? matchStage(*m_before, stage.name, std::uint32_t(indexOf(stage.id))) : nullptr) {
        std::vector<std::uint64_t> hashes;
        for (const InstructionReport &instruction : report.instructions)
            hashes.push_back(textHash(m_snapshot, m_snapshot.tree().instruction(instruction.instruction)));
        matches = matchInstructions(*old, hashes);
    }
    for (std::size_t i = 0; i < report.instructions.size(); ++i) {
        const InstructionReport &instruction = report.instructions[i];
        const bool ownText = m_before && matches[i] == none;
        const bool isFrom = instruction.instruction == stage.from;
        const bool missed = !isFrom && instruction.cached && !*instruction.cached;
        if (missed)
            m_misses.push_back(reasonFor(report, instruction, ownText));
        // A changed ENV or ARG takes no step, and still makes everything below it run.
        if (missed || (ownText && m_before && !m_now.noCache))
            m_firstCause.try_emplace(report.stage, instruction.instruction);
    }
}

} // namespace

std::int64_t SizeChange::difference() const
{
    return std::int64_t(after.value_or(0)) - std::int64_t(before.value_or(0));
}

std::vector<std::size_t> matchInstructions(const StageRecord &before, const std::vector<std::uint64_t> &after)
{
    const std::size_t rows = before.instructions.size();
    const std::size_t columns = after.size();
    std::vector<std::size_t> matches(columns, none);
    // Longest common subsequence; a stage of thousands of instructions is compared place by place instead.
    if (rows * columns > 4'000'000) {
        for (std::size_t i = 0; i < std::min(rows, columns); ++i)
            matches[i] = before.instructions[i].hash == after[i] ? i : none;
        return matches;
    }
    std::vector<std::uint32_t> length((rows + 1) * (columns + 1));
    const auto at
        = [&](std::size_t row, std::size_t column) -> std::uint32_t & { return length[row * (columns + 1) + column]; };
    for (std::size_t row = rows; row-- > 0;) {
        for (std::size_t column = columns; column-- > 0;)
            at(row, column) = before.instructions[row].hash == after[column]
                ? at(row + 1, column + 1) + 1
                : std::max(at(row + 1, column), at(row, column + 1));
    }
    std::size_t row = 0;
    std::size_t column = 0;
    while (row < rows && column < columns) {
        if (before.instructions[row].hash == after[column])
            matches[column++] = row++;
        else if (at(row + 1, column) >= at(row, column + 1))
            ++row;
        else
            ++column;
    }
    return matches;
}

const StageRecord *matchStage(const BuildRecord &before, std::string_view name, std::uint32_t index)
{
    if (!name.empty()) {
        const auto found = std::ranges::find(before.stages, name, &StageRecord::name);
        if (found != before.stages.end())
            return &*found;
    }
    return before.stage(index);
}

std::vector<SizeChange> compareSizes(const BuildRecord &before, const BuildRecord &after)
{
    std::vector<SizeChange> changes;
    std::set<const StageRecord *> matched;
    for (const StageRecord &now : after.stages) {
        const StageRecord *old = matchStage(before, now.name, now.index);
        if (old && matched.insert(old).second) {
            compareStages(*old, now, changes);
            continue;
        }
        StageRecord empty;
        compareGap(empty, 0, 0, now, 0, now.instructions.size(), changes);
    }
    for (const StageRecord &old : before.stages) {
        if (!matched.contains(&old))
            compareGap(old, 0, old.instructions.size(), StageRecord(), 0, 0, changes);
    }
    std::ranges::stable_sort(changes, std::ranges::greater(),
                             [](const SizeChange &change) { return std::llabs(change.difference()); });
    return changes;
}

std::vector<CacheMiss> explainMisses(const Snapshot &snapshot, const BuildReport &report, const BuildRecord *before,
                                     const BuildRecord &now)
{
    return Misses(snapshot, report, before, now).take();
}

} // namespace stagewright::engine
