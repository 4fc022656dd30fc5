// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/Catalog.h"
#include "graph/GraphPicture.h"
#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "lint/Linter.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QPainter>

#include <cstdio>

using namespace stagewright;

/// Shows the graph of FILE in the real view, without a window around it, and writes OUT.png.
/// --dark; --size WxH; --zoom N (otherwise the whole graph); --select LINE; --picture writes the export picture.
int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const auto option = [&](const QString &name) {
        const qsizetype at = arguments.indexOf(name);
        return at > 0 && at + 1 < arguments.size() ? arguments[at + 1] : QString();
    };
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
    theme.setMotionEnabled(false);
    applyTheme(theme);
    const Linter linter(Catalog::builtIn());
    DocumentSession session(linter);
    QElapsedTimer timer;
    timer.start();
    session.load(*text);
    std::printf("parse and check %lld ms\n", static_cast<long long>(timer.restart()));
    if (arguments.contains(QStringLiteral("--picture"))) {
        QString error;
        const bool written
            = renderGraph(*session.snapshot(), session.diagnostics(), linter.catalog(), theme, arguments[2], &error);
        if (!written)
            std::fprintf(stderr, "%s\n", qPrintable(error));
        return written ? 0 : 1;
    }
    GraphView view(session, theme);
    std::printf("model, layout, items %lld ms\n", static_cast<long long>(timer.restart()));
    const QStringList size = option(QStringLiteral("--size")).split(u'x');
    view.resize(size.size() == 2 ? QSize(size[0].toInt(), size[1].toInt()) : QSize(1180, 720));
    view.show();
    view.setFocus();
    if (const int line = option(QStringLiteral("--select")).toInt(); line > 0) {
        if (const Instruction *instruction
            = session.snapshot()->tree().instructionAtLine(static_cast<std::uint32_t>(line)))
            session.select({{}, {instruction->id}, {}}, nullptr);
    }
    if (const double zoom = option(QStringLiteral("--zoom")).toDouble(); zoom > 0)
        view.setZoom(zoom);
    QApplication::processEvents();
    timer.restart();
    const QPixmap shot = view.grab();
    std::printf("painted in %lld ms\n", static_cast<long long>(timer.elapsed()));
    return shot.save(arguments[2]) ? 0 : 1;
}
