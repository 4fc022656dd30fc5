// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildProgress.h"
#include "engine/StepMap.h"

#include <QColor>
#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>

namespace stagewright {

class BuildController;
struct Tokens;

/// "0.3 s", "12.4 s", "3:07 min"; tenths below a minute. Never negative.
[[nodiscard]] QString durationText(std::chrono::nanoseconds duration);
/// As durationText(), but "12 ms" below a tenth of a second, where "0.0 s" would say nothing.
[[nodiscard]] QString fineDurationText(std::chrono::nanoseconds duration);
/// "18.6 / 27.0 MB": both in the unit of the whole.
[[nodiscard]] QString bytesOfText(std::uint64_t part, std::uint64_t whole);

/// "waiting", "running", "cached" … as rows and tables say it.
[[nodiscard]] QString stateText(engine::RowState state);
/// Icon name; "" for None.
[[nodiscard]] QString stateIcon(engine::RowState state);
[[nodiscard]] QColor stateColour(engine::RowState state, const Tokens &tokens);

/// What an engine says, without the layers of runtimes that pass it on: "exec: "/bin/sh": stat /bin/sh: no such file
/// or directory" of "runc run failed: unable to start container process: exec: …: unknown".
[[nodiscard]] QString essenceOf(const std::string &message);

/// "exit 1" where the engine told an exit code, "failed" otherwise.
[[nodiscard]] QString failureWord(const engine::BuildStep &step);
/// What a step took, until now while it runs; nullopt before it started.
[[nodiscard]] std::optional<std::chrono::nanoseconds> stepTime(const engine::BuildStep &step, engine::Time now);
/// Bytes that a step moves, all its transfers together; total is 0 when it is not known of all.
struct StepBytes
{
    std::uint64_t current = 0;
    std::uint64_t total = 0;
};
[[nodiscard]] StepBytes stepBytes(const engine::BuildStep &step);

/// "Building all stages", "Built “build”", "The build failed", for status line and title. "" before the first build.
[[nodiscard]] QString buildSentence(const BuildController &builds);

} // namespace stagewright
