// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "Command.h"

#include "engine/BuildReport.h"
#include "engine/Engine.h"
#include "semantics/Snapshot.h"

#include <QByteArray>

#include <expected>
#include <optional>
#include <string>

namespace stagewright::cli {

/// What `stagewright-cli build` is asked for.
struct BuildOptions
{
    std::string file; ///< "" for the context's own, "-" for standard input.
    std::string context;
    std::optional<engine::EngineKind> engine; ///< nullopt: the best that is there.
    bool json = false;
    bool history = true; ///< Record the build.
    AnalysisOptions analysis;
    engine::BuildRequest request; ///< Without file and target: those follow from the text.
    engine::Limits limits;
};

/// The error is a sentence.
[[nodiscard]] std::expected<BuildOptions, std::string> parseBuildOptions(std::span<const std::string> arguments);

/// The text that is to be built and what belongs to it.
struct BuildInput
{
    std::string path; ///< As the person named it.
    SnapshotPtr snapshot;
    std::optional<QByteArray> ignoreFile; ///< NAME.dockerignore beside it.
};

/// Reads the text and resolves the target. The error is a sentence.
[[nodiscard]] std::expected<BuildInput, std::string> readBuildInput(BuildOptions &options, std::istream &standardInput);

/// For Command::details.
inline constexpr std::string_view BuildOptionsHelp
    = "Options:\n"
      "      --engine ENGINE          docker, docker-classic, podman or buildah (the first that answers)\n"
      "  -f, --file FILE              The Dockerfile; - is standard input (CONTEXT/Dockerfile)\n"
      "  -t, --tag NAME               Give the image a name\n"
      "      --secret id=ID,src=FILE  A secret for RUN --mount=type=secret; env=NAME takes a variable\n"
      "      --ssh ID                 An agent or key for RUN --mount=type=ssh\n"
      "      --network MODE           Network of RUN (host, none)\n"
      "      --no-cache               Run every step again\n"
      "      --pull                   Ask the registry for newer base images\n"
      "      --format FORMAT          text for people, or json (text)\n"
      "      --no-history             Do not remember this build's sizes and times\n"
      "\n"
      "Limits; the exit code is 1 when the image is over one:\n"
      "      --max-size SIZE          Of the image (120MB, 1.5GB, 64MiB)\n"
      "      --max-added SIZE         Of what this file adds to the base image\n"
      "      --max-wasted SIZE        Of files that later layers replace or take away\n"
      "      --lowest-efficiency PART Part of all bytes that a container sees (0.95 or 95%)\n"
      "      --max-packages N         Installed packages\n"
      "      --max-executables N      Executable files\n"
      "      --no-shell               There must be no shell\n"
      "      --no-package-manager     There must be no package manager\n"
      "      --no-setuid              There must be no file with setuid or setgid\n"
      "      --no-root                The image must not run as root\n"
      "\n"
      "Exit codes: 0 built and within the limits, 1 the build failed or a limit is exceeded, 2 it could not start.\n";

} // namespace stagewright::cli
