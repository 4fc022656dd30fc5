// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/Snapshot.h"

#include <QComboBox>

namespace stagewright {

class Theme;

/// Chooses the stage that a build would make; "default" is the last one.
class TargetBox : public QComboBox
{
    Q_OBJECT
public:
    explicit TargetBox(const Theme &theme, QWidget *parent = nullptr);
    /// @p chosen as in AnalysisOptions; a name that no stage has any more is shown as it is.
    void showStages(const Snapshot *snapshot);

Q_SIGNALS:
    void targetChosen(const QString &target);

private:
    const Theme &m_theme;
};

} // namespace stagewright
