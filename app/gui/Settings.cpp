// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Settings.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace stagewright {

namespace {
constexpr std::size_t mostRecentFiles = 12;
// Part of the window state's key: a window of another structure must not restore an old arrangement.
constexpr char stateKey[] = "window/state1";
} // namespace

Settings::Settings(const QString &file)
    : m_settings(file, QSettings::IniFormat)
{
}

ThemeMode Settings::themeMode() const
{
    const QString name = m_settings.value(QLatin1StringView("view/theme")).toString();
    return name == QLatin1StringView("light") ? ThemeMode::Light
        : name == QLatin1StringView("dark")   ? ThemeMode::Dark
                                              : ThemeMode::System;
}

void Settings::setThemeMode(ThemeMode mode)
{
    m_settings.setValue(QLatin1StringView("view/theme"),
                        mode == ThemeMode::Light      ? QStringLiteral("light")
                            : mode == ThemeMode::Dark ? QStringLiteral("dark")
                                                      : QStringLiteral("system"));
}

bool Settings::reduceMotion() const
{
    return m_settings.value(QLatin1StringView("view/reduceMotion"), false).toBool();
}

void Settings::setReduceMotion(bool reduce)
{
    m_settings.setValue(QLatin1StringView("view/reduceMotion"), reduce);
}

double Settings::textSize(double otherwise) const
{
    return m_settings.value(QLatin1StringView("view/textSize"), otherwise).toDouble();
}

void Settings::setTextSize(double px)
{
    m_settings.setValue(QLatin1StringView("view/textSize"), px);
}

double Settings::fittedZoom(double otherwise) const
{
    return m_settings.value(QLatin1StringView("view/fittedZoom"), otherwise).toDouble();
}

void Settings::setFittedZoom(double zoom)
{
    m_settings.setValue(QLatin1StringView("view/fittedZoom"), zoom);
}

QByteArray Settings::geometry() const
{
    return m_settings.value(QLatin1StringView("window/geometry")).toByteArray();
}

QByteArray Settings::windowState() const
{
    return m_settings.value(QLatin1StringView(stateKey)).toByteArray();
}

void Settings::setWindow(const QByteArray &geometry, const QByteArray &state)
{
    m_settings.setValue(QLatin1StringView("window/geometry"), geometry);
    m_settings.setValue(QLatin1StringView(stateKey), state);
}

std::vector<RecentFile> Settings::recentFiles() const
{
    std::vector<RecentFile> files;
    auto &settings = const_cast<QSettings &>(m_settings); // reading an array moves QSettings' cursor
    const int count = settings.beginReadArray(QLatin1StringView("recent"));
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        RecentFile file;
        file.path = settings.value(QLatin1StringView("path")).toString();
        file.opened = settings.value(QLatin1StringView("opened")).toDateTime();
        file.errors = settings.value(QLatin1StringView("errors"), -1).toInt();
        file.warnings = settings.value(QLatin1StringView("warnings"), -1).toInt();
        if (!file.path.isEmpty()) {
            files.push_back(std::move(file));
        }
    }
    settings.endArray();
    return files;
}

void Settings::writeRecent(const std::vector<RecentFile> &files)
{
    m_settings.remove(QLatin1StringView("recent"));
    m_settings.beginWriteArray(QLatin1StringView("recent"), static_cast<int>(files.size()));
    for (std::size_t i = 0; i < files.size(); ++i) {
        m_settings.setArrayIndex(static_cast<int>(i));
        m_settings.setValue(QLatin1StringView("path"), files[i].path);
        m_settings.setValue(QLatin1StringView("opened"), files[i].opened);
        m_settings.setValue(QLatin1StringView("errors"), files[i].errors);
        m_settings.setValue(QLatin1StringView("warnings"), files[i].warnings);
    }
    m_settings.endArray();
}

void Settings::addRecentFile(const RecentFile &file)
{
    std::vector<RecentFile> files = recentFiles();
    RecentFile added = file;
    if (const auto old = std::ranges::find(files, file.path, &RecentFile::path); old != files.end()) {
        if (added.errors < 0) {
            added.errors = old->errors;
            added.warnings = old->warnings;
        }
        files.erase(old);
    }
    files.insert(files.begin(), added);
    if (files.size() > mostRecentFiles) {
        files.resize(mostRecentFiles);
    }
    writeRecent(files);
}

void Settings::setRecentCounts(const QString &path, int errors, int warnings)
{
    std::vector<RecentFile> files = recentFiles();
    const auto file = std::ranges::find(files, path, &RecentFile::path);
    if (file != files.end() && (file->errors != errors || file->warnings != warnings)) {
        file->errors = errors;
        file->warnings = warnings;
        writeRecent(files);
    }
}

void Settings::forgetRecentFile(const QString &path)
{
    std::vector<RecentFile> files = recentFiles();
    std::erase_if(files, [&](const RecentFile &file) { return file.path == path; });
    writeRecent(files);
}

void Settings::clearRecentFiles()
{
    writeRecent({});
}

QString Settings::engine() const
{
    return m_settings.value(QLatin1StringView("building/engine")).toString();
}

void Settings::setEngine(const QString &name)
{
    m_settings.setValue(QLatin1StringView("building/engine"), name);
}

RuleLevelMap Settings::ruleLevels() const
{
    RuleLevelMap levels;
    auto &settings = const_cast<QSettings &>(m_settings); // reading a group moves QSettings' cursor
    settings.beginGroup(QLatin1StringView("rules"));
    const QStringList ids = settings.childKeys();
    for (const QString &id : ids) {
        if (const auto level = ruleLevelOf(settings.value(id).toString().toStdString())) {
            levels.emplace(id.toStdString(), *level);
        }
    }
    settings.endGroup();
    return levels;
}

void Settings::setRuleLevels(const RuleLevelMap &levels)
{
    m_settings.remove(QLatin1StringView("rules"));
    for (const auto &[id, level] : levels) {
        const std::string_view name = ruleLevelName(level);
        m_settings.setValue(QLatin1StringView("rules/") + QString::fromStdString(id),
                            QString::fromUtf8(name.data(), qsizetype(name.size())));
    }
}

QString Settings::folder() const
{
    return QFileInfo(m_settings.fileName()).absolutePath();
}

QString Settings::lastFolder() const
{
    return m_settings.value(QLatin1StringView("files/folder"), QDir::homePath()).toString();
}

void Settings::setLastFolder(const QString &folder)
{
    m_settings.setValue(QLatin1StringView("files/folder"), folder);
}

} // namespace stagewright
