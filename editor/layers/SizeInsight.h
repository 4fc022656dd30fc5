// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "session/DocumentSizes.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace stagewright {

/// The final image beside the build stage that it copies from.
struct SizeComparison
{
    const StageWeight *builder = nullptr; ///< The heaviest stage that files are copied from; null: nothing is copied.
    const StageWeight *final = nullptr;
    std::uint64_t copied = 0; ///< What the copies from the builder add to the final image.

    /// What the builder's image has and the final one does not take.
    [[nodiscard]] std::uint64_t staysBehind() const
    {
        return builder && builder->total > copied ? builder->total - copied : 0;
    }
    /// Of the final image against the builder's, in percent; negative: it is smaller.
    [[nodiscard]] int percent() const;
};

/// @p now: the document that @p sizes are about.
[[nodiscard]] SizeComparison compareWithBuilder(const DocumentSizes &sizes, const Snapshot &now);

/// Files that a lower layer has and a later one takes away: their bytes stay.
struct DeletedLater
{
    QString by;   ///< The instruction that takes them away.
    QString from; ///< The one whose layer keeps them.
    QString stage;
    std::uint64_t bytes = 0;
};

/// What the files of an image tell beyond the sizes of its layers.
struct WasteFacts
{
    std::optional<DeletedLater> deleted; ///< The heaviest.
    std::uint64_t wasted = 0;
    std::uint64_t total = 0;
};

/// One or two sentences on what is worth knowing first, as rich text; "" when nothing was measured.
[[nodiscard]] QString sizeInsight(const DocumentSizes &sizes, const Snapshot &now,
                                  const std::optional<WasteFacts> &waste);

} // namespace stagewright
