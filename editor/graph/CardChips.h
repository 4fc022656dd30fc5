// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "graph/GraphModel.h"
#include "lint/ShellStates.h"

#include <QFontMetricsF>

#include <optional>
#include <vector>

namespace stagewright {

/// What is known about images and stages, as the chips of their cards.
class CardChips
{
public:
    /// How wide chips may be, in scene units.
    struct Room
    {
        double most = 0;        ///< What does not fit is counted in a last chip.
        double comfortable = 0; ///< So wide is the card anyway: the package manager is shown up to here.
        double taken = 0;       ///< Of the line, by the size.
    };

    /// All three must outlive this.
    CardChips(const Snapshot &snapshot, const Catalog &catalog, const QFontMetricsF &small);

    /// Of what the stage is built on, with the USER that holds at its end.
    [[nodiscard]] std::optional<ImageFacts> factsOf(const Stage &stage) const;
    /// What matters most comes first. @p stage: whose card it is; null for an image's.
    [[nodiscard]] std::vector<ChipView> chipsOf(const ImageFacts &facts, const Stage *stage, Room room) const;

private:
    [[nodiscard]] bool isShellCopiedIn(const Stage &stage) const;
    [[nodiscard]] ChipView make(const char *icon, const QString &text,
                                ChipView::Tone tone = ChipView::Tone::Neutral) const;
    void addStatus(std::vector<ChipView> &chips, const ImageFacts &facts) const;
    void addShell(std::vector<ChipView> &chips, const ImageFacts &facts, const Stage *stage) const;
    void shorten(std::vector<ChipView> &chips, double room, bool hasUser) const;

    const Snapshot &m_snapshot;
    const Catalog &m_catalog;
    const QFontMetricsF &m_small;
    mutable std::optional<ShellStates> m_states; ///< Worked out when a card asks for them.
};

} // namespace stagewright
