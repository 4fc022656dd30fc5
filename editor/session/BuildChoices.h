// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/Engine.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace stagewright {

/// What a person chose for the builds of a document, beside what the graph depends on (AnalysisOptions).
struct BuildChoices
{
    QString context;                     ///< A folder or an address; "" the folder of the file.
    std::vector<engine::Secret> secrets; ///< Files by id. Their contents are never read here.
    QStringList ssh;                     ///< "default", "id=socket"
    QStringList tags;
    QString network; ///< "" the engine's choice; "none", "host"
    bool noCache = false;
    bool pull = false;
    QStringList extra; ///< More arguments, one each.

    friend bool operator==(const BuildChoices &, const BuildChoices &) = default;
};

} // namespace stagewright
