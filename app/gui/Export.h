// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QString>

namespace stagewright {

class Linter;
class Theme;

/// `stagewright --export OUT FILE`: draws the graph of a file without a window. Exit code 0; 2 with a message on
/// standard error.
int exportFile(const Theme &theme, const Linter &linter, const QString &file, const QString &picture);

} // namespace stagewright
