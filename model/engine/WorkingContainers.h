// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/Engine.h"

#include <QString>
#include <QStringList>

namespace stagewright::engine {

/// podman and buildah work in containers of their own and leave them behind when they are stopped. To know which of
/// them a build made, and never to touch another's, the build declares a secret with a name that nobody else has and
/// that no instruction mounts: it changes nothing of the image, of the cache or in the RUNs, and stands in the
/// description of every working container.

/// A new name for BuildRequest::mark; "" for engines that leave nothing.
[[nodiscard]] QString newBuildMark(const Engine &engine);

/// The ids of the working containers of the build with that mark. Reads their descriptions in the engine's storage: a
/// few milliseconds. Empty when it has none, when the storage is not on this machine or may not be read.
[[nodiscard]] QStringList workingContainers(const Engine &engine, const QString &mark);

/// Arguments that take containers away, running or not.
[[nodiscard]] QStringList removeContainersArguments(const Engine &engine, const QStringList &containers);

/// Takes them away in the background; for when nobody can wait for the answer.
void removeWorkingContainers(const Engine &engine, const QString &mark);

} // namespace stagewright::engine
