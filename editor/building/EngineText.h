// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildRun.h"
#include "engine/Engine.h"

#include <QString>

#include <vector>

namespace stagewright {

/// One line for a list: "Docker 26.1.5 with BuildKit – default".
[[nodiscard]] QString engineLine(const engine::Engine &engine);
/// Version, context, host, rootless: a line each; for tool tips.
[[nodiscard]] QString engineDetails(const engine::Engine &engine);
/// A title for when nothing can build: that there is no engine, or that what is there is not ready.
[[nodiscard]] QString noEngineTitle(const std::vector<engine::EngineProblem> &problems);
/// The same as a sentence that says why, for where there is no room for every problem.
[[nodiscard]] QString noEngineText(const std::vector<engine::EngineProblem> &problems);
/// What keeps a program that is there from building, and what can be done about it, in plain words.
[[nodiscard]] QString engineProblemText(const engine::EngineProblem &problem);
/// What to type in a terminal against it; "" where there is no one command for it.
[[nodiscard]] QString engineProblemCommand(const engine::EngineProblem &problem);

/// How to get an engine on one kind of system.
struct EngineAdvice
{
    QString system;    ///< "Debian and Ubuntu"
    QString command;   ///< To be typed in a terminal.
    bool here = false; ///< This is the system that the program runs on.
};
/// @p osRelease: the content of /etc/os-release.
[[nodiscard]] std::vector<EngineAdvice> engineAdvice(const QString &osRelease);

} // namespace stagewright
