// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "ImageFixture.h"
#include "SizesFixture.h"

#include "engine/ImageArchive.h"
#include "image/ImagePanel.h"
#include "layers/LayersPanel.h"
#include "lint/Linter.h"
#include "panels/ChoiceChips.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>

#include <cstdio>

using namespace stagewright;

namespace {

std::shared_ptr<engine::ImageContents> readSaved(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return nullptr;
    auto contents = engine::readImageArchive(
        [&](std::span<char> to) { return file.read(to.data(), static_cast<qint64>(to.size())); });
    return contents ? std::make_shared<engine::ImageContents>(std::move(*contents)) : nullptr;
}

} // namespace

/// Looks at a panel without the program around it: panel_shot layers|image VIEW OUT.png [--dark] [--size WxH]
/// [--saved IMAGE.tar [--builder IMAGE.tar]] [--find WORDS]
int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const auto option = [&](const QString &name) {
        const qsizetype at = arguments.indexOf(name);
        return at > 0 && at + 1 < arguments.size() ? arguments[at + 1] : QString();
    };
    if (arguments.size() < 4)
        return 2;
    Theme theme;
    theme.setMode(arguments.contains(QStringLiteral("--dark")) ? ThemeMode::Dark : ThemeMode::Light);
    theme.setMotionEnabled(false);
    applyTheme(theme);
    const Linter linter(Catalog::builtIn());
    DocumentSession session(linter);
    session.load(*SourceText::fromBytes(sizesSample));
    session.setMeasuredBuild(measuredSample());
    const QStringList size = option(QStringLiteral("--size")).split(u'x');
    const QSize room = size.size() == 2 ? QSize(size[0].toInt(), size[1].toInt()) : QSize(1350, 248);
    QWidget *panel = nullptr;
    const int view = arguments[2].toInt();
    if (arguments[1] == QStringLiteral("layers")) {
        auto *layers = new LayersPanel(theme);
        layers->setSession(&session);
        layers->setView(static_cast<LayersPanel::View>(view));
        session.select({{}, {onLine(*session.snapshot(), 5)}, {}}, nullptr);
        panel = layers;
    } else {
        auto *image = new ImagePanel(theme);
        const QString saved = option(QStringLiteral("--saved"));
        const QString builder = option(QStringLiteral("--builder"));
        image->setImages({{QStringLiteral("stage-2"), StageRole::Final, 131'000'000},
                          {QStringLiteral("build"), StageRole::Builder, 412'000'000}});
        const auto give = [&](int number, const std::shared_ptr<engine::ImageContents> &contents) {
            std::vector<LayerOrigin> origins;
            for (const engine::ImageLayer &layer : contents->layers)
                origins.push_back({plainHistory(QString::fromStdString(layer.createdBy)), InstructionId::None});
            origins.back().built = InstructionId(1);
            image->setContents(number, contents, std::move(origins));
        };
        QElapsedTimer timer;
        timer.start();
        give(0, saved.isEmpty() ? imageWithoutShell() : readSaved(saved));
        give(1, builder.isEmpty() ? imageWithShell() : readSaved(builder));
        bool shown = false;
        QObject::connect(image, &ImagePanel::treeShown, image, [&] { shown = true; });
        while (!image->read(1) || !shown)
            QApplication::processEvents(QEventLoop::AllEvents, 50);
        std::printf("read %lld ms\n", static_cast<long long>(timer.elapsed()));
        image->setView(static_cast<ImagePanel::View>(view));
        panel = image;
    }
    panel->setAutoFillBackground(true);
    QPalette colours = panel->palette();
    colours.setColor(QPalette::Window, theme.tokens().dock);
    panel->setPalette(colours);
    panel->resize(room);
    panel->show();
    QApplication::processEvents();
    QApplication::processEvents();
    const bool written = panel->grab().save(arguments[3]);
    delete panel;
    return written ? 0 : 1;
}
