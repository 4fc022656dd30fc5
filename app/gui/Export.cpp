// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Export.h"

#include "config/Configuration.h"
#include "graph/GraphPicture.h"
#include "lint/Linter.h"
#include "theme/Theme.h"

#include <QFile>
#include <QFileInfo>

#include <cstdio>
#include <iostream>

namespace stagewright {

namespace {

int fail(const QString &message)
{
    std::cerr << "stagewright: " << message.toStdString() << '\n';
    return 2;
}

} // namespace

int exportFile(const Theme &theme, const QString &file, const QString &picture)
{
    QFile input(file);
    if (QFileInfo(file).isDir()) {
        return fail(QStringLiteral("%1 is a folder").arg(file));
    }
    const bool opened
        = file == QLatin1StringView("-") ? input.open(stdin, QIODevice::ReadOnly) : input.open(QIODevice::ReadOnly);
    if (!opened) {
        return fail(QStringLiteral("cannot read %1: %2").arg(file, input.errorString()));
    }
    auto text = SourceText::fromBytes(input.readAll().toStdString());
    if (!text) {
        return fail(QStringLiteral("%1: %2").arg(file, QString::fromStdString(text.error().message)));
    }
    const SnapshotPtr snapshot = Snapshot::make(std::move(*text));
    ConfigurationSources sources;
    sources.folder = file == QLatin1StringView("-") ? "." : QFileInfo(file).absolutePath().toStdString();
    sources.personalCatalog = personalCatalogPath();
    const Configuration configuration = loadConfiguration(sources);
    for (const FileProblem &problem : configuration.problems) {
        std::cerr << problem.text() << '\n';
    }
    const Linter linter(configuration.catalog, configuration.lint);
    QString error;
    if (!renderGraph(*snapshot, linter.check(*snapshot), linter.catalog(), theme, picture, &error)) {
        return fail(error);
    }
    return 0;
}

} // namespace stagewright
