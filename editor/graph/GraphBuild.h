// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/StepMap.h"
#include "semantics/BuildGraph.h"

#include <QString>

#include <map>

namespace stagewright {

/// What a build did for one instruction, as its row shows it.
struct RowBuild
{
    engine::RowState state = engine::RowState::None;
    QString text;          ///< "cached", "6.2 s", "exit 1 · 0.9 s", "will fail, SW001"
    double fraction = -1;  ///< 0 … 1 of a running step; -1: not known.
    bool warning = false;  ///< The text tells of something bad that has not happened yet.
    bool critical = false; ///< The build had to wait for it.
    friend bool operator==(const RowBuild &, const RowBuild &) = default;
};

/// What a build did for a stage, as its card's header shows it.
struct StageBuild
{
    engine::RowState state = engine::RowState::None;
    double fraction = 0; ///< 0 … 1
    QString text;        ///< "34 %" while it runs.
    friend bool operator==(const StageBuild &, const StageBuild &) = default;
};

/// What a build moves along an edge.
struct EdgeBuild
{
    bool copying = false;
    bool critical = false;
    QString bytes; ///< "18.6 / 27.0 MB"; "" when it is not known.
    friend bool operator==(const EdgeBuild &, const EdgeBuild &) = default;
};

/// A build on the graph; plain data, ids are those of the current snapshot.
struct GraphBuild
{
    std::map<InstructionId, RowBuild> rows;
    std::map<StageId, StageBuild> stages;
    std::map<InstructionId, EdgeBuild> edges; ///< By the instruction that they land on.
    QString context;                          ///< What was sent of the build context: "1.2 MB sent".
    bool running = false;                     ///< Something moves.
    bool weighed = false;                     ///< It succeeded and was measured: rows tell weights instead of times.
    friend bool operator==(const GraphBuild &, const GraphBuild &) = default;
};

} // namespace stagewright
