// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QTreeView>

namespace stagewright {

class BuildController;
class StepsModel;
class Theme;

/// The steps of a build as a table.
class StepsView : public QTreeView
{
    Q_OBJECT
public:
    explicit StepsView(const Theme &theme, QWidget *parent = nullptr);

    void setBuild(const BuildController *builds);
    [[nodiscard]] StepsModel &steps() const { return *m_steps; }
    /// The step of BuildProgress that is chosen; -1 for none.
    [[nodiscard]] int currentStep() const;
    /// -1: none.
    void chooseStep(int step);

Q_SIGNALS:
    /// A person chose another one.
    void stepChosen(int step);

protected:
    void focusInEvent(QFocusEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    class Delegate;
    void applyTheme();
    /// What runs stays in sight until somebody chooses a step or scrolls.
    void follow();

    const Theme &m_theme;
    StepsModel *m_steps;
    bool m_choosing = false;
    bool m_following = true;
};

} // namespace stagewright
