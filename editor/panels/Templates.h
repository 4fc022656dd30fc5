// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QString>

#include <string>
#include <vector>

namespace stagewright {

/// A Dockerfile to start from (resources/templates, compiled in).
struct Template
{
    QString id;
    QString title;
    QString description;
    QString language;
    bool broken = false; ///< Broken on purpose, to learn from.
    std::string text;    ///< The file, byte for byte.
};

/// All of them, in the order to show them. An entry whose file is missing is left out with a warning.
[[nodiscard]] std::vector<Template> builtInTemplates();

} // namespace stagewright
