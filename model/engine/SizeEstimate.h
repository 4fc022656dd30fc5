// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "engine/BuildHistory.h"
#include "engine/MeasuredImages.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stagewright::engine {

/// Where an estimated figure comes from.
enum class EstimateSource : std::uint8_t {
    None,      ///< Nothing is known.
    Earlier,   ///< An earlier build measured it, of this file or, for base images, of any.
    Catalogue, ///< The image catalogue states it: compressed, as it is downloaded. The image on disk is bigger.
    Nothing,   ///< It adds nothing, whatever it says (ENV, LABEL …).
};

struct InstructionEstimate
{
    InstructionId instruction = InstructionId::None;
    std::optional<std::uint64_t> bytes;
    EstimateSource source = EstimateSource::None;
};

/// What a stage will weigh, as far as it can be told without building. Never a measurement: say so wherever it is
/// shown.
struct StageEstimate
{
    StageId stage = StageId::None;
    std::optional<std::uint64_t> base;
    EstimateSource baseSource = EstimateSource::None;
    std::vector<InstructionEstimate> instructions; ///< Its own, without FROM.
    std::uint64_t bytes = 0;   ///< Everything that is known, together; earlier stages of the chain too.
    std::uint32_t unknown = 0; ///< Parts of the chain that nothing is known about.

    /// "estimate: about 131 MB" / "estimate: at least 90 MB, 2 instructions are not known"; "" when nothing is known.
    [[nodiscard]] std::string text() const;
};

/// One for every stage of the file. @p last: an earlier build that succeeded, or null. @p images: or null.
[[nodiscard]] std::vector<StageEstimate> estimateSizes(const Snapshot &snapshot, const Catalog &catalog,
                                                       const BuildRecord *last, const MeasuredImages *images);

} // namespace stagewright::engine
