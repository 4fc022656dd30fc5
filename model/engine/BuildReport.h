// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildProgress.h"
#include "engine/ImageContents.h"
#include "engine/SizeCollector.h"
#include "engine/StepMap.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stagewright::engine {

/// One instruction of a stage in a finished build.
struct InstructionReport
{
    InstructionId instruction = InstructionId::None;
    std::uint32_t line = 0;             ///< 1-based.
    std::string text;                   ///< The logical line: "RUN npm ci && npm run build".
    std::optional<std::uint64_t> bytes; ///< What it adds; nullopt: not measured.
    std::optional<double> seconds;      ///< nullopt: it took no step (ENV, LABEL …), or its step has no times.
    std::optional<bool> cached;         ///< nullopt: it took no step.
    RowState state = RowState::None;
};

/// One stage that the target needs.
struct StageReport
{
    StageId stage = StageId::None;
    std::string name;                            ///< As spelled, or "stage-N".
    std::string baseName;                        ///< What FROM names, variables replaced.
    std::optional<std::uint64_t> bytes;          ///< Of its image, the base included.
    std::optional<std::uint64_t> baseBytes;      ///< Of the external image below everything.
    double seconds = 0;                          ///< Of its steps together.
    std::vector<InstructionReport> instructions; ///< FROM first.
};

/// Everything that is to be said after a build.
struct BuildReport
{
    std::string engine; ///< engineName()
    std::string image;  ///< Id; "" when nothing was built.
    StageId target = StageId::None;
    std::optional<std::uint64_t> bytes;
    std::optional<std::uint64_t> baseBytes;
    double seconds = 0; ///< From the first step's start to the last one's end.
    std::vector<StageReport> stages;
    std::optional<double> efficiency; ///< 0 … 1
    std::optional<std::uint64_t> wastedBytes;
    std::vector<WastedPath> wasted; ///< Biggest first.
    std::optional<Exposure> exposes;
    /// The same of the biggest other stage that copies go from: what the final image left behind. With its name.
    std::optional<Exposure> builderExposes;
    std::string builder;
    std::vector<std::string> problems; ///< Sentences: what could not be measured.

    /// The biggest image among the stages that are not the target; nullopt without one.
    [[nodiscard]] const StageReport *biggestBuilder() const;
};

/// Keyword, flags and arguments of an instruction in one line, continuations joined, without heredoc bodies.
[[nodiscard]] std::string logicalLine(const Snapshot &snapshot, const Instruction &instruction);

/// Puts together what a build, its sizes and its image tell. @p contents may be null, and @p sizes empty.
[[nodiscard]] BuildReport makeReport(const Engine &engine, const QString &image, const BuildProgress &progress,
                                     const StepMap &steps, const StageSizes &sizes, const ImageContents *contents);

/// The report as one JSON object:
/// {"engine","image","bytes","base_bytes","stages":[{"index","name","bytes","base_bytes","instructions":[{"line",
/// "text","bytes","seconds","cached"}]}],"efficiency","wasted_bytes","exposes":{"shell","package_manager","packages",
/// "executables","setuid","user"}}; null for everything that is not known.
[[nodiscard]] std::string reportJson(const BuildReport &report);

/// What an image must not exceed; nullopt and false: whatever it is.
struct Limits
{
    std::optional<std::uint64_t> maxBytes;
    std::optional<std::uint64_t> maxAdded; ///< Without the base image.
    std::optional<double> lowestEfficiency;
    std::optional<std::uint64_t> maxWasted;
    std::optional<std::uint32_t> maxPackages;
    std::optional<std::uint32_t> maxExecutables;
    bool noShell = false;
    bool noPackageManager = false;
    bool noSetuid = false;
    bool noRoot = false;

    [[nodiscard]] bool needContents() const; ///< The image has to be read for them.
    friend bool operator==(const Limits &, const Limits &) = default;
};

/// A sentence for every limit that @p report is over, or that cannot be checked because a figure is missing.
[[nodiscard]] std::vector<std::string> exceeded(const BuildReport &report, const Limits &limits);

/// "120MB", "1.5 GB", "512kB", "2GiB", "1000" → bytes. nullopt for anything else.
[[nodiscard]] std::optional<std::uint64_t> parseBytes(std::string_view text);
/// "0.4 s", "12 s", "3 min 05 s".
[[nodiscard]] std::string secondsText(double seconds);

} // namespace stagewright::engine
