// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "PrivateDocker.h"

#include <QSet>
#include <QStringList>

#include <expected>

namespace stagewright::test {

/// Images that stand in for public ones, so that ordinary Dockerfiles are built without a registry. They have what the
/// tests are about: which programs there are and where, which C library, accounts, environment and start command.
///
/// Made here, of this machine's static busybox and C library: busybox, alpine and gcr.io/distroless static, base and
/// their debug tags. Taken from the archives in STAGEWRIGHT_STANDINS (a folder), when they are there: debian, node,
/// maven, golang, gcr.io/distroless nodejs and java.
struct StandIns
{
    QSet<QString> names; ///< Normalised references ("docker.io/library/node:22-alpine").
    bool musl = false;   ///< alpine's and busybox:latest's programs ask for a C library, as the real ones do.

    /// The error says what is missing: a reason to skip, for people.
    [[nodiscard]] static std::expected<StandIns, QString> load(const PrivateDocker &docker);
};

/// The static busybox of this machine; "" when there is none.
[[nodiscard]] QString staticBusybox();

} // namespace stagewright::test
