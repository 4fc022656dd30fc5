// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/LintConfig.h"
#include "panels/StartPage.h"
#include "theme/Theme.h"

#include <QByteArray>
#include <QSettings>
#include <QString>

#include <vector>

namespace stagewright {

/// What the program remembers between runs: theme, window, panels, recent files. One ini file.
class Settings
{
public:
    /// @p file: the ini file; its folder is made when something is written.
    explicit Settings(const QString &file);

    [[nodiscard]] ThemeMode themeMode() const;
    void setThemeMode(ThemeMode mode);
    [[nodiscard]] bool reduceMotion() const;
    void setReduceMotion(bool reduce);

    /// Pixels of the Dockerfile's text; as it was written, so not checked.
    [[nodiscard]] double textSize(double otherwise) const;
    void setTextSize(double px);
    /// How big a graph may get that is fitted to its view, 1 is 100 %; not checked.
    [[nodiscard]] double fittedZoom(double otherwise) const;
    void setFittedZoom(double zoom);

    [[nodiscard]] QByteArray geometry() const;
    [[nodiscard]] QByteArray windowState() const;
    void setWindow(const QByteArray &geometry, const QByteArray &state);

    /// Newest first, at most twelve.
    [[nodiscard]] std::vector<RecentFile> recentFiles() const;
    /// Puts a file in front. Counts of -1 keep what is known.
    void addRecentFile(const RecentFile &file);
    /// Updates the counts of a file that is in the list; its place stays.
    void setRecentCounts(const QString &path, int errors, int warnings);
    void forgetRecentFile(const QString &path);
    void clearRecentFiles();

    /// The build engine that a person chose (engine::engineName()); "" for the best that there is.
    [[nodiscard]] QString engine() const;
    void setEngine(const QString &name);

    /// Levels of rules that a person chose; what is no level is left out.
    [[nodiscard]] RuleLevelMap ruleLevels() const;
    void setRuleLevels(const RuleLevelMap &levels);

    /// Where the file of the settings is.
    [[nodiscard]] QString folder() const;
    /// Where file dialogs start.
    [[nodiscard]] QString lastFolder() const;
    void setLastFolder(const QString &folder);

private:
    void writeRecent(const std::vector<RecentFile> &files);
    QSettings m_settings;
};

} // namespace stagewright
