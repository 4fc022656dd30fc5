// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "config/Configuration.h"
#include "lint/Diagnostic.h"

#include <QByteArray>
#include <QObject>

#include <string_view>
#include <vector>

QT_BEGIN_NAMESPACE
class QFileSystemWatcher;
class QTimer;
QT_END_NAMESPACE

namespace stagewright {

/// Keeps a configuration as its files are: reads them, watches them, and tells when something is different.
class ConfigurationWatch : public QObject
{
    Q_OBJECT
public:
    explicit ConfigurationWatch(QObject *parent = nullptr);

    [[nodiscard]] const ConfigurationSources &sources() const { return m_sources; }
    /// Reads at once; changed() is emitted when the sources are others than before.
    void setSources(ConfigurationSources sources);
    [[nodiscard]] const Configuration &configuration() const { return m_configuration; }
    /// Looks at the files now (the window became active, one was just written); the watcher does it by itself.
    void check();

Q_SIGNALS:
    void changed();

private:
    void load();
    void watch();
    /// Tells contents apart: of the files that count, and which files there are.
    [[nodiscard]] QByteArray state() const;

    ConfigurationSources m_sources;
    Configuration m_configuration;
    QByteArray m_state;
    QFileSystemWatcher *m_watcher;
    QTimer *m_timer;
};

/// What is wrong in the files of a configuration, as findings that belong to no line of the document.
[[nodiscard]] std::vector<Diagnostic> asFindings(const std::vector<FileProblem> &problems);

/// Their rule id, in lists. There is no such rule.
inline constexpr std::string_view ConfigurationFindingId = "Configuration";

} // namespace stagewright
