// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "syntax/SyntaxTree.h"

#include <QString>

class QFontMetricsF;

/// Texts of cards and rows, shortened so that what matters stays.
namespace stagewright::cardtext {

/// Flags and arguments on one line; long flag values as "--mount=…", the first line of a heredoc behind its marker.
[[nodiscard]] QString argumentLine(const Instruction &instruction);
/// Keeps registry and last segment: "gcr.io/…/nodejs22-debian13".
[[nodiscard]] QString elideReference(const QString &reference, const QFontMetricsF &metrics, double width);
/// "gcr.io" of "gcr.io/distroless/static:nonroot"; "docker.io" where none is written.
[[nodiscard]] QString registryOf(const QString &reference);
/// "distroless/static:nonroot": at most two segments, no registry, a digest cut short.
[[nodiscard]] QString shortName(const QString &reference);
/// Neither tag nor digest.
[[nodiscard]] bool isUntagged(const QString &reference);

} // namespace stagewright::cardtext
