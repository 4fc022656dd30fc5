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

/// What the person at the computer wants of all documents: levels of rules, and a catalogue of their own.
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
    /// Looks at the catalogue now; it is watched anyway.
    void check();

Q_SIGNALS:
    void changed();

private:
    void apply();

    Settings &m_settings;
    RuleLevelMap m_levels;
    ConfigurationWatch *m_watch;
    Linter m_linter;
};

} // namespace stagewright
