// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/ImageTree.h"
#include "semantics/BuildGraph.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <memory>
#include <vector>

namespace stagewright {

/// What an image tells once it was read, worked out once.
struct ReadImage
{
    std::shared_ptr<const engine::ImageContents> contents;
    engine::Exposure exposure;
    std::vector<engine::WastedPath> wasted;
    std::vector<engine::LayerDeletion> deletions;
    std::vector<std::uint64_t> layerBytes;
    std::uint64_t bytes = 0;
    std::uint64_t wastedBytes = 0;
    double efficiency = 1;
};

/// Takes a tenth of a second for a big image: not for the window's thread.
[[nodiscard]] ReadImage inspectImage(std::shared_ptr<const engine::ImageContents> contents);

/// Where a layer comes from.
struct LayerOrigin
{
    QString text;                              ///< The instruction, or what the history says.
    InstructionId built = InstructionId::None; ///< In the snapshot that was built; None: of the base image.
};

/// What the history says without the engine's own words around it: "RUN /bin/sh -c npm ci # buildkit" → "RUN npm ci".
[[nodiscard]] QString plainHistory(const QString &createdBy);

/// Up to @p limit bytes as lines of sixteen: offset, bytes, characters.
[[nodiscard]] QString hexDump(const QByteArray &bytes, qsizetype limit);
/// No NUL among the first bytes, and UTF-8 but for a character cut off at the end.
[[nodiscard]] bool looksLikeText(const QByteArray &bytes);

} // namespace stagewright
