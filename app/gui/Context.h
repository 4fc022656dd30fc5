// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QString>

namespace stagewright {

class EngineList;
class Linter;
class Prompts;
class Settings;
class Theme;

/// What main makes once and passes to the window and its parts. Everything outlives the window.
struct Context
{
    Theme &theme;
    const Linter &linter;
    Settings &settings;
    Prompts &prompts;
    QString dataFolder; ///< For recovery files and node positions.
    EngineList &engines;
};

} // namespace stagewright
