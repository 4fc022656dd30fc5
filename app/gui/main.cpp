// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Export.h"
#include "MainWindow.h"
#include "Prompts.h"
#include "Settings.h"
#include "building/EngineList.h"
#include "engine/BuildHistory.h"
#include "lint/Linter.h"
#include "text/KeepMemory.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QStandardPaths>
#include <QTimer>

#include <iostream>
#include <optional>
#include <string_view>

using namespace stagewright;

namespace {

/// Pictures are drawn without a display too; Qt must know before the application is made.
bool drawsOnly(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument(argv[i]);
        if (argument.starts_with("--export") || argument.starts_with("--screenshot") || argument == "--version"
            || argument == "--help" || argument == "-h" || argument == "-v") {
            return true;
        }
    }
    return false;
}

struct Options
{
    QStringList files;
    QString exportTo;
    QString screenshot;
    QSize size{1600, 1000};
    std::optional<ThemeMode> theme;
};

int refuse(const QString &message)
{
    std::cerr << "stagewright: " << message.toStdString() << "\nTry stagewright --help.\n";
    return 2;
}

/// Fills @p options; an exit code when the program is not to go on.
std::optional<int> readOptions(const QApplication &application, Options &options)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "See, edit and check Dockerfiles as a graph of build stages."));
    const auto tr = [](const char *text) { return QCoreApplication::translate("main", text); };
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, tr("Show this help."));
    const QCommandLineOption version({QStringLiteral("v"), QStringLiteral("version")}, tr("Show the version."));
    const QCommandLineOption exportTo(
        QStringLiteral("export"), tr("Write the graph of FILE to OUT (.svg, .png or .pdf) and end. Needs no display."),
        QStringLiteral("OUT"));
    const QCommandLineOption theme(QStringLiteral("theme"), tr("Use the light or the dark theme, this time only."),
                                   QStringLiteral("light|dark"));
    const QCommandLineOption screenshot(
        QStringLiteral("screenshot"),
        tr("Write a picture of the window to OUT.png and end; for documentation. Needs no display."),
        QStringLiteral("OUT.png"));
    const QCommandLineOption size(QStringLiteral("size"),
                                  tr("The size of the window for --screenshot; 1600x1000 if not given."),
                                  QStringLiteral("WxH"));
    parser.addOptions({exportTo, theme, screenshot, size, version, help});
    parser.addPositionalArgument(QStringLiteral("FILES"), tr("Dockerfiles to open."), QStringLiteral("[FILES…]"));
    if (!parser.parse(application.arguments())) {
        return refuse(parser.errorText());
    }
    if (parser.isSet(help)) {
        std::cout << parser.helpText().toStdString();
        return 0;
    }
    if (parser.isSet(version)) {
        std::cout << "stagewright " << QCoreApplication::applicationVersion().toStdString() << '\n';
        return 0;
    }
    options.files = parser.positionalArguments();
    options.exportTo = parser.value(exportTo);
    options.screenshot = parser.value(screenshot);
    if (parser.isSet(theme)) {
        const QString name = parser.value(theme);
        if (name != QLatin1StringView("light") && name != QLatin1StringView("dark")) {
            return refuse(QStringLiteral("--theme is light or dark"));
        }
        options.theme = name == QLatin1StringView("dark") ? ThemeMode::Dark : ThemeMode::Light;
    }
    if (parser.isSet(size)) {
        const QStringList parts = parser.value(size).split(QLatin1Char('x'));
        options.size = parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
        if (options.size.width() < 400 || options.size.height() < 300 || options.size.width() > 8000
            || options.size.height() > 8000) {
            return refuse(QStringLiteral("--size is something like 1600x1000"));
        }
    }
    if (!options.exportTo.isEmpty() && options.files.size() != 1) {
        return refuse(QStringLiteral("--export needs exactly one FILE"));
    }
    return std::nullopt;
}

/// Lets the window settle (fonts, layout, animations are off), then grabs it.
int takeScreenshot(MainWindow &window, const Options &options)
{
    window.resize(options.size);
    window.show();
    window.openFiles(options.files);
    int code = 2;
    QTimer::singleShot(700, &window, [&] {
        code = window.grab().save(options.screenshot)
            ? 0
            : refuse(QStringLiteral("cannot write %1").arg(options.screenshot));
        QCoreApplication::quit();
    });
    QCoreApplication::exec();
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    keepFreedMemory();
    if (drawsOnly(argc, argv) && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QCoreApplication::setApplicationName(QStringLiteral("stagewright"));
    QCoreApplication::setApplicationVersion(QStringLiteral(STAGEWRIGHT_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Stagewright"));
    QGuiApplication::setDesktopFileName(QStringLiteral("stagewright"));
    QApplication application(argc, argv);

    Options options;
    if (const auto code = readOptions(application, options)) {
        return *code;
    }
    const Linter linter(Catalog::builtIn());
    Theme theme;
    if (!options.exportTo.isEmpty()) {
        theme.setMode(options.theme.value_or(ThemeMode::Light)); // a picture is for a page; pages are white
        return exportFile(theme, options.files.first(), options.exportTo);
    }

    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    Settings settings(folder + QStringLiteral("/stagewright.ini"));
    theme.setMode(options.theme.value_or(settings.themeMode()));
    theme.setMotionEnabled(!settings.reduceMotion() && options.screenshot.isEmpty());
    applyTheme(theme);
    QApplication::setWindowIcon(QIcon(theme.pixmap(QStringLiteral("stagewright"), Qt::white, 128, 1)));
    DialogPrompts prompts;
    EngineList engines;
    MainWindow window({theme, linter, settings, prompts,
                       QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation), engines,
                       engine::BuildHistory::stateFolder()});
    if (!options.screenshot.isEmpty()) {
        return takeScreenshot(window, options);
    }
    window.restoreLayout();
    window.show();
    window.openFiles(options.files);
    window.offerRecovery();
    return application.exec();
}
