// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildTiming.h"

#include <QPointer>
#include <QWidget>

namespace stagewright {

class BuildController;
class Theme;

/// Where the time of a build went: a bar a stage, and a sentence.
class TimeSummary : public QWidget
{
    Q_OBJECT
public:
    explicit TimeSummary(const Theme &theme, QWidget *parent = nullptr);
    void setBuild(const BuildController *builds);
    /// "4 of 12 steps came from the cache. The longest step is RUN npm run build, 11.8 s."
    [[nodiscard]] QString sentence() const { return m_sentence; }
    [[nodiscard]] QSize sizeHint() const override { return {240, 200}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    [[nodiscard]] QString makeSentence() const;
    [[nodiscard]] int textHeight(int width) const;

    const Theme &m_theme;
    QPointer<const BuildController> m_builds;
    engine::BuildTiming m_timing;
    QString m_sentence;
};

} // namespace stagewright
