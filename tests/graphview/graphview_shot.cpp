// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/Catalog.h"
#include "graph/GraphPicture.h"
#include "lint/Linter.h"
#include "semantics/Snapshot.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>

#include <cstdio>

using namespace stagewright;

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 3)
        return 2;
    QFile file(arguments[1]);
    if (!file.open(QIODevice::ReadOnly))
        return 2;
    const auto text = SourceText::fromBytes(file.readAll().toStdString());
    if (!text)
        return 2;
    Theme theme;
    theme.setMode(arguments.contains(QStringLiteral("--dark")) ? ThemeMode::Dark : ThemeMode::Light);
    QElapsedTimer timer;
    timer.start();
    const SnapshotPtr snapshot = Snapshot::make(*text);
    const Linter linter(Catalog::builtIn());
    const auto diagnostics = linter.check(*snapshot);
    std::printf("parse and check %lld ms\n", static_cast<long long>(timer.restart()));
    const GraphPicture picture(*snapshot, diagnostics, linter.catalog(), theme);
    std::printf("model and layout %lld ms, %.0f x %.0f\n", static_cast<long long>(timer.restart()), picture.rect().width(), picture.rect().height());
    QString error;
    if (!renderGraph(*snapshot, diagnostics, theme, arguments[2], &error)) {
        std::fprintf(stderr, "%s\n", qPrintable(error));
        return 1;
    }
    return 0;
}
