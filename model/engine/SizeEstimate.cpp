// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/SizeEstimate.h"

#include "engine/BuildComparison.h"

#include <algorithm>
#include <cmath>

namespace stagewright::engine {

namespace {

/// WORKDIR makes a folder, which weighs nothing; everything else but these only changes settings.
bool addsFiles(InstructionKind kind)
{
    return kind == InstructionKind::Run || kind == InstructionKind::Copy || kind == InstructionKind::Add;
}

void estimateBase(const Stage &stage, const Catalog &catalog, const BuildRecord *last, const MeasuredImages *images,
                  StageEstimate &estimate)
{
    if (stage.base.kind == BaseKind::Scratch) {
        estimate.base = 0;
        estimate.baseSource = EstimateSource::Nothing;
        return;
    }
    if (stage.base.kind != BaseKind::Image)
        return;
    if (last) {
        for (const StageRecord &record : last->stages) {
            if (record.base == stage.base.reference && record.baseBytes) {
                estimate.base = record.baseBytes;
                estimate.baseSource = EstimateSource::Earlier;
                return;
            }
        }
    }
    if (const auto bytes = images ? images->bytesOf(stage.base.reference) : std::nullopt) {
        estimate.base = bytes;
        estimate.baseSource = EstimateSource::Earlier;
        return;
    }
    if (const auto facts = catalog.lookup(stage.base.reference); facts && facts->sizeMb) {
        estimate.base = static_cast<std::uint64_t>(std::llround(*facts->sizeMb * 1e6));
        estimate.baseSource = EstimateSource::Catalogue;
    }
}

} // namespace

std::string StageEstimate::text() const
{
    if (bytes == 0 && unknown > 0)
        return {};
    std::string text = "estimate: ";
    text += unknown > 0 || baseSource == EstimateSource::Catalogue ? "at least " : "about ";
    text += bytesText(bytes);
    if (baseSource == EstimateSource::Catalogue)
        text += ", the base as it is downloaded (compressed)";
    if (unknown > 0)
        text += ", " + std::to_string(unknown) + (unknown == 1 ? " part is" : " parts are") + " not known";
    return text;
}

std::vector<StageEstimate> estimateSizes(const Snapshot &snapshot, const Catalog &catalog, const BuildRecord *last,
                                         const MeasuredImages *images)
{
    std::vector<StageEstimate> estimates;
    for (const Stage &stage : snapshot.graph().stages()) {
        StageEstimate &estimate = estimates.emplace_back();
        estimate.stage = stage.id;
        if (stage.base.kind == BaseKind::Stage && stage.base.stage < stage.id) {
            const StageEstimate &below = estimates[indexOf(stage.base.stage)];
            estimate.base = below.base;
            estimate.baseSource = below.baseSource;
            estimate.bytes = below.bytes;
            estimate.unknown = below.unknown;
        } else {
            estimateBase(stage, catalog, last, images, estimate);
            estimate.bytes = estimate.base.value_or(0);
            estimate.unknown = estimate.base ? 0 : 1;
        }
        const auto instructions = snapshot.instructionsOf(stage.id);
        const StageRecord *old
            = last ? matchStage(*last, stage.name, static_cast<std::uint32_t>(indexOf(stage.id))) : nullptr;
        std::vector<std::size_t> matches(instructions.size(), std::string::npos);
        if (old) {
            std::vector<std::uint64_t> hashes;
            for (const Instruction &instruction : instructions)
                hashes.push_back(textHash(snapshot, instruction));
            matches = matchInstructions(*old, hashes);
        }
        for (std::size_t i = 0; i < instructions.size(); ++i) {
            InstructionEstimate one{.instruction = instructions[i].id, .bytes = {}, .source = EstimateSource::None};
            if (!addsFiles(instructions[i].kind)) {
                one.bytes = 0;
                one.source = EstimateSource::Nothing;
            } else if (matches[i] != std::string::npos && old->instructions[matches[i]].bytes) {
                one.bytes = old->instructions[matches[i]].bytes;
                one.source = EstimateSource::Earlier;
            }
            estimate.bytes += one.bytes.value_or(0);
            estimate.unknown += one.bytes ? 0 : 1;
            estimate.instructions.push_back(one);
        }
    }
    return estimates;
}

} // namespace stagewright::engine
