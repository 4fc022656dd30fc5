// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
class QStackedWidget;
QT_END_NAMESPACE

namespace stagewright {

class BuildController;
class ConsoleView;
class FailureNote;
class Theme;
class TimeSummary;

/// Beside the table of steps: what the chosen step printed, or, without one, where the time went.
class StepDetails : public QWidget
{
    Q_OBJECT
public:
    explicit StepDetails(const Theme &theme, QWidget *parent = nullptr);

    void setBuild(const BuildController *builds);
    /// -1: none; the summary.
    void showStep(int step);
    [[nodiscard]] int step() const { return m_step; }
    [[nodiscard]] FailureNote &failure() const { return *m_failure; }
    [[nodiscard]] ConsoleView &log() const { return *m_log; }

Q_SIGNALS:
    /// Back to the summary.
    void closed();

private:
    void refresh();
    void refreshTitle();

    const Theme &m_theme;
    const BuildController *m_builds = nullptr;
    QStackedWidget *m_pages;
    TimeSummary *m_summary;
    QLabel *m_title;
    QLabel *m_state;
    QPushButton *m_close;
    QLabel *m_miss; ///< Why it did not come from the cache.
    FailureNote *m_failure;
    ConsoleView *m_log;
    int m_step = -1;
};

} // namespace stagewright
