// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildProgress.h"
#include "engine/StepMap.h"
#include "lint/Diagnostic.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright::engine {

/// A message of an engine, or of a program that it ran, that many people meet.
struct FailureExplanation
{
    std::string_view id;                 ///< "no-shell": stable, for tests and links.
    std::string_view title;              ///< A few words.
    std::string_view meaning;            ///< What it means; a sentence or two.
    std::string_view remedy;             ///< What to do about it.
    std::vector<std::string_view> rules; ///< Rules of ours that look for it before a build ("SW001"); may be empty.
    std::string message;                 ///< The line that was recognised, as the engine wrote it.
};

/// The explanation for what an engine (docker, podman, buildah) or a program in a RUN wrote; the last line that is
/// known counts, for the end of a log says why. nullopt: nothing in it is known.
[[nodiscard]] std::optional<FailureExplanation> explainFailure(std::string_view text);

/// Where a build failed, and everything that can be said about it.
struct BuildFailure
{
    std::optional<std::size_t> step; ///< Of BuildProgress; nullopt: no step failed (the engine refused, or vanished).
    StepPlace place;                 ///< None, None when the step is not in the document.
    std::uint32_t line = 0;          ///< 1-based; 0: not known.
    std::string message;             ///< The engine's, in one line.
    std::optional<FailureExplanation> explanation;
    /// Index into the findings of the one that predicted it. It may stand before the place, at the instruction that is
    /// to blame: a USER, a SHELL, the COPY of a shell that does not start.
    std::optional<std::size_t> predicted;
};

/// Reads a build that failed. @p findings are the linter's for the same snapshot as @p steps, @p lastWords is
/// BuildRun::error().
[[nodiscard]] BuildFailure findFailure(const BuildProgress &progress, const StepMap &steps,
                                       std::span<const Diagnostic> findings, std::string_view lastWords);

} // namespace stagewright::engine
