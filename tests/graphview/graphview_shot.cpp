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
#include <QImage>
#include <QPainter>

#include <cstdio>

using namespace stagewright;

/// FILE OUT [--dark] [--scale N]
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
    if (const qsizetype at = arguments.indexOf(QStringLiteral("--scale")); at > 0 && at + 1 < arguments.size()) {
        const double scale = arguments[at + 1].toDouble();
        QImage image((picture.rect().size() * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
        image.fill(theme.tokens().canvas);
        QPainter painter(&image);
        painter.scale(scale, scale);
        painter.translate(-picture.rect().topLeft());
        picture.paint(painter, false, scale);
        painter.end();
        std::printf("painted in %lld ms\n", static_cast<long long>(timer.restart()));
        return image.save(arguments[2]) ? 0 : 1;
    }
    QString error;
    if (!renderGraph(*snapshot, diagnostics, theme, arguments[2], &error)) {
        std::fprintf(stderr, "%s\n", qPrintable(error));
        return 1;
    }
    return 0;
}
