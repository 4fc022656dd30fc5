// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/LintConfig.h"
#include "lint/Linter.h"

#include <QObject>
#include <QString>

#include <optional>
#include <string_view>

namespace stagewright {

class ConfigurationWatch;
class Settings;
struct Configuration;

/// What the person at the computer wants of all documents: levels of rules, a catalogue of their own, and how big
/// things are. (Theme and motion belong to Theme.)
class Preferences : public QObject
{
    Q_OBJECT
public:
    /// @p builtIn: what is used until anything is wanted otherwise.
    Preferences(Settings &settings, const Linter &builtIn, QObject *parent = nullptr);

    /// What counts where there is no project. The reference stays; what it refers to changes.
    [[nodiscard]] const Linter &linter() const { return m_linter; }
    /// The same with what is wrong in the catalogue.
    [[nodiscard]] const Configuration &configuration() const;
    [[nodiscard]] const RuleLevelMap &levels() const { return m_levels; }
    /// Nothing: as the rule is made.
    void setLevel(std::string_view ruleId, std::optional<RuleLevel> level);
    void resetLevels();
    /// catalog.json beside the settings; need not be there.
    [[nodiscard]] QString catalogPath() const;
    static constexpr double usualTextSize = 12;
    static constexpr double smallestTextSize = 8;
    static constexpr double largestTextSize = 40;
    /// Pixels of the Dockerfile's text, at 100 % of the screen.
    [[nodiscard]] double textSize() const { return m_textSize; }
    void setTextSize(double px); ///< Kept within the limits.
    /// How big a graph may get that is fitted to its view: 1 (100 %) to 2.
    [[nodiscard]] double fittedZoom() const { return m_fittedZoom; }
    void setFittedZoom(double zoom); ///< Kept within the limits.
    /// Looks at the catalogue now; it is watched anyway.
    void check();

Q_SIGNALS:
    void changed();
    void textSizeChanged(double px);
    void fittedZoomChanged(double zoom);

private:
    void apply();

    Settings &m_settings;
    RuleLevelMap m_levels;
    double m_textSize;
    double m_fittedZoom;
    ConfigurationWatch *m_watch;
    Linter m_linter;
};

} // namespace stagewright
