// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/BuildGraph.h"
#include "session/BuildChoices.h"

#include <QPointF>
#include <QString>

#include <map>

namespace stagewright {

/// What a person chose for a document besides its text.
struct KeptView
{
    std::map<QString, QPointF> positions; ///< Of nodes, by key.
    AnalysisOptions options;              ///< Target, platform, build arguments, named contexts.
    BuildChoices build{};                 ///< Context folder, secrets, tags …

    friend bool operator==(const KeptView &, const KeptView &) = default;
};

/// Keeps node positions and build options, one small JSON file a document, in a folder of the program's own.
///
/// Not beside the Dockerfile: a file there would get into the build context and into version control, and a comment
/// in the Dockerfile would end the parsing of its directives.
class LayoutStore
{
public:
    /// @p folder is made when something is first written.
    explicit LayoutStore(QString folder)
        : m_folder(std::move(folder))
    {
    }

    /// @p path: the document's canonical path. Empty when there is none or it cannot be read.
    [[nodiscard]] KeptView read(const QString &path) const;
    /// Nothing chosen removes the file. False when it could not be written. The .dockerignore among the options belongs
    /// to the file and is not kept.
    bool write(const QString &path, KeptView view) const;

private:
    [[nodiscard]] QString fileFor(const QString &path) const;
    QString m_folder;
};

} // namespace stagewright
