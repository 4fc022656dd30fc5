// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "BuildSession.h"

#include "engine/FailureExplanation.h"

#include <iosfwd>
#include <string>
#include <vector>

namespace stagewright::cli {

/// How a build goes, on standard error: a bar that is drawn over itself on a terminal, otherwise a line for every step
/// that ended.
class ProgressDisplay
{
public:
    ProgressDisplay(std::ostream &out, bool terminal, int columns);
    void show(const BuildSession &session);
    /// Takes the bar away; what follows starts on a clean line.
    void clear();

private:
    void drawBar(const BuildSession &session);
    void printSteps(const BuildSession &session);

    std::ostream &m_out;
    bool m_terminal;
    int m_columns;
    bool m_drawn = false;
    std::vector<bool> m_told; ///< Per step.
    BuildSession::Phase m_phase = BuildSession::Phase::Looking;
};

/// Sizes, times, exposure and what changed, for people.
[[nodiscard]] std::string reportText(const BuildSession &session, const Snapshot &snapshot);

/// Where and why a build failed, with the finding that predicted it.
[[nodiscard]] std::string failureText(const BuildSession &session, const BuildInput &input,
                                      const engine::BuildFailure &failure, std::span<const Diagnostic> findings);

} // namespace stagewright::cli
