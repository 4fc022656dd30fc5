// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildTiming.h"

#include <QAbstractScrollArea>
#include <QPointer>

#include <vector>

namespace stagewright {

class BuildController;
class Theme;

/// When each step ran, side by side in time, with what the build waited for marked.
class TimelineView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit TimelineView(const Theme &theme, QWidget *parent = nullptr);

    void setBuild(const BuildController *builds);
    /// -1: none.
    void chooseStep(int step);
    [[nodiscard]] int currentStep() const { return m_current; }
    /// The steps that have a bar, top to bottom; for tests.
    [[nodiscard]] const std::vector<std::size_t> &bars() const { return m_bars; }

Q_SIGNALS:
    void stepChosen(int step);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void refresh();
    void updateScroll();
    void choose(int bar);
    void paintAxis(QPainter &painter, const QRect &area) const;
    void paintBar(QPainter &painter, std::size_t bar, int y) const;
    [[nodiscard]] int barAt(QPoint position) const;
    [[nodiscard]] double xOf(engine::Time time) const;
    [[nodiscard]] int labelWidth() const;
    [[nodiscard]] QString describe(std::size_t step) const;

    const Theme &m_theme;
    QPointer<const BuildController> m_builds;
    engine::BuildTiming m_timing;
    std::vector<std::size_t> m_bars;
    std::vector<bool> m_critical; ///< Per bar.
    int m_current = -1;           ///< A step.
};

} // namespace stagewright
