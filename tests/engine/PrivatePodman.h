// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "PrivateDocker.h"

#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <expected>
#include <memory>

namespace stagewright::test {

/// podman and buildah with settings and a storage of their own, through the environment of this process; taken away
/// with the object. They need no daemon.
class PrivatePodman
{
public:
    /// The error says what is missing here: a reason to skip, for people.
    [[nodiscard]] static std::expected<std::unique_ptr<PrivatePodman>, QString> start();
    PrivatePodman(const PrivatePodman &) = delete;
    PrivatePodman &operator=(const PrivatePodman &) = delete;
    ~PrivatePodman();

    /// Runs `podman ARGUMENTS…` and waits.
    [[nodiscard]] PrivateDocker::Answer podman(const QStringList &arguments) const;

private:
    PrivatePodman() = default;
    /// A system of one static program, called alpine.
    [[nodiscard]] bool loadImage() const;

    QTemporaryDir m_folder;
};

} // namespace stagewright::test
