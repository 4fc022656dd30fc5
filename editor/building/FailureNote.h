// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/FailureExplanation.h"

#include <QFrame>

#include <optional>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace stagewright {

class BuildController;
class Theme;

/// Why a build failed, in plain words: what the message means, what to do, and the finding that said so before, with
/// its fixes.
class FailureNote : public QFrame
{
    Q_OBJECT
public:
    explicit FailureNote(const Theme &theme, QWidget *parent = nullptr);

    /// Shows what is known about the failure of @p builds; hides itself when nothing is.
    void show(const BuildController &builds, const engine::BuildFailure &failure);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton &fixButton() const { return *m_fix; }

private:
    void applyTheme();
    void openFixes();

    const Theme &m_theme;
    const BuildController *m_builds = nullptr;
    QLabel *m_title;
    QLabel *m_said; ///< The engine's message.
    QLabel *m_text;
    QPushButton *m_fix;
    QPushButton *m_goTo;
    InstructionId m_built = InstructionId::None;  ///< Where it failed.
    InstructionId m_blamed = InstructionId::None; ///< Where the finding that predicted it stands.
    std::string m_rule;                           ///< Of that finding.
};

} // namespace stagewright
