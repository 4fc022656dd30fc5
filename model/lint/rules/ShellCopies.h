// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"
#include "lint/ShellStates.h"

#include <string>
#include <string_view>
#include <vector>

/// What the rules about borrowed shells share.
namespace stagewright::rules {

/// A COPY --from that brings a shell into an image that is made without one.
struct ShellCopy
{
    const Instruction &copy;
    StageId stage = StageId::None;
    std::string source;                  ///< Where it is taken from, absolute.
    std::string path;                    ///< The shell in the stage ("/bin/sh").
    std::string image;                   ///< The image that it is part of, as people write it.
    const ImageTraits *traits = nullptr; ///< Of that image.
    bool isStatic = false;               ///< It needs nothing but the kernel.
};

[[nodiscard]] std::vector<ShellCopy> shellCopies(const RuleContext &context);

/// Whether a shell of @p image (normalised) needs no C library: BusyBox's musl and uclibc builds, and the one in
/// distroless' debug tags.
[[nodiscard]] bool hasStaticShell(std::string_view image, const ImageTraits &traits);

/// True when the shell's loader is known to be absent at the end of the stage.
[[nodiscard]] bool lacksLoader(const RuleContext &context, const ShellCopy &shell);

/// The first instruction that starts through it: a RUN behind the COPY, CMD, ENTRYPOINT or HEALTHCHECK; null when
/// nothing does.
[[nodiscard]] const Instruction *usedBy(const RuleContext &context, const ShellCopy &shell);

} // namespace stagewright::rules
