// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QString>

namespace stagewright {

class Theme;

/// `stagewright --export OUT FILE`: draws the graph of a file without a window, with the project file and the
/// catalogues that count for it; what is wrong in those is said on standard error. Exit code 0; 2 when there is no
/// picture.
int exportFile(const Theme &theme, const QString &file, const QString &picture);

} // namespace stagewright
