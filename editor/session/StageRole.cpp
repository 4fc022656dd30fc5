// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "session/StageRole.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace stagewright {

StageRole roleOf(const Stage &stage)
{
    if (stage.isTarget)
        return StageRole::Final;
    constexpr std::array<std::string_view, 3> words{"test", "lint", "check"};
    const bool named
        = std::ranges::any_of(words, [&](std::string_view word) { return stage.name.find(word) != std::string::npos; });
    return named && !stage.reachable ? StageRole::Test : StageRole::Builder;
}

QString roleIcon(StageRole role)
{
    switch (role) {
    case StageRole::Final: return QStringLiteral("flag");
    case StageRole::Test: return QStringLiteral("flask-conical");
    case StageRole::Builder: break;
    }
    return QStringLiteral("hammer");
}

QString instructionIcon(InstructionKind kind)
{
    switch (kind) {
    case InstructionKind::From: return QStringLiteral("layers");
    case InstructionKind::Run: return QStringLiteral("terminal");
    case InstructionKind::Copy: return QStringLiteral("files");
    case InstructionKind::Add: return QStringLiteral("download");
    case InstructionKind::Workdir: return QStringLiteral("folder");
    case InstructionKind::Env: return QStringLiteral("variable");
    case InstructionKind::Arg: return QStringLiteral("sliders-horizontal");
    case InstructionKind::User:
    case InstructionKind::Maintainer: return QStringLiteral("user-round");
    case InstructionKind::Expose: return QStringLiteral("ethernet-port");
    case InstructionKind::Healthcheck: return QStringLiteral("heart-pulse");
    case InstructionKind::Cmd: return QStringLiteral("circle-play");
    case InstructionKind::Entrypoint: return QStringLiteral("log-in");
    case InstructionKind::Label: return QStringLiteral("tag");
    case InstructionKind::Shell: return QStringLiteral("square-terminal");
    case InstructionKind::Volume: return QStringLiteral("database");
    case InstructionKind::Stopsignal: return QStringLiteral("square");
    case InstructionKind::Onbuild: return QStringLiteral("corner-down-right");
    case InstructionKind::Unknown: break;
    }
    return QStringLiteral("circle-x");
}

} // namespace stagewright
