// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/ImageContents.h"
#include "semantics/Snapshot.h"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright::engine {

/// One row of an image's history, oldest first.
struct HistoryRow
{
    std::string createdBy;
    std::uint64_t bytes = 0; ///< What its layer adds; 0 for settings.
};

/// `docker history --no-trunc --human=false --format json` (an object a line) or `podman history --format json` (one
/// list). The error is a sentence.
[[nodiscard]] std::expected<std::vector<HistoryRow>, std::string> readHistory(std::string_view json);

/// The same from a saved image, for engines that tell no history: what a layer's files weigh. The error is a sentence.
[[nodiscard]] std::expected<std::vector<HistoryRow>, std::string> historyOf(const ImageContents &contents);

/// What one instruction adds to an image.
struct InstructionBytes
{
    InstructionId instruction = InstructionId::None; ///< A trigger of a base stage: the FROM that it runs behind.
    StageId stage = StageId::None;
    std::uint64_t bytes = 0;
    std::string createdBy;
};

/// The layers of one stage's image.
struct StageBytes
{
    StageId stage = StageId::None;
    std::uint64_t base = 0;                     ///< Of the external image below everything.
    std::uint64_t total = 0;                    ///< With the base.
    std::vector<InstructionBytes> instructions; ///< In the order in which they run, earlier stages of the chain first.

    [[nodiscard]] std::uint64_t added() const { return total - base; }
};

/// The instructions that leave a row in the history of @p stage's image: the whole chain from its external base on.
/// Every instruction has one, ONBUILD only with @p onbuildRows (Engine::Capabilities), a trigger of a base stage has
/// one at the FROM that it runs behind.
[[nodiscard]] std::vector<InstructionBytes> historyOf(const Snapshot &snapshot, StageId stage,
                                                      bool onbuildRows = false);

/// Gives the rows behind the base image's to the instructions, by order alone: variables in the texts are replaced.
/// @p baseRows rows (of @p rows) belong to the external base, its own triggers included. The error tells by how much
/// they differ, when they do.
[[nodiscard]] std::expected<StageBytes, std::string> attribute(const Snapshot &snapshot, StageId stage,
                                                               const std::vector<HistoryRow> &rows,
                                                               std::size_t baseRows, bool onbuildRows = false);

/// "131 MB", "4.2 kB": decimal units as Docker's; exact below a thousand.
[[nodiscard]] std::string bytesText(std::uint64_t bytes);

} // namespace stagewright::engine
