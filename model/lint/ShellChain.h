// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "semantics/Snapshot.h"

#include <string>
#include <vector>

namespace stagewright {

/// One step of the way from a stage back to the image that decides whether there is a shell.
struct ShellChainStep
{
    NodeRef node;                           ///< The stage, or the image; kind Stage with index -1 for scratch.
    InstructionId at = InstructionId::None; ///< The FROM that leads to the next step; of the image none.
    std::string name;                 ///< As people write it: "stage final", "gcr.io/distroless/static", "scratch".
    std::string text;                 ///< What it does to the shell: a sentence or two.
    std::vector<std::string> sources; ///< Where the catalogue has it from; only of the image.
};

/// Why `RUN` in shell form finds a shell at the end of a stage, or does not.
struct ShellChain
{
    StageId stage = StageId::None;
    Known shell = Known::Unknown;      ///< Whether the stage's shell (SHELL, or /bin/sh) is there at its end.
    std::string question;              ///< "Why is stage final shell-less?"
    std::vector<ShellChainStep> steps; ///< The stage first, the image last. Never empty for a stage of @c snapshot.
};

/// Walks from @p stage through the stages that it is built FROM to the image, as the effective states see it.
[[nodiscard]] ShellChain shellChain(const Snapshot &snapshot, const Catalog &catalog, StageId stage);

} // namespace stagewright
