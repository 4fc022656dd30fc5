// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

namespace stagewright {

class TreemapView;

/// Lets assistive technology see the tiles of treemaps: each is a list item with its label and size. Safe to call
/// again.
void installTreemapAccessibility();
/// Says that the current tile has the focus, if the view has the keyboard.
void announceTile(TreemapView &view);

} // namespace stagewright
