// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QPushButton>
#include <QWidget>

namespace stagewright {

class Actions;
class BuildController;
class EngineList;
class Theme;

/// A pill that shows the engine that builds, with a dot: "docker 26.1". Opens the list of engines.
class EngineChip : public QPushButton
{
    Q_OBJECT
public:
    EngineChip(const Theme &theme, EngineList &engines, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// There is no engine to choose: the panel says what to install.
    void helpRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void openMenu();

    const Theme &m_theme;
    EngineList &m_engines;
};

/// The build button, which stops the build while one runs, and the engine; in the tool bar.
class BuildBar : public QWidget
{
    Q_OBJECT
public:
    BuildBar(const Theme &theme, const Actions &actions, EngineList &engines, QWidget *parent = nullptr);

    /// Null: no document is open.
    void showBuild(const BuildController *builds);
    [[nodiscard]] EngineChip *chip() const { return m_chip; }

private:
    const Theme &m_theme;
    const Actions &m_actions;
    QPushButton *m_button;
    EngineChip *m_chip;
};

} // namespace stagewright
