// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

namespace stagewright {

class GraphView;

/// Graphics items are invisible to assistive technology by themselves: this gives it the graph as a list of nodes,
/// and each stage as a list of instructions with their findings. May be called more than once.
void installGraphAccessibility();

/// Tells screen readers where the keyboard is after the selection changed.
void announceSelection(GraphView &view);

} // namespace stagewright
