// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/LayerSizes.h"
#include "semantics/Snapshot.h"
#include "session/StageRole.h"

#include <QString>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace stagewright {

class SnapshotMap;

/// What a build did for one instruction.
struct StepTime
{
    double seconds = 0;
    bool cached = false;
    friend bool operator==(const StepTime &, const StepTime &) = default;
};

/// The weights that a finished build had. Ids are those of the snapshot that was built.
struct MeasuredBuild
{
    SnapshotPtr snapshot;
    std::vector<engine::StageBytes> stages; ///< Those that the target needs, in file order; the target comes last.
    std::map<InstructionId, StepTime> times;
};

/// What the image of a stage will weigh, guessed without a build.
struct GuessedSize
{
    std::uint64_t bytes = 0;
    bool atLeast = false; ///< Parts of it are not known.
    QString how;          ///< A sentence: what it was made of.
};
using SizeEstimates = std::map<StageId, GuessedSize>;

/// What one instruction adds to the image of its stage.
struct InstructionWeight
{
    InstructionId instruction = InstructionId::None; ///< In the document as it is now; None: it is gone.
    InstructionId built = InstructionId::None;       ///< In the snapshot that was built.
    InstructionKind kind = InstructionKind::Unknown;
    QString text; ///< As it was built, on one line.
    std::uint64_t bytes = 0;
    std::optional<StepTime> time;
    bool trigger = false; ///< An ONBUILD of the base; instruction is the FROM that it runs behind.
    bool changed = false; ///< Its text is another one now, so the bytes say nothing about it any more.
};

/// What the image of one stage weighs: base + inherited + what its own instructions add.
struct StageWeight
{
    StageId stage = StageId::None; ///< In the document as it is now; None: it is gone.
    QString name;
    StageRole role = StageRole::Builder;
    InstructionId from = InstructionId::None; ///< In the document as it is now.
    QString baseName;                         ///< What FROM names: an image or a stage.
    bool onStage = false;                     ///< FROM names a stage of the file.
    std::uint64_t base = 0;                   ///< The external image below everything.
    std::uint64_t inherited = 0;              ///< What the earlier stages of its chain add.
    std::uint64_t total = 0;
    std::vector<InstructionWeight> own; ///< In the order in which they run.

    [[nodiscard]] std::uint64_t below() const { return base + inherited; }
    [[nodiscard]] std::uint64_t added() const { return total - below(); }
};

/// What is known about the weight of a document's stages and instructions: measured by a build, in terms of the
/// document as it is now, and estimates for the stages that were not measured. The two are never added up.
class DocumentSizes
{
public:
    DocumentSizes() = default;
    /// Finds the instructions of the build in @p now again, as far as they are there.
    DocumentSizes(const MeasuredBuild &build, const Snapshot &now);

    [[nodiscard]] bool isMeasured() const { return !m_stages.empty(); }
    /// Something that a build depends on is different from what was measured: an instruction or a build option.
    [[nodiscard]] bool isOutdated() const { return m_outdated; }
    [[nodiscard]] const std::vector<StageWeight> &stages() const { return m_stages; }
    /// The stage that was built for the target; null when nothing was measured.
    [[nodiscard]] const StageWeight *target() const { return m_stages.empty() ? nullptr : &m_stages.back(); }
    /// Null when it was not measured.
    [[nodiscard]] const StageWeight *stage(StageId stage) const;
    /// What an instruction adds; for a FROM what it starts with. nullopt when it was not measured, or is another one.
    [[nodiscard]] std::optional<std::uint64_t> bytesOf(InstructionId instruction) const;
    /// Of all instructions that were measured, without what a FROM starts with; 0 for none.
    [[nodiscard]] std::uint64_t biggest() const { return m_biggest; }

    /// Totals of stages in the document as it is now.
    void setEstimates(SizeEstimates totals) { m_estimates = std::move(totals); }
    /// Null for a stage that was measured, and where nothing is known.
    [[nodiscard]] const GuessedSize *estimateOf(StageId stage) const;

private:
    void addStage(const MeasuredBuild &build, const engine::StageBytes &bytes, const SnapshotMap &map,
                  const Snapshot &now);

    std::vector<StageWeight> m_stages;
    std::map<InstructionId, std::uint64_t> m_bytes;
    SizeEstimates m_estimates;
    std::uint64_t m_biggest = 0;
    bool m_outdated = false;
};

/// "27 MB", in decimal units as Docker's.
[[nodiscard]] QString sizeText(std::uint64_t bytes);
/// "≈ 131 MB", "≥ 90 MB"
[[nodiscard]] QString estimateText(const GuessedSize &guess);
/// True for what can change files: the others (ENV, CMD …) are settings and weigh nothing.
[[nodiscard]] bool addsLayer(InstructionKind kind);

} // namespace stagewright
