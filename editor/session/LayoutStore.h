// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QPointF>
#include <QString>

#include <map>

namespace stagewright {

/// Keeps the node positions that a person chose, one small JSON file a document, in a folder of the program's own.
///
/// Not beside the Dockerfile: a file there would get into the build context and into version control, and a comment
/// in the Dockerfile would end the parsing of its directives.
class LayoutStore
{
public:
    /// @p folder is made when something is first written.
    explicit LayoutStore(QString folder) : m_folder(std::move(folder)) {}

    /// @p path: the document's canonical path. Empty when there is none or it cannot be read.
    [[nodiscard]] std::map<QString, QPointF> read(const QString &path) const;
    /// An empty map removes the file. False when it could not be written.
    bool write(const QString &path, const std::map<QString, QPointF> &positions) const;

private:
    [[nodiscard]] QString fileFor(const QString &path) const;
    QString m_folder;
};

} // namespace stagewright
