// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "session/DocumentSizes.h"

#include "session/InstructionLine.h"
#include "session/SelectionMap.h"

#include <algorithm>

namespace stagewright {

namespace {

/// The stages of @p now that are needed have the instructions that were built, and no others.
bool sameInstructions(const Snapshot &built, const Snapshot &now)
{
    const auto texts = [](const Snapshot &snapshot) {
        std::vector<std::string_view> result;
        for (const Stage &stage : snapshot.graph().stages()) {
            if (!stage.reachable)
                continue;
            result.push_back(snapshot.text().slice(snapshot.tree().instruction(stage.from).range));
            for (const Instruction &instruction : snapshot.instructionsOf(stage.id))
                result.push_back(snapshot.text().slice(instruction.range));
        }
        return result;
    };
    return texts(built) == texts(now);
}

} // namespace

DocumentSizes::DocumentSizes(const MeasuredBuild &build, const Snapshot &now)
{
    if (!build.snapshot || build.stages.empty())
        return;
    const EditTransaction edits = EditTransaction::difference(build.snapshot->text(), now.text());
    const SnapshotMap map(*build.snapshot, now, edits);
    for (const engine::StageBytes &stage : build.stages)
        addStage(build, stage, map, now);
    m_outdated = build.snapshot->options() != now.options() || !sameInstructions(*build.snapshot, now);
}

void DocumentSizes::addStage(const MeasuredBuild &build, const engine::StageBytes &bytes, const SnapshotMap &map,
                             const Snapshot &now)
{
    const Snapshot &built = *build.snapshot;
    const Stage &stage = built.graph().stage(bytes.stage);
    StageWeight result;
    result.stage = map.stage(stage.id);
    result.name = QString::fromStdString(stage.displayName);
    result.role = roleOf(stage);
    result.from = map.instruction(stage.from);
    result.onStage = stage.base.kind == BaseKind::Stage;
    result.baseName = QString::fromStdString(result.onStage ? built.graph().stage(stage.base.stage).displayName
                                                            : stage.base.resolved);
    result.base = bytes.base;
    result.total = bytes.total;
    for (const engine::InstructionBytes &one : bytes.instructions) {
        if (one.stage != stage.id) {
            result.inherited += one.bytes;
            continue;
        }
        const Instruction &instruction = built.tree().instruction(one.instruction);
        InstructionWeight row;
        row.instruction = map.instruction(one.instruction);
        row.built = one.instruction;
        row.trigger = one.instruction == stage.from;
        row.kind = row.trigger ? InstructionKind::Onbuild : instruction.kind;
        row.text = row.trigger ? QString::fromStdString(one.createdBy).simplified() : instructionLine(instruction);
        row.bytes = one.bytes;
        row.changed = row.instruction == InstructionId::None
            || now.text().slice(now.tree().instruction(row.instruction).range) != built.text().slice(instruction.range);
        if (const auto time = build.times.find(one.instruction); time != build.times.end() && !row.trigger)
            row.time = time->second;
        if (!row.changed && !row.trigger)
            m_bytes[row.instruction] = row.bytes;
        m_biggest = std::max(m_biggest, row.bytes);
        result.own.push_back(std::move(row));
    }
    if (result.from != InstructionId::None
        && now.text().slice(now.tree().instruction(result.from).range)
            == built.text().slice(built.tree().instruction(stage.from).range))
        m_bytes[result.from] = result.below();
    m_stages.push_back(std::move(result));
}

const StageWeight *DocumentSizes::stage(StageId stage) const
{
    const auto found = std::ranges::find(m_stages, stage, &StageWeight::stage);
    return stage == StageId::None || found == m_stages.end() ? nullptr : &*found;
}

std::optional<std::uint64_t> DocumentSizes::bytesOf(InstructionId instruction) const
{
    const auto found = m_bytes.find(instruction);
    return found == m_bytes.end() ? std::nullopt : std::optional(found->second);
}

const GuessedSize *DocumentSizes::estimateOf(StageId stage) const
{
    const auto found = m_estimates.find(stage);
    return found == m_estimates.end() || this->stage(stage) ? nullptr : &found->second;
}

QString sizeText(std::uint64_t bytes)
{
    return QString::fromStdString(engine::bytesText(bytes));
}

QString estimateText(const GuessedSize &guess)
{
    return (guess.atLeast ? QStringLiteral("≥ ") : QStringLiteral("≈ ")) + sizeText(guess.bytes);
}

bool addsLayer(InstructionKind kind)
{
    switch (kind) {
    case InstructionKind::Run:
    case InstructionKind::Copy:
    case InstructionKind::Add:
    case InstructionKind::Workdir: return true;
    default: return false;
    }
}

} // namespace stagewright
