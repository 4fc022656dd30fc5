// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"

#include <QColor>
#include <QString>

#include <vector>

namespace stagewright {

class Theme;
struct Tokens;

/// Rich text for a tooltip: what is found, and what can be done about it.
[[nodiscard]] QString findingTip(const Diagnostic &finding, const std::vector<Fix> &fixes, const Theme &theme);

/// Icon name and colours of a severity.
[[nodiscard]] QString severityIcon(Severity severity);
[[nodiscard]] QColor severityColour(Severity severity, const Tokens &tokens);
[[nodiscard]] QColor severityLine(Severity severity, const Tokens &tokens);

} // namespace stagewright
